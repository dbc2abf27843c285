"""What maps fetch: points, cells; and the polygons of files."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import shapely

from analytics import map_files
from analytics.land import area_places, area_shapes, land_areas, main_parts_box
from analytics.map_files import cell_file, point_file
from analytics.resource_cells import cell_counts, cells_sentence
from geo.cells import cells_of

_FACILITY = """
insert into facility
    (facility_id, name, facility_type, area_code, lon, lat, location_quality, attributes,
     source_id, source_ref)
values ($id, $name, $kind, '81201', $lon, $lat, $quality, '{}', 'made', 'row 1')
"""
ROWS = [
    # the same office under two services, one alone near it, one far away, two that are not placed
    ("k1", 'さくら,"訪問"\n看護', "visiting_nurse_station", 135.1, 30.1, "exact"),
    ("k1", "さくら訪問看護", "home_help_office", 135.1, 30.1, "exact"),
    ("k2", "みどり", "visiting_nurse_station", 135.1001, 30.1001, "exact"),
    ("k3", "あおば", "visiting_nurse_station", 136.9, 31.9, "exact"),
    ("k4", "座標なし", "visiting_nurse_station", None, None, "missing"),
    ("k5", "国外", "visiting_nurse_station", None, None, "out_of_range"),
]
BOTH = ("visiting_nurse_station", "home_help_office")


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('81201', 'municipality', '山手市')"
    )
    for row in ROWS:
        names = ("id", "name", "kind", "lon", "lat", "quality")
        fresh_con.execute(_FACILITY, dict(zip(names, row, strict=True)))
    return fresh_con


def read_points(con: duckdb.DuckDBPyConnection, **asked: object) -> pd.DataFrame:
    packed, _ = point_file(con, area_code="81201", **asked)
    return pd.read_csv(io.BytesIO(gzip.decompress(packed)))


def test_points_carry_type_place_number_and_name(con: duckdb.DuckDBPyConnection) -> None:
    rows = read_points(con, facility_types=("home_help_office", "visiting_nurse_station"))
    assert list(rows.columns) == ["t", "x", "y", "i", "n"]
    assert rows["t"].tolist() == [0, 1, 1, 1]
    assert rows["i"].tolist() == ["k1", "k1", "k2", "k3"]
    assert 'さくら,"訪問"\n看護' in rows["n"].tolist()
    assert rows["x"].iloc[2] == 135.1001


def test_points_follow_the_search(con: duckdb.DuckDBPyConnection) -> None:
    rows = read_points(con, facility_types=BOTH, search="みどり")
    assert rows["n"].tolist() == ["みどり"]


def test_more_points_than_a_map_can_show_are_not_sent(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_files, "MOST_POINTS", 3)
    assert point_file(con, area_code="81201", facility_types=BOTH) is None
    assert point_file(con, area_code="81201", facility_types=BOTH[:1]) is not None


def test_the_etag_is_of_the_content(con: duckdb.DuckDBPyConnection) -> None:
    first = point_file(con, area_code="81201", facility_types=BOTH)
    assert first == point_file(con, area_code="81201", facility_types=BOTH)
    con.execute("update facility set name = 'ほかの名' where facility_id = 'k3'")
    assert first[1] != point_file(con, area_code="81201", facility_types=BOTH)[1]


def test_a_facility_of_two_types_counts_once_in_its_cell(con: duckdb.DuckDBPyConnection) -> None:
    counts = cell_counts(con, area_code="81201", facility_types=BOTH, resolution=6)
    near = cells_of(pd.Series([135.1]), pd.Series([30.1]), resolution=6)[0]
    assert counts.set_index("cell")["facilities"][near] == 2
    assert counts["facilities"].sum() == 3


def test_without_located_facilities_there_are_no_cells(con: duckdb.DuckDBPyConnection) -> None:
    counts = cell_counts(con, area_code="81201", facility_types=("pharmacy",), resolution=6)
    assert counts.empty
    assert list(counts.columns) == ["cell", "facilities"]


def test_every_counted_cell_has_an_outline(con: duckdb.DuckDBPyConnection) -> None:
    packed, _ = cell_file(con, area_code="81201", resolution=6)
    features = json.loads(gzip.decompress(packed))["features"]
    shapes = {f["properties"]["c"]: shapely.geometry.shape(f["geometry"]) for f in features}
    counts = cell_counts(con, area_code="81201", facility_types=BOTH, resolution=6)
    assert set(counts["cell"]) <= set(shapes)
    assert any(shape.contains(shapely.Point(136.9, 31.9)) for shape in shapes.values())


def test_the_sentence_about_cells_is_counted_from_them() -> None:
    counts = pd.DataFrame({"cell": ["a", "b", "c"], "facilities": [1, 1, 40]})
    assert cells_sentence(counts, named="東見本県の病院", width_km=6.45) == (
        "東見本県の病院は、位置の分かる42か所が、径 約6kmの六角形3個にあります。"
        "最も多い六角形に40か所、1か所だけの六角形は2個です。"
    )


def test_shapes_and_land_of_the_areas_that_have_a_polygon(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    wkb = shapely.to_wkb(shapely.box(135.0, 30.0, 135.2, 30.1))
    for code, detail in (("81202", "prefecture"), ("81201", "prefecture"), ("81203", "national")):
        fresh_con.execute("insert into area_boundary values ($1, $2, $3)", [code, detail, wkb])
    asked = ("81202", "81203", "81201", "nowhere")
    codes, shapes = area_shapes(fresh_con, area_codes=asked)
    assert codes == ["81201", "81202"]
    assert all(shape.is_valid for shape in shapes)
    land = land_areas(fresh_con, area_codes=asked)
    assert land["area_code"].tolist() == codes
    # at latitude 30 a degree of longitude is 96.49 km long and one of latitude 110.85 km
    assert land["km2"].tolist() == pytest.approx([0.2 * 96.49 * 0.1 * 110.85] * 2, rel=0.002)


def test_the_box_of_the_islands_leaves_out_islets_of_an_area(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    village = shapely.union(
        shapely.box(142.0, 27.0, 142.2, 27.2), shapely.box(153, 24, 153.1, 24.1)
    )
    town = shapely.box(139.0, 35.0, 139.5, 35.5)
    for code, shape in (("13421", village), ("13101", town)):
        fresh_con.execute(
            "insert into area_boundary values ($1, 'prefecture', $2)", [code, shapely.to_wkb(shape)]
        )
    box = main_parts_box(fresh_con, area_codes=("13101", "13421"))
    assert box == pytest.approx((139.0, 27.0, 142.2, 35.5))
    assert main_parts_box(fresh_con, area_codes=("nowhere",)) is None


def test_without_polygons_no_land_is_known(fresh_con: duckdb.DuckDBPyConnection) -> None:
    land = land_areas(fresh_con, area_codes=("81201",))
    assert land.empty
    assert list(land.columns) == ["area_code", "km2"]


def test_names_stand_where_the_area_is(tiny_con: duckdb.DuckDBPyConnection) -> None:
    places = area_places(tiny_con, area_codes=("81201", "nowhere"))
    assert places["name"].tolist() == ["山手市"]
    assert places[["lon", "lat"]].notna().all(axis=None)


@pytest.mark.official
def test_land_agrees_with_the_published_areas(official_store: Path, official_raw: Path) -> None:
    """国土地理院 面積調 beside the polygons, from which they differ by how lines are simplified."""
    file = official_raw / "municipal_master" / "zenkoku2015.csv"
    raw = pd.read_csv(file, encoding="cp932", dtype=str)
    column = next(name for name in raw.columns if "27年・面積値" in name)
    raw = raw[raw["行政コード"].str.strip().str.fullmatch(r"\d{4,5}", na=False)]
    published = pd.Series(
        pd.to_numeric(raw[column].str.replace(",", ""), errors="coerce").to_numpy(),
        index=raw["行政コード"].str.strip().str.zfill(5),
    )
    name = (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(official_store / "generations" / name), read_only=True) as con:
        land = land_areas(con, area_codes=list(published.index)).set_index("area_code")["km2"]
    ratio = (land / published.reindex(land.index)).dropna()
    assert len(ratio) > 1_900
    assert ratio.median() == pytest.approx(1, abs=0.002)
    assert ratio.between(0.96, 1.04).mean() > 0.95
