"""One area among its siblings, and the sentence that follows the frame."""

import numpy as np
import pandas as pd
import pytest

from analytics.denominators import Denominator
from analytics.profile import area_profile
from analytics.profile_extremes import away_from_aim, extremes, farthest
from analytics.profile_population import population_headline, population_then
from analytics.profile_sentence import profile_sentence
from data.catalogue import load_catalogue
from tests.tiny_region import population_at

TOWNS = ("81100", "81201", "81202", "81203", "81204")
PEOPLE = Denominator("demo", "demo", 2025, "演習の75歳以上", 5, 5, True)


def profile(con, area="81203", **changes):
    filters = {
        "sibling_codes": TOWNS,
        "benchmark_code": "81",
        "year": 2026,
        "denominator": PEOPLE,
    } | changes
    return area_profile(con, area_code=area, **filters).set_index("indicator_id")


def test_value_place_and_benchmark_come_from_the_tables(tiny_con):
    row = profile(tiny_con).loc["aging_rate"]
    groups = population_at("81203", 2025)
    assert row["value"] == pytest.approx(100 * groups["age_65_plus"] / groups["total"])
    assert (row["rank"], row["siblings"], row["period"]) == (1, 5, "2025")
    assert row["highest"] == row["value"]
    assert row["lowest"] < row["lower_quartile"] < row["middle"] < row["upper_quartile"]
    shares = tiny_con.execute(
        "select value from observation where indicator_id = 'aging_rate' and period = '2025'"
        " and area_code in ('81100', '81201', '81202', '81203', '81204')"
    ).fetchnumpy()["value"]
    expected = (row["value"] - row["benchmark_value"]) / np.std(shares, ddof=1)
    assert row["distance"] == pytest.approx(expected)
    assert row["benchmark_value"] < row["value"]


def test_a_benchmark_without_value_is_missing_and_compares_nothing(tiny_con):
    row = profile(tiny_con, benchmark_code="00").loc["aging_rate"]
    assert pd.isna(row["benchmark_value"])
    assert row["outcome"] == "not_compared"


def test_an_area_without_values_has_no_rows(tiny_con):
    assert profile(tiny_con, area="82204", sibling_codes=("82201", "82204")).empty


def add_indicator(con, key="x"):
    con.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity,"
        " dimension, domain, smallest_level, source_title, cycle, disclosure) values (?, 'X',"
        " 'd', '%', 1, 'no_judgement', 'structure', 'demand', 'municipality', 's', 'c', 'persons')",
        [key],
    )


def test_the_newest_period_that_has_come_is_shown(fresh_con):
    add_indicator(fresh_con)
    rows = [("2020", 1.0, "observed"), ("2025", 2.0, "observed"), ("2030", 3.0, "observed")]
    for period, value, status in rows:
        fresh_con.execute(
            "insert into observation (area_code, indicator_id, period, value, status, source_id,"
            " source_ref) values ('81201', 'x', ?, ?, ?, 's', 'r')",
            [period, value, status],
        )
    row = profile(fresh_con, area="81201").loc["x"]
    assert (row["period"], row["value"]) == ("2025", 2.0)
    assert profile(fresh_con, area="81201", year=2019).loc["x", "period"] == "2020"


def test_a_suppressed_value_keeps_its_status_and_has_no_rank(fresh_con):
    add_indicator(fresh_con)
    for code, value, status in (("81201", None, "suppressed"), ("81202", 2.0, "observed")):
        fresh_con.execute(
            "insert into observation (area_code, indicator_id, period, value, status, source_id,"
            " source_ref) values (?, 'x', '2025', ?, ?, 's', 'r')",
            [code, value, status],
        )
    row = profile(fresh_con, area="81201").loc["x"]
    assert row["status"] == "suppressed"
    assert pd.isna(row["value"])
    assert pd.isna(row["rank"])
    assert row["siblings"] == 1


def test_headline_is_the_edition_with_all_groups_at_the_nearest_year(tiny_con):
    row = population_headline(tiny_con, area_code="81203", year=2026)
    assert (row["edition"], row["year"]) == ("demo", 2025)
    assert row["age_75_plus"] == population_at("81203", 2025)["age_75_plus"]
    assert population_headline(tiny_con, area_code="82204", year=2026) is None


def test_2040_is_of_the_same_edition_or_missing(fresh_con):
    for edition, year, total in (("demo", 2040, 80.0), ("ipss2023", 2040, 90.0)):
        fresh_con.execute(
            "insert into population (area_code, edition, year, sex, age_from, age_to, persons,"
            " is_projection, source_id, source_ref) values ('81201', ?, ?, 'total', 0, null, ?,"
            " true, 's', 'r')",
            [edition, year, total],
        )
        fresh_con.execute(
            "insert into population_total (area_code, edition, year, total, is_projection, basis)"
            " values ('81201', ?, ?, ?, true, 'b')",
            [edition, year, total],
        )
    assert population_then(fresh_con, area_code="81201", edition="demo")["total"] == 80.0
    assert population_then(fresh_con, area_code="81201", edition="census") is None


