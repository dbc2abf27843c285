"""Present supply carried into the future, on tables small enough to compute by hand."""

from __future__ import annotations

import math

import duckdb
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.scope import Scope
from analytics.supply_outlook import more_to_keep, outlook_in_view, supply_outlook
from analytics.supply_outlook_editions import OutlookEdition, outlook_editions
from analytics.supply_outlook_sentence import outlook_sentence
from tests.tiny_region import FACILITIES, population_at

EDITION = OutlookEdition("ipss2023", 2025, (2025, 2030, 2040, 2050), (2030, 2040, 2050), 3, 3)
PEOPLE = {
    # area: persons aged 75 and over in 2025, 2030, 2040, 2050
    "01": (7_000, 8_400, 9_100, 6_650),
    "01101": (5_000, 6_000, 7_000, 5_000),
    "01102": (2_000, 2_400, 2_100, 1_650),
    "01103": (None, None, None, None),
}
HOSPITALS = {"01": (10, 450, 9), "01101": (7, 450, 6), "01102": (3, None, 0), "01103": (0, None, 0)}


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    kinds = {"01": "prefecture"}
    for code in (*PEOPLE, "01104"):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, ?, ?)",
            [code, kinds.get(code, "municipality"), f"名{code}"],
        )
        if code != "01":
            fresh_con.execute(
                "insert into area_descendant values ('01', ?, 'municipality', null, null)", [code]
            )
    for code, persons in PEOPLE.items():
        for year, number in zip(EDITION.years, persons, strict=True):
            if number is not None:
                insert_people(fresh_con, code, "ipss2023", year, number)
    for code, (facilities, capacity, known) in HOSPITALS.items():
        fresh_con.execute(
            "insert into facility_count values (?, 'hospital', ?, ?, ?)",
            [code, facilities, capacity, known],
        )
    return fresh_con


def insert_people(con, code: str, edition: str, year: int, number: float | None) -> None:
    con.execute(
        "insert into population_total (area_code, edition, year, age_75_plus, is_projection, basis)"
        " values (?, ?, ?, ?, true, 'source')",
        [code, edition, year, number],
    )


def outlook(con, *codes: str, quantity: str = "facilities") -> pd.DataFrame:
    return supply_outlook(
        con, area_codes=codes, facility_types=("hospital",), edition=EDITION, quantity=quantity
    ).set_index(["area_code", "year"])


def test_rates_and_needed_numbers_by_hand(con):
    frame = outlook(con, "01101", "01102")
    assert frame.loc[("01101", 2040), "per_10k_now"] == 14.0  # 7 / 5 000
    assert frame.loc[("01101", 2040), "per_10k"] == 10.0  # 7 / 7 000
    assert frame.loc[("01101", 2030), "more_exact"] == pytest.approx(1.4)  # 7 · 1 000 / 5 000
    assert frame.loc[("01101", 2030), "more"] == 2
    assert frame.loc[("01102", 2040), "more_exact"] == pytest.approx(0.15)
    assert frame.loc[("01102", 2040), "more"] == 1


def test_a_shrinking_population_needs_nothing_more_and_the_rate_rises(con):
    row = outlook(con, "01102").loc[("01102", 2050)]
    assert row["more_exact"] == pytest.approx(-0.525)
    assert row["more"] == 0
    assert row["per_10k"] > row["per_10k_now"]


def test_an_equal_population_needs_exactly_nothing(con):
    row = outlook(con, "01101").loc[("01101", 2050)]
    assert row["more_exact"] == 0
    assert row["more"] == 0


def test_a_whole_number_is_not_rounded_up(con):
    assert outlook(con, "01").loc[("01", 2030), "more_exact"] == 2  # 10 · 1 400 / 7 000
    assert outlook(con, "01").loc[("01", 2030), "more"] == 2


def test_a_larger_area_is_computed_from_its_own_sums_not_from_its_parts(con):
    frame = outlook(con, "01", "01101", "01102")
    parts = frame.loc[("01101", 2030), "more"] + frame.loc[("01102", 2030), "more"]
    assert frame.loc[("01", 2030), "more"] == 2
    assert parts == 3  # each rounded up by itself


def test_capacity_is_carried_on_where_it_is_stated(con):
    frame = outlook(con, "01101", "01102", "01103", quantity="capacity")
    assert frame.loc[("01101", 2030), "more"] == 90  # 450 · 0.2
    assert frame.loc[("01102", 2030), "status"] == "not_entered"
    assert frame.loc[("01103", 2030), "quantity"] == 0


def test_gaps_are_told_apart(con):
    frame = outlook(con, "01101", "01102", "01103", "01104")
    con.execute("update facility_count set facilities = 0 where area_code = '01102'")
    after = outlook(con, "01102")
    assert frame.loc[("01101", 2030), "status"] == "observed"
    assert frame.loc[("01103", 2030), "status"] == "no_projection"
    assert frame.loc[("01104", 2030), "status"] == "not_covered"
    assert after.loc[("01102", 2030), "status"] == "none_now"
    assert math.isnan(after.loc[("01102", 2030), "more"])
    assert math.isnan(frame.loc[("01104", 2030), "per_10k"])


def test_another_quantity_is_refused(con):
    with pytest.raises(ValueError, match="facilities or capacity"):
        outlook(con, "01", quantity="beds")


def test_editions_with_more_areas_come_first_and_newer_before_older(con):
    codes = ("01101", "01102", "01103")
    for code in codes:
        for year in (2025, 2030, 2040, 2045):
            insert_people(con, code, "ipss2018", year, 1_000)
    wide, newer = outlook_editions(con, area_codes=codes)
    assert (wide.edition, wide.covered, wide.targets) == ("ipss2018", 3, (2030, 2040, 2045))
    assert (newer.edition, newer.covered, newer.asked) == ("ipss2023", 2, 3)
    con.execute("delete from population_total where edition = 'ipss2018' and area_code = '01103'")
    assert outlook_editions(con, area_codes=codes)[0].edition == "ipss2023"


