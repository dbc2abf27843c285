"""Secondary medical areas from A38 and from the regional data collection, and their years."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import xlsxwriter
from shapely.geometry import box

from data.errors import UnreadableFile
from data.extract import RawFile, medical_areas, recognise, regional_data
from data.harmonise.areas import AreaTables, harmonise_areas
from data.harmonise.membership_vintages import settle, unplaced
from data.harmonise.regional_data import harmonise_regional
from tests.unit.area_stand import area_stand
from tests.unit.raw_fixtures import AREA_FILES, read

ZONES = [("85201,85301", "今市,峠町", "8501", "北部"), ("85101", "北区", "8502", "南部")]
ITEMS = [1, 2, 5, 6, 7, 9, 10, 11, 13, 14, 19, 20, *range(25, 33), 37, 38, 43, 44, 58]
LABELS = {
    1: ["人口"],
    5: ["在宅療養支援病院"],
    9: ["在宅療養支援診療所"],
    13: ["訪問診療", "病院数"],
    14: ["", "件数"],
    19: ["", "診療所数"],
    20: ["", "件数"],
    25: ["往診"],
    37: ["看取り"],
    58: ["訪問看護ステーション"],
}
WITHOUT_TABLE = [name for name in AREA_FILES if name != "municipal_membership.csv"]


def write_a38(folder: Path, zones: list[tuple[str, str, str, str]], *, stem: str) -> RawFile:
    columns = ("A38b_001", "A38b_002", "A38b_003", "A38b_004")
    others = [("85201,85101", "今市,北区", "8599", "二次でない医療圏")]
    packed = folder / "A38-20_GML.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for layer, rows in (("_1", others), ("_2", zones), ("_3", others)):
            data = {name: [row[n] for row in rows] for n, name in enumerate(columns)}
            shapes = [box(135 + n, 35, 136 + n, 36) for n in range(len(rows))]
            frame = gpd.GeoDataFrame(data, geometry=shapes, crs="EPSG:6668")
            path = folder / f"{stem.removesuffix('_2')}{layer}.shp"
            pyogrio.write_dataframe(frame, path, driver="ESRI Shapefile", encoding="CP932")
            path.with_suffix(".cpg").unlink(missing_ok=True)
            for part in sorted(folder.glob(f"{path.stem}.*")):
                archive.write(part, f"A38-20_GML/{part.name}")
    return RawFile(packed, packed.name)


def write_regional(
    path: Path,
    years: dict[str, list[tuple[int, int, str, object]]],
    *,
    label: str = "診療所数",
    unit: str = "か所",
    lost: int = 0,
) -> RawFile:
    """Write sheets as described: item numbers in row 1, the keys' names in row 8, then areas."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in years.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 7, ITEMS)
            sheet.write_row(1, 7, ["令和5年3月"] * len(ITEMS))
            for item, words in LABELS.items():
                sheet.write_column(2, 7 + ITEMS.index(item), words)
            sheet.write(3, 7 + ITEMS.index(19), label)
            sheet.write_row(6, 4, ["全国計", "", "", *range(len(ITEMS))])
            keys = ["都道府県コード", "二次医療圏コード", "市区町村コード", "都道府県", "市区町村"]
            sheet.write_row(7, 1, [*keys, "区分"])
            sheet.write(7, 7 + ITEMS.index(19), unit)
            for line, (zone, code, own, clinics) in enumerate(rows, start=8):
                items = [clinics if item == 19 else 900 + item for item in ITEMS]
                sheet.write_row(
                    line,
                    1,
                    [code // 1000, zone, code if code != lost else "", "見本県", own, "市", *items],
                )
    return RawFile(path, path.name)


def areas_of(*files: RawFile, names: list[str]) -> AreaTables:
    extracts = [read(name) for name in names]
    for file in files:
        layout = recognise(file)
        assert layout is not None
        extracts.append(layout.read(file))
    return harmonise_areas(extracts, prefectures=None)


def members(tables: AreaTables, code: str) -> list[tuple]:
    rows = tables.area_membership
    found = rows[(rows["area_code"] == code) & (rows["parent_type"] == "secondary_medical_area")]
    keys = ["parent_area_code", "valid_from", "valid_to"]
    clean = found[keys].astype(object).where(found[keys].notna(), None)
    return sorted(clean.itertuples(index=False, name=None), key=str)


def test_a38_gives_members_and_names_without_geometry(tmp_path: Path) -> None:
    file = write_a38(tmp_path, ZONES, stem="A38-20_2")
    assert recognise(file) is medical_areas
    extract = medical_areas.read(file)
    frame = extract.frames["memberships"]
    assert extract.vintage == "令和2年度(2020年度)"
    assert frame[["団体コード", "市区町村名", "圏域コード", "圏域名"]].to_numpy().tolist() == [
        ["85201", "今市", "8501", "北部"],
        ["85301", "峠町", "8501", "北部"],
        ["85101", "北区", "8502", "南部"],
    ]


def test_the_year_of_an_a38_is_that_of_its_shapefile(tmp_path: Path) -> None:
    extract = medical_areas.read(write_a38(tmp_path, ZONES, stem="A38-14_2"))
    assert set(extract.frames["memberships"]["as_of"]) == {"2014-04-01"}


def test_a38_with_another_code_is_set_aside_by_name(tmp_path: Path) -> None:
    file = write_a38(tmp_path, [*ZONES, ("85302", "", "85", "西部")], stem="A38-20_2")
    (issue,) = medical_areas.read(file).issues
    assert (issue.found, issue.set_aside) == ("85", True)


def test_a38_without_its_columns_is_refused_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "A38-20_2.shp"
    shape = gpd.GeoDataFrame({"A38b_003": ["8501"]}, geometry=[box(0, 0, 1, 1)], crs=6668)
    pyogrio.write_dataframe(shape, path, driver="ESRI Shapefile")
    file = RawFile(path, path.name)
    assert recognise(file) is medical_areas
    with pytest.raises(UnreadableFile, match="A38b_001、A38b_004"):
        medical_areas.read(file)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace(b"A38b_003", b"A38b_004"))
    assert recognise(file) is medical_areas
    with pytest.raises(UnreadableFile, match="A38b_001、A38b_003"):
        medical_areas.read(file)


