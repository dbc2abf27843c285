from __future__ import annotations

import io
import json

import geopandas as gpd
import pandas as pd
import shapely

from exports.columns import ColumnLabel
from exports.geojson import to_geojson

COLUMNS = {
    "code": ColumnLabel("コード"),
    "value": ColumnLabel("病院", "か所", 0),
}
FRAME = pd.DataFrame({"code": ["81100", "81201"], "value": [3.0, None], "hidden": [1, 2]})
SHAPES = [shapely.box(135, 30, 135.2, 30.2), None]


def made() -> bytes:
    return to_geojson(FRAME, SHAPES, columns=COLUMNS, title="病院", source=["出典A", "出典B"])


def test_other_software_reads_codes_values_and_places() -> None:
    read = gpd.read_file(io.BytesIO(made()))
    assert read["コード"].tolist() == ["81100", "81201"]
    assert read["病院（か所）"].iloc[0] == 3
    assert read.geometry.iloc[0].bounds == (135.0, 30.0, 135.2, 30.2)


def test_what_is_missing_is_null_and_never_zero() -> None:
    second = json.loads(made())["features"][1]
    assert second["properties"]["病院（か所）"] is None
    assert second["geometry"] is None
    assert b"NaN" not in made()


def test_title_and_sources_travel_with_it_and_other_columns_do_not() -> None:
    collection = json.loads(made())
    assert collection["title"] == "病院"
    assert collection["source"] == ["出典A", "出典B"]
    assert "hidden" not in collection["features"][0]["properties"]


def test_text_stays_text() -> None:
    odd = pd.DataFrame({"code": ['<b>"=1+1'], "value": [1]})
    body = to_geojson(odd, [shapely.Point(135, 30)], columns=COLUMNS, title="", source=[])
    assert json.loads(body)["features"][0]["properties"]["コード"] == '<b>"=1+1'
