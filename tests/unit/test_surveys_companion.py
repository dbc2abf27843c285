"""Large proposals are made by a second process, and by the server where that has ended."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from access.roles import NotAllowed
from surveys import large_proposal
from surveys.large_proposal import propose_aside
from surveys.proposal import propose
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.intake_stand import COUNCIL, STAFF, VIEWER, Y2021, council_book, store_of


def _companions() -> list[psutil.Process]:
    own = psutil.Process().children()
    return [child for child in own if "surveys.companion_child" in child.cmdline()]


def test_a_companion_proposes_the_same_and_may_die(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tiny, tmp_path / "store")
    read = read_uploads([UploadedFile("回答.xlsx", council_book(COUNCIL))], actor=STAFF)
    here = propose(store, actor=STAFF, target=Y2021, read=read)

    def is_same() -> bool:
        found = propose_aside(store, actor=STAFF, target=Y2021, read=read)
        same = found.answers.equals(here.answers) and found.problems == here.problems
        return same and found.read == read and found.generation == here.generation

    before = _companions()  # a page that another test of this process opened may have one
    assert is_same()
    assert _companions() == before  # a small book is not worth a process
    monkeypatch.setattr(large_proposal, "LARGE_CELLS", 1)
    with monkeypatch.context() as without:  # the answer comes from the other process only
        without.setattr(large_proposal, "propose", None)
        assert is_same()
    [companion] = _companions()
    companion.kill()
    companion.wait()
    assert is_same()
    with pytest.raises(NotAllowed):
        propose_aside(store, actor=VIEWER, target=Y2021, read=read)
    monkeypatch.setattr(large_proposal, "LARGE_CELLS", 1_000_000)
    assert is_same()
