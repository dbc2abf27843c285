"""What changed since the period before, and what is no change at all."""

import pandas as pd
import pytest

from analytics.profile_change import area_change, change_sentence, most_changed
from data.catalogue import load_catalogue


def add(con, key, *rows):
    entry = load_catalogue().indicators[key]
    con.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity,"
        " dimension, domain, smallest_level, source_title, cycle, disclosure)"
        " values (?, ?, 'd', ?, 1, 'no_judgement', 'outcome', 'eol', 'municipality', 's', 'c',"
        " 'none')",
        [key, entry.title, entry.unit],
    )
    for period, value, lower, upper, status in rows:
        con.execute(
            "insert into observation (area_code, indicator_id, period, value, lower_ci, upper_ci,"
            " status, source_id, source_ref) values ('81201', ?, ?, ?, ?, ?, ?, 's', 'r')",
            [key, period, value, lower, upper, status],
        )


def changes(con, year=2026):
    found = area_change(con, area_code="81201", year=year, denominator=None)
    return found.set_index("indicator_id")


def test_the_last_two_periods_are_compared_by_their_intervals(fresh_con):
    add(
        fresh_con, "death_home_rate",
        ("2021", 10.0, 9.0, 11.0, "observed"),
        ("2022", 15.0, 14.0, 16.0, "observed"),
        ("2023", 19.0, 17.0, 21.0, "observed"),
    )  # fmt: skip
    row = changes(fresh_con).loc["death_home_rate"]
    assert (row["period_before"], row["period"]) == ("2022", "2023")
    assert row["change"] == pytest.approx(4.0)
    assert (row["direction"], row["chance"]) == ("up", "beyond")
    before = changes(fresh_con, year=2022).loc["death_home_rate"]
    assert (before["value_before"], before["value"]) == (10.0, 15.0)


@pytest.mark.parametrize(
    ("lower", "upper", "chance"), [(14.0, 18.0, "within"), (None, None, "unknown")]
)
def test_meeting_intervals_are_chance_and_missing_ones_unknown(fresh_con, lower, upper, chance):
    add(
        fresh_con, "death_home_rate",
        ("2022", 15.0, 13.0, 17.0, "observed"),
        ("2023", 16.0, lower, upper, "observed"),
    )  # fmt: skip
    assert changes(fresh_con).loc["death_home_rate", "chance"] == chance


def test_projections_yes_or_no_and_gaps_are_never_a_change(fresh_con):
    add(fresh_con, "aging_rate", *((str(y), y / 100, None, None, "observed") for y in (2020, 2025)))
    add(fresh_con, "council_exists", ("FY2023", 0, None, None, "observed"),
        ("FY2024", 1, None, None, "observed"))  # fmt: skip
    add(fresh_con, "death_home_rate", ("2022", 15.0, 1, 20, "observed"),
        ("2023", None, None, None, "suppressed"))  # fmt: skip
    assert changes(fresh_con).empty


def test_answers_before_and_after_the_change_of_framework_do_not_meet(fresh_con):
    add(fresh_con, "training_count", ("FY2020", 3, None, None, "observed"),
        ("FY2021", 5, None, None, "observed"))  # fmt: skip
    assert changes(fresh_con).empty
    fresh_con.execute("update observation set period = 'FY2022' where period = 'FY2020'")
    fresh_con.execute("update observation set period = 'FY2023' where period = 'FY2021'")
    assert changes(fresh_con).loc["training_count", "change"] == 2


def frame(**columns):
    rows = {
        "indicator_id": ["a", "b", "c"],
        "change": [1.0, 8.0, 0.0],
        "direction": ["up", "up", "same"],
        "chance": ["beyond", "within", "within"],
    } | columns
    return pd.DataFrame(rows)


def test_what_is_beyond_chance_comes_first_and_what_is_the_same_not_at_all():
    profile = pd.DataFrame({"indicator_id": ["a", "b", "c"], "deviation": [10.0, 2.0, 1.0]})
    assert most_changed(frame(), profile)["indicator_id"].tolist() == ["a", "b"]
    within = most_changed(frame(chance=["within"] * 3), profile)
    assert within["indicator_id"].tolist() == ["b", "a"]


def test_sentence_counts_what_went_up_and_down():
    text = change_sentence(frame(), area_name="森村")
    assert text.startswith("前の期と比べられる3指標のうち、上がった2、下がった0、同じ1。")
    assert "重ならないほど変わったのは1指標" in text
    turned = change_sentence(frame(direction=["down", "up", "same"]), area_name="森村")
    assert "上がった1、下がった1" in turned
    assert "指標がありません" in change_sentence(frame().iloc[:0], area_name="森村")
