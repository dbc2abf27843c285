"""Facilities within reach per person aged 75+, shared with all who can reach them too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb
import numpy as np
import pandas as pd

from analytics.denominators import Denominator
from analytics.floating_catchment import Weight, flat_weight, step_weight, two_step_access
from analytics.reach import NO_POINT, NOT_COVERED
from analytics.reach_places import Sought, beside_people, facility_places
from analytics.reach_points import points_of_areas, representative_points
from geo.distance import Pairs, pairs_within

PER = 10_000
NO_PEOPLE, NO_CAPACITY = "no_people", "no_capacity"
# Above this share of its people an area is called partial
_NOTABLE = 0.05
# A larger area with such a point has no figure; points of unknown people are left out of it
_GAPS = (NOT_COVERED, NO_POINT)
Decay = Literal["flat", "step"]
Supply = Literal["facilities", "capacity"]


@dataclass(frozen=True)
class Catchment:
    """The parameters of the method: radius, how weights fall with distance, what is supplied."""

    radius_km: int
    decay: Decay
    supply: Supply

    @property
    def weight(self) -> Weight:
        """The weight of a distance in kilometres."""
        rule = flat_weight if self.decay == "flat" else step_weight
        return rule(float(self.radius_km))


def point_access(
    con: duckdb.DuckDBPyConnection,
    *,
    sought: Sought,
    denominator: Denominator | None,
    catchment: Catchment,
) -> pd.DataFrame:
    """Return every representative point with `access`: supply within reach per 10,000 aged 75+.

    Columns of representative_points, access (missing where the point has no place, no people or
    no source, or where no facility within reach has its capacity entered), is_partial (people or
    facilities in its catchments are unknown or left out) and reason.
    """
    points = representative_points(con, sought=sought, denominator=denominator)
    places = beside_people(facility_places(con, sought=sought), points)
    located = points["lon"].notna() & points["lat"].notna()
    supply = _supply(places, catchment)
    placed = points[located]
    pairs = pairs_within(_degrees(placed), _degrees(places), radius_km=catchment.radius_km)
    access = two_step_access(
        demand=placed["people"].to_numpy(dtype=float),
        supply=np.nan_to_num(supply),
        origin=pairs.point,
        destination=pairs.target,
        weight=catchment.weight(pairs.km),
    )
    unknown = _reaching(pairs, np.isnan(supply), len(placed)) & (access == 0)
    partial = _touches_unknown(placed, places, pairs, radius_km=catchment.radius_km)
    partial |= _reaching(pairs, np.isnan(supply), len(placed))
    result = points.assign(
        access=pd.Series(PER * access, index=placed.index),
        is_partial=_spread(partial, placed, points),
    )
    result["reason"] = np.select(
        [~points["is_covered"], ~located, ~(points["people"] > 0),
         _spread(unknown, placed, points)],
        [NOT_COVERED, NO_POINT, NO_PEOPLE, NO_CAPACITY],
        default="",
    )  # fmt: skip
    return result.assign(access=result["access"].where(result["reason"] == ""))


def _supply(places: pd.DataFrame, catchment: Catchment) -> np.ndarray:
    """Return what each facility supplies; missing where its capacity is not entered."""
    if catchment.supply == "capacity":
        return places["capacity"].to_numpy(dtype=float)
    return np.ones(len(places))


def _reaching(pairs: Pairs, marked: np.ndarray, points: int) -> np.ndarray:
    """Tell which points have a marked facility in their catchment."""
    reached = np.zeros(points, dtype=bool)
    reached[pairs.point[marked[pairs.target]]] = True
    return reached


def _spread(values: np.ndarray, placed: pd.DataFrame, points: pd.DataFrame) -> pd.Series:
    """Return the values of the placed points for all points, false elsewhere."""
    return pd.Series(values, index=placed.index).reindex(points.index, fill_value=False)


def _degrees(frame: pd.DataFrame) -> np.ndarray:
    return frame[["lon", "lat"]].to_numpy(dtype=float)


def _touches_unknown(
    points: pd.DataFrame, places: pd.DataFrame, pairs: Pairs, *, radius_km: float
) -> np.ndarray:
    """Tell which points share a facility with people unknown, or reach an area without source.

    A facility whose own people stand outside its catchment, in a wide municipality, counts too:
    those who are inside would have it to themselves.
    """
    codes = points["point_code"].to_numpy(dtype=object)[pairs.point]
    homes = places["ward_code"].fillna(places["area_code"]).to_numpy(dtype=object)
    shared = np.ones(len(places), dtype=bool)
    shared[pairs.target[codes == homes[pairs.target]]] = False
    shared[pairs.target[points["people"].isna().to_numpy()[pairs.point]]] = True
    touched = _reaching(pairs, shared, len(points))
    around = pairs_within(
        _degrees(points), _degrees(points[~points["is_covered"]]), radius_km=radius_km
    )
    touched[around.point] = True
    return touched


def area_access(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: tuple[str, ...],
    sought: Sought,
    denominator: Denominator | None,
    catchment: Catchment,
) -> pd.DataFrame:
    """Return `access` per 10,000 people aged 75+, one row per area: the mean over its people.

    An area is missing where no source covers a point of it or nobody is counted; points whose
    people are unknown are left out of `measured`. is_partial: more than a twentieth of the people
    stand at partial points, or a point was left out since no capacity is entered.
    """
    points = point_access(con, sought=sought, denominator=denominator, catchment=catchment)
    members = points_of_areas(con, area_codes=area_codes, points=points)
    return _by_area(members)


def _by_area(members: pd.DataFrame) -> pd.DataFrame:
    """Return one row per area from the points of all areas."""
    is_counted = members["access"].notna()
    frame = members.assign(
        counted=is_counted,
        people=members["people"].where(is_counted),
        reached=members["people"] * members["access"],
        partial=members["people"].where(is_counted & members["is_partial"]),
        missing=members["reason"].replace("", None),
        dropped=members["reason"] == NO_CAPACITY,
        gap=members["reason"].where(members["reason"].isin(_GAPS), None),
    )
    rows = frame.groupby("area_code", sort=False).agg(
        area_name=("area_name", "first"),
        points=("point_code", "size"),
        measured=("counted", "sum"),
        people=("people", lambda people: people.sum(min_count=1)),
        reached=("reached", "sum"),
        partial=("partial", "sum"),
        is_spread=("is_spread", "any"),
        reason=("gap", "first"),
        missing=("missing", "first"),
        dropped=("dropped", "any"),
    )
    is_known = rows["reason"].isna() & (rows["measured"] > 0)
    rows["access"] = (rows["reached"] / rows["people"]).where(is_known)
    rows["measured"] = rows["measured"].where(is_known, 0)
    rows["is_partial"] = rows["dropped"] | (rows["partial"] > _NOTABLE * rows["people"])
    other = rows["missing"].fillna(NO_PEOPLE)
    rows["reason"] = rows["reason"].fillna(other).mask(is_known, "")
    return rows.drop(columns=["reached", "partial", "missing", "dropped"]).reset_index()
