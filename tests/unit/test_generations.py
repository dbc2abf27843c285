"""The store serves a sound generation whatever happens to its files."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from data.errors import BuildError, StoreError
from data.generations import KEPT, Store, open_generation
from tests.tiny_region import ROOT, SCHEMA


def publish(store: Store, marker: str = "one") -> Path:
    with store.writing() as draft, duckdb.connect(str(draft)) as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        con.execute("insert into meta values ('marker', $marker)", {"marker": marker})
    return store.current()


def marker_of(path: Path) -> str:
    with open_generation(path) as con:
        return con.execute("select value from meta where key = 'marker'").fetchone()[0]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_an_empty_store_says_how_to_fill_it(store: Store) -> None:
    with pytest.raises(StoreError, match="python -m data build demo"):
        store.current()


def test_each_publication_makes_a_new_file_and_keeps_the_old(store: Store) -> None:
    first = publish(store, "one")
    before = first.read_bytes()
    second = publish(store, "two")
    assert (first.name, second.name) == ("000001.duckdb", "000002.duckdb")
    assert first.read_bytes() == before
    assert marker_of(second) == "two"


def test_only_the_newest_generations_are_kept(store: Store) -> None:
    for number in range(KEPT + 2):
        publish(store, str(number))
    names = [path.stem for path in store.generations()]
    assert len(names) == KEPT
    assert names[-1] == f"{KEPT + 2:06d}"


def test_a_failing_block_publishes_nothing(store: Store) -> None:
    publish(store)
    with pytest.raises(RuntimeError), store.writing() as draft:
        draft.write_bytes(b"half")
        raise RuntimeError
    assert [path.name for path in store.generations()] == ["000001.duckdb"]
    assert list(store.folder.glob("draft-*")) == []


def test_a_draft_that_breaks_a_rule_is_not_published(store: Store) -> None:
    publish(store)
    with pytest.raises(BuildError, match="facility が area にない"), store.writing() as draft:
        with duckdb.connect(str(draft)) as con:
            con.execute(SCHEMA.read_text(encoding="utf-8"))
            con.execute(
                "insert into source values ('s', 't', 'p', 'l', null, null, null, null, null)"
            )
            con.execute(
                "insert into facility values ('f', 'n', 'clinic', '99999', null, null, null, 'missing',"
                " null, null, null, 's', 'r')"
            )
    assert store.current().name == "000001.duckdb"


@pytest.mark.parametrize("content", [b"", b"000009.duckdb", b"../../etc/passwd", b"\xff\xfe", None])
def test_a_missing_or_corrupt_pointer_falls_back_with_a_banner(
    store: Store, content: bytes | None
) -> None:
    publish(store)
    store.pointer.unlink() if content is None else store.pointer.write_bytes(content)
    assert store.current().name == "000001.duckdb"
    assert "世代 000001 を表示しています" in (store.banner() or "")


def test_a_generation_cut_in_half_is_set_aside_and_the_one_before_serves(store: Store) -> None:
    publish(store, "good")
    bad = publish(store, "bad")
    bad.write_bytes(bad.read_bytes()[: bad.stat().st_size // 2])
    again = Store(store.root)
    assert marker_of(again.current()) == "good"
    assert "世代 000002" in (again.banner() or "")
    assert (store.root / "quarantine" / "000002.duckdb").exists()
    assert publish(again, "next").name == "000003.duckdb"
    assert again.banner() is None


def test_when_every_generation_is_broken_the_message_says_so(store: Store) -> None:
    publish(store).write_bytes(b"x")
    for _ in range(2):
        with pytest.raises(StoreError, match="すべて壊れている"):
            Store(store.root).current()


def test_a_store_whose_generations_are_lost_is_not_taken_for_empty(store: Store) -> None:
    assert store.is_empty()
    publish(store).write_bytes(b"x")
    with pytest.raises(StoreError):
        Store(store.root).current()
    assert not store.is_empty()


HOLDER = """
import sys, time
from pathlib import Path
from data.generations import Store
with Store(Path(sys.argv[1])).writing():
    print("writing", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_refused_within_a_second(store: Store) -> None:
    publish(store)
    command = [sys.executable, "-c", HOLDER, str(store.root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline().strip() == "writing"
        started = time.monotonic()
        with pytest.raises(StoreError, match="ほかの処理"), store.writing():
            pass
        waited = time.monotonic() - started
        holder.kill()
    assert waited < 1
    assert publish(store, "after").name == "000002.duckdb"


def test_a_folder_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StoreError, match="書き込めません"), Store(blocked / "store").writing():
        pass


def test_a_read_only_disk_is_named_and_still_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="書き込めません"), store.writing():
        pass
    assert marker_of(store.current()) == "one"


def test_rollback_serves_the_generation_before(store: Store) -> None:
    publish(store, "one")
    publish(store, "two")
    assert marker_of(store.rollback()) == "one"
    assert marker_of(store.current()) == "one"
    assert marker_of(store.rollback("000002")) == "two"
    with pytest.raises(StoreError, match="世代がありません"):
        store.rollback("000077")


def test_the_stamp_changes_with_every_publication(store: Store) -> None:
    publish(store)
    before = store.stamp()
    publish(store)
    assert store.stamp() != before


def test_readers_can_neither_write_nor_reach_files(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with open_generation(publish(store)) as con:
        with pytest.raises(duckdb.Error):
            con.execute("delete from meta")
        with pytest.raises(duckdb.Error):
            con.execute("select * from read_csv($path)", {"path": str(tmp_path / "secret.csv")})
        with pytest.raises(duckdb.Error):
            con.execute("set enable_external_access = true")


def test_a_generation_in_use_opens_again_in_the_same_process(store: Store) -> None:
    path = publish(store)
    with open_generation(path):
        assert marker_of(path) == "one"
        with open_generation(path) as again, pytest.raises(duckdb.Error):
            again.execute("set memory_limit = '2GB'")


def test_network_shares_are_refused() -> None:
    with pytest.raises(StoreError, match="ネットワーク共有"):
        Store(Path("//server/share"))


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        duckdb.IOException(f"Could not write file: {os.strerror(errno.ENOSPC)}"),
    ],
)
def test_a_disk_that_fills_up_while_writing_is_said_and_loses_nothing(
    store: Store, error: Exception
) -> None:
    before = publish(store)

    with pytest.raises(StoreError, match="ディスクの空きが足りません"), store.writing() as draft:
        draft.write_bytes(b"half")
        raise error

    assert store.current() == before
    assert list(store.folder.glob("draft-*")) == []
