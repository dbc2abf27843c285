"""One indicator beside a benchmark: values, outcomes, and the sentence that follows them."""

import pandas as pd
import pytest

from analytics.compare import (
    default_period,
    has_interval,
    indicator_choices,
    indicator_periods,
    indicator_values,
    with_outcome,
)
from analytics.compare_sentence import compare_sentence, value_text
from analytics.denominators import choose_denominator
from analytics.rates import byar_interval
from analytics.scope import Scope, benchmark_codes, scope_of, sibling_scope

TOWNS = ("81100", "81201", "81202", "81203", "81204")


def test_choices_tell_what_is_observed_and_what_waits(tiny_con):
    frame = indicator_choices(tiny_con, area_codes=TOWNS).set_index("indicator_id")
    assert frame.loc["aging_rate", "areas"] == 5
    assert frame.loc["aging_rate", "observed"] >= 5
    assert frame.loc["death_home_rate", "observed"] == 0
    assert frame.loc["death_home_rate", "waiting_for"] == "人口動態調査の場所別死亡数"


def test_what_other_people_can_be_related_to_is_a_choice(fresh_con):
    for table, columns in (
        ("indicator", "'x', 'x', '', '', 1, '', '', '', '', '', '', null, '', 10000, null"),
        ("population_total", "'81201', 'insured', 2023, 9, 1, 2, 6, 3, 1, false, 'reported'"),
    ):
        fresh_con.execute(f"insert into {table} values ({columns})")
    fresh_con.execute(
        "insert into observation (area_code, indicator_id, period, numerator, status, source_id,"
        " source_ref) values ('81201', 'x', '2025', 2, 'missing', 's', 'r'),"
        " ('81202', 'x', '2025', 2, 'missing', 's', 'r')"
    )
    found = indicator_choices(fresh_con, area_codes=("81201", "81202")).iloc[0]
    assert (found["observed"], found["areas"]) == (1, 1)


def test_periods_come_oldest_first(fresh_con):
    for period in ("2030", "2025", "2020"):
        fresh_con.execute(
            "insert into observation (area_code, indicator_id, period, status, source_id,"
            " source_ref) values ('81', 'x', ?, 'observed', 's', 'r')",
            [period],
        )
    found = indicator_periods(fresh_con, indicator_id="x", area_codes=("81",))
    assert found == ["2020", "2025", "2030"]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2020", "2025", "2030"], "2025"),
        (["FY2022", "FY2023"], "FY2023"),
        (["2030"], "2030"),
        (["undated"], "undated"),
        ([], None),
    ],
)
def test_default_period_is_the_newest_that_has_come(periods, expected):
    assert default_period(periods, year=2026) == expected


def test_values_keep_the_order_and_rank_the_highest_first(tiny_con):
    codes = ("82204", *TOWNS)
    frame = indicator_values(
        tiny_con, indicator_id="aging_rate", period="2025", area_codes=codes, denominator=None
    )
    assert frame["area_code"].tolist() == list(codes)
    assert frame.loc[0, "status"] == "not_loaded"
    assert pd.isna(frame.loc[0, "value"])
    assert pd.isna(frame.loc[0, "rank"])
    assert frame.set_index("area_code").loc["81203", "rank"] == 1


@pytest.fixture
def related(fresh_con):
    fresh_con.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity,"
        " dimension, domain, smallest_level, source_title, cycle, disclosure, per_75plus)"
        " values ('x', 'X', 'd', '対1万', 1, 'no_judgement', 'structure', 'demand',"
        " 'municipality', 's', 'c', 'facilities', 10000)"
    )
    for code in ("81201", "81202", "81203"):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, 'municipality', ?)",
            [code, code],
        )
    rows = [
        ("81201", 20.0, 1000.0, 200.0, 120.0, 300.0, "observed"),
        ("81202", 5.0, None, None, None, None, "missing"),
        ("81203", None, None, None, None, None, "suppressed"),
    ]
    for code, numerator, denominator, value, lower, upper, status in rows:
        fresh_con.execute(
            "insert into observation values (?, 'x', '2025', ?, ?, ?, ?, ?, ?, 's', '式（分母：旧）')",
            [code, value, numerator, denominator, lower, upper, status],
        )
    for code, people in (("81201", 2000.0), ("81202", 500.0), ("81203", 700.0)):
        fresh_con.execute(
            "insert into population_total (area_code, edition, year, age_75_plus, is_projection,"
            " basis) values (?, 'juki', 2024, ?, false, 'source')",
            [code, people],
        )
    return fresh_con


def test_rates_are_related_to_the_denominator_in_view(related):
    codes = ("81201", "81202", "81203")
    frame = indicator_values(
        related,
        indicator_id="x",
        period="2025",
        area_codes=codes,
        denominator=choose_denominator(related, area_codes=codes),
    )
    assert frame["value"].tolist()[:2] == [100.0, 100.0]
    assert frame["denominator"].tolist()[:2] == [2000.0, 500.0]
    assert frame["status"].tolist() == ["observed", "observed", "suppressed"]
    assert pd.isna(frame.loc[2, "value"])
    lower, upper = byar_interval([20, 5], [2000, 500])
    assert frame["lower_ci"].tolist()[:2] == pytest.approx(lower.tolist())
    assert frame["upper_ci"].tolist()[:2] == pytest.approx(upper.tolist())
    assert frame.loc[0, "source_ref"].startswith("式（分母：住民基本台帳人口の75歳以上、令和6年")
    assert "旧" not in frame.loc[0, "source_ref"]


