"""Every count of the programme items recomputed by hand on a table written here."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.activities_groups import WITHOUT_GROUP, group_rates, grouped
from analytics.activities_members import group_members
from analytics.answer_conflicts import (
    answer_conflicts,
    answers_of_none_asked,
    years_without_survey,
)
from analytics.group_rates_sentence import by_item_sentence, by_year_sentence
from analytics.items_done import (
    distribution,
    items_done,
    items_done_by_group,
    items_done_sentence,
)
from analytics.modes import municipal_modes
from analytics.not_done import answering_any, municipalities_not_doing, not_done_sentence
from analytics.reasons import reason_answers, reason_labels, reasons_by_band, reasons_sentence
from analytics.stages import behind_sentence, municipal_stages, nothing_done, stages_sentence
from analytics.start_years import start_kinds, start_years, starts_sentence

# code, name, first and last day, medical area and its first and last day, population
AREAS = """
81201 山手市 -          -          m2-1 -          -          60000
81202 川辺町 -          -          m2-1 -          2018-03-31 9000
81203 森村   -          -          m2-2 -          -          2000
81204 浜町   -          -          m2-2 -          -          12000
81205 旧里町 -          2018-03-31 -    -          -          -
"""
# 川辺町 moved to m2-2 on 1 April 2018; 旧里町 merged into 山手市 on that day
MOVED = ("m2-2", "81202", "2018-04-01")
# d done, p partial, l planned, n none, ? unknown; u unanswered, / not applicable, * suppressed
KINDS = {"d": "done", "p": "partial", "l": "planned", "n": "none", "?": "unknown"}
STATUSES = {"u": "unanswered", "/": "not_applicable", "*": "suppressed"}
ITEMS = ("a", "i", "u", "e", "o", "ka", "ki", "ku")
# year, code, answers to ア イ ウ エ オ カ キ ク
ANSWERS = """
2017 81201 dddddddd
2017 81202 ddpnnddn
2017 81203 dlnnnpn/
2017 81204 uuuuuuuu
2017 81205 dndddndd
2018 81201 dddddddd
2018 81202 ddddpddn
2018 81203 ddnnnnnd
2018 81205 dddddddd
"""


def table(text: str) -> list[list[str | None]]:
    lines = [line.split() for line in text.strip().splitlines()]
    return [[None if cell == "-" else cell for cell in line] for line in lines]


def put(
    con: duckdb.DuckDBPyConnection, year: int, code: str, question: str, value: str | None,
    status: str = "observed", framework: str = "h27r2",
) -> None:  # fmt: skip
    con.execute(
        "insert into survey_answer values ('municipal_form', ?, ?, ?, ?, ?, ?, null, 'i', 'A1')",
        [framework, year, code, question, value, status],
    )


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con = fresh_con
    con.execute("insert into area (area_code, area_type, name) values "
                "('81', 'prefecture', '東見本県'), "
                "('m2-1', 'secondary_medical_area', '東部医療圏'), "
                "('m2-2', 'secondary_medical_area', '山間医療圏')")  # fmt: skip
    for code, name, first, last, zone, start, end, persons in table(AREAS):
        con.execute(
            "insert into area (area_code, area_type, name, valid_from, valid_to) "
            "values (?, 'municipality', ?, ?, ?)",
            [code, name, first, last],
        )
        con.execute("insert into area_descendant values ('81', ?, 'municipality', ?, ?)",
                    [code, first, last])  # fmt: skip
        if zone:
            con.execute("insert into area_descendant values (?, ?, 'municipality', ?, ?)",
                        [zone, code, start, end])  # fmt: skip
        if persons:
            con.execute("insert into population_total values "
                        "(?, 'census', 2025, ?, null, null, null, null, null, false, 'row')",
                        [code, float(persons)])  # fmt: skip
    con.execute("insert into area_descendant values (?, ?, 'municipality', ?, null)", list(MOVED))
    con.execute("insert into meta values ('built_at', '2026-11-22T09:00:00+09:00')")
    for year, code, letters in table(ANSWERS):
        assert year
        assert code
        assert letters
        for item, letter in zip(ITEMS, letters, strict=True):
            put(con, int(year), code, f"item_{item}_status", KINDS.get(letter),
                STATUSES.get(letter, "observed"))  # fmt: skip
    return con


def cell(frame: pd.DataFrame, code: str, item: str, year: int) -> dict[str, object]:
    found = frame[(frame["area_code"] == code) & (frame["item_key"] == item)]
    found = found[found["fiscal_year"] == year]
    assert len(found) == 1
    return found.iloc[0].to_dict()


# year, group, item: done, answering, expected; from the two tables above
BY_ZONE = """
2017 m2-1 a  2 2 2
2017 m2-1 u  1 2 2
2017 m2-2 a  1 1 2
2017 m2-2 ku 0 0 2
2017 -    i  0 1 1
2018 m2-1 o  1 1 1
2018 m2-2 a  2 2 3
2018 m2-2 o  0 2 3
2018 m2-2 ku 1 2 3
"""


@pytest.mark.parametrize("row", table(BY_ZONE), ids=lambda row: " ".join(map(str, row)))
def test_rates_of_a_zone_count_those_in_it_on_the_day_of_the_survey(
    con: duckdb.DuckDBPyConnection, row: list[str | None]
) -> None:
    year, group, item, done, answering, expected = row
    frame = group_rates(con, area_code="81", framework="h27r2", unit="secondary_medical_area")
    found = cell(frame, group or "-", str(item), int(str(year)))
    counts = (found["done"], found["answering"], found["expected"])
    assert counts == (int(str(done)), int(str(answering)), int(str(expected)))
    if found["answering"]:
        assert found["rate"] == pytest.approx(100 * int(str(done)) / int(str(answering)))
    else:
        assert pd.isna(found["rate"])


def test_a_merged_municipality_is_not_lost_from_the_zones(con: duckdb.DuckDBPyConnection) -> None:
    frame = group_rates(con, area_code="81", framework="h27r2", unit="secondary_medical_area")
    by_year = frame[frame["item_key"] == "o"].groupby("fiscal_year")["expected"].sum()
    assert by_year.to_dict() == {2017: 5, 2018: 4}  # 旧里町 was one of five, and is gone in 2018
    assert WITHOUT_GROUP in set(frame["area_name"])


def test_size_bands_are_of_the_latest_population(con: duckdb.DuckDBPyConnection) -> None:
    members = group_members(con, unit="size", years=(2017,)).set_index("area_code")["group_name"]
    assert members.to_dict() == {
        "81203": "人口5千人未満",
        "81202": "人口5千～1万人未満",
        "81204": "人口1万～3万人未満",
        "81201": "人口5万～10万人未満",
    }


CODES = [f"8{number:04d}" for number in range(8)]


@given(
    st.lists(st.sampled_from(["done", "partial", "none", "unanswered", "absent"]),
             min_size=8, max_size=8),
    st.lists(st.sampled_from(["x", "y", None]), min_size=8, max_size=8),
)  # fmt: skip
def test_groups_add_up_to_the_whole(categories: list[str], groups: list[str | None]) -> None:
    answers = pd.DataFrame({"fiscal_year": 2017, "area_code": CODES, "category": categories})
    known = [(code, group) for code, group in zip(CODES, groups, strict=True) if group]
    members = pd.DataFrame(
        [(2017, code, group, group) for code, group in known],
        columns=["fiscal_year", "area_code", "group_code", "group_name"],
    ).astype({"fiscal_year": "int64", "area_code": "str", "group_code": "str"})
    found = grouped(answers, members)
    assert sorted(found["area_code"]) == CODES
    assert (found["group_code"] == "-").sum() == groups.count(None)


def test_items_done_of_each_and_of_larger_areas(con: duckdb.DuckDBPyConnection) -> None:
    counts = items_done(con, area_code="81", framework="h27r2", fiscal_year=2017)
    done = counts.set_index("area_name")["done_items"]
    assert done.drop("浜町").to_dict() == {"山手市": 8, "川辺町": 4, "森村": 1, "旧里町": 6}
    assert pd.isna(done["浜町"])
    spread = distribution(counts, items=8).set_index("items")["municipalities"]
    assert spread.to_dict() == {0: 0, 1: 1, 2: 0, 3: 0, 4: 1, 5: 0, 6: 1, 7: 0, 8: 1}
    by_zone = items_done_by_group(
        con, area_code="81", framework="h27r2", fiscal_year=2017, unit="secondary_medical_area"
    ).set_index("area_code")
    # 東部: (8 + 4) ÷ 2 that answered; 山間: 1 ÷ 1, 浜町 did not answer; never the mean of rates
    assert by_zone["value"].to_dict() == {"m2-1": 6.0, "m2-2": 1.0, "-": 6.0}
    assert by_zone["expected"].to_dict() == {"m2-1": 2, "m2-2": 2, "-": 1}
    text = items_done_sentence(counts, area_name="東見本県", year_label="H29", items=8, word="実施")
    assert "回答した4市町村が8項目のうち平均4.8項目" in text
    assert "最も多いのは8項目の山手市、最も少ないのは1項目の森村です。" in text


def test_no_answer_is_never_not_done(con: duckdb.DuckDBPyConnection) -> None:
    asked = {"area_code": "81", "framework": "h27r2", "fiscal_year": 2017, "item_keys": ("o", "ki")}
    found = municipalities_not_doing(con, which="any", **asked)
    assert found["area_name"].tolist() == ["川辺町", "森村"]  # 浜町 gave no answer
    assert found["missing"].tolist() == [1, 2]
    every = municipalities_not_doing(con, which="every", **asked)
    assert every["area_name"].tolist() == ["森村"]
    assert answering_any(con, **asked) == (4, 5)
    text = not_done_sentence(
        found, area_name="東見本県", year_label="H29", item_keys=("o", "ki"), which="any",
        answering=4, expected=5,
    )  # fmt: skip
    assert "回答した4市町村のうち2（川辺町、森村）です。" in text
    assert "オ 2、キ 1市町村" in text
    assert "回答のない1市町村は含めていません。" in text


def test_every_needs_an_answer_to_every_item(con: duckdb.DuckDBPyConnection) -> None:
    # 森村 answered キ with none and ク with not applicable: not known to do neither
    asked = {"area_code": "81", "framework": "h27r2", "fiscal_year": 2017}
    found = municipalities_not_doing(con, item_keys=("ki", "ku"), which="every", **asked)
    assert found["area_name"].tolist() == []


def test_stages_follow_the_three_steps(con: duckdb.DuckDBPyConnection) -> None:
    frame = municipal_stages(con, area_code="81", framework="h27r2", fiscal_year=2017)
    badges = frame.set_index("area_name")["badge"].to_dict()
    assert badges == {
        "山手市": "badge_3",  # all
        "川辺町": "badge_2",  # アイ and カ, not all of ウエオキク
        "森村": "badge_0",  # イ planned
        "浜町": "badge_silent",
        "旧里町": "badge_0",  # イ not done, though ③ is nearly all done
    }
    own = frame.set_index("area_name").loc["旧里町"]
    assert (own["stage_understand"], own["stage_people"], own["stage_practice"]) == (
        "some",
        "no",
        "all",
    )
    assert own["stage_practice_items"] == "5/5"
    text = stages_sentence(frame, area_name="東見本県", year_label="H29", framework="h27r2")
    assert "回答した4市町村のうち、①②③まで実施が1、①②まで実施が1、①の途中・これからが2" in text


def test_those_before_the_first_stage_are_named(con: duckdb.DuckDBPyConnection) -> None:
    asked = {"area_name": "東見本県", "year_label": "H29", "framework": "h27r2"}
    frame = municipal_stages(con, area_code="81", framework="h27r2", fiscal_year=2017)
    assert "、森村、旧里町の2市町村です。" in behind_sentence(frame, **asked)
    passed = frame[frame["badge"] == "badge_3"]
    assert "回答した市町村の中にありません" in behind_sentence(passed, **asked)
    silent = frame[frame["badge"] == "badge_silent"]
    assert "回答した市町村がない" in behind_sentence(silent, **asked)


def test_who_has_done_nothing_is_told_from_who_is_on_the_way(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute("update survey_answer set value = 'none' where area_code = '81203' "
                "and fiscal_year = 2017 and question_id like 'item_%_status'")  # fmt: skip
    frame = municipal_stages(con, area_code="81", framework="h27r2", fiscal_year=2017)
    nothing = nothing_done(frame, framework="h27r2")
    assert frame.loc[nothing, "area_name"].tolist() == ["森村"]
    assert frame.loc[frame["badge"] == "badge_0", "area_name"].tolist() == ["森村", "旧里町"]


def test_an_unanswered_item_does_not_pass_a_stage(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update survey_answer set status = 'unanswered', value = null where "
                "area_code = '81201' and fiscal_year = 2017 and question_id = 'item_i_status'")  # fmt: skip
    frame = municipal_stages(con, area_code="81", framework="h27r2", fiscal_year=2017)
    own = frame.set_index("area_name").loc["山手市"]
    assert (own["badge"], own["stage_understand"]) == ("badge_0", "some")


def test_start_years_and_those_that_cannot_be(con: duckdb.DuckDBPyConnection) -> None:
    for code, value, status in (
        ("81201", "2015", "observed"),
        ("81202", "2015", "observed"),
        ("81203", "2019", "observed"),
        ("81204", None, "not_applicable"),
    ):
        put(con, 2017, code, "start_fy", value, status)
    starts = start_years(con, area_code="81", fiscal_year=2017)
    assert start_kinds(starts).tolist() == ["2015", "2015", "later", "not_applicable", "absent"]
    text = starts_sentence(starts, area_name="東見本県", year_label="H29")
    assert "対象の5市町村のうち2で、最も多い着手年度は平成27年度(2015年度)の2市町村" in text
    assert "ほかの3市町村は着手年度の回答がありません。" in text


def test_contradictions_are_read_by_rule(con: duckdb.DuckDBPyConnection) -> None:
    put(con, 2017, "81201", "item_o_reason", "o1")  # done, and yet a reason
    put(con, 2017, "81203", "item_o_mode", "direct")  # none, and yet a way
    put(con, 2017, "81202", "item_a_mode", "joint")
    put(con, 2017, "81203", "start_fy", "2019")  # after the survey
    found = answer_conflicts(con, area_code="81", fiscal_year=2017)
    assert [*zip(found["area_name"], found["item_key"].fillna(""), found["kind"], strict=True)] == [
        ("山手市", "o", "done_with_reason"),
        ("森村", "", "started_later"),
        ("森村", "o", "resting_with_mode"),
    ]
    modes = municipal_modes(con, area_code="81", framework="h27r2", fiscal_year=2017)
    by_place = modes.set_index(["area_name", "item_key"])["category"]
    assert by_place["森村", "o"] == "not_applicable"
    assert by_place["川辺町", "a"] == "joint"
    assert by_place["浜町", "a"] == "absent"


def test_answers_of_one_that_did_not_exist_are_named(con: duckdb.DuckDBPyConnection) -> None:
    found = answers_of_none_asked(con, area_code="81", fiscal_year=2018)
    assert found["area_name"].tolist() == ["旧里町"]
    assert answers_of_none_asked(con, area_code="81", fiscal_year=2017).empty


def test_years_between_surveys_are_named_and_the_change_is_no_gap() -> None:
    years = ((2015, "h27r2"), (2017, "h27r2"), (2021, "r3"), (2024, "r3"))
    assert years_without_survey(years) == [2016, 2022, 2023]


def test_reasons_count_only_those_that_do_not_carry_it_out(con: duckdb.DuckDBPyConnection) -> None:
    for code, item, value in (
        ("81201", "o", "o1"),  # carries it out: not counted
        ("81202", "o", "o3;g2"),
        ("81203", "o", "o3"),
        ("81203", "u", "u2"),
    ):
        put(con, 2017, code, f"item_{item}_reason", value)
    counts = reasons_by_band(reason_answers(con, area_code="81", fiscal_year=2017))
    small = counts[counts["band"] == "small"].set_index(["item_key", "reason"])
    assert small.loc[("o", "o3"), ["done", "answering"]].tolist() == [2, 2]
    assert small.loc[("o", "g2"), ["done", "answering"]].tolist() == [1, 2]
    assert small.loc[("o", "o1"), "done"] == 0
    assert ("u", "g2") not in small.index  # a shared reason that nobody named for ウ
    assert small.loc[("u", "u2"), "rate"] == 100
    text = reasons_sentence(counts, area_name="東見本県", year_label="H29", band="small")
    assert "人口1万人未満の市町村が" in text
    assert "「◎複数自治体での共同実施の調整が難航している」（延べ2件）" in text
    alike = counts.assign(done=counts["done"].clip(upper=1))
    text = reasons_sentence(alike, area_name="東見本県", year_label="H29", band="small")
    said = reason_labels()
    for reason in ("o3", "g2", "u2"):
        assert f"「{said[reason]}」" in text.split("（延べ1件）")[0]
    assert f"「{said['o3']}」「{said['g2']}」（2のうち1）" in text.split("項目ごとに")[1]
    none = reasons_sentence(counts, area_name="東見本県", year_label="H29", band="large")
    assert "実施していない理由を答えた人口5万人以上の市町村はありません" in none


def test_sentences_follow_the_rates(con: duckdb.DuckDBPyConnection) -> None:
    asked = {"area_code": "81", "framework": "h27r2", "unit": "secondary_medical_area"}
    labels = dict(zip(ITEMS, "アイウエオカキク", strict=True))
    now = group_rates(con, fiscal_year=2018, **asked)
    text = by_item_sentence(now, opening="東見本県は、", labels=labels, word="実施")
    assert "実施の割合が最も低いのは、「山間医療圏のオ」で0.0％（回答2のうち0）です。" in text
    assert "すべての区分で100％の項目は2（ア、イ）" in text
    alike = now.assign(rate=now["rate"].where(now["item_key"] != "u", 0.0))
    text = by_item_sentence(alike, opening="東見本県は、", labels=labels, word="実施")
    lowest = "".join(f"「{row.area_name}の{labels[row.item_key]}」"
                     for row in alike[alike["rate"] == 0].itertuples())  # fmt: skip
    assert lowest.count("」") > 2
    assert lowest in text
    none_full = by_item_sentence(
        now.assign(rate=now["rate"].clip(upper=99)), opening="", labels=labels, word="実施"
    )
    assert "すべての区分で100％の項目はありません" in none_full
    years = group_rates(con, item_key="a", **asked)
    text = by_year_sentence(years, opening="東見本県は、", word="実施")
    assert "平成30年度(2018年度)に実施の割合はどの区分でも100.0％です。" in text
    con.execute("update survey_answer set value = 'none' where fiscal_year = 2018 and "
                "area_code = '81203' and question_id = 'item_a_status'")  # fmt: skip
    years = group_rates(con, item_key="a", **asked)
    text = by_year_sentence(years, opening="東見本県は、", word="実施")
    assert "最も低いのは「山間医療圏」で50.0％（回答2のうち1）、最も高いのは" in text
    assert text.endswith("山間医療圏は平成29年度(2017年度)には100.0％でした。")
