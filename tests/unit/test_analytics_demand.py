"""Demand from ages and rates, reckoned by hand on a prefecture of two towns and a union."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.demand import (
    certified_by_age,
    certified_of_group,
    certified_wide,
    demand_headline,
    demand_series,
    indexed,
    rates_on_offer,
    rates_words,
)
from analytics.demand_bands import age_persons, age_persons_inside, band_name, band_words
from analytics.demand_deaths import deaths_series
from analytics.demand_gaps import demand_gaps
from analytics.demand_homevisit import homevisit_series
from analytics.demand_rates import area_rates, certified_rates, edited, rate_bands
from analytics.demand_weights import base_year_of, weight_bands, weighted_demand
from analytics.workforce import with_workforce, workforce_classes
from data.catalogue.demand_rates import Band, load_demand_rates

Con = duckdb.DuckDBPyConnection
FIVE: tuple[Band, ...] = ((65, 69), (70, 74), (75, 79), (80, 84), (85, 89), (90, None))
OLD = {65: 100, 70: 100, 75: 100, 80: 100, 85: 100, 90: 50, 95: 50}
AGES = dict.fromkeys(range(0, 65, 5), 100) | OLD


def add_population(con: Con, code: str, year: int, factor: float, sexes: tuple[str, ...]) -> None:
    for age, persons in AGES.items():
        last = None if age == 95 else age + 4
        for sex in sexes:
            con.execute(
                "insert into population values (?, 'demo', ?, ?, ?, ?, ?, ?, 's', 'r')",
                [code, year, sex, age, last, persons * factor / len(sexes), year > 2020],
            )


def add_total(con: Con, code: str, year: int, old: float | None, basis: str) -> None:
    con.execute(
        "insert into population_total values (?, 'demo', ?, null, null, null, ?, ?, ?, ?, ?)",
        [code, year, old, old, old, year > 2020, basis],
    )


def add_measure(con: Con, code: str, name: str, value: float, period: str = "FY2023") -> None:
    con.execute(
        "insert into measure values (?, ?, ?, ?, 'observed', 's', 'r')",
        [code, name, period, value],
    )


def add_certified(con: Con, code: str, counts: tuple[float, ...]) -> None:
    items = ("65_74", "75_84", "85_plus")
    for item, certified, insured in zip(items, counts[:3], counts[3:], strict=True):
        add_measure(con, code, f"certified_{item}", certified)
        add_measure(con, code, f"insured_{item}", insured)


@pytest.fixture
def land(fresh_con: Con) -> Con:
    con = fresh_con
    areas = [
        ("00", "nation", "全国"),
        ("81", "prefecture", "見本県"),
        ("81201", "municipality", "甲市"),
        ("81202", "municipality", "乙町"),
        ("81203", "municipality", "丙村"),
        ("ins-81-01", "insurer", "丙広域連合"),
        ("kk-8101", "planning_area", "甲乙"),
        ("kk-8102", "planning_area", "丙"),
    ]
    for area in areas:
        con.execute("insert into area (area_code, area_type, name) values (?, ?, ?)", area)
    links = [("81", "00", "nation"), ("81201", "81", "prefecture"), ("81202", "81", "prefecture"),
             ("81203", "81", "prefecture"), ("81203", "ins-81-01", "insurer"),
             ("81201", "kk-8101", "planning_area"), ("81202", "kk-8101", "planning_area"),
             ("kk-8101", "81", "prefecture"), ("kk-8102", "81", "prefecture")]  # fmt: skip
    for link in links:
        con.execute("insert into area_membership values (?, ?, ?, null, null)", link)
    inside = [("81", code, "municipality") for code in ("81201", "81202", "81203")]
    inside += [("00", "81", "prefecture"), ("81", "kk-8101", "planning_area"),
               ("81", "kk-8102", "planning_area"), ("00", "kk-8101", "planning_area"),
               ("00", "kk-8102", "planning_area"), ("kk-8101", "81201", "municipality"),
               ("kk-8101", "81202", "municipality")]  # fmt: skip
    for row in inside:
        con.execute("insert into area_descendant values (?, ?, ?, null, null)", row)
    for year, factor in ((2020, 1.0), (2040, 2.0)):
        add_population(con, "81201", year, factor, ("total",))
        add_population(con, "81202", year, factor * 3, ("male", "female"))
        add_total(con, "81201", year, 600 * factor, "source")
        add_total(con, "81202", year, 1_800 * factor, "source")
        add_total(con, "kk-8101", year, 2_400 * factor, "sum")
        add_total(con, "81", year, 9_999, "sum")  # not what the parts give: 丙村 has no bands
    add_certified(con, "81201", (10, 40, 120, 200, 200, 200))
    add_certified(con, "81202", (30, 60, 180, 600, 600, 600))
    add_certified(con, "ins-81-01", (5, 20, 60, 100, 100, 100))
    add_measure(con, "kk-8101", "homevisit_claims_month", 100, "FY2024")
    add_measure(con, "kk-8101", "homevisit_claims_month", 150, "FY2040")
    add_measure(con, "kk-8102", "homevisit_claims_month", 10, "FY2024")
    return con


def persons_of(con: Con, *codes: str, bands: tuple[Band, ...] = FIVE) -> pd.DataFrame:
    return age_persons(con, area_codes=codes, edition="demo", bands=bands)


def test_bands_are_joined_and_sexes_added(land: Con) -> None:
    found = persons_of(land, "81202", bands=((20, 64), (90, None), (75, None))).iloc[0]
    assert found["age_20_64"] == 9 * 300
    assert found["age_90_plus"] == 300
    assert found["age_75_plus"] == 4 * 300


def test_a_zone_is_the_sum_of_its_parts(land: Con) -> None:
    found = persons_of(land, "kk-8101").set_index("year")
    assert found.loc[2040, "age_85_89"] == 2 * 100 + 2 * 300
    assert set(found["basis"]) == {"sum"}


def test_a_sum_that_is_not_what_is_stored_is_not_shown(land: Con) -> None:
    assert persons_of(land, "81")[list(map(band_name, FIVE))].isna().all(axis=None)


def test_an_age_class_that_the_bands_do_not_make_up_is_missing(land: Con) -> None:
    found = persons_of(land, "81201", bands=((63, None), (65, 74), (75, 82)))
    assert found["age_65_74"].tolist() == [200, 400]
    assert found[["age_63_plus", "age_75_82"]].isna().all(axis=None)


def test_every_part_has_a_row_though_it_has_no_figures(land: Con) -> None:
    found = age_persons_inside(
        land, area_code="81", level="municipality", edition="demo", bands=FIVE
    )
    assert found.groupby("area_code")["year"].apply(list).to_dict() == {
        code: [2020, 2040] for code in ("81201", "81202", "81203")
    }
    assert found[found["area_code"] == "81203"]["age_65_69"].isna().all()


def test_names_and_words_of_age_classes() -> None:
    assert [band_name(b) for b in ((65, 74), (85, None))] == ["age_65_74", "age_85_plus"]
    assert [band_words(b) for b in ((65, 74), (85, None))] == ["65～74歳", "85歳以上"]


def test_own_rates_are_certified_over_insured(land: Con) -> None:
    found = certified_rates(land, area_codes=["81201"]).iloc[0]
    assert [found[c] for c in ("age_65_74", "age_75_84", "age_85_plus")] == [5, 20, 60]
    assert (found["how"], found["holder_name"], found["period"]) == ("own", "甲市", "FY2023")


def test_a_member_of_a_union_takes_its_rates_and_says_so(land: Con) -> None:
    found = area_rates(land, area_codes=["81203"], rates="own").iloc[0]
    assert (found["how"], found["holder_name"], found["age_85_plus"]) == ("union", "丙広域連合", 60)


def test_a_zone_adds_counts_and_never_averages_rates(land: Con) -> None:
    add_total(land, "kk-8101", 2023, 2_400, "sum")
    land.execute("update population_total set edition = 'ltc_insured' where year = 2023")
    found = area_rates(land, area_codes=["kk-8101"], rates="own").iloc[0]
    assert found["how"] == "sum"
    assert found["age_85_plus"] == pytest.approx(100 * (120 + 180) / (200 + 600))
    land.execute("update population_total set age_65_plus = 2500 where edition = 'ltc_insured'")
    assert area_rates(land, area_codes=["kk-8101"], rates="own").empty


def test_an_incomplete_count_gives_no_rate(land: Con) -> None:
    land.execute("delete from measure where measure_id = 'insured_85_plus' and area_code = '81201'")
    assert area_rates(land, area_codes=["81201"], rates="own").empty
    assert rates_on_offer(land, area_code="81201") == ("national_2020", "national_fy2022")
    assert rates_on_offer(land, area_code="81202")[0] == "own"


def test_rates_of_prefecture_and_nation_are_those_of_the_larger_area(land: Con) -> None:
    add_certified(land, "81", (40, 100, 300, 800, 800, 800))
    add_certified(land, "00", (80, 100, 400, 800, 800, 800))
    found = area_rates(land, area_codes=["81201", "81"], rates="prefecture")
    assert found["holder_code"].tolist() == ["81", "81"]
    assert found["age_65_74"].tolist() == [5, 5]
    assert area_rates(land, area_codes=["81201"], rates="nation")["age_65_74"].tolist() == [10]
    assert rates_on_offer(land, area_code="81201")[:3] == ("own", "prefecture", "nation")


def test_certified_by_the_published_rates_by_hand(land: Con) -> None:
    # 100 in each class: 2.8 + 5.5 + 12.4 + 26.4 + 48.1 + 72.7
    found = demand_series(land, area_codes=("81201",), edition="demo", rates="national_2020")
    assert found["certified"].tolist() == pytest.approx([167.9, 2 * 167.9])


def test_certified_by_own_rates_by_hand(land: Con) -> None:
    # 65–74: 200 at 5 %, 75–84: 200 at 20 %, 85+: 200 at 60 %
    found = demand_series(land, area_codes=("81201",), edition="demo", rates="own")
    assert found["certified"].tolist() == pytest.approx([170, 340])
    assert rates_words(found) == "甲市の2023年度末の認定率"
    long = certified_by_age(found, bands=rate_bands("own"))
    assert long.loc[long["year"] == 2020, "certified"].tolist() == pytest.approx([10, 40, 120])
    assert long["age_class"].tolist()[:3] == ["65～74歳", "75～84歳", "85歳以上"]


def test_a_group_is_the_sum_of_its_members_or_nothing(land: Con) -> None:
    wide = demand_series(land, area_codes=["81201", "81202"], edition="demo", rates="own")
    found = certified_of_group(wide, key="g", name="二つ", members=2).set_index("year")
    apart = wide.set_index(["area_code", "year"])["certified"]
    assert found.loc[2040, "certified"] == apart["81201", 2040] + apart["81202", 2040]
    assert found.loc[2040, "age_20_64"] == wide[wide["year"] == 2040]["age_20_64"].sum()
    assert found["area_name"].tolist() == ["二つ", "二つ"]
    assert found["is_projection"].tolist() == [False, True]
    lacking = certified_of_group(wide, key="g", name="三つ", members=3)
    assert lacking["certified"].isna().all()
    one = wide.assign(certified=wide["certified"].where(wide["area_code"] == "81201"))
    assert certified_of_group(one, key="g", name="二つ", members=2)["certified"].isna().all()


def test_an_index_leaves_out_who_has_no_base(land: Con) -> None:
    wide = demand_series(land, area_codes=["81201", "81202"], edition="demo", rates="own")
    found = indexed(wide, column="certified", base_year=2020)
    assert found["value"].round(6).tolist() == [100, 200, 100, 200]
    without = wide[(wide["area_code"] != "81202") | (wide["year"] != 2020)]
    assert set(indexed(without, column="certified", base_year=2020)["area_code"]) == {"81201"}


def test_a_changed_rate_replaces_only_its_class(land: Con) -> None:
    found = demand_series(
        land, area_codes=("81201",), edition="demo", rates="own", edits=((85, 50.0),)
    )
    assert found["certified"].tolist() == pytest.approx([150, 300])


def test_certified_are_missing_where_a_class_or_its_rate_is(land: Con) -> None:
    persons = persons_of(land, "81201", "81202")
    persons.loc[0, "age_90_plus"] = None
    rates = area_rates(land, area_codes=["81201"], rates="national_2020")
    found = certified_wide(persons, rates, bands=FIVE)
    assert found["certified"].isna().tolist() == [True, False, True, True]


def test_the_headline_has_the_years_and_the_first_year_to_compare(land: Con) -> None:
    found = demand_headline(land, area_code="81201", edition="demo").set_index("item")
    certified, visits = found.loc["certified"], found.loc["homevisit"]
    assert (certified["year"], certified["value"], certified["base_value"]) == (2040, 340, 170)
    assert certified["percent_change"] == pytest.approx(100)
    assert (visits["year"], visits["value"], visits["base_year"]) == (2040, 150, 2024)
    assert (visits["area_name"], visits["basis"]) == ("甲乙", "属する構想区域の値")


def test_the_headline_of_an_edition_without_ages_keeps_the_home_visits(land: Con) -> None:
    land.execute("delete from population")
    found = demand_headline(land, area_code="81201", edition="demo")
    assert found["item"].tolist() == ["homevisit"]
    assert demand_headline(land, area_code="81203", edition="none").empty


def test_home_visits_of_a_larger_area_are_a_sum_only_when_every_part_has_one(land: Con) -> None:
    found = homevisit_series(land, area_code="81").set_index("year")
    assert found.loc[2024, "value"] == 110
    assert pd.isna(found.loc[2040, "value"])  # 丙 has no figure for 2040
    assert set(found["how"]) == {"sum"}


def test_a_place_without_a_known_planning_area_shows_its_prefecture(land: Con) -> None:
    found = homevisit_series(land, area_code="81203")
    assert set(found["how"]) == {"prefecture"}
    assert set(found["area_name"]) == {"見本県"}
    own = homevisit_series(land, area_code="kk-8101")
    assert (own.at[0, "how"], own.at[0, "value"], own.at[0, "area_name"]) == ("own", 100, "甲乙")
    assert homevisit_series(land, area_code="no").empty


def test_weighted_demand_by_hand(land: Con) -> None:
    # 0–14: 300, 15–39: 500, 40–64: 500, 65–74: 200, 75+: 400
    persons = persons_of(land, "81201", bands=weight_bands())
    medical = weighted_demand(persons, weights="jmap_medical", base_year=2020)
    by_hand = 300 * 0.6 + 500 * 0.4 + 500 * 1.0 + 200 * 2.3 + 400 * 3.9
    assert medical["demand"].tolist() == pytest.approx([by_hand, 2 * by_hand])
    assert medical["value"].tolist() == pytest.approx([100, 200])
    care = weighted_demand(persons, weights="jmap_care", base_year=2040)
    assert care["demand"].iloc[0] == pytest.approx(500 * 1.0 + 200 * 9.7 + 400 * 87.3)
    assert care["value"].tolist() == pytest.approx([50, 100])
    assert (base_year_of([2015, 2020]), base_year_of([2015, 2025])) == (2020, 2015)


def test_workforce_is_working_age_over_those_who_need_care(land: Con) -> None:
    wide = demand_series(land, area_codes=("81201",), edition="demo", rates="own")
    assert with_workforce(wide, per="certified")["value"].tolist() == pytest.approx(
        [900 / 170, 900 / 170]
    )
    assert with_workforce(wide, per="75plus")["value"].tolist() == pytest.approx([2.25, 2.25])
    none = with_workforce(wide.assign(certified=0.0), per="certified")
    assert none["value"].isna().all()
    assert workforce_classes(pd.Series([1.0, 2.0, None])) == (1.0, 2.0)
    assert workforce_classes(pd.Series([None], dtype="float64")) == ()


def test_what_waits_for_a_table_says_for_which(land: Con) -> None:
    assert demand_gaps(land, area_code="81").empty
    land.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity,"
        " dimension, domain, smallest_level, source_title, cycle, disclosure, waiting_for)"
        " values ('death_home_rate', '自宅死亡割合', '自宅死÷総死亡', '%', 1, 'no_judgement',"
        " 'outcome', 'outcomes', 'municipality', '人口動態調査', '年', 'none', '人口動態調査の表')"
    )
    found = demand_gaps(land, area_code="81").iloc[0]
    assert (found["status"], found["waiting_for"]) == ("missing", "人口動態調査の表")
    land.execute(
        "insert into observation (area_code, indicator_id, period, value, status, source_id,"
        " source_ref) values ('81', 'death_home_rate', 'FY2023', 17.5, 'observed', 's', 'r')"
    )
    assert demand_gaps(land, area_code="81").at[0, "value"] == 17.5


def add_observation(
    con: Con, name: str, period: str, numerator: float, denominator: float | None
) -> None:
    value = numerator if denominator is None else 100 * numerator / denominator
    con.execute(
        "insert into observation (area_code, indicator_id, period, value, numerator, denominator,"
        " status, source_id, source_ref) values ('81', ?, ?, ?, ?, ?, 'observed', 's', 'r')",
        [name, period, value, numerator, denominator],
    )


def test_deaths_at_home_by_the_share_of_the_last_three_years_together(land: Con) -> None:
    assert deaths_series(land, area_code="81").empty
    add_observation(land, "deaths_projected", "2030", 1_000, None)
    add_observation(land, "deaths_projected", "2040", 1_500, None)
    assert deaths_series(land, area_code="81")["at_home"].isna().all()
    for year, home, every in ((2020, 90, 100), (2021, 10, 100), (2022, 10, 100), (2023, 40, 200)):
        add_observation(land, "death_home_rate", str(year), home, every)
    found = deaths_series(land, area_code="81")
    # (10 + 10 + 40) ÷ (100 + 100 + 200): counts together, not the mean of 10, 10 and 20 %
    assert found["home_percent"].tolist() == pytest.approx([15, 15])
    assert found["at_home"].tolist() == pytest.approx([150, 225])
    assert found["elsewhere"].tolist() == pytest.approx([850, 1_275])
    assert (found.at[0, "share_from"], found.at[0, "share_to"]) == (2021, 2023)


def test_published_rates_are_those_that_are_printed() -> None:
    known = load_demand_rates()
    assert [rate.percent for rate in known.rates["national_2020"].by_age] == [
        2.8, 5.5, 12.4, 26.4, 48.1, 72.7,
    ]  # fmt: skip
    three = [rate.percent for rate in known.rates["national_fy2022"].by_age]
    assert three == pytest.approx([1.4 + 3.0, 6.0 + 11.6, 14.0 + 44.5])
    assert [w.weight for w in known.weights["jmap_medical"].by_age] == [0.6, 0.4, 1.0, 2.3, 3.9]
    assert [w.weight for w in known.weights["jmap_care"].by_age] == [1.0, 9.7, 87.3]
    assert all(e.citation and e.url for e in (*known.rates.values(), *known.weights.values()))


percents = st.lists(st.floats(0, 100), min_size=6, max_size=6)
counts = st.lists(st.floats(0, 1e6), min_size=6, max_size=6)


def frames(persons: list[float], rates: list[float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    facts = {"area_code": ["a"], "area_name": ["甲"], "area_type": ["municipality"],
             "year": [2020], "is_projection": [False], "basis": ["source"]}  # fmt: skip
    holder = {"area_code": ["a"], "holder_code": ["a"], "holder_name": ["甲"], "how": ["own"],
              "period": ["FY2023"]}  # fmt: skip
    names = list(map(band_name, FIVE))
    return (
        pd.DataFrame({**facts, **dict(zip(names, [[p] for p in persons], strict=True))}),
        pd.DataFrame({**holder, **dict(zip(names, [[r] for r in rates], strict=True))}),
    )


@settings(deadline=None, max_examples=40)
@given(counts, percents)
def test_certified_are_never_more_than_the_people(persons: list[float], rates: list[float]) -> None:
    wide = certified_wide(*frames(persons, rates), bands=FIVE)
    assert -1e-6 <= wide.at[0, "certified"] <= sum(persons) * (1 + 1e-9) + 1e-6
    parts = certified_by_age(wide, bands=FIVE)["certified"].sum()
    assert parts == pytest.approx(wide.at[0, "certified"])


@settings(deadline=None, max_examples=40)
@given(counts, percents, st.integers(0, 5), st.floats(0, 100))
def test_a_higher_rate_never_gives_fewer(
    persons: list[float], rates: list[float], place: int, rate: float
) -> None:
    people, known = frames(persons, rates)
    changed = edited(known, edits={FIVE[place][0]: max(rate, rates[place])})
    before = certified_wide(people, known, bands=FIVE).at[0, "certified"]
    after = certified_wide(people, changed, bands=FIVE).at[0, "certified"]
    assert after >= before - 1e-6