def test_an_edition_without_the_old_is_no_edition_to_carry_on_with(con):
    con.execute("update population_total set age_75_plus = null, total = 9")
    assert outlook_editions(con, area_codes=("01101",)) == ()


def test_an_edition_that_only_looks_back_is_not_used(con):
    con.execute("delete from population_total where year > 2025")
    insert_people(con, "01101", "census", 2020, 900)
    assert outlook_editions(con, area_codes=("01101",)) == ()


@example(supply=2_049, now=1, later=3_000_000)
@settings(deadline=None)
@given(
    supply=st.integers(1, 5_000),
    now=st.integers(1, 3_000_000),
    later=st.integers(1, 3_000_000),
)
def test_what_is_added_is_enough_and_one_less_is_not(supply, now, later):
    exact = supply * (later - now) / now
    more = int(more_to_keep(pd.Series([exact])).iloc[0])
    # in whole numbers: (S + n) / P >= S / P0
    assert (supply + more) * now >= supply * later - 1e-9 * now
    if more > 0:
        assert (supply + more - 1) * now < supply * later


@settings(deadline=None)
@given(
    supply=st.integers(1, 5_000),
    now=st.integers(1, 100_000),
    later=st.lists(st.integers(1, 200_000), min_size=2, max_size=6),
)
def test_more_people_never_need_less(supply, now, later):
    exact = pd.Series([supply * (people - now) / now for people in sorted(later)])
    assert more_to_keep(exact).is_monotonic_increasing


def test_the_tiny_region_in_view(tiny_con):
    scope = Scope("81", "東見本県", "municipality", None)
    edition = outlook_editions(tiny_con, area_codes=("81100", "81201"))[0]
    frame = outlook_in_view(
        tiny_con, scope=scope, facility_types=("hospital",), edition=edition
    ).set_index(["area_code", "year"])
    now, later = (population_at("81201", year)["age_75_plus"] for year in (2025, 2040))
    number = FACILITIES["hospital"]["81201"]
    row = frame.loc[("81201", 2040)]
    assert row["per_10k"] == pytest.approx(10_000 * number / later)
    assert row["more"] == math.ceil(number * (later - now) / now)
    assert row["is_part"]
    assert not frame.loc[("81", 2040), "is_part"]
    assert frame.loc[("81203", 2040), "status"] == "none_now"


def say(con, code: str, year: int) -> str:
    scope = Scope("01", "名01", "municipality", None)
    frame = outlook_in_view(con, scope=scope, facility_types=("hospital",), edition=EDITION)
    return outlook_sentence(
        frame,
        area_code=code,
        year=year,
        base_year=2025,
        type_label="病院",
        unit="か所",
        edition_name="版の名",
    )


def test_the_sentence_says_what_is_needed_and_where_most(con):
    text = say(con, "01", 2030)
    assert "今10か所" in text
    assert "1万人あたり14.29か所" in text
    assert "75歳以上が20.0%増となる令和12年(2030年)には11.90か所に下がります" in text
    assert "あと2か所（計算値+2.00か所）" in text
    assert "4地域のうち、増やす必要があるのは2地域で、最も多いのは名01101の2か所" in text
    assert "この版に推計がない地域は1、資料の対象外でデータなしの地域は1です" in text
    assert "版の名" in text


def test_other_figures_give_other_words(con):
    con.execute("update facility_count set facilities = 20 where area_code = '01'")
    assert "あと4か所（計算値+4.00か所）" in say(con, "01", 2030)
    assert "増やさなくても保たれます（計算値-1.00か所）" in say(con, "01", 2050)
    assert "増やす必要がある地域はありません" in say(con, "01", 2050)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("01103", "推計がなく、将来の水準は計算しません"),
        ("01104", "対象外の地域があるため"),
    ],
)
def test_gaps_of_the_area_itself_are_said(con, code, words):
    assert words in say(con, code, 2040)


def test_none_today_has_no_level_to_keep(con):
    con.execute("update facility_count set facilities = 0 where area_code = '01101'")
    assert "今0か所です。保つ水準がない" in say(con, "01101", 2040)


@pytest.mark.official
def test_official_outlook_agrees_with_plain_sql(official_store):
    name = (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(official_store / "generations" / name), read_only=True) as con:
        scope = Scope("13", "東京都", "municipality", None)
        edition = outlook_editions(con, area_codes=("13101", "13201"))[0]
        frame = outlook_in_view(con, scope=scope, facility_types=("hospital",), edition=edition)
        hospitals, *people = con.execute(
            """select
                (select count(distinct facility_id) from facility
                 where facility_type = 'hospital' and area_code like '13%'),
                (select sum(persons) from population where area_code = '13' and sex = 'total'
                 and edition = 'ipss2018' and year = 2025 and age_from >= 75),
                (select sum(persons) from population where area_code = '13' and sex = 'total'
                 and edition = 'ipss2018' and year = 2045 and age_from >= 75)"""
        ).fetchone()
    assert edition.edition == "ipss2018"
    assert edition.targets == (2030, 2040, 2045)
    row = frame[(frame["area_code"] == "13") & (frame["year"] == 2045)].iloc[0]
    assert row["quantity"] == hospitals
    assert [row["people_now"], row["people"]] == people
    assert row["more"] == -(-hospitals * (people[1] - people[0]) // people[0])
