"""Recipes that count otherwise than by summing: published rates, projected rates, paired answers."""

from __future__ import annotations

import duckdb
import pytest

from data.catalogue import load_catalogue
from data.catalogue.indicator import AgeBand, SurveyItemsShare
from data.derive.measure_gaps import with_measure_gaps
from data.derive.projected import projected_input, published_input
from data.derive.survey_inputs import items_share_input


def quantity(con: duckdb.DuckDBPyConnection, rows: list[tuple[str, str, str, str, float]]) -> None:
    con.execute(
        "create temp table quantity (area_code varchar, subject varchar, item varchar,"
        " period varchar, value double, basis varchar)"
    )
    con.executemany("insert into quantity values (?, ?, ?, ?, ?, 'source')", rows)


BANDS = [
    AgeBand(numerator="c75", denominator="i75", group="age_75_plus", older="age_85_plus"),
    AgeBand(numerator="c85", denominator="i85", group="age_85_plus"),
]


def test_rates_by_age_are_held_fixed_on_the_people_to_come(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    rates = [("c75", 20.0), ("i75", 100.0), ("c85", 30.0), ("i85", 60.0)]
    people = [("age_75_plus", "2030", 500.0), ("age_85_plus", "2030", 200.0)]
    quantity(
        fresh_con,
        [("81201", "measure", item, "FY2023", value) for item, value in rates]
        + [("81201", "population:x", item, year, value) for item, year, value in people],
    )

    found = projected_input(fresh_con, bands=BANDS, edition="population:x")

    # (500 - 200) x 20/100 + 200 x 30/60
    assert found["numerator"].tolist() == [pytest.approx(160.0)]
    assert found["period"].tolist() == ["2030"]


def test_an_area_that_lacks_a_band_is_not_projected(fresh_con: duckdb.DuckDBPyConnection) -> None:
    rates = [("c75", 20.0), ("i75", 100.0), ("c85", 30.0)]
    people = [("age_75_plus", "2030", 500.0), ("age_85_plus", "2030", 200.0)]
    quantity(
        fresh_con,
        [("81201", "measure", item, "FY2023", value) for item, value in rates]
        + [("81201", "population:x", item, year, value) for item, year, value in people],
    )

    assert projected_input(fresh_con, bands=BANDS, edition="population:x").empty


def test_a_published_rate_stays_where_it_is_published(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    fresh_con.execute(
        "insert into measure values"
        " ('81201', 'rate', 'FY2023', 18.5, 'observed', 's', 'r'),"
        " ('81202', 'rate', 'FY2023', null, 'suppressed', 's', 'r')"
    )

    found = published_input(fresh_con, measure="rate")

    assert found[["area_code", "numerator"]].to_numpy().tolist() == [["81201", 18.5]]


def test_a_sign_of_the_publisher_becomes_a_status(fresh_con: duckdb.DuckDBPyConnection) -> None:
    fresh_con.execute(
        "insert into measure values"
        " ('81201', 'deaths_home', '2023', null, 'suppressed', 's', 'r'),"
        " ('81201', 'deaths_total', '2023', 9, 'observed', 's', 'r'),"
        " ('81202', 'deaths_home', '2023', 3, 'observed', 's', 'r')"
    )
    inputs = fresh_con.execute(
        "select '81202' as area_code, '2023' as period, 3.0 as numerator, 9.0 as denominator"
    ).df()

    entry = load_catalogue().indicators["death_home_rate"]
    found = with_measure_gaps(fresh_con, inputs, indicator=entry).set_index("area_code")

    assert found.at["81201", "status"] == "suppressed"
    assert found["status"].isna()["81202"]


RECIPE = SurveyItemsShare(
    kind="survey_items_share",
    items=["item_a_status", "item_i_status"],
    among=["done"],
    companions=["item_a_pref_support", "item_i_pref_support"],
    values=["1"],
)


def answer(con: duckdb.DuckDBPyConnection, area: str, question: str, value: str | None) -> None:
    status = "observed" if value else "unanswered"
    con.execute(
        "insert into survey_answer values ('municipal_form', 'h27r2', 2018, $area, $question,"
        " $value, $status, null, 'i', 'r')",
        {"area": area, "question": question, "value": value, "status": status},
    )


def test_an_item_whose_companion_is_open_is_in_neither_count(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    for question, value in (
        ("item_a_status", "done"),
        ("item_a_pref_support", "1"),
        ("item_i_status", "done"),
        ("item_i_pref_support", None),
    ):
        answer(fresh_con, "81201", question, value)
    for question, value in (
        ("item_a_status", "done"),
        ("item_a_pref_support", "0"),
        ("item_i_status", "none"),
        ("item_i_pref_support", "1"),
    ):
        answer(fresh_con, "81202", question, value)
    fresh_con.executemany(
        "insert into area_descendant values ('81', ?, 'municipality', null, null)",
        [("81201",), ("81202",)],
    )

    found = items_share_input(fresh_con, recipe=RECIPE).set_index("area_code")

    counts = found[["numerator", "denominator"]]
    assert counts.loc["81201"].tolist() == [1.0, 1.0]
    assert counts.loc["81202"].tolist() == [0.0, 1.0]
    assert counts.loc["81"].tolist() == [1.0, 2.0]
