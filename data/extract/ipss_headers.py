"""What the headers and titles of the projections' workbooks say of the cells below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.errors import UnreadableFile

SEXES = ("total", "male", "female")
_LABELS = {"total": "男女計", "male": "男", "female": "女"}
_OTHER_UNIT = re.compile(r"単位[:：]?(?P<unit>[十百千万]+人)")


def require_sex(
    sex: str, header: Iterable[Sequence[str]], *, first: int, last: int, file: str, sheet: str
) -> None:
    """Refuse a block of columns whose folded labels name another sex than its place does."""
    named = _named("／".join(label for row in header for label in row[first : last + 1]))
    if named is None or named == sex:
        return
    raise UnreadableFile(
        f"{first + 1}列目から{last + 1}列目の見出しが「{_LABELS[named]}」です"
        f"（「{_LABELS[sex]}」のはずです）。",
        action="公表元の様式が変わったようです。並びを入れ替えて読むことはしません。",
        file=file,
        sheet=sheet,
    )


def require_persons(titles: Iterable[Sequence[str]], *, file: str, sheet: str) -> None:
    """Refuse a table whose folded titles count in another unit than one person."""
    found = _OTHER_UNIT.search("／".join("".join(row) for row in titles))
    if found:
        raise UnreadableFile(
            f"単位が「{found['unit']}」です（「人」のはずです）。",
            action="公表元から取得し直してください。人数に直して読むことはしません。",
            file=file,
            sheet=sheet,
        )


def _named(text: str) -> str | None:
    """Return the one sex that a text names; both where they stand together."""
    if "男女" in text:
        return "total"
    found = [sex for sex in ("male", "female") if _LABELS[sex] in text]
    return found[0] if len(found) == 1 else None
