"""A value cites the file of its own year, and no other survey."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from data.catalogue import load_catalogue
from data.derive.cited_source import with_source
from data.derive.recipe_inputs import Basis

FORMS = (("discharge_form", 2015), ("municipal_form", 2015), ("municipal_form", 2020))
BASIS = Basis(None, None, "資料なし", {}, {})


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for form, year in FORMS:
        question = "adm_known" if form == "discharge_form" else "coord_fte"
        fresh_con.execute(
            "insert into survey_answer values (?, 'h27r2', ?, '81201', ?, '1', 'observed', null,"
            " 'i', 'r')",
            [form, year, question],
        )
        fresh_con.execute(
            "insert into source_coverage values (?, ?, '81')",
            [f"{form}:{year}.xlsx", f"survey:{form}:{year}"],
        )
    return fresh_con


def cited(con: duckdb.DuckDBPyConnection, key: str, *periods: str) -> list[str]:
    indicator = load_catalogue().indicators[key]
    frame = pd.DataFrame({"area_code": "81201", "period": list(periods)})
    found: pd.DataFrame = with_source(con, frame, indicator=indicator, basis=BASIS)
    return found["source_id"].tolist()


def test_each_year_of_answers_cites_its_own_form(con: duckdb.DuckDBPyConnection) -> None:
    title = load_catalogue().indicators["coordinator_fte"].source_title
    assert cited(con, "coordinator_fte", "FY2015", "FY2020", "FY2021") == [
        "municipal_form:2015.xlsx",
        "municipal_form:2020.xlsx",
        title,
    ]


def test_each_year_of_a_measure_cites_its_own_file(con: duckdb.DuckDBPyConnection) -> None:
    measure = load_catalogue().indicators["admission_info_rate"].recipe.numerator[0]
    columns = "area_code, measure_id, period, value, status, source_id, source_ref"
    for year in (2015, 2016):
        con.execute(
            f"insert into measure ({columns}) values ('81201', ?, ?, 1, 'observed', ?, 'r')",
            [measure, f"FY{year}", f"book {year}"],
        )
    assert cited(con, "admission_info_rate", "FY2016", "FY2015", "FY2030") == [
        "book 2016",
        "book 2015",
        "book 2016",
    ]


def test_an_area_cites_of_several_files_of_a_year_the_one_with_its_row(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    indicator = load_catalogue().indicators["cert_rate_adjusted"]
    columns = "area_code, measure_id, period, value, status, source_id, source_ref"
    for area, book in (("81201", "book of 81"), ("82201", "book of 82"), ("82", "sums of 82")):
        fresh_con.execute(
            f"insert into measure ({columns}) values (?, ?, 'FY2023', 1, 'observed', ?, 'r')",
            [area, indicator.recipe.measure, book],
        )
    fresh_con.execute(
        "insert into area_descendant values"
        " ('hc-8201', '82201', 'municipality', null, null), ('82', '82201', 'municipality',"
        " null, null), ('hc-8101', '82201', 'municipality', null, date '2020-03-31')"
    )
    areas = ["81201", "82201", "hc-8201", "82", "hc-8101"]
    frame = pd.DataFrame({"area_code": areas, "period": "FY2023"})
    found = with_source(fresh_con, frame, indicator=indicator, basis=BASIS)
    assert found["source_id"].tolist() == [
        "book of 81",
        "book of 82",
        "book of 82",
        "sums of 82",
        "book of 81",
    ]


def test_a_count_cites_the_list_of_its_own_prefecture(fresh_con: duckdb.DuckDBPyConnection) -> None:
    for prefecture in ("81", "82"):
        fresh_con.execute(
            "insert into source_coverage values (?, 'home_care_support_clinic', ?)",
            [f"list of {prefecture}", prefecture],
        )
    frame = pd.DataFrame({"area_code": ["82201", "m2-8201", "81", "00"], "period": ["2025"] * 4})
    indicator = load_catalogue().indicators["zaishishin"]
    found = with_source(fresh_con, frame, indicator=indicator, basis=BASIS)
    lists = ["list of 82", "list of 82", "list of 81", indicator.source_title]
    assert found["source_id"].tolist() == lists
