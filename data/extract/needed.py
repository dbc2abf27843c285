"""The columns that a layout must have: a file that lacks one is refused by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from data.errors import UnreadableFile
from data.extract import Extract, Layout, RawFile, layouts
from data.extract.delimited import header_of, plain
from data.extract.facility_standards import sheets_of
from data.extract.medical_net import zipped_head

_ARCHIVE = b"PK"
_ALIKE = 0.5
_SHOWN = 6
_TOP_ROWS = 12
_FIRST_SHEETS = 10
_NOT_GUESSED = "公表元の様式が変わったようです。ほかの列で代えることはしません。"


def needed_columns(layout: Layout) -> Mapping[str, tuple[str, ...]]:
    """Return the columns that a layout declares as NEEDED, by frame."""
    found: Mapping[str, tuple[str, ...]] = getattr(layout, "NEEDED", {})
    return found


def require_columns(layout: Layout, extract: Extract, file: RawFile) -> None:
    """Raise UnreadableFile that names the columns which a frame lacks."""
    for frame, columns in needed_columns(layout).items():
        if frame not in extract.frames:
            continue
        present = {plain(column) for column in extract.frames[frame].columns}
        missing = [column for column in columns if plain(column) not in present]
        if missing:
            raise UnreadableFile(
                f"必要な列がありません：{_named(missing)}。", action=_NOT_GUESSED, file=file.name
            )


def resembled(file: RawFile) -> str | None:
    """Say which layout a file is nearly, and what it lacks; nothing when it is like none."""
    best: tuple[float, str, str, list[str]] | None = None
    for place, header in _headers(file):
        for layout in layouts():
            for columns in needed_columns(layout).values():
                missing = [column for column in columns if plain(column) not in header]
                share = 1 - len(missing) / len(columns)
                if missing and share >= _ALIKE and (best is None or share > best[0]):
                    best = (share, place, layout.NAME, missing)
    if best is None:
        return None
    _, place, name, missing = best
    told = f"「{name}」に似ていますが、必要な列がありません：{_named(missing)}。{_NOT_GUESSED}"
    return f"{place}：{told}" if place else told


def _headers(file: RawFile) -> Iterator[tuple[str, set[str]]]:
    """Yield what may be a header: the first line of a text, or the top rows of sheets."""
    head = file.head()
    yield "", header_of(zipped_head(file) if head.startswith(_ARCHIVE) else head)
    if head.startswith(_ARCHIVE):
        for place, rows in islice(sheets_of(file, limit=_TOP_ROWS), _FIRST_SHEETS):
            for number, row in enumerate(rows, start=1):
                yield f"{place}・{number}行", {plain(cell) for cell in row}


def _named(columns: Iterable[str]) -> str:
    listed = list(columns)
    tail = f" ほか計{len(listed)}列" if len(listed) > _SHOWN else ""
    return "、".join(listed[:_SHOWN]) + tail
