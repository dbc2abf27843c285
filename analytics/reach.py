"""How far it is from representative points to the nearest facility, and for how many people."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from analytics.denominators import Denominator
from analytics.reach_places import Sought, beside_people, facility_places
from analytics.reach_points import points_of_areas, representative_points
from geo.distance import nearest

THRESHOLDS = (5, 10, 20)
# Why a distance is missing: no source covers all of it, no polygon gives it a point, or no
# facility anywhere meets the conditions
NOT_COVERED, NO_POINT, NO_FACILITY = "not_covered", "no_point", "no_facility"


def point_reach(
    con: duckdb.DuckDBPyConnection, *, sought: Sought, denominator: Denominator | None
) -> pd.DataFrame:
    """Return every representative point with the geodesic to the nearest facility, across borders.

    Columns of representative_points, and distance_km (missing where the point is not covered),
    nearest_name, nearest_area_code, nearest_area_name, is_at_point (the facility is placed at the
    point of its municipality or ward) and may_be_nearer (a point that no source covers lies nearer
    than the facility, so that a nearer one may be unknown).
    """
    points = representative_points(con, sought=sought, denominator=denominator)
    places = _without_doubtful(beside_people(facility_places(con, sought=sought), points))
    located = points["lon"].notna() & points["lat"].notna()
    measured = points[located & points["is_covered"]]
    at, km = nearest(_degrees(measured), _degrees(places))
    found = places.reset_index(drop=True).reindex(at).set_index(measured.index)
    result = points.assign(distance_km=pd.Series(km, index=measured.index))
    result["nearest_name"] = found["name"]
    result["nearest_area_code"] = found["area_code"]
    result["nearest_area_name"] = found["area_name"]
    result["is_at_point"] = found["is_at_point"].eq(True).reindex(points.index, fill_value=False)
    _, unknown_km = nearest(_degrees(measured), _degrees(points[located & ~points["is_covered"]]))
    nearer = pd.Series(unknown_km < km, index=measured.index)
    result["may_be_nearer"] = nearer.reindex(points.index, fill_value=False)
    result["reason"] = np.select(
        [~points["is_covered"], ~located, result["distance_km"].isna()],
        [NOT_COVERED, NO_POINT, NO_FACILITY],
        default="",
    )
    return result


def _without_doubtful(places: pd.DataFrame) -> pd.DataFrame:
    """Leave out facilities without coordinates of their own where others nearby have them.

    They stand at the point of their ward or municipality so that it is not taken for empty; where
    it has a facility with coordinates, they would only bring every distance to zero.
    """
    point = places["ward_code"].fillna(places["area_code"])
    has_coordinates = point.isin(point[~places["is_at_point"]])
    return places[~(places["is_at_point"] & has_coordinates)]


def _degrees(frame: pd.DataFrame) -> np.ndarray:
    return frame[["lon", "lat"]].to_numpy(dtype=float)


def area_reach(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: tuple[str, ...],
    sought: Sought,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return distance and shares of people aged 75+ within 5, 10 and 20 km, one row per area.

    distance_km is the mean over the people of the area, each taken to live at the point of the
    municipality or ward; where nobody is counted, the plain mean over the points (is_unweighted).
    within_5 and so on are persons, share_5 and so on per cent of `people`. An area is missing
    where a point of it has no distance; points of unknown people are left out of `measured`.
    """
    points = point_reach(con, sought=sought, denominator=denominator)
    members = points_of_areas(con, area_codes=area_codes, points=points)
    return _by_area(members)


