"""One SQLite file kept beside the generations: how it is opened, changed and marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def opened(path: Path, *, mode: str, wait_seconds: float) -> sqlite3.Connection:
    """Return a connection that loses nothing it has committed; `mode` is rw or rwc."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    con = sqlite3.connect(address, uri=True, timeout=wait_seconds, isolation_level=None)
    con.row_factory = sqlite3.Row
    con.execute("pragma synchronous = full")
    return con


@contextmanager
def all_or_nothing(con: sqlite3.Connection) -> Iterator[None]:
    """Keep all that is written in the block when it ends well, and nothing of it otherwise."""
    con.execute("begin immediate")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def stamp_of(path: Path) -> tuple[int, int]:
    """Return a cheap mark that differs after every save: SQLite's change counter, and the time."""
    try:
        with path.open("rb") as stream:
            counter = int.from_bytes(stream.read(28)[24:28], "big")
        return counter, path.stat().st_mtime_ns
    except OSError:
        return 0, 0
