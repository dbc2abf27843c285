"""Coordinates that contradict the address are not drawn, and said."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from data.harmonise.locations import without_far_points

AREAS = gpd.GeoDataFrame(
    {"area_code": ["01201", "01202"]},
    geometry=[box(140, 40, 141, 41), box(141, 40, 142, 41)],
    crs="EPSG:6668",
)


def test_far_points_lose_their_coordinates_and_near_ones_keep_them() -> None:
    facilities = pd.DataFrame(
        [
            ("inside", "01201", 140.5, 40.5, "exact"),
            ("just outside", "01201", 141.04, 40.5, "exact"),
            ("in the next town", "01201", 141.5, 40.5, "exact"),
            ("no coordinates", "01202", None, None, "missing"),
            ("unknown area", None, 141.5, 40.5, "exact"),
        ],
        columns=["facility_id", "area_code", "lon", "lat", "location_quality"],
    ).assign(source_id="s", source_ref="行 2")
    kept, issues = without_far_points(facilities, AREAS)
    quality = dict(zip(kept["facility_id"], kept["location_quality"], strict=True))
    assert quality == {
        "inside": "exact",
        "just outside": "exact",
        "in the next town": "out_of_range",
        "no coordinates": "missing",
        "unknown area": "exact",
    }
    assert kept.set_index("facility_id").loc["in the next town", ["lon", "lat"]].isna().all()
    assert [issue.found.split()[0] for issue in issues["s"]] == ["in"]
    assert not issues["s"][0].set_aside
