"""What an office leaves in a store: accounts, imports of which some are undone, an audit log."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from access.accounts import COMMAND_LINE, add_local, local_subject
from access.audit import note
from access.roles import Action, Actor, Role
from access.sessions import start
from bench.intake import YEAR, collected_book
from data.generations import Store, open_generation
from surveys.acceptance import accept, undo
from surveys.large_proposal import propose_aside
from surveys.proposal import Proposal, places_of
from surveys.target import Target
from surveys.uploads import ReadFile, UploadedFile, read_uploads

IMPORTS, UNDO_EVERY, SERVED_ONES = 200, 10, 3
COLLEAGUES, SIGN_INS = 10, 1_000
WHOLE = Target("municipal_form", YEAR)
_PASSWORD = "measured-with-care-1"
_NAMES = {Role.STAFF: "計測 担当", Role.ADMIN: "計測 管理"}


class Shortcut(Store):
    """A copy of a store in which what is published is neither checked nor kept for long."""

    def __init__(self, real: Store, folder: Path) -> None:
        super().__init__(real.root)
        self._at = shutil.copyfile(real.current(), folder / "000000.duckdb")

    def current(self) -> Path:
        """Return the draft that was written last."""
        return self._at

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Yield a new draft, and let go of the one before."""
        draft = self._at.with_name(f"{int(self._at.stem) + 1:06d}.duckdb")
        yield draft
        self._at.unlink()
        self._at = draft


def open_office(store: Store, *, imports: int = IMPORTS) -> dict[Role, str]:
    """Let an office work in the store; return what the browser of each role presents.

    All but the last imports are made in a copy and published together, since what is measured is
    the history and not its making (see bench/intake.py); nothing waits for the disk.
    """
    with patch("os.fsync"):
        return _at_work(store, imports)


def _at_work(store: Store, imports: int) -> dict[Role, str]:
    actors = _people(store.root)
    for place in range(SIGN_INS):
        who = list(actors.values())[place % len(actors)]
        note(store.root, actor=who, action=Action.SIGN_IN, result="ok",
             details={"account": who.subject})  # fmt: skip
    found = _checked(store, actors[Role.STAFF], count=imports)
    with tempfile.TemporaryDirectory() as folder:
        aside = Shortcut(store, Path(folder))
        _import(aside, actors[Role.STAFF], found[:-SERVED_ONES])
        with store.writing() as draft:
            shutil.copyfile(aside.current(), draft)
    _import(store, actors[Role.STAFF], found[-SERVED_ONES:])
    return {role: start(store.root, subject=actor.subject) for role, actor in actors.items()}


def _people(root: Path) -> dict[Role, Actor]:
    """Make the accounts, and return the two by which pages are measured."""
    logins = {f"bench-{role}": (role, name) for role, name in _NAMES.items()}
    logins |= {f"staff-{n:02d}": (Role.STAFF, f"担当 {n:02d}") for n in range(COLLEAGUES)}
    for login, (role, name) in logins.items():
        add_local(root, actor=COMMAND_LINE, login=login, name=name, role=role, password=_PASSWORD)
    return {
        role: Actor(local_subject(f"bench-{role}"), name, role) for role, name in _NAMES.items()
    }


def _checked(store: Store, actor: Actor, *, count: int) -> list[Proposal]:
    """Return a proposal for each of so many municipalities; they are checked together."""
    book, places = nationwide_book(store, most=count)
    read = read_uploads([UploadedFile("collected.xlsx", book)], actor=actor)
    whole = propose_aside(store, actor=actor, target=WHOLE, read=read)
    found = []
    for number, (code, name) in enumerate(places.items()):
        content = collected_book([(code, name)], seed=number)
        file = ReadFile(f"{code}.xlsx", hashlib.sha256(content).hexdigest(), content)
        own = whole.answers[whole.answers["area_code"] == code]
        found.append(replace(whole, answers=own, read=[file]))
    return found


def nationwide_book(store: Store, *, most: int | None = None) -> tuple[bytes, Mapping[str, str]]:
    """Return a collected workbook of all municipalities, or of the first ones, and their names."""
    with open_generation(store.current()) as con:
        names = dict(list(places_of(con, WHOLE).names.items())[:most])
    return collected_book(list(names.items()), seed=1), names


def _import(store: Store, actor: Actor, found: list[Proposal]) -> None:
    for number, proposal in enumerate(found, start=1):
        fresh = replace(proposal, generation=store.current().stem)
        reasons = dict.fromkeys(proposal.warnings, "bench")
        done = accept(store, actor=actor, proposal=fresh, reasons=reasons)
        if number % UNDO_EVERY == 0:
            undo(store, actor=actor, import_id=done.import_id)
