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
NO_PEOPLE = "no_people"
# Above this share of its people an area is called partial
_NOTABLE = 0.05
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
    no source), is_partial (people or facilities in its catchments are unknown or left out) and
    reason.
    """
    points = representative_points(con, sought=sought, denominator=denominator)
    places = beside_people(facility_places(con, sought=sought), points)
    located = points["lon"].notna() & points["lat"].notna()
    supply = places["capacity"].fillna(0) if catchment.supply == "capacity" else 1.0
    placed = points[located]
    pairs = pairs_within(_degrees(placed), _degrees(places), radius_km=catchment.radius_km)
    access = two_step_access(
        demand=placed["people"].to_numpy(dtype=float),
        supply=np.broadcast_to(np.asarray(supply, dtype=float), len(places)),
        origin=pairs.point,
        destination=pairs.target,
        weight=catchment.weight(pairs.km),
    )
    has_people = points["people"] > 0
    known = located & points["is_covered"] & has_people
    result = points.assign(access=pd.Series(PER * access, index=placed.index).where(known))
    partial = _touches_unknown(placed, places, pairs, radius_km=catchment.radius_km)
    result["is_partial"] = pd.Series(partial, index=placed.index).reindex(
        points.index, fill_value=False
    )
    result["reason"] = np.select(
        [~points["is_covered"], ~located, ~has_people],
        [NOT_COVERED, NO_POINT, NO_PEOPLE],
        default="",
    )
    return result


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
    touched = np.zeros(len(points), dtype=bool)
    touched[pairs.point[shared[pairs.target]]] = True
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
    stand at partial points.
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
        gap=members["reason"].where(members["reason"].isin([NOT_COVERED, NO_POINT]), None),
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
    )
    is_known = rows["reason"].isna() & (rows["measured"] > 0)
    rows["access"] = (rows["reached"] / rows["people"]).where(is_known)
    rows["measured"] = rows["measured"].where(is_known, 0)
    rows["is_partial"] = rows["partial"] > _NOTABLE * rows["people"]
    rows["reason"] = rows["reason"].fillna(NO_PEOPLE).mask(is_known, "")
    return rows.drop(columns=["reached", "partial"]).reset_index()
