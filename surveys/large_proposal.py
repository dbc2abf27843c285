"""Proposals for books of many cells, made where they hold nobody up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from access.roles import Action, Actor, require
from data.generations import Store
from surveys.checked import Decisions
from surveys.companion import ask_companion
from surveys.proposal import Proposal, propose
from surveys.target import Target
from surveys.uploads import ReadFile

LARGE_CELLS = 20_000
_NOTHING = Decisions()


def propose_aside(
    store: Store,
    *,
    actor: Actor,
    target: Target,
    read: Sequence[ReadFile],
    decisions: Decisions = _NOTHING,
) -> Proposal:
    """Return what `propose` says; of many cells the companion says it, and viewers feel nothing."""
    require(actor, Action.UPLOAD)
    found = None
    if sum(len(row) for file in read for sheet in file.sheets for row in sheet.rows) > LARGE_CELLS:
        found = ask_companion(
            propose_at,
            root=store.root,
            actor=actor,
            target=target,
            read=[replace(file, content=b"") for file in read],
            decisions=decisions,
        )
    if found is None:
        return propose(store, actor=actor, target=target, read=read, decisions=decisions)
    found.read = list(read)
    return found


def propose_at(
    *, root: Path, actor: Actor, target: Target, read: Sequence[ReadFile], decisions: Decisions
) -> Proposal:
    """Return what `propose` says of the store in a folder; the companion is asked for this."""
    return propose(_store(root), actor=actor, target=target, read=read, decisions=decisions)


@cache
def _store(root: Path) -> Store:
    """Keep a store, since it looks only once whether a generation is sound."""
    return Store(root)
