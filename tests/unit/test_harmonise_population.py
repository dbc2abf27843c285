"""Projections become rows that say exactly what the file prints."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.errors import UnreadableFile
from data.extract import RawFile, ipss_workbook
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex, harmonise_areas
from data.harmonise.population import harmonise_population
from tests.unit.raw_fixtures import AREA_FILES, read
from tests.unit.test_extract_projections import one_row, write_workbook


@pytest.fixture(scope="module")
def index() -> AreaIndex:
    return harmonise_areas([read(name) for name in AREA_FILES], prefectures=None).index()


@pytest.fixture(scope="module")
def by_age(index: AreaIndex) -> Harmonised:
    return harmonise_population(read("ipss_age.csv"), source_id="s", areas=index)


def cell(table: pd.DataFrame, area: str, year: int, sex: str, low: int) -> pd.Series:
    found = table[
        (table["area_code"] == area)
        & (table["year"] == year)
        & (table["sex"] == sex)
        & (table["age_from"] == low)
        & ~((table["age_from"] == 0) & table["age_to"].isna())
    ]
    assert len(found) == 1
    return found.iloc[0]


def total(table: pd.DataFrame, area: str, year: int) -> float:
    whole = table[(table["age_from"] == 0) & table["age_to"].isna()]
    (persons,) = whole[(whole["area_code"] == area) & (whole["year"] == year)]["persons"]
    return float(persons)


def test_bands_sexes_and_counted_years(by_age: Harmonised) -> None:
    table = by_age.tables["population"]
    first = cell(table, "85", 2015, "male", 0)
    assert (first["persons"], first["age_to"], first["is_projection"]) == (300, 4, False)
    oldest = cell(table, "85", 2045, "female", 90)
    assert oldest["persons"] == 200 + 1 + 18
    assert pd.isna(oldest["age_to"])
    assert bool(oldest["is_projection"])
    assert (oldest["edition"], oldest["source_id"], oldest["source_ref"]) == (
        "ipss2018",
        "s",
        "行 4",
    )
    assert total(table, "85", 2015) == 2 * sum(range(300, 319)) + 19


def test_a_renamed_area_keeps_its_people_under_todays_code(by_age: Harmonised) -> None:
    assert cell(by_age.tables["population"], "85201", 2015, "male", 0)["persons"] == 50


def test_merged_areas_are_added_up_but_never_from_a_part(by_age: Harmonised) -> None:
    table = by_age.tables["population"]
    merged = cell(table, "85301", 2015, "male", 5)
    assert merged["persons"] == (20 + 1) + (5 + 1)
    assert merged["source_ref"] == "行 9＋行 10"
    lacking = table[
        (table["area_code"] == "85301") & (table["sex"] == "total") & (table["age_from"] == 5)
    ]
    assert lacking.empty


def test_rows_that_cannot_be_placed_are_named(by_age: Harmonised) -> None:
    found = {(i.source_ref, i.found): i.reason for i in by_age.issues}
    assert set(found) == {("行 7", "85101"), ("行 8", "85888"), ("行 9", "-")}
    assert "足し合わせる" in found[("行 7", "85101")]
    assert "85101" not in set(by_age.tables["population"]["area_code"])


def test_totals_and_three_groups_of_2050(index: AreaIndex) -> None:
    done = harmonise_population(read("ipss_total.csv"), source_id="s", areas=index)
    table = done.tables["population"]
    assert set(table["edition"]) == {"ipss2023"}
    assert total(table, "85100", 2020) == 700
    assert total(table, "85100", 2050) == 640
    elderly = cell(table, "85100", 2050, "total", 65)
    assert elderly["persons"] == 250
    assert pd.isna(elderly["age_to"])
    working = cell(table, "85100", 2050, "total", 15)
    assert (working["persons"], working["age_to"]) == (330, 64)
    assert not table[table["year"] == 2020]["is_projection"].any()
    assert len(table[table["area_code"] == "85100"]) == 7 + 3
    assert done.coverage == [("population:ipss2023", "85")]
    assert done.issues == []


def test_a_prefecture_with_a_gap_is_covered_only_area_by_area(index: AreaIndex) -> None:
    extract = read("ipss_total.csv")
    frame = extract.frames["population"]
    extract.frames["population"] = frame[frame["code"] != "85301"]
    done = harmonise_population(extract, source_id="s", areas=index)
    assert [code for _, code in done.coverage] == ["85100", "85104", "85201"]


def test_workbook_rows(tmp_path: Path, index: AreaIndex) -> None:
    path = tmp_path / "book.xlsx"
    rows = [
        one_row(85000, "a", "", 2020, 50),
        one_row(85201, 2, "浜辺市", 2025, 10),
        one_row("８５９９９", "９", "浜の地域", 2050, 5),
    ]
    write_workbook(path, rows, title="演習データ（架空）")
    extract = ipss_workbook.read(RawFile(path, path.name))
    done = harmonise_population(extract, source_id="s", areas=index)
    table = done.tables["population"]
    assert set(table["area_code"]) == {"85", "85201", "pr-85999"}
    assert set(table["edition"]) == {"demo"}
    assert cell(table, "85201", 2025, "female", 95)["persons"] == 10 + 100 + 19
    assert cell(table, "85201", 2025, "total", 95)["persons"] == 29 + 129
    assert cell(table, "85201", 2025, "total", 95)["source_ref"] == "Sheet1!A7"
    assert not cell(table, "85", 2020, "total", 0)["is_projection"]
    areas = harmonise_areas([*(read(n) for n in AREA_FILES), extract], prefectures=None)
    region = areas.area[areas.area["area_type"] == "projection_region"]
    assert region["area_code"].tolist() == ["pr-85999"]
    assert region["name"].tolist() == ["浜の地域"]


def test_a_row_without_a_year_and_a_foreign_column_end_nothing(index: AreaIndex) -> None:
    extract = read("ipss_age.csv")
    frame = extract.frames["population"].assign(**{"備考/注": "x"})
    frame.loc[0, "年"] = ""
    extract.frames["population"] = frame
    done = harmonise_population(extract, source_id="s", areas=index)
    assert [(i.source_ref, i.field) for i in done.issues if i.field == "年"] == [("行 2", "年")]
    assert "行 2" not in set(done.tables["population"]["source_ref"])
    assert cell(done.tables["population"], "85", 2015, "male", 0)["persons"] == 300


def one_book(folder: Path, rows: list[list[object]], index: AreaIndex) -> Harmonised:
    path = folder / "book.xlsx"
    write_workbook(path, rows, title="推計結果")
    return harmonise_population(
        ipss_workbook.read(RawFile(path, path.name)), source_id="s", areas=index
    )


def test_digits_in_full_width_and_commas_are_digits(tmp_path: Path, index: AreaIndex) -> None:
    row = one_row(85201, 2, "今市", 2025, 10)
    row[0], row[4], row[6], row[7] = "８５２０１", "２０２５年", "1,234", "１２"
    table = one_book(tmp_path, [row], index).tables["population"]
    assert cell(table, "85201", 2025, "total", 0)["persons"] == 1234
    assert cell(table, "85201", 2025, "total", 5)["persons"] == 12


def test_two_rows_that_disagree_are_both_left_out(tmp_path: Path, index: AreaIndex) -> None:
    row, sound = (one_row(85201, 2, "今市", year, 10) for year in (2025, 2030))
    done = one_book(tmp_path, [row, sound, [*row[:5], 999, *row[6:]], sound], index)
    assert set(done.tables["population"]["year"]) == {2030}
    assert len(done.tables["population"]) == 3 * 21 * 2  # told again is no clash
    found = [(i.source_ref, i.field) for i in done.issues]
    assert found == [("Sheet1!A6", "2025年"), ("Sheet1!A8", "2025年")]


def test_years_of_an_era_are_not_guessed(tmp_path: Path, index: AreaIndex) -> None:
    row = one_row(85201, 2, "今市", 2025, 10)
    with pytest.raises(UnreadableFile, match="西暦4桁"):
        one_book(tmp_path, [[*row[:4], "令和7年", *row[5:]]], index)