def drawn(**changes):
    rows = {
        "title": ["高齢化率", "訪問看護ST数", "認定率"],
        "unit": ["%", "75歳以上1万人対", "%"],
        "decimals": [1, 2, 1],
        "value": [45.0, 0.0, 20.0],
        "rank": [1, 5, 3],
        "siblings": [5, 5, 5],
        "distance": [1.5, -1.1, 0.1],
        "benchmark_value": [30.0, 4.0, None],
        "outcome": ["higher", "similar", "not_compared"],
        "polarity": ["no_judgement", "high_is_good", "no_judgement"],
        "is_amount": [False, False, False],
    } | changes
    return pd.DataFrame(rows)


def said(frame):
    return profile_sentence(frame, area_name="森村", benchmark_name="東見本県")


def test_sentence_names_what_lies_farthest_and_follows_the_frame():
    text = said(drawn())
    assert "より高い側に離れているのは高齢化率 45.0%（基準 30.0、5地域中高い順に1番目）" in text
    assert "低い側に離れているのは訪問看護ST数" in text
    assert "基準 4.00、5地域中高い順に5番目、差は偶然の範囲" in text
    assert "反対の側" not in text  # the difference is within chance
    clear = said(drawn(outcome=["higher", "lower", "not_compared"]))
    assert "反対の側に最も離れているのは訪問看護ST数です" in clear
    assert "認定率" not in text
    turned = said(drawn(distance=[0.1, 0.2, -2.0], benchmark_value=[30.0, 4.0, 25.0]))
    assert "低い側に離れているのは認定率 20.0%" in turned
    assert "高齢化率" not in turned
    assert "望ましい" not in turned


def test_extremes_are_five_a_side_the_farthest_first():
    distances = [0.4, -0.6, 3.0, 0.9, -2.0, 1.0, 2.0, 1.5, 0.7]
    count = len(distances)
    frame = pd.DataFrame(
        {
            "title": [str(distance) for distance in distances],
            "distance": distances,
            "siblings": [4] * count,
            "is_amount": [False] * count,
            "polarity": ["low_is_good"] * count,
            "outcome": ["higher"] * count,
        }
    )
    high, low = extremes(frame)
    assert high["distance"].tolist() == [3.0, 2.0, 1.5, 1.0, 0.9]
    assert low["distance"].tolist() == [-2.0, -0.6]
    near = frame.assign(distance=frame["distance"] / 10)
    assert [len(rows) for rows in extremes(near)] == [0, 0]
    assert [len(rows) for rows in farthest(near)] == [5, 2]
    assert away_from_aim(frame)["distance"].tolist() == [3.0, 2.0, 1.5]
    assert away_from_aim(frame.assign(polarity="no_judgement")).empty
    assert away_from_aim(frame.assign(outcome="similar")).empty
    assert away_from_aim(frame.assign(polarity="high_is_good"))["distance"].tolist() == [-2, -0.6]


def test_amounts_do_not_stand_out():
    text = said(drawn(is_amount=[True, False, False]))
    assert "高齢化率" not in text
    assert "訪問看護ST数" in text


def test_amounts_have_no_benchmark(fresh_con):
    add_indicator(fresh_con, key="pop_75plus")
    for code, value in (("81201", 10.0), ("81", 90.0)):
        fresh_con.execute(
            "insert into observation (area_code, indicator_id, period, value, status, source_id,"
            " source_ref) values (?, 'pop_75plus', '2025', ?, 'observed', 's', 'r')",
            [code, value],
        )
    row = profile(fresh_con, area="81201").loc["pop_75plus"]
    assert row["is_amount"]
    assert pd.isna(row["benchmark_value"])


def test_sentence_passes_no_judgement():
    assert not any(word in said(drawn()) for word in ("優れ", "劣", "良い", "悪い"))


def test_few_siblings_or_small_distances_stand_out_nowhere():
    high, low = extremes(drawn(siblings=[3, 3, 3]))
    assert high.empty
    assert low.empty
    alone = profile_sentence(drawn(siblings=[1, 1, 1]), area_name="全国", benchmark_name="基準なし")
    assert "比べる同じ種類の地域はありません" in alone
    assert "4に満たないため" in said(drawn(siblings=[3, 3, 3]))
    near = said(drawn(distance=[0.1, -0.2, None]))
    assert "0.5倍以上離れたものはありません" in near
    assert "計算できた指標がまだありません" in said(drawn().iloc[:0])


def test_decimals_are_those_of_the_catalogue(fresh_con):
    add_indicator(fresh_con, key="kantaki_office")
    fresh_con.execute(
        "insert into observation (area_code, indicator_id, period, value, status, source_id,"
        " source_ref) values ('81201', 'kantaki_office', '2025', 0.0, 'observed', 's', 'r')"
    )
    decimals = load_catalogue().indicators["kantaki_office"].decimals
    assert profile(fresh_con, area="81201").loc["kantaki_office", "decimals"] == decimals


def test_rows_follow_the_domains_of_the_catalogue(fresh_con):
    for key in ("cm_office", "items_done", "vns_station", "aging_rate"):
        add_indicator(fresh_con, key=key)
        fresh_con.execute(
            "insert into observation (area_code, indicator_id, period, value, status, source_id,"
            " source_ref) values ('81201', ?, '2025', 1.0, 'observed', 's', 'r')",
            [key],
        )
    found = profile(fresh_con, area="81201").index.tolist()
    assert found == ["aging_rate", "vns_station", "cm_office", "items_done"]
