"""Tables of planning areas and forecasts of two years: the newest counts, the older is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from data.extract import Extract, planning_area_book, regional_data
from data.harmonise.areas import AreaTables, harmonise_areas
from data.harmonise.files import harmonise_files
from data.harmonise.memberships import MEMBERSHIP_COLUMNS
from data.harmonise.planning_areas import CONTRADICTED, INCOMPLETE, planning_areas
from data.report import FileReport
from tests.unit.raw_fixtures import read
from tests.unit.table_stand import built, raw_folder, rows_of

Pairs = list[tuple[str, str]]
BEFORE: Pairs = [("8501", "架橋市"), ("8502", "浜辺市"), ("8503", "峠町")]
AFTER: Pairs = [("8501", "架橋市"), ("8501", "浜辺市"), ("8504", "峠町")]
LAST, FIRST = date(2025, 3, 31), date(2025, 4, 1)


def book(year: int, pairs: Pairs) -> Extract:
    frame = pd.DataFrame(
        [
            {
                "構想区域コード": code,
                "都道府県": "見本県",
                "構想区域": f"区域{code}",
                "所在地（市区町村名）": name,
                "source_ref": f"{code}!{number}行",
            }
            for number, (code, name) in enumerate(pairs, start=6)
        ]
    )
    vintage = f"令和{year - 2018}年度({year}年度)" if year else ""
    return Extract(
        planning_area_book.NAME, "planning_area_report", vintage, {"pairs": frame}, len(frame)
    )


def tables_of(*books: Extract) -> AreaTables:
    return harmonise_areas([read("geo_N03-21_85_210101.geojson"), *books], prefectures=None)


def members_of(tables: AreaTables) -> set[tuple[str, str, date | None, date | None]]:
    rows = tables.area_membership
    rows = rows[rows["parent_type"] == "planning_area"].astype("object")
    rows = rows.where(rows.notna(), None)
    return set(rows.drop(columns="parent_type").itertuples(index=False, name=None))


@pytest.mark.parametrize("turned", [False, True])
def test_the_older_membership_ends_where_the_newer_begins(turned: bool) -> None:
    books = [book(2024, BEFORE), book(2025, AFTER), book(0, [("8509", "架橋市")])]
    tables = tables_of(*(reversed(books) if turned else books))
    assert members_of(tables) == {
        ("85100", "kk-8501", None, None),
        ("85201", "kk-8502", None, LAST),
        ("85201", "kk-8501", FIRST, None),
        ("85301", "kk-8503", None, LAST),
        ("85301", "kk-8504", FIRST, None),
    }
    areas = tables.area.set_index("area_code").filter(like="kk-", axis=0)[
        ["valid_from", "valid_to"]
    ]
    days = {
        code: [None if pd.isna(day) else day for day in row] for code, *row in areas.itertuples()
    }
    assert days == {
        "kk-8501": [None, None],
        "kk-8502": [None, LAST],
        "kk-8503": [None, LAST],
        "kk-8504": [FIRST, None],
    }


def test_an_incomplete_newer_table_that_agrees_leaves_the_older_in_force() -> None:
    tables = tables_of(
        book(2024, BEFORE), book(2025, [("8501", "架橋市"), ("8502", "浜辺市"), ("8503", "")])
    )
    assert {row[2:] for row in members_of(tables)} == {(None, None)}
    assert [issue.reason for _, issue in tables.issues] == [INCOMPLETE]


def test_an_incomplete_newer_table_that_differs_leaves_none_in_force() -> None:
    tables = tables_of(book(2024, BEFORE), book(2025, AFTER[:2]))
    assert members_of(tables) == set()
    assert [issue.reason for _, issue in tables.issues] == [INCOMPLETE, CONTRADICTED]


def test_a_code_whose_zero_a_spreadsheet_took_is_of_its_prefecture() -> None:
    place = {"area_code": "05201", "name": "架橋市", "city_code": None, "valid_to": None}
    _, members = planning_areas(
        [book(2025, [("501", "架橋市")])],
        own=pd.DataFrame(columns=MEMBERSHIP_COLUMNS),
        roster=pd.DataFrame([place]),
        issues=[],
    )
    assert list(members["parent_area_code"]) == ["kk-0501"]


def write_forecast(path: Path, base: int, rows: list[tuple[str, str, list[float | str]]]) -> None:
    with xlsxwriter.Workbook(str(path)) as written:
        sheet = written.add_worksheet("将来の在宅（訪問診療）需要推計")
        sheet.write_row(3, 3, [f"{base}年度", "2030年度（現状投影）"])
        head = ["都道府県", "構想区域コード", "構想区域名", *["レセプト件数/月"] * 2]
        sheet.write_row(4, 0, head)
        for line, (code, name, values) in enumerate(rows, start=5):
            sheet.write_row(line, 0, ["見本県", code, name, *values])


def test_an_older_forecast_is_kept_beside_and_never_mixed(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path / "raw")
    new = [("8501", "西部", [100, 130]), ("8502", "東部", [10, 12])]
    write_forecast(raw / "a.xlsx", 2024, new)
    old = [("8501", "旧西部", [90, 150]), ("8509", "なくなった区域", [5, "…"])]
    write_forecast(raw / "b.xlsx", 2023, old)
    store = built(tmp_path / "store", raw)
    loaded = "select area_code, period, value from measure where area_code like 'kk-%' order by all"
    assert rows_of(store, loaded) == [
        ("kk-8501", "FY2024", 100), ("kk-8501", "FY2030", 130),
        ("kk-8502", "FY2024", 10), ("kk-8502", "FY2030", 12),
    ]  # fmt: skip
    kept = (
        "select area_code, area_name, as_of, period, value, status, source_ref"
        " from measure_vintage order by all"
    )
    sheet = "将来の在宅（訪問診療）需要推計"
    assert rows_of(store, kept) == [
        ("kk-8501", "旧西部", "2023", "FY2023", 90, "observed", f"{sheet}!D6"),
        ("kk-8501", "旧西部", "2023", "FY2030", 150, "observed", f"{sheet}!E6"),
        ("kk-8509", "なくなった区域", "2023", "FY2023", 5, "observed", f"{sheet}!D7"),
        ("kk-8509", "なくなった区域", "2023", "FY2030", None, "missing", f"{sheet}!E7"),
    ]
    living = "select name from area where area_code like 'kk-%' order by area_code"
    assert rows_of(store, living) == [("西部",), ("東部",)]


def collection(latest: int, zone: str, clinics: int) -> Extract:
    """Return a regional data collection that prints the year 2023, whatever its latest year is."""
    known = {"市区町村名": "浜辺市", "圏域種別": "二次医療圏", "圏域名": zone, "適用開始": ""}
    member = {"団体コード": "85201", "圏域コード": zone, "適用終了": "", "as_of": "2023-04-01"}
    item = {
        "code": "85201",
        "year": 2023,
        "item": 19,
        "value": str(clinics),
        "source_ref": "R５年!9行",
    }
    frames = {
        "memberships": pd.DataFrame([known | member | {"source_ref": "R５年!A9"}]),
        "items": pd.DataFrame([item]),
    }
    vintage = f"令和{latest - 2018}年({latest}年)まで"
    return Extract(regional_data.NAME, "regional_homecare", vintage, frames, 1)


def test_of_two_collections_with_the_same_year_the_later_one_counts() -> None:
    later, earlier = collection(2024, "8501", 7), collection(2023, "8502", 9)
    tables = tables_of(later, earlier)
    members = tables.area_membership
    zones = members.loc[members["parent_type"] == "secondary_medical_area", "parent_area_code"]
    assert list(zones) == ["m2-8501"]
    found = [
        (FileReport(f"{name}.xlsx", outcome="loaded", source_id=name), extract)
        for name, extract in (("a", later), ("b", earlier))
    ]
    measures = harmonise_files(found, tables)["measure"]
    assert measures["value"].tolist() == [7]
