import json
import re

import geopandas as gpd
import pandas as pd
import topojson
import vl_convert
from shapely.geometry import box

from charts.choropleth import choropleth
from charts.facility_map import PointType, facility_map, point_size

TYPES = [
    PointType("hospital", "病院", "#0072B2", "cross", 2, "2025年"),
    PointType("clinic", "診療所", "#D55E00", "circle", 1, ""),
]
POINTS = pd.DataFrame(
    {
        "facility_type": ["clinic", "hospital", "hospital", "pharmacy"],
        "name": ["A診療所", "B病院", "C病院", "D薬局"],
        "lon": [135.1234567, 135.05, 135.3, 135.3],
        "lat": [30.1, 30.15, 30.1, 30.1],
        "address": ["中央1", None, "港2", "港3"],
        "capacity": [None, 1200, 80, None],
    }
)


def base(url="/geo/x/municipality/81.json"):
    values = pd.DataFrame({"area_code": ["81100", "81201"], "value": [3.0, None]})
    return choropleth(
        topology_url=url, values=values, breaks=[3.0], title="病院", unit="か所",
        legend_title="病院", selected="81100",
    )  # fmt: skip


def test_points_carry_what_the_tooltip_says_and_other_types_stay_out():
    rows = facility_map(base(), POINTS, types=TYPES)["datasets"]["facilities"]
    assert [row["n"] for row in rows] == ["A診療所", "B病院", "C病院"]
    assert rows[0] == {"t": 1, "x": 135.12346, "y": 30.1, "n": "A診療所", "a": "中央1", "c": ""}
    assert rows[1]["c"] == "1,200"
    assert rows[1]["a"] == ""


def test_types_differ_by_shape_and_colour_and_the_legend_counts():
    layer = facility_map(base(), POINTS, types=TYPES)["layer"][-1]
    shape, colour = layer["encoding"]["shape"], layer["encoding"]["color"]
    assert shape["scale"] == {"domain": ["病院（2）", "診療所（1）"], "range": ["cross", "circle"]}
    assert colour["scale"]["range"] == ["#0072B2", "#D55E00"]


def test_the_shaded_areas_stay_as_they_are():
    drawn = base()
    spec = facility_map(drawn, POINTS, types=TYPES)
    assert spec["layer"][:-1] == drawn["layer"]
    assert "datasets" not in drawn


def test_the_figure_compiles_with_three_points_over_the_areas():
    areas = gpd.GeoDataFrame(
        {"area_code": ["81100", "81201"], "area_name": ["中央市", "山手市"]},
        geometry=[box(135, 30, 135.2, 30.2), box(135.2, 30, 135.4, 30.2)],
        crs=6668,
    )
    topology = json.loads(topojson.Topology(areas, object_name="areas").to_json())
    spec = facility_map(base(), POINTS, types=TYPES)
    spec["data"] = {"values": topology, "format": spec["data"]["format"]}
    svg = vl_convert.vegalite_to_svg(json.dumps(spec | {"width": 500}))
    marks = re.findall(r'aria-roledescription="point"[^>]*d="[^"]+"', svg)
    assert len(marks) == 3
    assert "病院（2）" in svg


def test_areas_without_any_value_are_hatched():
    values = pd.DataFrame({"area_code": ["81100"], "value": [float("nan")]})
    spec = choropleth(
        topology_url="/geo/x.json", values=values, breaks=[], title="病院", unit="か所",
        legend_title="病院",
    )  # fmt: skip
    scale = spec["layer"][0]["encoding"]["fill"]["scale"]
    assert scale["domain"] == ["データなし"]
    assert "gradient" in scale["range"][0]["expr"]


def test_one_legend_shows_shape_and_colour_of_the_points():
    compiled = vl_convert.vegalite_to_vega(facility_map(base(), POINTS, types=TYPES))
    places = [legend for legend in compiled["legends"] if legend["title"] == "施設（点の数）"]
    assert [(legend["shape"], legend["fill"]) for legend in places] == [("shape", "color")]


def test_points_get_smaller_the_more_there_are():
    sizes = [point_size(count) for count in (1, 60, 61, 250, 800, 2_500)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 3 * sizes[-1]
