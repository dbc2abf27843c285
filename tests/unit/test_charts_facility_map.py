"""The layers of the resource map, compiled and drawn where it matters."""

from __future__ import annotations

import json
import re

import geopandas as gpd
import pandas as pd
import pytest
import topojson
import vl_convert
from shapely.geometry import box

from charts.cell_map import CELL_COLOURS, cell_colours, cell_layer
from charts.choropleth import choropleth, fitted
from charts.facility_map import CLICKED, PointType, point_layer, point_size
from charts.map_outlines import Outline
from charts.map_tiles import NAME, tiles_of
from charts.pair_map import pair_picture, same_scale
from charts.resource_layers import MANY_POINTS, PLAIN, Layers, Points, layered

BOX = (135.0, 30.0, 135.4, 30.2)
TYPES = [
    PointType(0, "病院", "#0072B2", "cross", 2),
    PointType(1, "診療所", "#D55E00", "circle", 1),
]
ROWS = "t,x,y,i,n\n0,135.05,30.15,h1,B病院\n0,135.3,30.1,h2,C病院\n1,135.12,30.1,c1,A診療所\n"
NAMES = pd.DataFrame({"name": ["中央市", "山手市"], "lon": [135.1, 135.3], "lat": [30.1, 30.1]})


def base(selected="81100"):
    values = pd.DataFrame({"area_code": ["81100", "81201"], "value": [3.0, None]})
    spec = choropleth(
        topology_url="/geo/x/municipality/81.json", values=values, breaks=[3.0], title="病院",
        unit="か所", legend_title="病院", selected=selected,
    )  # fmt: skip
    return fitted(spec, extent=BOX)


def topology():
    areas = gpd.GeoDataFrame(
        {"area_code": ["81100", "81201"], "area_name": ["中央市", "山手市"]},
        geometry=[box(135, 30, 135.2, 30.2), box(135.2, 30, 135.4, 30.2)],
        crs=6668,
    )
    return json.loads(topojson.Topology(areas, object_name="areas").to_json())


def hexagon():
    ring = [[135.1, 30.1], [135.1, 30.15], [135.15, 30.15], [135.15, 30.1], [135.1, 30.1]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"features": [{"type": "Feature", "properties": {"c": "85a"}, "geometry": shape}]}


def inlined(node):
    """Put the content in the place of every address."""
    if isinstance(node, list):
        return [inlined(child) for child in node]
    if not isinstance(node, dict):
        return node
    if str(node.get("url", "")).startswith("/"):
        kinds = {"/geo/": topology, "/cells/": hexagon, "/points/": lambda: ROWS}
        content = next(make() for start, make in kinds.items() if node["url"].startswith(start))
        return {"values": content, "format": node["format"]}
    return {name: inlined(child) for name, child in node.items()}


def svg(spec):
    return vl_convert.vegalite_to_svg(json.dumps(inlined(spec) | {"width": 600}))


def points(*types):
    return Points("/points/1/81/hospital,clinic.csv", types or TYPES)


def cells():
    counts = pd.DataFrame({"cell": ["85a"], "facilities": [7]})
    return cell_layer(url="/cells/1/81/6.json", counts=counts, breaks=[7.0], width_km=6.45)


def outline(key="secondary_medical_area", label="二次医療圏"):
    return Outline(key, label, f"/geo/1/{key}/81.json", 3)


def test_three_points_are_drawn_in_the_colours_of_their_types():
    drawn = svg(layered(base(), Layers(shows_areas=True, points=points()), box=BOX))
    fills = re.findall(r'aria-roledescription="point"[^>]*fill="(#\w+)"', drawn)
    assert sorted(fills) == ["#0072B2", "#0072B2", "#D55E00"]
    assert "病院（2）" in drawn


def test_types_differ_by_shape_and_colour_and_the_legend_counts():
    encoding = point_layer("/p.csv", types=TYPES)["encoding"]
    assert encoding["shape"]["scale"] == {
        "domain": ["病院（2）", "診療所（1）"],
        "range": ["cross", "circle"],
    }
    assert encoding["color"]["scale"]["range"] == ["#0072B2", "#D55E00"]


def test_types_that_are_not_listed_stay_out():
    drawn = svg(layered(base(), Layers(shows_areas=True, points=points(TYPES[0])), box=BOX))
    assert len(re.findall(r'aria-roledescription="point"', drawn)) == 2


def test_one_legend_shows_shape_and_colour_beside_that_of_the_borders():
    layers = Layers(
        shows_areas=True,
        points=points(),
        outlines=[outline(), outline("health_center_area", "保健所管轄区域")],
    )
    compiled = vl_convert.vegalite_to_vega(layered(base(), layers, box=BOX))
    legends = list(compiled["legends"])
    pairs = [(legend["shape"], legend["fill"]) for legend in legends if "shape" in legend]
    assert pairs == [("shape", "color")]
    dashed = [legend for legend in legends if "strokeDash" in legend]
    assert [legend.get("title") for legend in dashed] == ["圏域の境", None]


def test_borders_are_lines_that_dashes_tell_apart():
    layers = Layers(shows_areas=True, outlines=[outline(), outline("health_center_area", "保健所")])
    drawn = svg(layered(base(), layers, box=BOX))
    assert "二次医療圏（3）" in drawn
    assert 'stroke-dasharray="8,4"' in drawn


def test_a_click_is_reported_for_areas_and_for_points():
    spec = layered(base(), Layers(shows_areas=True, points=points()), box=BOX)
    params = [param for layer in spec["layer"] for param in layer.get("params", [])]
    assert [(p["name"], p["select"]["fields"]) for p in params] == [
        ("area", ["area_code"]),
        (CLICKED, ["i"]),
    ]


