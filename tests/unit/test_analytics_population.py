from __future__ import annotations

from datetime import date

import duckdb
import pytest

from analytics.population import (
    editions_of,
    editions_with,
    is_without_residents,
    parts_without,
    set_up_on,
    stands_in,
)
from analytics.population_gaps import (
    absence_sentence,
    incomplete_sentence,
    lacking_sentence,
    new_area_sentence,
)
from analytics.population_groups import BROAD, group_persons

Con = duckdb.DuckDBPyConnection


def add(con: Con, code: str, edition: str, year: int, total: float, old: float | None) -> None:
    con.execute(
        "insert into population_total values (?, ?, ?, ?, null, null, ?, ?, ?, ?, 'source')",
        [code, edition, year, total, old, old, old, year > 2020],
    )


@pytest.fixture
def towns(fresh_con: Con) -> Con:
    fresh_con.execute(
        "insert into area (area_code, area_type, name, valid_from) values"
        " ('07', 'prefecture', '見本県', null), ('07201', 'municipality', '甲市', null),"
        " ('07202', 'municipality', '乙町', '2024-01-01'),"
        " ('pr-07999', 'projection_region', '沿岸地域', null)"
    )
    fresh_con.execute(
        "insert into area_membership values ('07201', '07', 'prefecture', null, null),"
        " ('07202', '07', 'prefecture', null, null),"
        " ('pr-07999', '07', 'prefecture', null, null)"
    )
    add(fresh_con, "07201", "ipss2023", 2020, 1_000, None)
    add(fresh_con, "07201", "ipss2023", 2040, 800, None)
    add(fresh_con, "07201", "ipss2018", 2015, 1_100, 200)
    add(fresh_con, "07201", "ipss2018", 2040, 700, 300)
    add(fresh_con, "pr-07999", "ipss2023", 2020, 500, None)
    add(fresh_con, "07", "ipss2018", 2015, 5_000, 900)
    return fresh_con


def test_the_newest_edition_that_has_the_measure_comes_first(towns: Con) -> None:
    assert editions_with(towns, area_code="07201", measure="total") == ("ipss2023", "ipss2018")
    assert editions_with(towns, area_code="07201", measure="age_75_plus") == ("ipss2018",)
    assert editions_with(towns, area_code="07202", measure="total") == ()
    assert list(editions_of(towns, area_code="07201")["last_year"]) == [2040, 2040]


def test_a_series_holds_one_edition_only(towns: Con) -> None:
    frame = group_persons(towns, area_codes=("07201",), edition="ipss2018", groups=BROAD)
    assert list(frame["total"]) == [1_100, 700]


def test_why_an_area_has_no_figures(towns: Con) -> None:
    region = stands_in(towns, area_code="07202", edition="ipss2023")
    words = absence_sentence("乙町", edition_name="R5推計", instead=region)
    assert "「沿岸地域」としてまとめて" in words
    prefecture = stands_in(towns, area_code="07202", edition="ipss2018")
    assert "見本県全体の値だけ" in absence_sentence(
        "乙町", edition_name="H30推計", instead=prefecture
    )


def test_the_parts_that_keep_a_sum_from_being_made_are_named(towns: Con) -> None:
    missing = parts_without(towns, area_code="07", edition="ipss2023")
    assert missing == ("乙町",)
    words = incomplete_sentence("見本県", edition_name="R5推計", missing=missing, explanation="注")
    assert words == "見本県は、R5推計では乙町の1地域の値がないため、合計を作っていません。（注）"
    many = [f"{number}町" for number in range(20)]
    assert "ほか計20地域" in incomplete_sentence(
        "見本県", edition_name="R5推計", missing=many, explanation="注"
    )


def test_an_area_newer_than_the_projection_says_since_when(towns: Con) -> None:
    since = set_up_on(towns, area_code="07202")
    assert since == date(2024, 1, 1)
    assert set_up_on(towns, area_code="07201") is None
    assert "2024年1月1日に設けられた" in new_area_sentence("乙区", since=since, base_year=2020)


def test_the_northern_villages_are_without_residents() -> None:
    assert is_without_residents("01695")
    assert not is_without_residents("01100")


def test_an_edition_that_lacks_a_measure_says_what_it_has() -> None:
    assert "2050年だけ" in lacking_sentence("65歳以上人口", edition_name="R5推計", years=(2050,))
    assert "75歳以上人口を含みません" in lacking_sentence(
        "75歳以上人口", edition_name="R5推計", years=()
    )
