"""Information on admission and discharge: rates by hand, care levels apart, what stays hidden."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.fukui_case import fukui_facts, fukui_sentence, fukui_versions
from analytics.support_discharge import before_and_after, rule_years, transition_rates
from analytics.support_discharge_sentence import discharge_sentence, highest_sentence
from data.catalogue import load_catalogue
from data.catalogue.outside_figures import load_outside_figures

# area, year: informed/known for 要支援 and for 要介護
COUNTS = """
hc-8101 2015 20/100  50/100
hc-8101 2020 60/100  80/100
hc-8102 2015 10/50   30/60
hc-8102 2020 9/50    3/60
hc-8103 2020 5/9     …/40
81      2020 74/159  83/160
"""


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for code, kind in (
        ("81", "prefecture"),
        ("hc-8101", "health_center_area"),
        ("hc-8102", "health_center_area"),
        ("hc-8103", "health_center_area"),
    ):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, ?, ?)", [code, kind, code]
        )
        if kind != "prefecture":
            fresh_con.execute(
                "insert into area_membership values (?, '81', 'prefecture', null, null)", [code]
            )
        for parent in {"00", "81"} - {code}:
            fresh_con.execute(
                "insert into area_descendant values (?, ?, ?, null, null)", [parent, code, kind]
            )
    for line in COUNTS.strip().splitlines():
        code, year, *pairs = line.split()
        for care, pair in zip(("support", "care"), pairs, strict=True):
            for measure, text in zip(
                ("cm_admissions_informed", "cm_admissions_known"), pair.split("/"), strict=True
            ):
                value, status = (None, "missing") if text == "…" else (float(text), "observed")
                fresh_con.execute(
                    "insert into measure values (?, ?, ?, ?, ?, 's', 'r')",
                    [code, f"{measure}_{care}", f"FY{year}", value, status],
                )
    return fresh_con


def rates(con: duckdb.DuckDBPyConnection, level: str = "health_center_area") -> pd.DataFrame:
    return transition_rates(
        con, area_code="81", level=level, indicator_id="admission_info_rate"
    ).set_index(["area_code", "year", "care"])


def test_rates_are_counts_over_counts_with_care_levels_apart(
    con: duckdb.DuckDBPyConnection,
) -> None:
    frame = rates(con)
    assert frame.loc[("hc-8101", 2015, "support"), "value"] == 20
    assert frame.loc[("hc-8101", 2020, "care"), "value"] == 80
    row = frame.loc[("hc-8102", 2020, "support")]
    assert row["value"] == 18
    assert row["lower"] < 18 < row["upper"]


def test_small_and_missing_counts_have_no_rate(con: duckdb.DuckDBPyConnection) -> None:
    frame = rates(con)
    hidden = frame.loc[("hc-8102", 2020, "care")]  # 3 informed
    assert (hidden["status"], hidden["value"] != hidden["value"]) == ("suppressed", True)
    assert hidden["numerator"] != hidden["numerator"]
    complement = frame.loc[("hc-8103", 2020, "support")]  # 4 not informed
    assert complement["status"] == "suppressed"
    missing = frame.loc[("hc-8103", 2020, "care")]
    assert missing["status"] == "missing"


def test_total_from_which_a_hidden_count_follows_is_hidden(
    con: duckdb.DuckDBPyConnection,
) -> None:
    frame = rates(con, "prefecture")
    assert set(frame["status"]) == {"suppressed"}
    con.execute("delete from measure where area_code in ('hc-8102', 'hc-8103')")
    shown = rates(con, "prefecture")
    assert shown.loc[("81", 2020, "care"), "value"] == pytest.approx(100 * 83 / 160)


def test_before_and_after_in_words(con: duckdb.DuckDBPyConnection) -> None:
    frame = before_and_after(rates(con).reset_index(), before=2015, after=2020)
    own = frame.set_index(["area_code", "care"])
    assert own.loc[("hc-8101", "support"), "change"] == 40
    assert own.loc[("hc-8101", "support"), "is_clear"]
    assert not own.loc[("hc-8102", "support"), "is_clear"]
    text = discharge_sentence(frame, title="率", place="県", before="H27", after="R2")
    # 要支援: 30/150 to 69/150; 要介護 only where both years are shown
    assert "要支援は20.0％から46.0％（+26.0ポイント）。2地域のうち1で上がり、1で下がり" in text
    assert "要介護は50.0％から80.0％（+30.0ポイント）。1地域のうち1で上がり" in text
    assert "R2の要介護と要支援の差は+20.0ポイント" in text
    changed = frame.assign(value_after=frame["value_after"].where(frame["care"] == "care"))
    changed["change"] = changed["value_after"] - changed["value_before"]
    assert "要支援は、二つの年度の両方に値のある地域がありません" in discharge_sentence(
        changed, title="率", place="県", before="H27", after="R2"
    )
    named = highest_sentence(frame, title="率", after="R2")
    assert "要支援で高いのはhc-8101（60.0％）、低いのはhc-8102（18.0％）。" in named


def in_r2(*values: float) -> str:
    """Say the highest and lowest of areas with such rates."""
    frame = pd.DataFrame({"area_name": [f"地域{i}" for i in range(len(values))],
                          "value_after": values}).assign(care_label="要介護", is_few_after=False)  # fmt: skip
    return highest_sentence(frame, title="率", after="R2").removeprefix("R2の率：")


def test_areas_that_tie_are_all_named_and_none_is_both_high_and_low() -> None:
    assert in_r2(50, 70, 70, 30) == (
        "要介護で高いのは地域1（70.0％）、地域2（70.0％）、低いのは地域3（30.0％）。"
    )
    assert in_r2(40, 40) == "要介護は2地域とも40.0％。"
    high, low = in_r2(1, 2, 3, 4, 5, 5, 6, 7).split("、低いのは")
    assert [f"地域{i}（" in high for i in (7, 6, 5, 4, 3)] == [True] * 4 + [False]
    assert low == "地域0（1.0％）、地域1（2.0％）、地域2（3.0％）。"
    assert in_r2(1, 2, 2, 2, 2, 3) == "要介護で高いのは地域5（3.0％）、低いのは地域0（1.0％）。"
    assert "など10地域、低いのは地域10" in in_r2(*[9] * 10, 1)


def test_no_counts_is_no_frame(con: duckdb.DuckDBPyConnection) -> None:
    found = transition_rates(
        con, area_code="81", level="health_center_area", indicator_id="discharge_gap_rate"
    )
    assert found.empty


def test_rule_begins_with_the_first_yes(con: duckdb.DuckDBPyConnection) -> None:
    for year, code, value in (
        (2015, "81", "none"),
        (2018, "81", "some"),
        (2020, "81", "all_pref"),
        (2015, "82", "all_pref"),
        (2015, "83", "none"),
    ):
        con.execute(
            "insert into survey_answer values"
            " ('prefectural_form', 'h27r2', ?, ?, 'discharge_rule_scope', ?, 'observed',"
            " null, 'i', 'B1')",
            [year, code, value],
        )
    rules = rule_years(con).set_index("area_code")
    assert rules.loc["81", "rule_year"] == 2018
    assert rules.loc["82", "rule_year"] == rules.loc["82", "first_answer"] == 2015
    assert rules["rule_year"].isna()["83"]


def test_fukui_versions_stay_apart_with_their_sources(
    tiny_con: duckdb.DuckDBPyConnection,
) -> None:
    facts = fukui_facts(tiny_con)
    catalogue = {fact.fact_id: fact for fact in load_catalogue().facts}
    for row in facts[facts["fact_id"].str.startswith("F")].to_dict("records"):
        assert row["value_text"] == catalogue[row["fact_id"]].value_text
    versions = fukui_versions(facts)
    told = versions.set_index(["fact_id"])[["before", "after"]].to_numpy().tolist()
    assert told == [[5, 8], [3, 6], [8, 9], [5, 7]]
    assert versions["source_title"].nunique() == 2
    text = fukui_sentence(versions)
    assert "約5割から約8割" in text
    assert "約5割から約7割" in text
    assert "一つにまとめません" in text
    agreeing = versions.assign(after=8)
    assert "まとめません" not in fukui_sentence(agreeing)
    assert load_outside_figures()["X17"].check
