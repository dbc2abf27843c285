"""Facilities counted in several vintages of one list, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

COLUMNS = [
    "area_code",
    "facility_type",
    "as_of",
    "vintage",
    "facilities",
    "capacity",
    "entered",
    "gone",
    "source_id",
]
RENUMBERED = "medical_net"
PER_PREFECTURE = "facility_standards"


@dataclass(frozen=True)
class Listed:
    """The facilities of one file, with its register, its day as text that sorts, and its words."""

    source_key: str
    as_of: str
    vintage: str
    facilities: pd.DataFrame


def facility_vintages(lists: list[Listed]) -> pd.DataFrame:
    """Return counts by municipality and ward for each type that is listed more than once.

    entered and gone are the numbers that the vintage before, or this one, does not have; null for
    the oldest, and in a register that gives new numbers each time.
    """
    labelled = [_labelled(one) for one in lists if len(one.facilities)]
    if not labelled:
        return pd.DataFrame(columns=COLUMNS)
    found = pd.concat(labelled, ignore_index=True)
    pieces = [
        piece
        for (kind, _), rows in found.groupby(["facility_type", "series"], sort=True)
        for piece in _counted(str(kind), rows)
    ]
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=COLUMNS)


def _labelled(one: Listed) -> pd.DataFrame:
    """Say to which series a row belongs: the register, or that of its prefecture."""
    frame = one.facilities[
        ["facility_id", "facility_type", "area_code", "ward_code", "capacity", "source_id"]
    ]
    own = frame["area_code"].astype("str").str[:2] if one.source_key == PER_PREFECTURE else ""
    return frame.assign(
        series=one.source_key + ":" + own,
        is_numbered=one.source_key != RENUMBERED,
        as_of=one.as_of,
        vintage=one.vintage,
    )


def _counted(kind: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    days = sorted(set(rows["as_of"]))
    if len(days) < 2:
        return
    placed = _placed(rows)
    areas = sorted(set(placed["area_code"]))
    by_day = {day: placed[placed["as_of"] == day] for day in days}
    numbers = {day: set(rows.loc[rows["as_of"] == day, "facility_id"]) for day in days}
    before: dict[str, str | None] = {days[0]: None} | {new: old for old, new in pairwise(days)}
    for day, earlier in before.items():
        here = by_day[day]
        groups = here.groupby("area_code")
        table = pd.DataFrame(
            {
                "facilities": groups["facility_id"].nunique(),
                "capacity": groups["capacity"].sum(min_count=1),
            }
        ).reindex(areas)
        table["facilities"] = table["facilities"].fillna(0).astype("int64")
        table["entered"], table["gone"] = pd.NA, pd.NA
        if earlier is not None and bool(rows["is_numbered"].all()):
            table["entered"] = _missing_from(numbers[earlier], here, areas)
            table["gone"] = _missing_from(numbers[day], by_day[earlier], areas)
        named = table.assign(
            facility_type=kind,
            as_of=day,
            vintage=rows.loc[rows["as_of"] == day, "vintage"].iloc[0],
            source_id=min(rows.loc[rows["as_of"] == day, "source_id"]),
        )
        yield named.rename_axis("area_code").reset_index()[COLUMNS]


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row for the municipality and one for the ward of each facility, once each."""
    wards = rows.assign(area_code=rows["ward_code"])
    both = pd.concat([rows, wards], ignore_index=True)
    both = both[both["area_code"].notna()]
    return both.drop_duplicates(["facility_id", "area_code", "as_of"])


def _missing_from(known: set[str], rows: pd.DataFrame, areas: list[str]) -> pd.Series:
    new = rows[~rows["facility_id"].isin(list(known))]
    counts = new.groupby("area_code")["facility_id"].nunique()
    return counts.reindex(areas).fillna(0).astype("int64")
