"""Disk full, another writer, no audit log: the store stays as it was and the user is told."""

from __future__ import annotations

import errno
import shutil
import time
from pathlib import Path

import pytest
from filelock import FileLock

from access import audit
from access.audit import entries
from data.errors import StoreError
from data.generations import Store
from surveys import originals
from surveys.acceptance import accept
from surveys.proposal import Proposal
from tests.unit.intake_stand import (
    COUNCIL,
    STAFF,
    accepted,
    answers,
    council_book,
    proposed,
    store_of,
)


@pytest.fixture
def intake(tiny: Path, tmp_path: Path) -> Store:
    return store_of(tiny, tmp_path / "store")


def press(store: Store, found: Proposal) -> None:
    reasons = dict.fromkeys(found.warnings, "確かめた")
    accept(store, actor=STAFF, proposal=found, reasons=reasons)


def assert_untouched(store: Store) -> None:
    assert [path.stem for path in store.generations()] == ["000001"]
    assert answers(store) == {}
    assert not list(store.folder.glob("draft-*"))


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_too_little_room_is_said_before_anything_is_written(
    intake: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = proposed(intake, council_book(COUNCIL))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(StoreError, match="空き"):
        press(intake, found)
    assert_untouched(intake)
    assert list(entries(intake.root)) == []


@pytest.mark.parametrize("place", ["shutil.copyfile", "surveys.originals.sync"])
def test_a_disk_that_fills_up_on_the_way_changes_nothing(
    place: str, intake: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = proposed(intake, council_book(COUNCIL))
    monkeypatch.setattr(place, full)
    with pytest.raises(StoreError, match="空き"):
        press(intake, found)
    assert_untouched(intake)
    monkeypatch.undo()
    press(intake, found)
    assert len(answers(intake)) == 5


def test_another_writer_is_told_within_a_second(intake: Store) -> None:
    found = proposed(intake, council_book(COUNCIL))
    with FileLock(intake.root / "write.lock"):
        started = time.monotonic()
        with pytest.raises(StoreError, match="ほかの処理がデータを更新している"):
            press(intake, found)
        assert time.monotonic() - started < 2.0
    assert_untouched(intake)


def test_a_store_on_a_read_only_disk_is_named(
    intake: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = proposed(intake, council_book(COUNCIL))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(StoreError, match="書き込めません"):
        press(intake, found)
    assert_untouched(intake)


def test_a_broken_lock_is_said_and_one_left_behind_is_taken_over(intake: Store) -> None:
    found = proposed(intake, council_book(COUNCIL))
    lock = intake.root / "write.lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(StoreError, match="書き込めません"):
        press(intake, found)
    assert_untouched(intake)
    lock.rmdir()
    lock.write_bytes(b"\0torn")
    press(intake, found)
    assert len(answers(intake)) == 5


def test_what_cannot_be_noted_is_not_done(intake: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = proposed(intake, council_book(COUNCIL))
    monkeypatch.setattr(audit, "_append", full)
    with pytest.raises(StoreError):
        press(intake, found)
    assert_untouched(intake)


def test_a_folder_that_takes_no_originals_stops_the_import(
    intake: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = proposed(intake, council_book(COUNCIL))
    monkeypatch.setattr(originals, "sync", read_only)
    with pytest.raises(StoreError, match="書き込"):
        press(intake, found)
    assert_untouched(intake)


def test_a_broken_newest_generation_does_not_take_the_import_before_it_along(
    intake: Store,
) -> None:
    accepted(intake, council_book(COUNCIL))
    accepted(intake, council_book({"81201": ("なし", 0)}))
    intake.generations()[-1].write_bytes(b"torn")
    fresh = Store(intake.root)
    assert answers(fresh) == dict.fromkeys(COUNCIL, "1")
    assert fresh.banner()