def test_an_a38_without_any_code_of_four_digits_is_refused(tmp_path: Path) -> None:
    zones = [("85201", "今市", "８５０１", "北部"), ("85301", "峠町", "85", "西部")]
    assert medical_areas.read(write_a38(tmp_path, zones, stem="A38-20_2")).rows_read == 1
    with pytest.raises(UnreadableFile, match="4桁の医療圏コード"):
        medical_areas.read(write_a38(tmp_path, zones[1:], stem="A38-20_2"))


def test_an_a38_that_was_cut_is_refused(tmp_path: Path) -> None:
    write_a38(tmp_path, ZONES, stem="A38-20_2")
    path = tmp_path / "A38-20_2.shp"
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[:250])
    with pytest.raises(UnreadableFile, match="途中で切れて"):
        medical_areas.read(RawFile(path, path.name))


def test_areas_of_another_prefecture_alone_give_none(tmp_path: Path) -> None:
    file = write_regional(tmp_path / "a.xlsx", {"R５年": [(8601, 86201, "よそ市", 1)]})
    tables = areas_of(file, names=WITHOUT_TABLE)
    kinds = set(tables.area_membership["parent_type"])
    assert "secondary_medical_area" not in kinds


def test_a_row_of_the_collection_without_its_code_is_named(tmp_path: Path) -> None:
    rows = [(8501, 85201, "今市", 12), (8501, 85301, "峠町", 3)]
    file = write_regional(tmp_path / "a.xlsx", {"R５年": rows}, lost=85301)
    extract = regional_data.read(file)
    assert set(extract.frames["items"]["code"]) == {"85201"}
    assert [(i.source_ref, i.field) for i in extract.issues] == [("R５年!10行", "市区町村コード")]


def test_the_collection_is_read_year_by_year(tmp_path: Path) -> None:
    years = {"R５年": [(8501, 85201, "今市", 12)], "R６年": [(8503, 85201, "今市", "-")]}
    file = write_regional(tmp_path / "a.xlsx", years)
    assert recognise(file) is regional_data
    extract = regional_data.read(file)
    assert extract.vintage == "令和6年(2024年)まで"
    frame = extract.frames["memberships"]
    assert frame[["圏域コード", "as_of"]].to_numpy().tolist() == [
        ["8501", "2023-04-01"],
        ["8503", "2024-04-01"],
    ]
    items = extract.frames["items"]
    assert items[["year", "item", "value"]].to_numpy().tolist() == [
        [2023, 19, "12.0"],
        [2024, 19, "-"],
    ]


