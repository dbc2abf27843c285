"""Areas from hand-written files: rosters, memberships, the choice of boundaries, look-ups."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from data.errors import BuildError
from data.extract import Extract, planning_area_pairs
from data.harmonise.areas import AreaIndex, AreaTables, harmonise_areas
from data.harmonise.boundary_choice import lightened
from geo.boundaries import dissolve
from tests.unit.raw_fixtures import AREA_FILES, read


@pytest.fixture(scope="module")
def extracts() -> dict[str, Extract]:
    return {name: read(name) for name in AREA_FILES}


@pytest.fixture(scope="module")
def tables(extracts: dict[str, Extract]) -> AreaTables:
    return harmonise_areas(list(extracts.values()), prefectures=None)


@pytest.fixture(scope="module")
def index(tables: AreaTables) -> AreaIndex:
    return tables.index()


def rows(frame: pd.DataFrame, *columns: str) -> set[tuple[object, ...]]:
    plain = frame[list(columns)].astype(object)
    return set(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def test_areas_present_and_past(tables: AreaTables) -> None:
    assert rows(tables.area, "area_code", "area_type", "name", "valid_from", "valid_to") == {
        ("00", "nation", "見本地方", None, None),
        ("85", "prefecture", "見本県", None, None),
        ("85100", "designated_city", "架橋市", None, None),
        ("85101", "ward", "架橋市北区", None, date(2023, 12, 31)),
        ("85102", "ward", "架橋市南区", None, date(2023, 12, 31)),
        ("85103", "ward", "架橋市中央区", date(2024, 1, 1), None),
        ("85104", "ward", "架橋市南方区", date(2024, 1, 1), None),
        ("85201", "municipality", "浜辺市", date(2016, 10, 10), None),
        ("85301", "municipality", "峠町", None, None),
        ("85302", "municipality", "浜辺町", None, date(2016, 10, 9)),
        ("85303", "municipality", "谷村", None, date(2019, 3, 31)),
        ("m2-8501", "secondary_medical_area", "見本西部", None, None),
        ("m2-8502", "secondary_medical_area", "見本東部", None, None),
    }


def test_readings_codes_and_points(tables: AreaTables) -> None:
    area = tables.area.set_index("area_code")
    assert area.loc["85", "name_kana"] == "みほんけん"
    assert area.loc["85201", "name_kana"] == "はまべし"
    assert area.loc["85201", "official_code6"] == "852015"
    assert pd.isna(area.loc["m2-8501", "official_code6"])
    assert pd.isna(area.loc["85303", "lon"])
    shapes = tables.boundaries.set_index("area_code").geometry
    for code in ("85201", "85301", "85100"):
        assert shapes[code].contains(shapely.Point(area.loc[code, "lon"], area.loc[code, "lat"]))


def test_memberships(tables: AreaTables) -> None:
    columns = ("area_code", "parent_area_code", "valid_from", "valid_to")
    assert rows(tables.area_membership, *columns) == {
        ("85", "00", None, None),
        ("85100", "85", None, None),
        ("85201", "85", date(2016, 10, 10), None),
        ("85301", "85", None, None),
        ("85302", "85", None, date(2016, 10, 9)),
        ("85303", "85", None, date(2019, 3, 31)),
        ("85101", "85100", None, date(2023, 12, 31)),
        ("85102", "85100", None, date(2023, 12, 31)),
        ("85103", "85100", date(2024, 1, 1), None),
        ("85104", "85100", date(2024, 1, 1), None),
        ("m2-8501", "85", None, None),
        ("m2-8502", "85", None, None),
        ("85100", "m2-8501", None, None),
        ("85201", "m2-8502", date(2018, 4, 1), None),
        ("85301", "m2-8502", None, date(2024, 3, 31)),
    }


def test_faulty_membership_rows_become_issues(
    extracts: dict[str, Extract], tables: AreaTables
) -> None:
    found = {(issue.source_ref, issue.found) for _, issue in tables.issues}
    assert found == {("行 5", "999999"), ("行 6", "通学区"), ("", "85")}
    assert "どの二次医療圏にも入らない" in "".join(i.reason for _, i in tables.issues)
    assert all(extract is extracts["municipal_membership.csv"] for extract, _ in tables.issues)


def test_newest_boundaries_win_and_the_rest_is_named(
    extracts: dict[str, Extract], tables: AreaTables
) -> None:
    assert tables.boundaries["area_code"].tolist() == ["85100", "85103", "85201", "85301"]
    names = {id(extract): name for name, extract in extracts.items()}
    unused = {names[id(extract)]: reason for extract, reason in tables.superseded}
    assert set(unused) == {"geo_N03-21_85_210101.geojson", "geo_prefectures.geojson"}
    assert "都道府県" in unused["geo_prefectures.geojson"]


def test_a_city_known_by_its_wards_is_their_union() -> None:
    tables = harmonise_areas([read("geo_N03-21_85_210101.geojson")], prefectures=None)
    shapes = tables.boundaries.set_index("area_code").geometry
    assert list(shapes.index) == ["85100", "85101", "85102", "85201", "85301"]
    assert shapes["85100"].equals(shapes["85101"].union(shapes["85102"]))
    assert len(shapely.get_parts(shapes["85201"])) == 2
    names = tables.area.set_index("area_code")["name"]
    assert names["85100"] == "架橋市"


def test_an_incomplete_newer_file_does_not_push_out_the_complete_one() -> None:
    files = [read("geo_N03-21_85_210101.geojson"), read("geo_n03_2024_85_wards.geojson")]
    tables = harmonise_areas(files, prefectures=None)
    assert {"85201", "85301", "85100"} <= set(tables.boundaries["area_code"])


def test_only_the_wanted_prefectures(extracts: dict[str, Extract]) -> None:
    files = [*extracts.values(), read("ipss_age.csv")]
    assert "01100" in set(harmonise_areas(files, prefectures=None).area["area_code"])
    tables = harmonise_areas(files, prefectures={"85"})
    assert set(tables.area["area_code"].str.extract(r"(\d{2})", expand=False)) == {"00", "85"}
    assert tables.index().prefectures == {"85"}
    north = harmonise_areas(files, prefectures={"01"})
    assert north.boundaries.empty
    reasons = {reason for extract, reason in north.superseded if extract.frames}
    assert reasons == {"指定した都道府県の境界がありません"}


def test_a_prefecture_that_no_file_has_is_refused(extracts: dict[str, Extract]) -> None:
    with pytest.raises(BuildError, match="都道府県"):
        harmonise_areas(list(extracts.values()), prefectures={"86"})


def test_districts_are_no_areas(tables: AreaTables) -> None:
    assert "85300" not in set(tables.area_change["old_code"])
    assert len(tables.area_change) == 6


@pytest.mark.parametrize(
    ("code", "now"),
    [
        ("85201", "85201"),
        ("85302", "85201"),
        ("85399", "85201"),
        ("85303", "85301"),
        ("85101", "85103"),
        ("85102", None),
        ("99999", None),
    ],
)
def test_todays_code(index: AreaIndex, code: str, now: str | None) -> None:
    assert index.resolve(code) == now


@pytest.mark.parametrize(
    ("code", "city", "ward"),
    [
        ("85103", "85100", "85103"),
        ("85102", "85100", None),
        ("85199", "85100", None),
        ("85201", "85201", None),
    ],
)
def test_city_and_ward(index: AreaIndex, code: str, city: str, ward: str | None) -> None:
    assert (index.city_of(code), index.ward_of(code)) == (city, ward)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("85303", {"85301", "85303"}),
        ("85302", {"85302"}),
        ("85101", set()),
        ("85201", set()),
    ],
)
def test_what_must_be_added_up(index: AreaIndex, code: str, parts: set[str]) -> None:
    """Ward 85101 went into 85103 whole, but 85102 only in part: no sum gives 85103."""
    assert index.merged_from(code) == parts


@pytest.mark.parametrize(
    ("prefecture", "name", "code"),
    [
        ("85", "峠町", "85301"),
        ("見本県", "山奥郡峠町", "85301"),
        ("見本県", "見本県　山奥郡 峠町", "85301"),
        ("85", "谷村", "85301"),
        ("85", "架橋市中央区", "85103"),
        ("85", "中央区", None),
        ("85", "架橋市南区", None),
        ("86", "峠町", None),
    ],
)
def test_by_name(index: AreaIndex, prefecture: str, name: str, code: str | None) -> None:
    assert index.by_name(prefecture, name) == code


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("浜辺市一丁目１－２", ("85201", None)),
        ("山奥郡峠町字谷", ("85301", None)),
        ("架橋市中央区１", ("85100", "85103")),
        ("架橋市１", ("85100", None)),
        ("見本県浜辺市港", ("85201", None)),
        ("よその市", None),
        ("", None),
    ],
)
def test_by_address(index: AreaIndex, address: str, found: tuple[str, str | None] | None) -> None:
    assert index.by_address("85", address) == found


def pairs(*places: tuple[str, str]) -> Extract:
    frame = pd.DataFrame(
        [
            {
                "構想区域コード": code,
                "都道府県": "見本県",
                "構想区域": f"区域{code}",
                "所在地（市区町村名）": name,
                "source_ref": f"行 {number}",
            }
            for number, (code, name) in enumerate(places, start=2)
        ]
    )
    return Extract(planning_area_pairs.NAME, "planning_area_report", "", {"pairs": frame}, 1)


def test_planning_areas_have_members_only_where_every_municipality_is_named() -> None:
    base = [read("geo_N03-21_85_210101.geojson")]
    whole = pairs(("8501", "架橋市北区"), ("8501", "浜辺市"), ("8502", "峠町"))
    tables = harmonise_areas([*base, whole], prefectures=None)
    members = tables.area_membership
    planning = members[members["parent_type"] == "planning_area"]
    assert rows(planning, "area_code", "parent_area_code") == {
        ("85100", "kk-8501"),
        ("85201", "kk-8501"),
        ("85301", "kk-8502"),
    }
    partial = pairs(("8501", "架橋市北区"), ("8502", "峠町"))
    tables = harmonise_areas([*base, partial], prefectures=None)
    assert "planning_area" not in set(tables.area_membership["parent_type"])
    assert {"kk-8501", "kk-8502"} <= set(tables.area["area_code"])
    assert [issue.reason.partition("県")[0] for _, issue in tables.issues] == [
        "構成する市区町村がそろわない"
    ]


def test_a_city_in_two_planning_areas_is_a_member_by_its_wards() -> None:
    base = [read("geo_N03-21_85_210101.geojson")]
    split = pairs(
        ("8501", "架橋市北区"), ("8502", "架橋市南区"), ("8501", "浜辺市"), ("8502", "峠町")
    )
    tables = harmonise_areas([*base, split], prefectures=None)
    members = tables.area_membership
    planning = members[members["parent_type"] == "planning_area"]
    assert rows(planning, "area_code", "parent_area_code") == {
        ("85101", "kk-8501"),
        ("85102", "kk-8502"),
        ("85201", "kk-8501"),
        ("85301", "kk-8502"),
    }


def test_heavy_boundaries_are_simplified_once_with_one_border(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extract = read("geo_N03-21_85_210101.geojson")
    plain = extract.frames["polygons"].rename(columns={"N03_007": "area_code"})
    frame = dissolve(plain[["area_code", "geometry"]], by="area_code")
    wavy = frame.set_geometry(
        shapely.transform(
            shapely.segmentize(frame.geometry.to_numpy(), 0.001),
            lambda xy: np.round(xy, 6) + 0.00005 * np.sin(4_000 * np.round(xy, 6)[:, ::-1]),
        )
    ).set_crs(frame.crs)
    assert shapely.coverage_is_valid(wavy.geometry.to_numpy())
    before = shapely.get_num_coordinates(wavy.geometry.to_numpy()).sum()
    assert lightened(wavy, [extract]) is wavy
    assert len(extract.frames["polygons"]) > 0
    monkeypatch.setattr("data.harmonise.boundary_choice.HEAVY_VERTICES", 100)
    light = lightened(wavy, [extract])
    after = light.geometry.to_numpy()
    assert shapely.get_num_coordinates(after).sum() < before / 2
    assert shapely.coverage_is_valid(after)
    assert np.allclose(shapely.area(after), shapely.area(wavy.geometry.to_numpy()), rtol=0.001)
    assert extract.frames["polygons"].empty