def test_rates_are_missing_where_no_denominator_is_loaded(related):
    frame = indicator_values(
        related, indicator_id="x", period="2025", area_codes=("81201",), denominator=None
    )
    assert frame["status"].tolist() == ["missing"]
    assert frame["numerator"].tolist() == [20.0]
    assert pd.isna(frame.loc[0, "value"])


def drawn(benchmark=4.0, **changes):
    rows = {
        "area_code": ["81201", "81202", "81203", "81204"],
        "area_name": ["山手市", "川辺町", "森村", "浜町"],
        "value": [5.0, 3.0, 4.2, None],
        "lower_ci": [4.5, 2.0, 3.9, None],
        "upper_ci": [5.5, 3.9, 4.6, None],
        "status": ["observed", "observed", "observed", "suppressed"],
    } | changes
    frame = pd.DataFrame(rows)
    rank = frame["value"].rank(method="min", ascending=False).astype("Int64")
    return with_outcome(frame.assign(rank=rank), benchmark=benchmark)


def say(frame, *, benchmark=4.0, own_code=None, period="FY2023", **changes):
    return compare_sentence(
        frame,
        title="見本率",
        period=period,
        unit="%",
        decimals=1,
        group_name="東見本県",
        benchmark_name="全国",
        benchmark=benchmark,
        own_code=own_code,
        **changes,
    )


def test_sentence_about_the_own_area_follows_the_interval():
    text = say(drawn(), own_code="81201")
    assert "山手市は5.0%" in text
    assert "全国の4.0%より高い値" in text
    assert "3地域中、高い順に1番目" in text
    assert "95％信頼区間 4.5～5.5" in text
    wide = drawn(lower_ci=[3.5, 2.0, 3.9, None])
    assert "同程度です（差は偶然の範囲" in say(wide, own_code="81201")
    assert "低い値" in say(drawn(), own_code="81202")


def test_sentence_about_the_group_counts_outcomes_and_gaps():
    text = say(drawn())
    assert "最も高いのは山手市の5.0%、最も低いのは川辺町の3.0%" in text
    assert "高い地域は1、低い地域は1、同程度は1" in text
    assert "このほか秘匿1地域" in text
    other = say(drawn(value=[3.0, 9.0, 4.2, None]))
    assert "最も高いのは川辺町の9.0%" in other


def test_sentence_says_the_period_or_that_there_is_none():
    assert say(drawn()).startswith("東見本県の令和5年度(2023年度)の見本率：")
    assert say(drawn(), period="undated").startswith("東見本県の見本率（時点の記載なし）：")


def test_sentence_names_no_single_area_where_several_share_the_lowest_value():
    assert "最も低いのは3.0%の2地域です" in say(drawn(value=[5.0, 3.0, 3.0, None]))


@pytest.mark.parametrize("own_code", [None, "81201", "81202", "81203"])
def test_sentence_passes_no_judgement(own_code):
    text = say(drawn(), own_code=own_code)
    assert not any(word in text for word in ("優", "劣", "良", "悪", "望ましい"))


def test_intervals_are_told_from_none():
    assert has_interval(drawn())
    assert not has_interval(drawn(lower_ci=[None] * 4, upper_ci=[None] * 4))


def test_sentence_without_intervals_or_benchmark_claims_no_chance():
    none = [None] * 4
    text = say(drawn(lower_ci=none, upper_ci=none), own_code="81201")
    assert "差は+1.0ポイントです（四捨五入前の値の差）。" in text
    assert "偶然" not in text
    assert "上回る地域は2、下回る地域は1" in say(drawn(lower_ci=none, upper_ci=none))
    assert "基準の値はありません" in say(drawn(benchmark=None), benchmark=None)


def test_an_amount_is_compared_with_no_larger_area():
    for own_code in (None, "81201"):
        text = say(drawn(), own_code=own_code, is_amount=True)
        assert "山手市" in text
        assert "全国" not in text
        assert "基準" not in text


def test_sentence_when_nothing_has_a_value():
    frame = drawn(value=[None] * 4, status=["missing", "missing", "not_loaded", "suppressed"])
    text = say(frame)
    assert "どの地域にも値がありません" in text
    assert "秘匿1地域、欠測2地域、データなし1地域" in text


def test_a_unit_that_names_a_base_stands_before_the_value():
    assert value_text(3.456, unit="75歳以上1万人対", decimals=2) == "75歳以上1万人対 3.46"
    assert value_text(1234.5, unit="人", decimals=0) == "1,234人"
    assert value_text(0.0, unit="有無(1・0)", decimals=0) == "無"


@pytest.mark.parametrize(
    ("area", "level", "expected"),
    [
        ("81", "municipality", Scope("81", "東見本県", "municipality", None)),
        ("81203", "municipality", Scope("81", "東見本県", "municipality", "81203")),
        ("81101", "ward", Scope("81100", "中央市", "ward", "81101")),
        ("81100", "ward", Scope("81100", "中央市", "ward", None)),
    ],
)
def test_scope_is_the_parts_or_the_siblings(tiny_con, area, level, expected):
    assert scope_of(tiny_con, area_code=area, level=level) == expected


def test_siblings_and_benchmarks(tiny_con):
    found = sibling_scope(tiny_con, area_code="81100")
    assert found == Scope("81", "東見本県", "municipality", "81100")
    assert benchmark_codes(tiny_con, parent_code="m2-8101") == ["00", "81", "m2-8101"]
    assert benchmark_codes(tiny_con, parent_code="81100") == ["00", "81", "81100"]
