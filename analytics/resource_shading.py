"""What colours the areas of the resource map: one measure of one type of facility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

PER_PEOPLE = 10_000
PER_KM2 = 100


@dataclass(frozen=True)
class Measure:
    """A way to count facilities of one type, and how its numbers are printed."""

    key: str
    label: str
    unit: str
    decimals: int
    needs_people: bool = False
    needs_capacity: bool = False


MEASURES = {
    entry.key: entry
    for entry in (
        Measure("rate", "75歳以上1万人対", "か所", 2, needs_people=True),
        Measure("count", "か所数", "か所", 0),
        Measure("land", "面積100km²対", "か所", 2),
        Measure("capacity", "{capacity}の合計", "{unit}", 0, needs_capacity=True),
        Measure("capacity_rate", "{capacity} 75歳以上1万人対", "{unit}", 1,
                needs_people=True, needs_capacity=True),
    )
}  # fmt: skip
LAND_NOTE = (
    "面積は地図の境界から計算した値（湖や川を含む）です。公表された面積とは、多くの市区町村で"
    "数%以内、小さな町村では1割以上違うことがあります。"
)


def shaded_values(counts: pd.DataFrame, land: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """Return area_code, area_name and value of the rows, which are counts of one type.

    counts has facilities, capacity and age_75_plus; land has area_code and km2. A value is missing
    where its count is not covered or its denominator is unknown or zero. Rates: 10,000 × count ÷
    persons aged 75 and over; 100 × count ÷ km².
    """
    rows = counts[["area_code", "area_name"]].reset_index(drop=True)
    whole = counts.reset_index(drop=True)
    facilities = whole["facilities"].astype("float64")
    capacity = whole["capacity"].astype("float64").mask(facilities == 0, 0.0)
    people = whole["age_75_plus"].astype("float64").where(lambda persons: persons > 0)
    km2 = rows["area_code"].map(land.set_index("area_code")["km2"]).astype("float64")
    value = {
        "count": facilities,
        "rate": PER_PEOPLE * facilities / people,
        "land": PER_KM2 * facilities / km2.where(km2 > 0),
        "capacity": capacity,
        "capacity_rate": PER_PEOPLE * capacity / people,
    }[measure]
    return rows.assign(value=value)


def shading_sentence(
    values: pd.DataFrame, *, place: str, label: str, unit: str, decimals: int, covered_by: str = ""
) -> str:
    """Say the highest and the lowest of the areas as drawn, and how many have no data."""
    known = values.dropna(subset=["value"])
    start = f"{place}の{label}"
    if known.empty:
        return f"{start}は、{len(values):,}地域のすべてでデータなし。{covered_by}"
    low, high = known["value"].min(), known["value"].max()
    gaps = len(values) - len(known)
    missing = f"データなしは{gaps:,}地域。" if gaps else ""
    if round(low, decimals) == round(high, decimals):
        return f"{start}は、{len(known):,}地域のすべてで{high:,.{decimals}f}{unit}。{missing}"
    return (
        f"{start}が最も高いのは{_names(known, high)}の{high:,.{decimals}f}{unit}、"
        f"最も低いのは{_names(known, low)}の{low:,.{decimals}f}{unit}"
        f"（{len(known):,}地域）。{missing}"
    )


def _names(known: pd.DataFrame, value: float) -> str:
    names: Sequence[str] = list(known.loc[known["value"] == value, "area_name"])
    return names[0] if len(names) == 1 else f"{names[0]}など{len(names):,}地域"
