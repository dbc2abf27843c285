"""One generation on disk: its sidecar, its soundness, and how it is opened and flushed."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path

import duckdb

from data.verification import table_counts

_opening = threading.Lock()


def manifest_path(generation: Path) -> Path:
    """Return the path of the sidecar with size, checksum and row counts."""
    return generation.with_suffix(".json")


def file_problem(generation: Path) -> str | None:
    """Return what is wrong with a published file (size, checksum, cannot be read), else nothing."""
    try:
        expected = json.loads(manifest_path(generation).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        expected = {}
    try:
        if expected and expected["sha256"] != digest(generation):
            return "公開したときのファイルと内容が違います。"
        with duckdb.connect(str(generation), read_only=True) as con:
            con.execute("select value from meta where key = 'generation'").fetchone()
    except (duckdb.Error, OSError):
        return "データベースとして開けません。"
    return None


def open_generation(generation: Path) -> duckdb.DuckDBPyConnection:
    """Open a generation read-only, without access to files, network or settings."""
    with _opening:
        con = duckdb.connect(str(generation), read_only=True)
        # Connections of one process to one file share their settings, and a lock on them.
        locked = con.execute("select current_setting('lock_configuration')").fetchone()
        if locked != (True,):
            con.execute("set memory_limit = '1GB'")
            con.execute("set max_execution_time = 5000")
            con.execute("set enable_external_access = false")
            con.execute("set lock_configuration = true")
    return con


def describe(generation: Path) -> dict[str, object]:
    """Return size, checksum and row counts, as the sidecar keeps them."""
    return {
        "size": generation.stat().st_size,
        "sha256": digest(generation),
        "rows": table_counts(generation),
    }


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Flush a file or, where the system allows it, a folder to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
