from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.population import (
    editions_of,
    editions_with,
    map_classes,
    parts_with_values,
    population_parts,
    population_series,
    shown_values,
    stands_in,
)
from analytics.population_sentence import absence_sentence, outlook_sentence, parts_sentence

Con = duckdb.DuckDBPyConnection


def add(con: Con, code: str, edition: str, year: int, total: float, old: float | None) -> None:
    con.execute(
        "insert into population_total values (?, ?, ?, ?, null, null, ?, ?, ?, ?, 'source')",
        [code, edition, year, total, old, old, old, year > 2020],
    )


@pytest.fixture
def towns(fresh_con: Con) -> Con:
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('07', 'prefecture', '見本県'),"
        " ('07201', 'municipality', '甲市'), ('07202', 'municipality', '乙町'),"
        " ('pr-07999', 'projection_region', '沿岸地域')"
    )
    fresh_con.execute(
        "insert into area_membership values ('07201', '07', 'prefecture', null, null),"
        " ('07202', '07', 'prefecture', null, null),"
        " ('07202', 'pr-07999', 'projection_region', null, null)"
    )
    fresh_con.execute(
        "insert into area_descendant values ('07', '07201', 'municipality', null, null),"
        " ('07', '07202', 'municipality', null, null)"
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
    frame = population_series(towns, area_codes=("07201",), edition="ipss2018")
    assert list(frame["total"]) == [1_100, 700]


def test_a_part_without_figures_stays_in_the_frame_as_missing(towns: Con) -> None:
    frame = population_parts(towns, area_code="07", level="municipality", edition="ipss2018")
    assert len(frame) == 4
    assert frame[frame["area_code"] == "07202"]["age_75_plus"].isna().all()


def test_views_by_hand(towns: Con) -> None:
    frame = population_series(towns, area_codes=("07201",), edition="ipss2018")
    assert list(shown_values(frame, measure="age_75_plus", view="persons")) == [200, 300]
    assert list(shown_values(frame, measure="age_75_plus", view="index")) == [100, 150]
    share = shown_values(frame, measure="age_75_plus", view="share")
    assert list(share.round(2)) == [18.18, 42.86]


def test_growth_from_zero_is_no_figure() -> None:
    frame = pd.DataFrame({"area_code": ["a", "a"], "year": [2020, 2025], "total": [9.0, 9.0],
                          "age_85_plus": [0.0, 3.0]})  # fmt: skip
    assert shown_values(frame, measure="age_85_plus", view="index").isna().all()


def test_classes_are_the_same_for_all_years_and_cover_them(tiny_con: Con) -> None:
    scope = {"area_code": "81", "level": "municipality", "edition": "demo",
             "measure": "age_75_plus", "view": "share"}  # fmt: skip
    classes = map_classes(tiny_con, **scope)
    values = parts_with_values(tiny_con, **scope)["value"]
    assert list(classes) == sorted(set(classes))
    assert classes[-1] >= values.max() - 1e-9
    growth = map_classes(tiny_con, **{**scope, "view": "index"})
    assert 0.0 in growth


def test_why_an_area_has_no_figures(towns: Con) -> None:
    region = stands_in(towns, area_code="07202", edition="ipss2023")
    words = absence_sentence("乙町", edition_name="R5推計", instead=region)
    assert "「沿岸地域」としてまとめて" in words
    prefecture = stands_in(towns, area_code="07202", edition="ipss2018")
    assert "見本県全体の値だけ" in absence_sentence(
        "乙町", edition_name="H30推計", instead=prefecture
    )


def outlook(values: dict[str, list[float | None]]) -> str:
    frame = pd.DataFrame(
        [
            {"area_code": code, "area_name": code + "町", "year": year, "age_75_plus": value}
            for code, row in values.items()
            for year, value in zip((2020, 2030, 2040), row, strict=True)
        ]
    )
    return outlook_sentence(frame, area_code="甲", measure="age_75_plus", edition_name="R5推計",
                            benchmark="乙")  # fmt: skip


def test_the_sentence_follows_the_figures() -> None:
    up = outlook({"甲": [1_000, 1_400, 1_200], "乙": [5_000, 5_000, 5_000]})
    assert "2020年の1,000人から2040年の1,200人へ、20.0%増" in up
    assert "最も多いのは2030年の1,400人" in up
    assert "乙町（横ばい）より20.0ポイント高い" in up
    assert "R5推計" in up
    down = outlook({"甲": [1_000, 900, 800], "乙": [5_000, 4_500, 4_000]})
    assert "20.0%減" in down
    assert "最も多い" not in down
    assert "と同程度です" in down


def test_a_missing_year_is_not_taken_for_zero() -> None:
    text = outlook({"甲": [1_000, 1_100, None], "乙": [None, None, None]})
    assert "2030年の1,100人" in text
    assert "乙町" not in text


def test_the_map_sentence_counts_what_is_missing() -> None:
    frame = pd.DataFrame({"area_code": ["a", "b", "c"], "area_name": ["甲", "乙", "丙"],
                          "value": [12.0, 30.55, None]})  # fmt: skip
    text = parts_sentence(frame, year=2040, measure="age_75_plus", view="share",
                          edition_name="R5推計")  # fmt: skip
    assert "最も高いのは乙（30.6%）、最も低いのは甲（12.0%）" in text
    assert "2地域、R5推計" in text
    assert "1地域は推計がなく、含みません" in text


def test_nobody_at_the_start_gives_no_rate_and_an_observed_end_is_no_outlook() -> None:
    frame = pd.DataFrame(
        {"area_code": "x", "area_name": "甲町", "year": [2020, 2025], "age_75_plus": [0, 30],
         "is_projection": [False, False]}
    )  # fmt: skip
    said = outlook_sentence(
        frame, area_code="x", measure="age_75_plus", edition_name="版", benchmark=None
    )
    assert said == "甲町の75歳以上人口は2020年の0人から2025年の30人となりました（版）。"