def test_columns_in_another_order_are_refused(tmp_path: Path) -> None:
    file = write_regional(tmp_path / "a.xlsx", {"R５年": [(1901, 85201, "今市", 12)]})
    with pytest.raises(UnreadableFile, match="二次医療圏コード"):
        regional_data.read(file)


def test_a_sheet_with_a_row_more_is_refused_with_the_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("R５年").write(8, 3, "市区町村コード")
    file = RawFile(path, path.name)
    assert recognise(file) is regional_data
    with pytest.raises(UnreadableFile, match="8行目"):
        regional_data.read(file)


def test_an_item_whose_heading_says_otherwise_is_not_read(tmp_path: Path) -> None:
    years = {"R５年": [(8501, 85201, "今市", 12)]}
    extract = regional_data.read(write_regional(tmp_path / "a.xlsx", years, label="薬局数"))
    assert extract.frames["items"].empty
    (issue,) = extract.issues
    assert "訪問診療・診療所" in issue.reason


def test_items_become_measures_and_signs_are_missing(tmp_path: Path) -> None:
    rows = [(8101, 81201, "山手市", 4), (8101, 81401, "森ヶ丘町", "…"), (9901, 99201, "他", 1)]
    extract = regional_data.read(write_regional(tmp_path / "a.xlsx", {"R５年": rows}))
    done = harmonise_regional(extract, source_id="s", areas=area_stand())
    table = done.tables["measure"].set_index("area_code")
    assert table.loc["81201", ["value", "status", "period", "measure_id"]].tolist() == [
        4.0,
        "observed",
        "2023",
        "clinics_homevisit",
    ]
    assert pd.isna(table.loc["81401", "value"])
    assert table.loc["81401", "status"] == "missing"
    assert ("clinics_homevisit", "81201") in done.coverage
    assert [issue.found for issue in done.issues] == ["…"]


def test_a_changed_area_ends_where_the_next_begins(tmp_path: Path) -> None:
    a38 = write_a38(tmp_path, ZONES, stem="A38-20_2")
    years = {"R６年": [(8503, 85201, "今市", 1), (8501, 85301, "峠町", 1)]}
    book = write_regional(tmp_path / "a.xlsx", years)
    tables = areas_of(book, a38, names=WITHOUT_TABLE)
    assert members(tables, "85201") == [
        ("m2-8501", None, date(2024, 3, 31)),
        ("m2-8503", date(2024, 4, 1), None),
    ]
    assert members(tables, "85301") == [("m2-8501", None, None)]
    names = tables.area.set_index("area_code")["name"]
    assert (names["m2-8501"], names["m2-8503"]) == ("北部", "二次医療圏8503")


def test_an_area_that_lost_all_members_has_an_end(tmp_path: Path) -> None:
    a38 = write_a38(tmp_path, [("85201,85301", "", "8501", "北部")], stem="A38-20_2")
    years = {"R６年": [(8503, 85201, "今市", 1), (8503, 85301, "峠町", 1)]}
    tables = areas_of(a38, write_regional(tmp_path / "a.xlsx", years), names=WITHOUT_TABLE)
    ends = tables.area.set_index("area_code")["valid_to"]
    assert ends["m2-8501"] == date(2024, 3, 31)
    assert pd.isna(ends["m2-8503"])
    above = tables.area_membership
    gone = above[(above["area_code"] == "m2-8501") & (above["parent_type"] == "prefecture")]
    assert gone["valid_to"].tolist() == [date(2024, 3, 31)]


def test_the_table_of_the_prefecture_comes_first(tmp_path: Path) -> None:
    before = areas_of(names=AREA_FILES)
    a38 = write_a38(tmp_path, [("85201,85301", "", "8509", "別")], stem="A38-20_2")
    after = areas_of(a38, names=AREA_FILES)
    pd.testing.assert_frame_equal(before.area_membership, after.area_membership)
    assert "m2-8509" not in set(after.area["area_code"])


def vintages(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (code, zone, "secondary_medical_area", None, None, date(year, 4, 1))
            for code, zone, year in rows
        ],
        columns=[
            "area_code", "parent_area_code", "parent_type", "valid_from", "valid_to", "as_of",
        ],
    )  # fmt: skip


