"""Printed coordinates that contradict the municipality of the address."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from data.extract import RowIssue
from geo.points import distance_to_area

NEAR = 0.05
REASON = "座標が所在市区町村から5km以上離れているため、地図には載せません。"


def without_far_points(
    facilities: pd.DataFrame, boundaries: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, dict[str, list[RowIssue]]]:
    """Return facilities without coordinates far from their municipality, and the issues by source.

    Far is more than NEAR degrees (some 5 km) outside the polygon of the municipality.
    """
    away = distance_to_area(facilities, boundaries)
    far = (facilities["location_quality"] == "exact") & (away > NEAR)
    issues: dict[str, list[RowIssue]] = {}
    for row in facilities[far].itertuples():
        found = f"{row.facility_id} {row.lat:.5f},{row.lon:.5f}"
        issue = RowIssue(str(row.source_ref), "緯度・経度", found, REASON, set_aside=False)
        issues.setdefault(str(row.source_id), []).append(issue)
    kept = facilities.copy()
    kept.loc[far, ["lon", "lat"]] = np.nan
    kept.loc[far, "location_quality"] = "out_of_range"
    return kept, issues
