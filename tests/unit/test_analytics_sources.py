from __future__ import annotations

import duckdb
import pandas as pd

from analytics.sources import (
    build_report,
    coverage,
    editions,
    health_counts,
    indicators,
    issue_reasons,
    meta_values,
    reference_facts,
    row_issues,
    source_titles,
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


def test_a_source_of_many_files_is_named_once(fresh_con: Con) -> None:
    fresh_con.executemany(
        "insert into source (source_id, title, publisher, licence, vintage) values (?, ?, ?, ?, ?)",
        [("a:1", "一覧", "省", "規約", "2024年"), ("a:2", "一覧", "省", "規約", "2025年"),
         ("a:4", "一覧", "省", "規約", "2025年"), ("a:3", "一覧", "省", "規約", "2026年"), ("b:1", "表", "省", "規約", None)],
    )  # fmt: skip
    titles = source_titles(fresh_con).set_index("title")
    assert titles["files"].to_dict() == {"一覧": 4, "表": 1}
    assert titles.at["一覧", "vintages"] == "2026年、2025年、2024年"
    assert pd.isna(titles.at["表", "vintages"])


def test_reasons_are_counted_without_those_of_whole_files(fresh_con: Con) -> None:
    fresh_con.executemany(
        "insert into row_issue values (?, ?, ?, ?, ?)",
        [("x.csv", "行 2", "定員", "9999", "ありえない"), ("y.csv", "行 9", "定員", "8888", "ありえない"),
         ("y.csv", "行 3", "番号", "1", "前にある"), ("z.xlsx", "", "", "", "使わない表")],
    )  # fmt: skip
    reasons = issue_reasons(fresh_con).set_index("reason")
    assert reasons["places"].to_dict() == {"ありえない": 2, "前にある": 1}
    assert reasons.at["ありえない", "files"] == 2
    assert reasons.at["ありえない", "example"] == "x.csv　行 2"
    assert len(row_issues(fresh_con)) == 3