def _by_area(members: pd.DataFrame) -> pd.DataFrame:
    """Return one row per area from the points of all areas."""
    frame = members.assign(
        counted=members["people"].notna(),
        at_point=members["people"].where(members["is_at_point"], 0.0),
        reason=members["reason"].replace("", None),
        **{f"within_{km}": _near(members, km) for km in THRESHOLDS},
    )
    areas = frame.groupby("area_code", sort=False)
    rows = areas.agg(
        area_name=("area_name", "first"),
        points=("point_code", "size"),
        measured=("counted", "sum"),
        people=("people", lambda people: people.sum(min_count=1)),
        is_spread=("is_spread", "any"),
        people_at_point=("at_point", "sum"),
        may_be_nearer=("may_be_nearer", "any"),
        reason=("reason", "first"),
        **{f"within_{km}": (f"within_{km}", "sum") for km in THRESHOLDS},
    )
    rows["is_unweighted"] = rows["people"].isna() & (rows["points"] > 1)
    rows["measured"] = rows["measured"].where(rows["people"].notna(), rows["points"])
    rows["distance_km"] = _mean_km(frame, rows)
    rows = rows.join(_nearest_of(frame)).reset_index()
    is_missing = rows["reason"].notna()
    for km in THRESHOLDS:
        near = rows[f"within_{km}"].mask(is_missing | rows["people"].isna())
        rows[f"within_{km}"] = near
        rows[f"share_{km}"] = 100 * near / rows["people"].where(rows["people"] > 0)
    rows["measured"] = rows["measured"].mask(is_missing, 0)
    return rows.assign(reason=rows["reason"].fillna(""))


def _near(points: pd.DataFrame, km: float) -> pd.Series:
    return points["people"].where(points["distance_km"] <= km, 0.0)


def _mean_km(points: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Return the mean over the people, or over the points of an area without people."""
    by_people = points["area_code"].map(areas["people"] > 0)
    weight = points["people"].fillna(0.0).where(by_people, 1.0)
    sums = (
        points.assign(weighted=weight * points["distance_km"], weight=weight)
        .groupby("area_code", sort=False)[["weighted", "weight"]]
        .sum()
    )
    mean: pd.Series = sums["weighted"] / sums["weight"]
    return mean.where(areas["reason"].isna())


def _nearest_of(points: pd.DataFrame) -> pd.DataFrame:
    """Return the nearest facility of areas that are one municipality or a part of one."""
    cities = points.groupby("area_code")["municipality_code"].transform("nunique")
    known = points[points["distance_km"].notna() & (cities == 1)]
    first = known.sort_values("distance_km", kind="stable").drop_duplicates("area_code")
    names = ["nearest_name", "nearest_area_code", "nearest_area_name", "is_at_point"]
    return first.set_index("area_code")[names]


def reach_curve(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: tuple[str, ...],
    sought: Sought,
    denominator: Denominator | None,
    up_to_km: int,
) -> pd.DataFrame:
    """Return area_code, area_name, km and the share of people aged 75+ within so many kilometres.

    Only for areas of which every point has a distance and somebody is counted; per cent.
    """
    points = point_reach(con, sought=sought, denominator=denominator)
    members = points_of_areas(con, area_codes=area_codes, points=points)
    steps = np.arange(up_to_km + 1)
    rows = [
        {"area_code": code, "area_name": name, "km": int(km), "share": share}
        for (code, name), frame in members.groupby(["area_code", "area_name"], sort=False)
        if not frame["reason"].any() and frame["people"].sum() > 0
        for km, share in zip(steps, _shares(frame.dropna(subset=["people"]), steps), strict=True)
    ]
    return pd.DataFrame(rows, columns=["area_code", "area_name", "km", "share"])


def _shares(points: pd.DataFrame, steps: Sequence[int] | np.ndarray) -> np.ndarray:
    """Return for each step how many per cent of the people have at most so far to go."""
    ordered = points.sort_values("distance_km")
    reached = np.concatenate([[0.0], ordered["people"].to_numpy(dtype=float).cumsum()])
    at = np.searchsorted(ordered["distance_km"].to_numpy(dtype=float), steps, side="right")
    shares: np.ndarray = 100 * reached[at] / reached[-1]
    return shares