ROSTER = pd.DataFrame(
    {"area_code": ["81100", "81101", "81102"], "city_code": ["", "81100", "81100"]}
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("81101", "m2-1", 2020), ("81102", "m2-1", 2020)], {("81100", "m2-1")}),
        (
            [("81101", "m2-1", 2020), ("81102", "m2-2", 2020), ("81100", "m2-1", 2024)],
            {("81101", "m2-1"), ("81102", "m2-2")},
        ),
        ([("81101", "m2-1", 2020), ("81100", "m2-2", 2020)], {("81100", "m2-2")}),
    ],
)
def test_wards_stand_for_their_city_where_they_agree(
    rows: list[tuple[str, str, int]], expected: set[tuple[str, str]]
) -> None:
    empty = pd.DataFrame(columns=["area_code", "parent_type"], dtype="str")
    settled = settle(vintages(rows), own=empty, roster=ROSTER)
    current = settled[settled["valid_to"].isna()]
    assert set(zip(current["area_code"], current["parent_area_code"], strict=True)) == expected


@pytest.mark.parametrize(
    ("label", "unit"), [("診療所の実施件数", "か所"), ("診療所", "件"), ("病院数", "か所")]
)
def test_acts_are_not_read_as_clinics(tmp_path: Path, label: str, unit: str) -> None:
    rows = [(8501, 85201, "今市", 12)]
    file = write_regional(tmp_path / "a.xlsx", {"R５年": rows}, label=label, unit=unit)
    extract = regional_data.read(file)
    assert extract.frames["items"].empty
    assert [issue.field for issue in extract.issues] == ["項目19"]


def test_a_sheet_of_a_fiscal_year_counts_and_one_without_a_year_is_named(tmp_path: Path) -> None:
    rows = [(8501, 85201, "今市", 12)]
    years = {"参考": rows, "R５年": rows, "Ｒ６年度": rows}
    file = write_regional(tmp_path / "a.xlsx", years)
    assert recognise(file) is regional_data
    extract = regional_data.read(file)
    assert set(extract.frames["items"]["year"]) == {2023, 2024}
    assert extract.vintage == "令和6年(2024年)まで"
    assert [(i.source_ref, i.field) for i in extract.issues] == [("参考", "シート")]


def test_a_municipality_in_two_areas_of_one_year_is_in_neither(tmp_path: Path) -> None:
    rows = [(8501, 85201, "今市", 1), (8501, 85301, "峠町", 2), (8502, 85301, "峠町", 2)]
    tables = areas_of(write_regional(tmp_path / "a.xlsx", {"R５年": rows}), names=WITHOUT_TABLE)
    assert members(tables, "85301") == []
    assert members(tables, "85201") == [("m2-8501", None, None)]
    told = [issue.source_ref for _, issue in tables.issues if "二つの医療圏" in issue.reason]
    assert told == ["R５年!A10", "R５年!A11"]


def test_a_municipality_that_the_newer_table_leaves_out_does_not_stay_in_its_area(
    tmp_path: Path,
) -> None:
    a38 = write_a38(tmp_path, ZONES, stem="A38-20_2")
    years = {"R６年": [(8503, 85201, "今市", 1), (8502, 85100, "架橋市", 1)]}
    book = write_regional(tmp_path / "a.xlsx", years)
    tables = areas_of(book, a38, names=WITHOUT_TABLE)
    assert members(tables, "85301") == [("m2-8501", None, date(2024, 3, 31))]
    ends = tables.area.set_index("area_code")["valid_to"]
    assert ends["m2-8501"] == date(2024, 3, 31)
    told = [(extract.layout, i.found) for extract, i in tables.issues if "ありません" in i.reason]
    assert (regional_data.NAME, "85301") in told
    assert not {"85100", "85201"} & {code for _, code in told}


def test_a_city_told_of_keeps_the_areas_of_its_wards() -> None:
    rows = [("81101", "m2-1", 2020), ("81102", "m2-2", 2020), ("81100", "m2-1", 2024)]
    empty = pd.DataFrame(columns=["area_code", "parent_type"], dtype="str")
    roster = ROSTER.assign(valid_to=None, name=ROSTER["area_code"])
    told = vintages(rows).assign(table=0)
    assert unplaced(told, own=empty, roster=roster) == []
    assert settle(told, own=empty, roster=roster)["valid_to"].isna().all()
