"""Reading, checking and publishing survey workbooks as large as the country, or as many."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import xlsxwriter

from access.roles import Actor, Role
from bench.figures import Figure, figure
from bench.meanwhile import Work, in_turns, measure_viewers, twin
from data.catalogue.survey import Question
from data.generations import Store, open_generation
from surveys.acceptance import accept, undo
from surveys.answer_sheet import printed_code
from surveys.answer_words import choices
from surveys.large_proposal import propose_aside
from surveys.proposal import Proposal, places_of
from surveys.table_acceptance import accept_tables
from surveys.table_proposal import TableProposal, propose_tables
from surveys.target import Target
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.test_surveys_bad_workbooks import CASES

COLUMNS = 80
FORMS = 180
YEAR = 2024
ZONES = 8
_STAFF = Actor("bench", "計測", Role.STAFF)
_WHOLE = Target("municipal_form", YEAR)
_MEMBER_COLUMNS = "団体コード,市区町村名,圏域種別,圏域コード,圏域名,適用開始,適用終了"
_LARGEST_PREFECTURE = """
with place as (
    select
        area_code,
        name,
        count(*) over (partition by area_code[:2]) as places
    from area
    where area_type in ('municipality', 'designated_city') and valid_to is null
),
final as (
    select
        area_code,
        name
    from place
    qualify rank() over (order by places desc, area_code[:2]) = 1
    order by area_code
)
select * from final
"""


def measure_intake(store: Path, *, repeat: int) -> list[Figure]:
    """Measure on a copy of the current generation; nothing of it is left in the store."""
    with twin(Store(store)) as copy:
        return [
            *_one_workbook(copy, repeat),
            *_many_forms(copy),
            *_members(copy, repeat),
            *_viewers_meanwhile(copy),
        ]


def _one_workbook(store: Store, repeat: int) -> list[Figure]:
    with open_generation(store.current()) as con:
        names = places_of(con, _WHOLE).names
    book = collected_book(list(names.items()), seed=1)
    previewed, published = [], []
    for _ in range(repeat):
        found, seconds = _proposed(store, [UploadedFile("collected.xlsx", book)], _WHOLE)
        previewed.append(seconds)
        start = time.perf_counter()
        done = accept(
            store, actor=_STAFF, proposal=found, reasons=dict.fromkeys(found.warnings, "bench")
        )
        published.append(time.perf_counter() - start)
        undo(store, actor=_STAFF, import_id=done.import_id)
    name = f"1 workbook, {len(names):,} × {COLUMNS}"
    return [
        figure("intake", name, "preview", previewed, unit="s", budget=("intake", "preview")),
        figure("intake", name, "publish", published, unit="s", budget=("intake", "publish")),
    ]


def _many_forms(store: Store) -> list[Figure]:
    with open_generation(store.current()) as con:
        names = places_of(con, _WHOLE).names
    chosen = list(names.items())[:FORMS]
    files = [
        UploadedFile(f"{code}.xlsx", collected_book([(code, name)], seed=number))
        for number, (code, name) in enumerate(chosen)
    ]
    _, seconds = _proposed(store, files, _WHOLE)
    name = f"{len(files)} workbooks of one municipality"
    return [figure("intake", name, "preview", [seconds], unit="s", budget=("intake", "many"))]


def _viewers_meanwhile(store: Store) -> list[Figure]:
    """Measure viewers beside previews, beside books that are refused, and beside publishing."""
    with open_generation(store.current()) as con:
        names = places_of(con, _WHOLE).names
    files = [UploadedFile("collected.xlsx", collected_book(list(names.items()), seed=1))]
    with twin(store) as other:
        found, _ = _proposed(other, files, _WHOLE)
        works = {
            "while workbooks are previewed": lambda: _proposed(store, files, _WHOLE),
            "while bad books are refused": _refusals(),
            "while answers are published": lambda: _published(other, found),
            "while memberships are published": lambda: _members_published(other),
        }
        return measure_viewers(store, works)


def _refusals() -> Work:
    """Return the reading of one after the other of the bad workbooks that the tests know."""
    books = [UploadedFile(f"{name}.xlsx", make()) for name, (make, _) in CASES.items()]
    return in_turns([partial(read_uploads, [book], actor=_STAFF) for book in books])


def _published(store: Store, found: Proposal) -> None:
    fresh = replace(found, generation=store.current().stem)
    done = accept(
        store, actor=_STAFF, proposal=fresh, reasons=dict.fromkeys(found.warnings, "bench")
    )
    undo(store, actor=_STAFF, import_id=done.import_id)


def _members_published(store: Store) -> float:
    """Publish other secondary medical areas of a prefecture, take them back, return the seconds."""
    found = _proposed_members(store)
    start = time.perf_counter()
    done = accept_tables(
        store, actor=_STAFF, proposal=found, reasons=dict.fromkeys(found.warnings, "bench")
    )
    seconds = time.perf_counter() - start
    undo(store, actor=_STAFF, import_id=done.import_id)
    return seconds


def _proposed_members(store: Store) -> TableProposal:
    with open_generation(store.current()) as con:
        rows = con.execute(_LARGEST_PREFECTURE).fetchall()
    lines = [
        f"{printed_code(code)},{name},二次医療圏,{code[:2]}{50 + place % ZONES},"
        f"第{place % ZONES}圏,,"
        for place, (code, name) in enumerate(rows)
    ]
    book = UploadedFile("members.csv", "\n".join([_MEMBER_COLUMNS, *lines, ""]).encode())
    return propose_tables(store, actor=_STAFF, read=read_uploads([book], actor=_STAFF))


def _members(store: Store, repeat: int) -> list[Figure]:
    taken = [_members_published(store) for _ in range(repeat)]
    name = f"memberships of a prefecture, {ZONES} areas"
    return [figure("intake", name, "publish", taken, unit="s", budget=("intake", "publish"))]


def _proposed(
    store: Store, files: Sequence[UploadedFile], target: Target
) -> tuple[Proposal, float]:
    start = time.perf_counter()
    read = read_uploads(files, actor=_STAFF)
    found = propose_aside(store, actor=_STAFF, target=target, read=read)
    seconds = time.perf_counter() - start
    if not found.acceptable:
        stopped = [problem.message for problem in found.problems if problem.stops][:3]
        raise SystemExit(f"the workbook is not acceptable: {stopped}")
    return found, seconds


def collected_book(respondents: list[tuple[str, str]], *, seed: int) -> bytes:
    """Return a collected workbook with as many columns as a real one, filled at random."""
    chance = random.Random(seed)
    questions = _WHOLE.questions()
    filling = ["備考"] * (COLUMNS - 2 - len(questions))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("回答")
        page.write_row(0, 0, ["団体コード", "市町村名", *(q.label for q in questions), *filling])
        for row, (code, name) in enumerate(respondents, start=1):
            cells = [_answer(question, chance) for question in questions]
            page.write_row(row, 0, [printed_code(code), name, *cells, *["済"] * len(filling)])
    return buffer.getvalue()


def _answer(question: Question, chance: random.Random) -> str | int:
    if question.allowed:
        return chance.choice(choices(question))
    return 2018 if question.type == "year" else chance.randrange(30)
