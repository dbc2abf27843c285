"""How large a workbook and how long its reading may be."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The bounds of one reading: sizes in bytes, time in seconds."""

    file_bytes: int = 10 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 100
    ratio_from_bytes: int = MEGABYTE
    entries: int = 1_000
    rows: int = 50_000
    columns: int = 500
    cells: int = 5_000_000
    texts: int = 1_000_000
    depth: int = 100
    memory_bytes: int = 1024 * MEGABYTE
    seconds: float = 30.0
    output_bytes: int = 64 * MEGABYTE


DEFAULT = Limits()
