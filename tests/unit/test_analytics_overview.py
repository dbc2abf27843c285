from __future__ import annotations

import duckdb
import pandas as pd

from analytics.overview import outlook, programme_state, supply
from analytics.overview_sentence import overview_sentence
from analytics.scope import Scope
from tests.tiny_region import population_at

Con = duckdb.DuckDBPyConnection


def test_the_outlook_takes_both_years_of_one_edition(tiny_con: Con) -> None:
    seen = outlook(tiny_con, area_code="81202")
    assert seen is not None
    assert (seen.edition, seen.now, seen.later) == ("demo", 2025, 2040)
    assert list(seen.frame["age_75_plus"]) == [
        population_at("81202", 2025)["age_75_plus"],
        population_at("81202", 2040)["age_75_plus"],
    ]


def test_an_area_without_population_has_no_outlook(tiny_con: Con) -> None:
    assert outlook(tiny_con, area_code="82204") is None


def test_supply_tells_an_observed_zero_from_what_is_not_loaded(tiny_con: Con) -> None:
    east = Scope("81", "東見本県", "municipality", None)
    frame = supply(tiny_con, area_code="81203", scope=east).frame.set_index("facility_type")
    assert frame.at["hospital", "facilities"] == 0
    assert frame.at["hospital", "per_10k_75plus"] == 0
    scope = Scope("82", "西見本県", "municipality", None)
    west = supply(tiny_con, area_code="82203", scope=scope).frame.set_index("facility_type")
    assert "care_management_office" not in west.index
    assert "clinic" not in west.index


def test_parts_without_people_leave_the_area_its_own(tiny_con: Con) -> None:
    parts = Scope("81203", "森ケ丘町", "ward", None)
    found = supply(tiny_con, area_code="81203", scope=parts)
    assert found.denominator is not None
    assert found.denominator.covered == 1
    assert found.frame["age_75_plus"].notna().all()


def test_the_programme_is_of_the_latest_year_with_answers(tiny_con: Con) -> None:
    state = programme_state(tiny_con, area_code="81")
    assert state is not None
    assert (state.framework, state.fiscal_year) == ("r3", 2021)
    assert state.frame["answering"].max() == 5


def sentence(old_now: float | None, old_later: float | None) -> str:
    frame = pd.DataFrame({"year": [2025, 2040], "total": [10_000.0, 9_000.0],
                          "age_75_plus": [old_now, old_later],
                          "age_85_plus": [None, None]})  # fmt: skip
    return overview_sentence(frame, area_name="甲町", now=2025, later=2040, edition_name="R5推計")


def test_the_sentence_follows_the_figures() -> None:
    assert sentence(2_000.0, 2_500.0) == (
        "甲町の75歳以上は2025年に2,000人（総人口の20.0%）です。"
        "2040年には75歳以上は2,500人（25.0%増）の見込みです（R5推計）。"
    )
    assert "10.0%減" in sentence(2_000.0, 1_800.0)
    only_total = sentence(None, None)
    assert "総人口は2025年に1.0万人" in only_total
    assert "年齢別の値はありません" in only_total
