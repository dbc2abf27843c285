"""The columns that a layout must have: a file that lacks one is refused by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.errors import UnreadableFile
from data.extract import Extract, Layout, RawFile, layouts
from data.extract.delimited import header_of, plain
from data.extract.medical_net import zipped_head

_ARCHIVE = b"PK"
_ALIKE = 0.5
_SHOWN = 6
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
    head = file.head()
    header = header_of(zipped_head(file) if head.startswith(_ARCHIVE) else head)
    best: tuple[float, str, list[str]] | None = None
    for layout in layouts():
        for columns in needed_columns(layout).values():
            missing = [column for column in columns if plain(column) not in header]
            share = 1 - len(missing) / len(columns)
            if missing and share >= _ALIKE and (best is None or share > best[0]):
                best = (share, layout.NAME, missing)
    if best is None:
        return None
    return f"「{best[1]}」に似ていますが、必要な列がありません：{_named(best[2])}。{_NOT_GUESSED}"


def _named(columns: Iterable[str]) -> str:
    listed = list(columns)
    tail = f" ほか計{len(listed)}列" if len(listed) > _SHOWN else ""
    return "、".join(listed[:_SHOWN]) + tail
