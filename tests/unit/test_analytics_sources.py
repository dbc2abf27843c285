from __future__ import annotations

import duckdb

from analytics.sources import (
    build_report,
    coverage,
    editions,
    health_counts,
    indicators,
    meta_values,
    reference_facts,
    sources,
    sources_of,
)

Con = duckdb.DuckDBPyConnection


def test_what_is_loaded(tiny_con: Con) -> None:
    assert len(sources(tiny_con)) == 3
    assert dict(meta_values(tiny_con))["dataset"] == "demo"
    covered = coverage(tiny_con).set_index("subject")
    assert covered.at["care_management_office", "area_name"] == "東見本県"
    assert sources_of(tiny_con, subject="hospital") == ("見本施設一覧（2025年12月末）",)
    assert sources_of(tiny_con, subject="clinic") == ()


def test_an_edition_counts_areas_with_ages_apart(tiny_con: Con) -> None:
    tiny = editions(tiny_con).set_index("edition").loc["demo"]
    assert (tiny["first_year"], tiny["last_year"]) == (2020, 2050)
    assert tiny["areas_with_ages"] == tiny["areas"]


def test_all_published_figures_carry_their_words(tiny_con: Con) -> None:
    facts = reference_facts(tiny_con)
    assert len(facts) == 187
    assert (facts["quote"].str.len() > 0).all()
    assert (facts["source_title"].str.len() > 0).all()


def test_an_indicator_that_waits_says_for_what(tiny_con: Con) -> None:
    waiting = indicators(tiny_con).set_index("indicator_id")["waiting_for"]
    assert waiting["death_home_rate"] == "人口動態調査の場所別死亡数"
    assert waiting.isna()["aging_rate"]


def test_report_and_health(tiny_con: Con) -> None:
    assert build_report(tiny_con).at[0, "rows_set_aside"] == 2
    assert health_counts(tiny_con)["area"] == 21
