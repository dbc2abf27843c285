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
    planning_area_pairs,
)
from data.extract.mieruka_repeats import REPEATED, repeats
from data.report import FileReport

_AREAS = "planning_areas"
# the series that a layout belongs to, and the columns whose values tell two of its lists apart
_PARTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    kaigo_services.NAME: (kaigo_services.NAME, "offices", ("サービスの種類",)),
    medical_net.NAME: (medical_net.NAME, "institutions", ("機関区分",)),
    facility_standards.NAME: (
        facility_standards.NAME,
        "notifications",
        ("都道府県コード", "区分"),
    ),
    planning_area_book.NAME: (_AREAS, "pairs", ()),
    planning_area_pairs.NAME: (_AREAS, "pairs", ()),
    homevisit_demand.NAME: (homevisit_demand.NAME, "demand", ()),
}
_COUNTED = "同じ資料の新しいもの（{}）を使い、これは数を比べるためだけに残しました。"
_ESTIMATED = "同じ推計の新しいもの（{}）を使い、これは前の推計として比べるためだけに残しました。"
_DATED = "新しい年度の表（{}）をいまの区域とし、これは前の年度の区域として残しました。"
_UNDATED = "年度のある表（{}）があり、これは年度が分からないため、使いません。"
_REASONS = {_AREAS: _DATED, homevisit_demand.NAME: _ESTIMATED}


def set_older_aside(found: list[tuple[FileReport, Extract]]) -> None:
    """Mark every list of which a newer vintage is in the folder, and say which.

    What an older one says stands beside the newest, and never in its place.
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
            series = _PARTS[extract.layout][0]
            is_lost = series == _AREAS and not sortable(extract.vintage)
            entry.outcome = "not_used" if is_lost else "older"
            reason = _UNDATED if is_lost else _REASONS.get(series, _COUNTED)
            entry.reason = reason.format(newest[key][1])
    repeated = repeats({entry.file_name: extract for entry, extract in found})
    for entry, _ in found:
        if entry.file_name in repeated:
            entry.outcome = "not_used"
            entry.reason = REPEATED.format(repeated[entry.file_name])


def decide_again(found: list[tuple[FileReport, Extract]], *, is_before_areas: bool = False) -> None:
    """Set older lists aside anew, once a newer one has turned out to be of no use.

    Lists of planning areas only before areas are made of them.
    """
    lists = [
        (entry, extract)
        for entry, extract in found
        if extract.layout in _PARTS
        and (is_before_areas or _PARTS[extract.layout][0] != _AREAS)
        and entry.outcome in ("loaded", "older", "not_used")
    ]
    for entry, _ in lists:
        entry.outcome, entry.reason = "loaded", None
    set_older_aside(lists)


def _list_of(extract: Extract) -> Hashable | None:
    if extract.layout not in _PARTS:
        return None
    series, frame_name, columns = _PARTS[extract.layout]
    frame = extract.frames.get(frame_name)
    if frame is None:
        return None
    return series, *(frozenset(frame[column]) for column in columns)


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
        alone = re.search(r"((?:19|20)\d{2})年", vintage)
        return (int(alone.group(1)),) if alone else ()
    year = 2018 + (1 if era.group(1) == "元" else int(era.group(1)))
    return (year, *(int(part) for part in era.groups()[1:] if part))
