"""The plain layout for any quantity by area and period."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, common_table, recognise
from data.harmonise import Harmonised
from data.harmonise.area_index import AreaIndex
from data.harmonise.common_table import harmonise_common
from data.harmonise.measures_once import one_value_each
from data.harmonise.shares import within_whole

HEAD = """様式,指標の表（共通様式）
資料名,令和5年 死亡の場所
公表者,見本県
利用条件,見本県の規約
時点,令和5年

"""
COLUMNS = "地域コード,地域名,時点,項目,数値\n"
PLACES = pd.DataFrame(
    {
        "area_code": ["81201", "81202", "81203"],
        "area_type": "municipality",
        "name": ["旧市", "新市", "隣市"],
        "district": "",
        "city_code": None,
        "valid_to": ["2018-10-01", None, None],
        "prefecture_name": "見本県",
    }
)
CHANGES = pd.DataFrame(
    {
        "old_code": ["81201"],
        "new_code": ["81202"],
        "changed_on": ["2018-10-01"],
        "reason": ["編入合併"],
    }
)


def written(folder: Path, rows: str, *, encoding: str = "utf-8-sig") -> RawFile:
    path = folder / "table.csv"
    path.write_bytes((HEAD + COLUMNS + rows).encode(encoding))
    return RawFile(path, path.name)


def harmonised(folder: Path, rows: str, *, encoding: str = "utf-8-sig") -> Harmonised:
    areas = AreaIndex(places=PLACES, changes=CHANGES, zones=frozenset({"81", "hc-8101"}))
    extract = common_table.read(written(folder, rows, encoding=encoding))
    return harmonise_common(extract, source_id="common_table:table.csv", areas=areas)


def test_the_layout_is_told_by_its_first_line(tmp_path: Path) -> None:
    assert recognise(written(tmp_path, "")) is common_table


def test_what_the_file_says_of_itself_is_kept(tmp_path: Path) -> None:
    extract = common_table.read(written(tmp_path, "81203,隣市,2023,deaths_total,5\n"))

    assert extract.cited == {
        "title": "令和5年 死亡の場所",
        "publisher": "見本県",
        "licence": "見本県の規約",
    }
    assert extract.vintage == "令和5年"
    assert extract.frames["values"]["source_ref"].tolist() == ["行 8"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_numbers_signs_and_periods_are_told_apart(tmp_path: Path, encoding: str) -> None:
    rows = (
        '81203,隣市,令和5年,deaths_total,"1,234"\n'
        "81203,隣市,令和5年度,deaths_total,０\n"
        "81203,隣市,2023年,deaths_home,***\n"
        "81203,隣市,FY2022,死亡数（自宅）,－\n"
        "81,見本県,平成31年,deaths_home,…\n"
        "81203,隣市,2021,deaths_home,未回答\n"
        "81203,隣市,2020,deaths_home,非公表\n"
    )
    table = harmonised(tmp_path, rows, encoding=encoding)
    found = table.tables["measure"].sort_values(["area_code", "measure_id", "period"])

    assert found[["area_code", "measure_id", "period", "status"]].to_numpy().tolist() == [
        ["81", "deaths_home", "2019", "missing"],
        ["81203", "deaths_home", "2020", "not_published"],
        ["81203", "deaths_home", "2021", "unanswered"],
        ["81203", "deaths_home", "2023", "suppressed"],
        ["81203", "deaths_home", "FY2022", "not_applicable"],
        ["81203", "deaths_total", "2023", "observed"],
        ["81203", "deaths_total", "FY2023", "observed"],
    ]
    assert found["value"].dropna().tolist() == [1234.0, 0.0]
    assert table.issues == []


def test_a_zero_that_a_workbook_lost_is_found_again_by_the_name() -> None:
    places = pd.DataFrame(
        {
            "area_code": ["01210", "01211", "12106"],
            "area_type": "municipality",
            "name": ["岩見沢市", "網走市", "美浜市"],
            "district": "",
            "city_code": None,
            "valid_to": None,
            "prefecture_name": ["北海道", "北海道", "千葉県"],
        }
    )
    cells = [("12106", "岩見沢市"), ("12106", "美浜市"), ("12106", ""), ("12114", "網走市")]
    rows = [(code, name, "2023", "deaths_total", "5") for code, name in cells]
    values = pd.DataFrame(rows, columns=[*common_table.COLUMNS], dtype="str")
    values["source_ref"] = [f"{n}" for n in range(len(rows))]

    def found(*prefectures: str) -> list[tuple[str, str]]:
        inside = places[places["area_code"].str[:2].isin(list(prefectures))]
        areas = AreaIndex(places=inside, changes=CHANGES.iloc[:0])
        extract = Extract(common_table.NAME, "common_table", "", {"values": values}, len(values))
        made = harmonise_common(extract, source_id="s", areas=areas).tables["measure"]
        return list(zip(made["source_ref"], made["area_code"], strict=True))

    assert found("01", "12") == [("0", "01210"), ("2", "12106"), ("3", "01211")]
    assert found("12") == [("2", "12106")]


def test_an_area_that_ended_counts_for_its_only_successor(tmp_path: Path) -> None:
    found = harmonised(tmp_path, "81201,旧市,2015,deaths_total,7\n").tables["measure"]

    assert found["area_code"].tolist() == ["81202"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("99999,どこか,2023,deaths_total,5", "地域コード"),
        ("812029,新市,2023,deaths_total,5", "地域コード"),
        ("hc-8199,知らない保健所,2023,deaths_total,5", "地域コード"),
        ("81203,隣市,いつか,deaths_total,5", "時点"),
        ("81203,隣市,2023,deaths_on_mars,5", "項目"),
        ("81203,隣市,2023,deaths_total,約5", "数値"),
        ("81203,隣市,2023,deaths_total,-5", "数値"),
        ("81203,隣市,2023,deaths_total,12.5", "数値"),
        ("81203,隣市,2023,deaths_projected_year,inf", "数値"),
        ("81203,新市,2023,deaths_total,5", "地域名"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_by_name(
    tmp_path: Path, row: str, field: str
) -> None:
    made = harmonised(tmp_path, f"{row}\n81203,隣市,2022,deaths_total,4\n")

    assert [(issue.source_ref, issue.field) for issue in made.issues] == [("行 8", field)]
    assert made.tables["measure"]["value"].tolist() == [4.0]


def test_of_a_repeated_row_the_last_counts(tmp_path: Path) -> None:
    rows = "81203,隣市,2023,deaths_total,5\n81203,隣市,2023,deaths_total,6\n"
    made = harmonised(tmp_path, rows)

    assert made.tables["measure"]["value"].tolist() == [6.0]
    assert [issue.source_ref for issue in made.issues] == ["行 8"]


def test_of_two_files_the_later_counts_and_the_other_is_told() -> None:
    row = {"area_code": "81203", "measure_id": "deaths_total", "period": "2023", "value": 1.0}
    first = pd.DataFrame([{**row, "source_id": "a", "source_ref": "行 2"}])
    second = pd.DataFrame([{**row, "value": 2.0, "source_id": "b", "source_ref": "行 9"}])

    kept, issues = one_value_each([first, second])

    assert kept["value"].tolist() == [2.0]
    assert [issue.source_ref for issue in issues["a"]] == ["行 2"]


def test_a_share_of_more_than_all_is_refused_with_its_whole() -> None:
    rows = [("81203", "deaths_home", 30.0), ("81203", "deaths_total", 10.0),
            ("81202", "deaths_home", 3.0), ("81202", "deaths_total", 10.0)]  # fmt: skip
    whole = pd.DataFrame(rows, columns=["area_code", "measure_id", "value"]).assign(
        period="2023", status="observed", source_id="common_table:a.csv"
    )
    whole["source_ref"] = [f"行 {number}" for number in range(len(rows))]

    kept, issues = within_whole(whole)

    assert kept["area_code"].tolist() == ["81202", "81202"]
    assert [issue.source_ref for issue in issues["common_table:a.csv"]] == ["行 0", "行 1"]
    assert "死亡数（自宅） 30 ＞ 死亡数（総数） 10" in issues["common_table:a.csv"][0].reason


def test_a_name_of_nobody_is_told_and_the_code_counts(tmp_path: Path) -> None:
    areas = AreaIndex(places=PLACES, changes=CHANGES, names={"81203": "隣市"})
    rows = "81203,よその市,2023,deaths_total,5\n81203,隣,2022,deaths_total,5\n"
    made = harmonise_common(common_table.read(written(tmp_path, rows)), source_id="", areas=areas)

    assert len(made.tables["measure"]) == 2
    assert [(one.source_ref, one.set_aside) for one in made.issues] == [("行 8", False)]


def test_a_workbook_reads_like_the_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in [
        ["様式", common_table.NAME],
        ["資料名", "保険者の表"],
        list(common_table.COLUMNS),
        [81203, "隣市", 2023, "deaths_total", 12],
        [81203, "隣市", 2023, "deaths_home", 1.5],
    ]:
        sheet.append(line)
    path = tmp_path / "table.xlsx"
    book.save(path)
    file = RawFile(path, path.name)

    assert recognise(file) is common_table
    values = common_table.read(file).frames["values"]
    assert values["地域コード"].tolist() == ["81203", "81203"]
    assert values["数値"].tolist() == ["12", "1.5"]
    assert values["source_ref"].tolist() == ["Sheet 4行", "Sheet 5行"]


def test_a_table_without_header_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(HEAD + "81203,隣市,2023,deaths_total,5\n", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="見出しの行がありません"):
        common_table.read(RawFile(path, path.name))
