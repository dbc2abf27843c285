"""Words for what a register says of a facility; every fact it leaves out is named as such."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.records import FacilityTypeEntry

TYPES = load_catalogue().facility_types
NOT_STATED = "記載なし"
QUALITY_LABELS = {
    "exact": "座標あり",
    "out_of_range": "座標が国外か、住所の市区町村から離れている",
    "missing": "座標なし",
    "area_only": "市区町村のみ",
}
_HOW_COUNTED = {
    True: "住所の市区町村の数に含め、点では示さない",
    False: "市区町村が分からないため、どの地域の数にも含めない",
}


def capacity_word(entry: FacilityTypeEntry) -> str:
    """Return what the capacity of a type is called: beds or places."""
    return "病床" if entry.capacity_unit == "床" else "定員"


def type_facts(row: pd.Series) -> list[tuple[str, str]]:
    """Return label and words of what the register says of one service of a facility."""
    entry = TYPES[str(row["facility_type"])]
    stated: dict[str, Any] = json.loads(row["attributes"]) if _is_text(row["attributes"]) else {}
    facts = []
    if entry.has_capacity or pd.notna(row["capacity"]):
        unit = entry.capacity_unit or "人"
        known = pd.notna(row["capacity"])
        facts.append(
            (capacity_word(entry), f"{int(row['capacity']):,}{unit}" if known else NOT_STATED)
        )
    for key, attribute in entry.attributes.items():
        facts.append((attribute.label, _in_words(stated.get(key), attribute.values)))
    return facts


def location_words(row: pd.Series) -> str:
    """Return how well the facility is located, and where it is counted."""
    label = QUALITY_LABELS[str(row["location_quality"])]
    if row["location_quality"] == "exact":
        return f"{label}（北緯{row['lat']:.5f}度、東経{row['lon']:.5f}度）"
    return f"{label}：{how_counted(row['area_code'])}"


def how_counted(area_code: object) -> str:
    """Return how a facility without a point enters the counts."""
    return _HOW_COUNTED[_is_text(area_code)]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _in_words(value: Any, labels: dict[str, str]) -> str:  # noqa: ANN401 - any JSON
    if value is None or value in ([], {}, ""):
        return NOT_STATED
    if isinstance(value, bool):
        return labels.get(json.dumps(value), "あり" if value else "なし")
    if isinstance(value, dict):
        return "、".join(f"{labels.get(key, key)} {number}" for key, number in value.items())
    if isinstance(value, list):
        return "、".join(labels.get(str(item), str(item)) for item in value)
    return labels.get(str(value), str(value))
