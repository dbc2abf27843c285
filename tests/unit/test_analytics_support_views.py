"""Headings, unmet requests, change since, parts of health centres and years of support."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.support_change import change_sentence, support_and_change
from analytics.support_headings import heading_matrix, heading_shares
from analytics.support_roles import centre_parts, centre_sentence
from analytics.support_sentence import (
    heading_sentence,
    own_sentence,
    published_sentence,
    unmet_sentence,
    years_sentence,
)
from analytics.support_table import own_answers
from analytics.support_unmet import by_prefecture_view, request_cells, request_counts
from analytics.support_years import shares_by_year
from data.catalogue import load_catalogue
from data.catalogue.support_headings import load_support_headings

# prefecture, fiscal year: the answers of the form, - for one left open
PREFECTURES = """
81 2018 sup_data=0 sup_wide_area=1 sup_case=- sup_staff_training=0 sup_intro=1
82 2018 sup_data=1 sup_wide_area=0 sup_case=0 sup_staff_training=0 sup_intro=0
81 2021 sup_data=1 sup_wide_area=1 hokenjo_role=meeting;data discharge_rule_scope=all_pref rule_monitoring=1
82 2021 sup_data=0 sup_wide_area=- hokenjo_role=none discharge_rule_scope=none rule_monitoring=na
83 2021 sup_data=0 sup_wide_area=0 discharge_rule_scope=some rule_monitoring=0
"""
# municipality: what it wanted in FY2018, and whether it had a goal in FY2021 and FY2023
MUNICIPALITIES = """
81201 data;wide_area 0 1
81202 data           0 1
81203 -              1 1
81204 ishikai_coord  0 0
82201 wide_area      1 1
82202 data           0 0
"""


def put(
    con: duckdb.DuckDBPyConnection, form: str, year: int, code: str, question: str, value: str
) -> None:
    status = {"-": "unanswered", "na": "not_applicable"}.get(value, "observed")
    framework = load_catalogue().programme.framework_of(year).key
    con.execute(
        "insert into survey_answer values (?, ?, ?, ?, ?, ?, ?, null, 'i', 'B1')",
        [form, framework, year, code, question, value if status == "observed" else None, status],
    )


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for code in ("81", "82", "83"):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, 'prefecture', ?)",
            [code, f"県{code}"],
        )
    for line in PREFECTURES.strip().splitlines():
        code, year, *answers = line.split()
        for answer in answers:
            question, value = answer.split("=")
            put(fresh_con, "prefectural_form", int(year), code, question, value)
    for line in MUNICIPALITIES.strip().splitlines():
        code, wanted, first, last = line.split()
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, 'municipality', ?)",
            [code, f"町{code}"],
        )
        for parent in ("00", code[:2]):
            fresh_con.execute(
                "insert into area_descendant values (?, ?, 'municipality', null, null)",
                [parent, code],
            )
        put(fresh_con, "municipal_form", 2018, code, "want_support", wanted)
        put(fresh_con, "municipal_form", 2021, code, "scene_daily_goal", first)
        put(fresh_con, "municipal_form", 2023, code, "scene_daily_goal", last)
    return fresh_con


def test_a_heading_is_met_by_any_of_its_supports(con: duckdb.DuckDBPyConnection) -> None:
    frame = heading_matrix(con, fiscal_year=2018, version="revised6")
    kinds = frame.set_index(["area_code", "heading_key"])["category"]
    assert kinds["81", "revised_start"] == "done"  # one of three
    assert kinds["82", "revised_start"] == "none"  # all three answered no
    assert kinds["83", "revised_start"] == "absent"


def test_share_of_a_heading_leaves_out_who_did_not_answer(con: duckdb.DuckDBPyConnection) -> None:
    shares = heading_shares(con, fiscal_year=2018, version="present6").set_index("item_key")
    data = shares.loc["present_resources"]
    assert (data["done"], data["answering"], data["absent"], data["rate"]) == (1, 2, 1, 50)
    assert shares.loc["present_people", "expected"] == 0
    assert pd.isna(shares.loc["present_people", "rate"])
    text = heading_sentence(
        shares.reset_index(), version="6項目", fiscal_year=2018, place="都道府県"
    )
    assert "「相談や調整を担う人材の育成（オ）」" in text
    assert "設問はこの年度にないか、回答がありません" in text


def test_every_heading_is_measured_by_a_support_and_cites_a_document() -> None:
    headings, programme = load_support_headings(), load_catalogue().programme
    known = {item.key for item in programme.support_items}
    assert [len(headings.of(version)) for version in headings.versions] == [6, 6, 3]
    for heading in headings.headings:
        assert set(heading.measured_by) <= known
        assert heading.version in headings.versions
    assert {v.document for v in headings.versions.values()} <= set(load_catalogue().documents)
    examples = [e for h in headings.of("revised6") for e in h.examples]
    assert len(examples) == 10  # as the document lists them


def test_cells_tell_wanted_and_given_apart(con: duckdb.DuckDBPyConnection) -> None:
    cells = request_cells(con, area_code="81", fiscal_year=2018)
    kinds = cells.set_index(["area_code", "request_key"])["category"]
    assert kinds["81201", "data"] == "unmet"
    assert kinds["81201", "wide_area"] == "met"
    assert kinds["81202", "wide_area"] == "not_wanted"
    assert kinds["81203", "data"] == "unanswered"
    assert kinds["81204", "ishikai_coord"] == "open"  # the prefecture was not asked
    assert cells["request_key"].iloc[0] == "data"  # most wanted in vain


def test_counts_name_those_who_want_in_vain(con: duckdb.DuckDBPyConnection) -> None:
    counts = request_counts(request_cells(con, area_code="81", fiscal_year=2018))
    first = counts.iloc[0]
    assert (first["unmet"], first["answering"], first["expected"]) == (2, 3, 4)
    assert first["unmet_names"] == "町81201、町81202"
    text = unmet_sentence(counts, place="県81", year="H30")
    assert "1種類" in text
    assert "2市町村が希望しています（町81201、町81202）" in text
    assert "対象4市町村のうち3が回答" in text


def test_supports_wanted_in_vain_by_as_many_are_all_named() -> None:
    counts = pd.DataFrame({
        "label": ["甲", "乙", "丙"], "unmet": [2, 2, 1], "open": 0, "answering": 3, "expected": 4,
        "unmet_names": ["A市、B町", "C市、D町", "E村"],
    })  # fmt: skip
    text = unmet_sentence(counts, place="県", year="H30")
    assert "最も多いのは「甲」（A市、B町）、「乙」（C市、D町）で、いずれも2市町村が" in text
    assert "丙" not in text


def rated(*rates: float) -> pd.DataFrame:
    """Return shares of headings named A, B, C with such rates of ten that answered."""
    frame = pd.DataFrame({"label": list("ABCDE")[: len(rates)], "rate": rates, "answering": 10})
    return frame.assign(done=frame["rate"] / 10, item_label=frame["label"])


def test_headings_that_tie_are_all_named() -> None:
    text = heading_sentence(rated(90, 20, 90, 20), version="版", fiscal_year=2018, place="県")
    assert "最も多いのは「A」「C」で90.0％（回答10のうち9）" in text
    assert "最も少ないのは「B」「D」で20.0％（回答10のうち2）" in text
    apart = rated(90, 20, 90).assign(answering=[10, 10, 20], done=[9, 2, 18])
    assert "「A」「C」で90.0％、最も少ない" in heading_sentence(
        apart, version="版", fiscal_year=2018, place="県"
    )


def test_every_published_figure_is_told_those_of_the_issues_too() -> None:
    shares = rated(90, 20).assign(label=["いずれかの支援", "課題：評価"], published=[100, 95.7])
    told = published_sentence(shares, published="公表値")
    assert told == "公表値は、「いずれかの支援」100.0％、「課題：評価」95.7％です。"
    assert published_sentence(shares.assign(published=None), published="公表値") == ""


def test_items_that_changed_as_much_are_all_named() -> None:
    years = pd.concat([
        rated(10, 20.1, 50).assign(fiscal_year=2018), rated(40, 50.1, 30).assign(fiscal_year=2020)
    ])  # fmt: skip
    text = years_sentence(years, word="行う", place="県")
    assert "「A」が10.0％から40.0％、「B」が20.1％から50.1％（いずれも+30.0ポイント）" in text
    assert text.endswith("「C」が50.0％から30.0％（-20.0ポイント）です。")


def test_sentence_changes_when_the_support_is_given(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update survey_answer set value = '1' where question_id = 'sup_data'")
    counts = request_counts(request_cells(con, area_code="81", fiscal_year=2018))
    text = unmet_sentence(counts, place="県81", year="H30")
    assert "希望があるのに行われていない支援はありません" in text
    assert "支援の有無が分からない希望が1件" in text


def test_prefectures_are_told_by_those_who_want(con: duckdb.DuckDBPyConnection) -> None:
    frame = by_prefecture_view(con, fiscal_year=2018).set_index(["area_code", "request_key"])
    row = frame.loc[("82", "wide_area")]
    assert (row["wanting"], row["answering"], row["category"]) == (1, 2, "unmet")
    assert frame.loc[("82", "data"), "category"] == "met"
    assert frame.loc[("82", "ishikai_coord"), "category"] == "not_wanted"


def test_change_is_summed_counts_in_one_framework(con: duckdb.DuckDBPyConnection) -> None:
    frame = support_and_change(con, first_year=2021, last_year=2023).set_index("area_code")
    own = frame.loc["81"]
    assert (own["given"], own["asked"]) == (2, 2)
    assert own["rate_before"] == 25  # 1 of 4
    assert own["rate_after"] == 75  # 3 of 4
    assert own["change"] == 50
    assert frame.loc["82", "change"] == 0
    assert pd.isna(frame.loc["83", "change"])
    text = change_sentence(frame.reset_index(), first="R3", last="R5")
    assert "1件より多い1都道府県では+50.0ポイント" in text
    assert "1件以下の1都道府県では+0.0ポイント" in text
    assert text.endswith("支援が変化の原因であることを示すものではありません。")


def test_change_never_joins_two_frameworks(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="two frameworks"):
        support_and_change(con, first_year=2018, last_year=2021)


def test_years_keep_their_framework(con: duckdb.DuckDBPyConnection) -> None:
    frame = shares_by_year(con, kind="support")
    of = frame.groupby("fiscal_year")["framework"].agg(set)
    assert of.to_dict() == {2018: {"h27r2"}, 2021: {"r3"}}
    data = frame[(frame["fiscal_year"] == 2021) & (frame["item_key"] == "sup_data")].iloc[0]
    assert (data["done"], data["answering"]) == (1, 3)
    alone = frame[frame["framework"] == "r3"]
    assert "1年度分以下" in years_sentence(alone, word="行う", place="都道府県")
    later = alone.assign(fiscal_year=2022, rate=alone["rate"] + 10)
    both = pd.concat([alone, later])
    assert "+10.0ポイントで同じ" in years_sentence(both, word="行う", place="都道府県")


def test_parts_of_health_centres_and_the_reach_of_rules(con: duckdb.DuckDBPyConnection) -> None:
    parts = centre_parts(con, fiscal_year=2021)
    kinds = parts.set_index(["area_code", "part"])["category"]
    assert kinds["81", "role_meeting"] == "done"
    assert kinds["81", "role_rule"] == "none"
    assert kinds["82", "role_meeting"] == "none"
    assert kinds["83", "role_meeting"] == "absent"
    assert kinds["83", "discharge_rule_scope"] == "partial"
    assert kinds["82", "rule_monitoring"] == "not_applicable"
    text = centre_sentence(parts, place="都道府県", year="R3")
    assert "回答した3のうち、入退院ルールが全域にあるのは1、一部の圏域にあるのは1" in text
    assert "定期的に把握しているのは1" in text


def test_own_prefecture_in_words(con: duckdb.DuckDBPyConnection) -> None:
    answers = own_answers(con, prefecture_code="81", fiscal_year=2018)
    assert answers["sup_wide_area"] == "done"
    assert answers["any_support"] == "done"
    shares = pd.DataFrame(
        {
            "item_key": ["sup_wide_area", "sup_case"],
            "label": ["広域", "好事例"],
            "published": [89.4, float("nan")],
        }
    ).assign(own=lambda f: f["item_key"].map(answers))
    text = own_sentence(shares, own_name="県81")
    assert "回答した1の支援のうち1を行っています" in text
    assert "「広域」（公表89.4％）は行っている" in text
    assert own_answers(con, prefecture_code="99", fiscal_year=2018) == {}
