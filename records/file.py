"""The one SQLite file of the store's folder: every version of every entry, never overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.errors import StoreError
from data.sqlite_file import all_or_nothing, opened, stamp_of

FILE = "records.sqlite"
WAIT_SECONDS = 3.0

_SCHEMA = """
create table if not exists entry_version (
    entry_id text not null,
    version integer not null,
    kind text not null,
    area_code text not null,
    subject text not null,
    fields text not null,
    is_removed integer not null,
    changed_by text not null,
    changed_name text not null,
    changed_at text not null,
    primary key (entry_id, version)
) strict, without rowid;

create index if not exists entry_version_by_place
    on entry_version (kind, area_code, subject);
"""


def records_path(root: Path) -> Path:
    """Return the file of a store's folder; it is there once something has been saved."""
    return root / FILE


def stamp(root: Path) -> tuple[int, int]:
    """Return a cheap mark that differs after every save: SQLite's change counter, and the time."""
    return stamp_of(records_path(root))


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return opened(path, mode=mode, wait_seconds=WAIT_SECONDS)


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection to read with, nothing where no entry was ever saved."""
    path = records_path(root)
    if not path.is_file():
        yield None
        return
    with _failures_told(), closing(_open(path, "rw")) as con:
        yield con


@contextmanager
def writing(root: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection inside a transaction that no other writer can come between.

    All that was written is kept when the block ends well, and nothing of it otherwise.
    """
    with _failures_told(), closing(_open(records_path(root), "rwc")) as con:
        con.executescript(_SCHEMA)
        with all_or_nothing(con):
            yield con


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreError(
                "ほかの人が同時に記録を書いています。", "数秒待って、もう一度保存してください。"
            ) from error
        raise StoreError(
            f"記録のファイル（{FILE}）に書けません。",
            "保存先の空き容量と、書き込みの許可を確かめてください。",
        ) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"記録のファイル（{FILE}）が壊れているため、開けません。",
            "バックアップから戻してください。地域の統計の表示には影響しません。",
        ) from error
