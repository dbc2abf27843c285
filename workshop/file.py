"""The SQLite files of a workshop: one directory of rooms and sets, and one file per open room.

Those who keep tables here hand in their own `create table if not exists`, made on first use.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from data.errors import StoreError, UserError
from data.sqlite_file import all_or_nothing, opened, stamp_of

FOLDER = "workshop"
DIRECTORY = "workshop.sqlite"
WAIT_SECONDS = 5.0
_turns: dict[Path, Lock] = {}


class RoomGone(UserError):
    """The room has ended, and its file with it."""


def directory_path(root: Path) -> Path:
    """Return the file of rooms and saved sets; it is there once something has been saved."""
    return root / FOLDER / DIRECTORY


def room_path(root: Path, room_id: str) -> Path:
    """Return the file of one room, which goes when the room ends."""
    return root / FOLDER / "rooms" / f"{room_id}.sqlite"


def stamp(root: Path, room_id: str) -> tuple[int, int]:
    """Return a cheap mark of a room that differs after every save, zeros once it has ended."""
    return stamp_of(room_path(root, room_id))


def directory_stamp(root: Path) -> tuple[int, int]:
    """Return a cheap mark of the directory that differs after every save."""
    return stamp_of(directory_path(root))


@contextmanager
def reading(root: Path, room_id: str, *, tables: str = "") -> Iterator[sqlite3.Connection]:
    """Yield a connection to read a room with; RoomGone once the room has ended."""
    path = room_path(root, room_id)
    _still_there(path)
    with _failures_told(path), closing(_open(path, "rw")) as con:
        con.executescript(tables)
        yield con


@contextmanager
def writing(root: Path, room_id: str, *, tables: str = "") -> Iterator[sqlite3.Connection]:
    """Yield a connection inside a transaction that no other writer of the room can come between.

    All that was written is kept when the block ends well, and nothing of it otherwise.
    """
    path = room_path(root, room_id)
    _still_there(path)
    with _transaction(path, "rw", tables) as con:
        yield con


@contextmanager
def directory_reading(root: Path, *, tables: str = "") -> Iterator[sqlite3.Connection]:
    """Yield a connection to read the directory with, empty where nothing was ever saved."""
    path = directory_path(root)
    with _failures_told(path), closing(_open_if_there(path)) as con:
        con.executescript(tables)
        yield con


@contextmanager
def directory_writing(root: Path, *, tables: str = "") -> Iterator[sqlite3.Connection]:
    """Yield a connection inside a transaction that no other writer of the directory can enter."""
    path = directory_path(root)
    with _failures_told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _transaction(path, "rwc", tables) as con:
        yield con


@contextmanager
def making_room(root: Path, room_id: str, *, tables: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection inside a transaction that makes the file of a new room."""
    path = room_path(root, room_id)
    with _failures_told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _transaction(path, "rwc", tables) as con:
        yield con


def _still_there(path: Path) -> None:
    if not path.is_file():
        raise RoomGone(
            "このルームは終了しました。", "進行役に、新しいルームの番号を確かめてください。"
        )


def _open_if_there(path: Path) -> sqlite3.Connection:
    if path.is_file():
        return _open(path, "rw")
    con = sqlite3.connect(":memory:", isolation_level=None)
    con.row_factory = sqlite3.Row
    return con


def _open(path: Path, mode: str) -> sqlite3.Connection:
    con = opened(path, mode=mode, wait_seconds=WAIT_SECONDS)
    con.execute("pragma secure_delete = on")  # what is taken out is gone from the file too
    return con


@contextmanager
def _transaction(path: Path, mode: str, tables: str) -> Iterator[sqlite3.Connection]:
    # SQLite lets waiting writers in at random: a hall that answers at once would starve some.
    with _turns.setdefault(path, Lock()), _failures_told(path), closing(_open(path, mode)) as con:
        con.executescript(tables)
        with all_or_nothing(con):
            yield con


@contextmanager
def _failures_told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        if path.parent.name == "rooms" and not path.is_file() and path.parent.is_dir():
            _still_there(path)
        if "locked" in str(error) or "busy" in str(error):
            raise StoreError(
                "ほかの人が同時に書いています。", "数秒待って、もう一度試してください。"
            ) from error
        raise StoreError(
            f"研修のファイル（{path.name}）に書けません。",
            "保存先の空き容量と、書き込みの許可を確かめてください。",
        ) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"研修のファイル（{path.name}）が壊れているため、開けません。",
            "バックアップから戻すか、新しいルームを開いてください。統計の表示には影響しません。",
        ) from error