def test_areas_without_shading_are_plain_and_still_say_their_value():
    spec = layered(base(), Layers(shows_areas=False), box=BOX)
    drawn = svg(spec)
    assert drawn.count(f'fill="{PLAIN}"') == 2
    assert "データなし" in drawn


def test_hexagons_take_the_place_of_the_shading():
    drawn = svg(layered(base(), Layers(shows_areas=True, cells=cells()), box=BOX))
    assert drawn.count(f'fill="{PLAIN}"') == 2
    assert f'fill="{CELL_COLOURS[2]}"' in drawn
    assert "六角形の中の施設" in drawn
    assert "（7か所・径 約6km）" in drawn


def test_classes_of_hexagons_are_whole_numbers_from_one():
    counts = pd.DataFrame({"cell": ["a", "b", "c"], "facilities": [1, 4, 9]})
    layer = cell_layer(url="/cells/1/81/6.json", counts=counts, breaks=[1, 4, 9], width_km=6)
    scale = layer["encoding"]["fill"]["scale"]
    assert scale["domain"] == ["1", "2～4", "5以上"]
    assert scale["range"] == [CELL_COLOURS[0], CELL_COLOURS[2], CELL_COLOURS[4]]


@pytest.mark.parametrize("count", range(6))
def test_as_many_colours_as_classes(count):
    assert len(set(cell_colours(count))) == count


def test_names_are_written_over_all_else():
    spec = layered(base(), Layers(shows_areas=True, points=points(), names=NAMES), box=BOX)
    assert [layer["mark"]["type"] for layer in spec["layer"][-2:]] == ["text", "text"]
    assert svg(spec).count(">中央市<") == 2


def test_every_layer_ends_at_the_frame():
    layers = Layers(shows_areas=True, points=points(), names=NAMES, outlines=[outline()])
    assert all(layer["mark"]["clip"] for layer in layered(base(), layers, box=BOX)["layer"])


def test_many_points_are_painted_as_one_picture():
    many = PointType(0, "病院", "#0072B2", "cross", MANY_POINTS)
    few = layered(base(), Layers(shows_areas=True, points=points(many)), box=BOX)
    more = layered(base(), Layers(shows_areas=True, points=points(many, TYPES[1])), box=BOX)
    assert "usermeta" not in few
    assert more["usermeta"] == {"embedOptions": {"renderer": "canvas"}}


def test_the_figure_that_is_given_stays_as_it_was():
    given = base()
    before = json.dumps(given)
    layered(given, Layers(shows_areas=False, points=points(), cells=cells()), box=BOX)
    assert json.dumps(given) == before


def test_points_get_smaller_the_more_there_are():
    sizes = [point_size(count) for count in (1, 60, 61, 250, 800, 2_500)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 3 * sizes[-1]


def test_areas_without_any_value_are_hatched():
    values = pd.DataFrame({"area_code": ["81100"], "value": [float("nan")]})
    spec = choropleth(
        topology_url="/geo/x.json", values=values, breaks=[], title="病院", unit="か所",
        legend_title="病院",
    )  # fmt: skip
    scale = spec["layer"][0]["encoding"]["fill"]["scale"]
    assert scale["domain"] == ["データなし"]
    assert "gradient" in scale["range"][0]["expr"]


def test_tiles_cover_the_frame_and_lie_below_the_areas():
    tiles = tiles_of("https://tiles.example/{z}/{x}/{y}.png", box=BOX)
    zoom = tiles["zoom"].iloc[0]
    assert tiles["x"].min() <= BOX[0]
    assert tiles["x"].max() + 360 / 2**zoom >= BOX[2]
    assert tiles["y"].max() >= BOX[3]
    assert len(tiles) <= 36
    # at zoom 10 by hand: (139.75 + 180) / 360 × 1024 = 909.5
    tokyo = tiles_of("{z}/{x}/{y}", box=(139.75, 35.68, 139.76, 35.69))
    z, x, y = (int(part) for part in tokyo["u"].iloc[0].split("/"))
    assert (x >> (z - 10), y >> (z - 10)) == (909, 403)
    spec = layered(base(), Layers(shows_areas=True, tiles="https://t/{z}/{x}/{y}.png"), box=BOX)
    assert spec["layer"][0]["name"] == NAME
    assert spec["layer"][1]["mark"]["fillOpacity"] < 1
    compiled = vl_convert.vegalite_to_vega(spec)
    assert any(mark["type"] == "image" for mark in compiled["marks"])


def test_without_a_configured_server_no_address_leads_outside():
    layers = Layers(shows_areas=True, points=points(), cells=cells(), outlines=[outline()])
    urls = re.findall(r'"url": "([^"]+)"', json.dumps(layered(base(), layers, box=BOX)))
    assert urls
    assert all(url.startswith("/") for url in urls)


def test_two_boxes_get_one_scale_about_their_own_middle():
    small, large = same_scale(((135.0, 30.0, 135.4, 30.2), (140.0, 38.0, 142.0, 39.0)))
    assert small[2] - small[0] == pytest.approx(2.0)
    assert large == pytest.approx((140.0, 38.0, 142.0, 39.0))
    assert (small[0] + small[2]) / 2 == pytest.approx(135.2)
    assert small[1] < 30.0 < 30.2 < small[3]


def test_a_picture_of_two_maps_needs_no_size_from_outside():
    both = layered(base(), Layers(shows_areas=True, points=points(), names=NAMES), box=BOX)
    drawn = vl_convert.vegalite_to_svg(
        json.dumps(inlined(pair_picture(both, both, names=["中央市", "山手市"])))
    )
    assert len(re.findall(r'aria-roledescription="point"', drawn)) == 6
    assert "NaN" not in drawn
