"""Areas of the whole country, against published counts and the hard cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from data.extract import Extract, RawFile, recognise
from data.harmonise.areas import AreaIndex, AreaTables, harmonise_areas
from geo.extent import main_extent

pytestmark = pytest.mark.official

FOLDERS = (
    "n03_*/**/*",
    "pref_boundaries/*",
    "ipss_*/*",
    "municipal_master/*",
    "iryo_koso_r7/*.csv",
)


@pytest.fixture(scope="module")
def extracts(official_raw: Path) -> dict[str, Extract]:
    paths = sorted({p for pattern in FOLDERS for p in official_raw.glob(pattern) if p.is_file()})
    found = {}
    for path in paths:
        file = RawFile(path, path.relative_to(official_raw).as_posix())
        layout = recognise(file)
        assert layout is not None, file.name
        found[file.name] = layout.read(file)
    return found


@pytest.fixture(scope="module")
def tables(extracts: dict[str, Extract]) -> AreaTables:
    return harmonise_areas(list(extracts.values()), prefectures=None)


@pytest.fixture(scope="module")
def index(tables: AreaTables) -> AreaIndex:
    return tables.index()


def test_numbers_of_areas(tables: AreaTables) -> None:
    """1,741 municipalities of which 20 are designated cities, 171 wards, 6 northern villages."""
    living = tables.area[tables.area["valid_to"].isna()]
    assert living["area_type"].value_counts().to_dict() == {
        "nation": 1,
        "prefecture": 47,
        "designated_city": 20,
        "municipality": 1741 - 20 + 6,
        "ward": 171,
        "planning_area": 339,
    }


def test_every_area_agrees_with_the_list_of_readings(
    extracts: dict[str, Extract], tables: AreaTables
) -> None:
    listed = set(extracts["municipal_master/muni-kana.json"].frames["kana"]["code"])
    living = tables.area[tables.area["valid_to"].isna()]
    kinds = ["municipality", "designated_city", "ward"]
    assert set(living[living["area_type"].isin(kinds)]["area_code"]) == listed
    assert living[living["area_type"].isin(kinds)]["name_kana"].notna().all()


@pytest.mark.parametrize(
    ("code", "name", "kana", "code6"),
    [
        ("01101", "札幌市中央区", "さっぽろしちゅうおうく", "011011"),
        ("08208", "龍ケ崎市", "りゅうがさきし", "082082"),
        ("04203", "塩竈市", "しおがまし", "042030"),
        ("13206", "府中市", "ふちゅうし", "132063"),
        ("34208", "府中市", "ふちゅうし", "342084"),
        ("22138", "浜松市中央区", "はままつしちゅうおうく", "221384"),
        ("22139", "浜松市浜名区", "はままつしはまなく", "221392"),
        ("22140", "浜松市天竜区", "はままつしてんりゅうく", "221406"),
        ("13101", "千代田区", "ちよだく", "131016"),
    ],
)
def test_names_and_codes(tables: AreaTables, code: str, name: str, kana: str, code6: str) -> None:
    area = tables.area.set_index("area_code").loc[code]
    assert area["name"].replace("ヶ", "ケ") == name
    assert (area["name_kana"], area["official_code6"]) == (kana, code6)


def test_the_old_wards_of_hamamatsu_ended(tables: AreaTables) -> None:
    area = tables.area.set_index("area_code")
    old = area.loc[[f"2213{n}" for n in range(1, 8)]]
    assert set(old["valid_to"]) == {date(2023, 12, 31)}
    new = area.loc[["22138", "22139", "22140"]]
    assert set(new["valid_from"]) == {date(2024, 1, 1)}
    members = tables.area_membership
    city = members[members["parent_area_code"] == "22130"]
    assert set(city[city["valid_to"].isna()]["area_code"]) == {"22138", "22139", "22140"}


@pytest.mark.parametrize(
    ("prefecture", "name", "code"),
    [
        ("茨城県", "龍ヶ崎市", "08208"),
        ("茨城県", "竜ケ崎市", "08208"),
        ("宮城県", "塩釜市", "04203"),
        ("宮城県", "塩竃市", "04203"),
        ("東京都", "府中市", "13206"),
        ("広島県", "府中市", "34208"),
        ("北海道", "伊達市", "01233"),
        ("福島県", "伊達市", "07213"),
        ("北海道", "泊村", "01403"),
        ("北海道", "国後郡泊村", "01696"),
        ("福岡県", "那珂川町", "40231"),
        ("山梨県", "南都留郡富士河口湖町", "19430"),
        ("静岡県", "浜松市北区", None),
    ],
)
def test_names_in_their_variants(
    index: AreaIndex, prefecture: str, name: str, code: str | None
) -> None:
    assert index.by_name(prefecture, name) == code


def test_no_two_areas_of_a_prefecture_fold_into_one_name(
    tables: AreaTables, index: AreaIndex
) -> None:
    living = tables.area[tables.area["valid_to"].isna()]
    kinds = ["municipality", "designated_city", "ward"]
    own = living[living["area_type"].isin(kinds)]
    lost = [
        code
        for code, name in zip(own["area_code"], own["name"], strict=True)
        if index.by_name(code[:2], name) != code
    ]
    assert lost == ["01696"]


def test_boundaries_are_the_newest_and_whole(
    extracts: dict[str, Extract], tables: AreaTables
) -> None:
    shapes = tables.boundaries.set_index("area_code").geometry
    assert len(shapes) == 1741 + 6 + 171
    assert bool(shapes.is_valid.all())
    assert not shapes.is_empty.any()
    newest = extracts["n03_2024/yamanashi.geojson"].frames["polygons"].set_index("code")
    assert shapes["19201"].equals(newest.loc["19201", "geometry"])
    names = {id(extract): name for name, extract in extracts.items()}
    unused = {names[id(extract)] for extract, _ in tables.superseded}
    assert unused >= {
        "n03_fullres/N03_19_fullres_from_topojson.geojson",
        "n03_2021/geojson_s0001/N03-21_210101.json",
        "n03_2021/geojson_s0001/N03-21_210101_designated_city.json",
        "n03_2021/geojson_s0010/N03-21_22_210101.json",
        "n03_2024/prefectures.geojson",
    }


def test_points_lie_inside_their_prefecture(tables: AreaTables) -> None:
    shapes = tables.boundaries.set_index("area_code").geometry
    area = tables.area.set_index("area_code").loc[shapes.index]
    points = shapely.points(area["lon"].to_numpy(dtype=float), area["lat"].to_numpy(dtype=float))
    assert bool(shapely.contains(shapes.to_numpy(), points).all())


def test_planning_areas_have_all_their_members_or_none(tables: AreaTables) -> None:
    members = tables.area_membership
    planning = members[members["parent_type"] == "planning_area"]
    municipal = members[members["parent_type"] == "prefecture"]
    cities = dict(
        members[members["parent_type"] == "designated_city"][
            ["area_code", "parent_area_code"]
        ].itertuples(index=False, name=None)
    )
    for prefecture in planning["area_code"].str[:2].unique():
        own = municipal[municipal["parent_area_code"] == prefecture]
        living = own[own["valid_to"].isna() & own["area_code"].str.fullmatch(r"\d{5}")]
        named = planning[planning["area_code"].str[:2] == prefecture]["area_code"]
        assert set(living["area_code"]) <= {cities.get(code, code) for code in named}
    assert not planning.duplicated("area_code").any()


def test_changes_name_areas_and_dates(tables: AreaTables) -> None:
    changes = tables.area_change
    ward = changes[changes["old_code"] == "22135"]
    assert set(ward["new_code"]) == {"22138", "22139"}
    assert set(ward["changed_on"]) == {date(2024, 1, 1)}
    assert set(ward["reason"]) == {"区の再編"}
    assert isinstance(changes, pd.DataFrame)


@pytest.mark.parametrize(
    ("prefecture", "inside", "outside"),
    [
        ("13", {"八王子市", "江戸川区"}, {"大島町", "八丈町", "小笠原村"}),
        ("32", {"隠岐の島町", "海士町"}, set()),
        ("42", {"対馬市", "壱岐市", "五島市"}, set()),
        ("46", {"西之表市", "屋久島町"}, {"奄美市", "与論町"}),
        ("47", {"那覇市", "宮古島市", "石垣市", "与那国町"}, {"南大東村", "北大東村"}),
    ],
)
def test_maps_keep_what_belongs_together(
    tables: AreaTables, prefecture: str, inside: set[str], outside: set[str]
) -> None:
    own = tables.boundaries[tables.boundaries["area_code"].str.startswith(prefecture)]
    shapes = shapely.simplify(own.geometry.to_numpy(), 0.002)
    names = own["area_code"].map(tables.area.set_index("area_code")["name"])
    left_out = set(names[main_extent(shapes).outside])
    assert outside <= left_out
    assert not inside & left_out
    if not outside:
        assert not left_out
