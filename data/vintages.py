"""Several vintages of the same list in one folder: the newest is used, the others kept beside."""

from __future__ import annotations

import re
from collections.abc import Hashable

from data.extract import (
    Extract,
    facility_standards,
    homevisit_demand,
    kaigo_services,
    medical_net,
    planning_area_book,
)
from data.report import FileReport

# columns whose values tell two lists of one layout apart
_PARTS = {
    kaigo_services.NAME: ("offices", ("サービスの種類",)),
    medical_net.NAME: ("institutions", ("機関区分",)),
    facility_standards.NAME: ("notifications", ("都道府県コード", "区分")),
    planning_area_book.NAME: ("pairs", ()),
    homevisit_demand.NAME: ("demand", ()),
}
_COUNTED = (kaigo_services.NAME, medical_net.NAME, facility_standards.NAME)
_KEPT = "同じ資料の新しいもの（{}）を使い、これは数を比べるためだけに残しました。"
_UNUSED = "同じ資料の新しいもの（{}）があるため、使いません。"


def set_older_aside(found: list[tuple[FileReport, Extract]]) -> None:
    """Mark every list of which a newer vintage is in the folder, and say which.

    Lists of facilities become older: their counts stand beside the newest. Others are not used.
    """
    newest: dict[Hashable, tuple[tuple[int, ...], str]] = {}
    for entry, extract in found:
        key = _list_of(extract)
        if key is not None and entry.outcome == "loaded":
            dated = (sortable(extract.vintage), entry.file_name)
            newest[key] = max(newest.get(key, dated), dated)
    for entry, extract in found:
        key = _list_of(extract)
        if key in newest and sortable(extract.vintage) < newest[key][0]:
            is_counted = extract.layout in _COUNTED
            entry.outcome = "older" if is_counted else "not_used"
            entry.reason = (_KEPT if is_counted else _UNUSED).format(newest[key][1])


def _list_of(extract: Extract) -> Hashable | None:
    if extract.layout not in _PARTS:
        return None
    frame_name, columns = _PARTS[extract.layout]
    frame = extract.frames.get(frame_name)
    if frame is None:
        return None
    return extract.layout, *(frozenset(frame[column]) for column in columns)


def day_of(vintage: str) -> str:
    """Return the day that a vintage prints, as text that sorts (2025-12-31, 2026-06, '')."""
    return "-".join(f"{part:02d}" for part in sortable(vintage))


def sortable(vintage: str) -> tuple[int, ...]:
    """Return year, month and day as printed; nothing for a list without a date, which is oldest."""
    fiscal = re.search(r"((?:19|20)\d{2})年度", vintage)
    if fiscal:
        return (int(fiscal.group(1)),)
    western = re.search(r"((?:19|20)\d{2})\D+(\d{1,2})(?:\D+(\d{1,2}))?", vintage)
    if western:
        return tuple(int(part) for part in western.groups() if part)
    era = re.search(r"令和(元|\d+)年\D*(\d{1,2})月(?:(\d{1,2})日)?", vintage)
    if not era:
        return ()
    year = 2018 + (1 if era.group(1) == "元" else int(era.group(1)))
    return (year, *(int(part) for part in era.groups()[1:] if part))
