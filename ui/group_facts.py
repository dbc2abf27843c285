"""What the data say of a group's municipality: facts for each step, and indicators to pick."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

from analytics.scope import sibling_scope
from data.catalogue import load_catalogue
from data.catalogue.indicator import POLARITY_LABELS
from exports.planning_sheet import PlanningSheet
from exports.sections import AreaSheet
from records.file import stamp
from ui.planning_sheet import indicator_rows, planning_sheet, stage_label, suggested
from ui.planning_view import NEWEST_PERIOD, periods
from ui.profile_records import with_records
from ui.profile_sheet import area_sheet, circle_options
from ui.profile_view import benchmark_options
from ui.selection import Area, area_of
from ui.store import ask, meta, served, store
from workshop.sheet_fields import MAX_TARGET, sections

_YES_OR_NO = "有無"
_one_at_a_time = Lock()


def form() -> dict[str, Any]:
    """Return the blanks of the sheet and all indicators of the catalogue, for every group."""
    catalogue = load_catalogue()
    return {
        "max_target": MAX_TARGET,
        "sections": [
            section.model_dump(exclude={"source", "cell_max_length"})
            | {
                "is_grid": section.is_grid,
                "source": catalogue.documents[section.source].title,
                "short_source": catalogue.documents[section.source].short_title,
            }
            for section in sections()
        ],
        "indicators": [
            {
                "key": key,
                "title": entry.title,
                "stage": stage_label(entry),
                "dimension": entry.dimension,
                "definition": f"{entry.definition}（{POLARITY_LABELS[entry.polarity]}）",
                "source": f"{entry.source_title}・{entry.cycle}",
            }
            for key, entry in catalogue.indicators.items()
        ],
    }


def group_facts(area_code: str) -> dict[str, Any]:
    """Return what is said of an area; made once for all groups, and anew after a saved record."""
    with _one_at_a_time:  # twenty groups of one area would else make the same sheet twenty times
        return _facts(served(), stamp(store().root), area_code)


def sheet_of_area(area_code: str) -> tuple[Area, AreaSheet, tuple[str, str]] | None:
    """Return the area, its data and its benchmark (code, name); nothing where there are none."""
    area = area_of(area_code) if area_code else None
    if area is None:
        return None
    scope = ask(sibling_scope, area_code=area.code)
    options = benchmark_options(served(), scope, area.code)
    benchmark = next(iter(options.items()), ("", "基準なし"))
    circle = next(iter(circle_options(served(), area)), "")
    year = int(meta()["built_at"][:4])
    sheet = area_sheet(served(), area, scope, benchmark, year, circle)
    return None if sheet is None else (area, with_records(sheet), benchmark)


@lru_cache(maxsize=256)
def _facts(store_key: str, records_stamp: tuple[int, int], area_code: str) -> dict[str, Any]:
    found = sheet_of_area(area_code)
    if found is None:
        return _nothing(area_code)
    area, sheet, benchmark = found
    made = planning_sheet(
        area, sheet, benchmark=benchmark, period=periods()[NEWEST_PERIOD],
        written={}, picked=(), targets={},
    )  # fmt: skip
    return {
        "note": "",
        "title": f"{area.name}（基準：{benchmark[1]}）",
        "steps": {step.key: list(step.facts) for step in made.steps},
        "standing": _standing(made),
        "suggested": list(suggested(sheet)),
        "now": _values(sheet),
        "source": list(made.source),
    }


def _standing(made: PlanningSheet) -> list[dict[str, str]]:
    return [
        {str(name): str(cell) for name, cell in row.items()}
        for row in made.standing.to_dict("records")
    ]


def _values(sheet: AreaSheet) -> dict[str, str]:
    """Return what every indicator of the catalogue is in the area today, with its period."""
    entries = load_catalogue().indicators
    keys = {entry.title: key for key, entry in entries.items()}
    rows = indicator_rows(sheet.rows, tuple(entries))
    return {
        keys[row["title"]]: _in_words(row["now"], row["period"], entries[keys[row["title"]]].unit)
        for row in rows.to_dict("records")
    }


def _in_words(now: str, period: str, unit: str) -> str:
    if unit.startswith(_YES_OR_NO) and period:
        now = "あり" if now.startswith("1") else "なし"
    return f"{now}（{period}）" if period else now


def _nothing(area_code: str) -> dict[str, Any]:
    note = (
        "この市区町村の指標は、いまのデータにありません。データなしで進めます。"
        if area_code
        else "市区町村を決めていないグループです。データなしで進めます。"
    )
    return {
        "note": note, "title": "", "steps": {}, "standing": [], "suggested": [],
        "now": {}, "source": [],
    }  # fmt: skip
