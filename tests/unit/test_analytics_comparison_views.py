"""Groups as benchmarks, funnels, pairs of indicators, rug and periods, on tables written here."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics.denominators import choose_denominator
from analytics.funnel_points import funnel_of, funnel_sentence
from analytics.group_values import group_value, is_proportion, multiplier, value_of_members
from analytics.period_series import period_series, spread_by_period, trend_of, unbroken
from analytics.rug import rug_values
from analytics.two_indicators import pair_of, pair_sentence
from data.catalogue import load_catalogue

ENTRIES = load_catalogue().indicators
RATE, SHARE, AMOUNT = ENTRIES["vns_station"], ENTRIES["cert_rate"], ENTRIES["pop_75plus"]
TOWNS = ("81100", "81201", "81202", "81203", "81204")


def members(**changes):
    rows = {
        "numerator": [10.0, 30.0],
        "denominator": [1_000.0, 2_000.0],
        "lower_ci": [1.0, 1.0],
        "status": ["observed", "observed"],
    }
    return pd.DataFrame(rows | changes)


def test_a_group_divides_sums_and_never_averages():
    found = value_of_members(members(), SHARE)
    assert found.value == pytest.approx(100 * 40 / 3_000)
    assert found.value != pytest.approx((100 * 10 / 1_000 + 100 * 30 / 2_000) / 2)
    assert found.lower_ci < found.value < found.upper_ci
    assert value_of_members(members(), RATE).value == pytest.approx(10_000 * 40 / 3_000)


@pytest.mark.parametrize(
    ("changes", "status", "known"),
    [
        ({"status": ["observed", "suppressed"], "numerator": [10.0, None]}, "suppressed", 1),
        ({"status": ["observed", "missing"], "numerator": [10.0, None]}, "missing", 1),
        ({"denominator": [0.0, 0.0]}, "missing", 2),
    ],
)
def test_a_group_with_a_gap_has_none(changes, status, known):
    found = value_of_members(members(**changes), SHARE)
    assert (found.status, found.known, found.asked) == (status, known, 2)
    assert np.isnan(found.value)
    assert np.isnan(found.numerator)


def test_amounts_and_empty_groups_have_no_value():
    assert value_of_members(members(), AMOUNT).status == "not_applicable"
    assert value_of_members(members().iloc[:0], SHARE).status == "missing"
    assert value_of_members(members(lower_ci=[None, None]), SHARE).value > 0
    assert np.isnan(value_of_members(members(lower_ci=[None, None]), SHARE).lower_ci)


def test_the_group_of_all_members_is_the_larger_area(tiny_con):
    denominator = choose_denominator(tiny_con, area_codes=TOWNS)
    found = group_value(tiny_con, codes=TOWNS, indicator_id="vns_station", period="2025",
                        denominator=denominator)  # fmt: skip
    whole = group_value(tiny_con, codes=("81",), indicator_id="vns_station", period="2025",
                        denominator=denominator)  # fmt: skip
    assert found.value == pytest.approx(whole.value)
    assert found.asked == 5


def test_units_tell_the_multiplier():
    assert (multiplier(RATE), is_proportion(RATE)) == (10_000, False)
    assert (multiplier(SHARE), is_proportion(SHARE)) == (100, True)


def points(numerators, size=1_000.0):
    frame = pd.DataFrame({"numerator": numerators})
    count = len(frame)
    return frame.assign(
        area_code=[f"{n:05d}" for n in range(count)],
        area_name=[f"町{n}" for n in range(count)],
        denominator=size,
        value=100 * frame["numerator"] / size,
        lower_ci=1.0,
    )


def test_a_funnel_is_around_the_whole_of_what_is_shown():
    found = funnel_of(points([100.0, 110, 90, 300]), SHARE)
    assert found.average == pytest.approx(15)
    assert found.points["outcome"].tolist() == ["low_998", "low_998", "low_998", "high_998"]
    assert set(found.limits["level"]) == {"95％", "99.8％"}
    said = funnel_sentence(found, entry=SHARE, period="FY2023", own_code="00003")
    assert "高い地域は1、低い地域は3で、うち4地域は99.8％限界の外" in said
    assert "町3（30.0%）は99.8％限界より高い位置" in said
    assert "限界の内" in funnel_sentence(funnel_of(points([100.0, 101, 99]), SHARE), entry=SHARE,
                                      period="FY2023", own_code="00000")  # fmt: skip


@pytest.mark.parametrize("numerators", [[1.0, 2.0], [0.0, 0, 0], [1_000.0] * 3])
def test_no_funnel_of_few_areas_or_of_none_or_all(numerators):
    assert funnel_of(points(numerators), SHARE) is None
    assert funnel_of(points([1.0, 2, 3]).assign(lower_ci=np.nan), SHARE) is None


def measured(values):
    return pd.DataFrame(
        {
            "area_code": [f"{n:05d}" for n in range(len(values))],
            "area_name": [f"町{n}" for n in range(len(values))],
            "value": values,
        }
    )


# Anscombe (1973), The American Statistician 27:17-21, first data set: y = 3.00 + 0.500 x, R² 0.67.
ANSCOMBE_X = [10.0, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE_Y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]


def test_the_line_is_that_of_the_published_example():
    pair = pair_of(measured(ANSCOMBE_X), measured(ANSCOMBE_Y))
    assert pair.line == pytest.approx((0.5001, 3.0001), abs=1e-4)
    assert pair.r_squared == pytest.approx(0.6665, abs=1e-4)
    said = pair_sentence(pair, x_title="甲", y_title="乙", where="県", own_code="00000")
    assert "R²は0.67で、一方が高い地域ほど他方も高い傾向があります" in said
    assert "町0の乙は、直線の上側" in said


def test_an_area_far_from_the_line_is_named():
    y = [2 * x for x in ANSCOMBE_X]
    y[3] += 30
    pair = pair_of(measured(ANSCOMBE_X), measured(y))
    assert pair.frame.loc[pair.frame["is_outlier"], "area_name"].tolist() == ["町3"]
    said = pair_sentence(pair, x_title="甲", y_title="乙", where="県", own_code=None)
    assert "大きく離れるのは町3です" in said


@pytest.mark.parametrize(
    ("x", "y"), [([1.0, 2, 3], [1.0, 2, 3]), ([5.0] * 6, [1.0, 2, 3, 4, 5, 6]),
                 ([None] * 6, [1.0] * 6)],
)  # fmt: skip
def test_no_line_of_few_or_equal_values(x, y):
    pair = pair_of(measured(x), measured(y))
    assert pair.line is None
    said = pair_sentence(pair, x_title="甲", y_title="乙", where="県", own_code=None)
    assert "計算していません" in said


@pytest.fixture
def own_con(tiny, tmp_path):
    path = tmp_path / "own.duckdb"
    path.write_bytes(tiny.read_bytes())
    with duckdb.connect(str(path)) as con:
        con.execute("update observation set lower_ci = value * 0.99, upper_ci = value * 1.01")
        yield con


def rug(con, **changes):
    options = {"area_codes": TOWNS, "benchmark_code": "81", "year": 2026, "denominator": None}
    return rug_values(con, **(options | changes))


def test_the_rug_compares_each_rate_with_the_benchmark(own_con):
    frame = rug(own_con).set_index(["area_code", "indicator_id"])
    assert frame.loc[("81203", "aging_rate"), "outcome"] == "higher"
    assert frame.loc[("81100", "aging_rate"), "outcome"] == "lower"
    assert "81" not in frame.index.get_level_values(0)


def test_the_benchmark_of_the_rug_may_be_a_group(own_con):
    frame = rug(own_con, benchmark_code=None, group_codes=("81201", "81202"))
    marks = frame[frame["indicator_id"] == "aging_rate"]["benchmark_value"].unique()
    sums = own_con.execute(
        "select 100 * sum(numerator) / sum(denominator) from observation"
        " where indicator_id = 'aging_rate' and area_code in ('81201', '81202')"
    ).fetchone()[0]
    assert marks == pytest.approx([sums])
    outside = rug(own_con, benchmark_code=None, group_codes=("81201", "82204"))
    assert outside["benchmark_value"].isna().all()
    assert set(outside["outcome"]) == {"not_compared"}


def test_amounts_are_not_in_the_rug(own_con):
    own_con.execute(
        "insert into observation select area_code, 'pop_75plus', '2025', 5, 5, null, null, null,"
        " 'observed', source_id, source_ref from observation where indicator_id = 'aging_rate'"
    )
    assert "pop_75plus" not in set(rug(own_con)["indicator_id"])


def test_periods_have_the_five_numbers_of_the_parts(own_con):
    series = period_series(own_con, indicator_id="aging_rate", area_codes=(*TOWNS, "81"),
                           denominator=None)  # fmt: skip
    spread = spread_by_period(series, part_codes=TOWNS, own_code="81203", benchmark="81")
    values = series[series["area_code"].isin(TOWNS)]["value"]
    row = spread.iloc[0]
    assert row["areas"] == 5
    assert (row["lowest"], row["middle"]) == (values.min(), values.median())
    assert row["own_value"] == values.max()
    assert spread_by_period(series.iloc[:0], part_codes=TOWNS, own_code=None,
                            benchmark=None).empty  # fmt: skip


def yearly(first, last):
    years = range(first, last + 1)
    return pd.DataFrame(
        {
            "area_code": "81201",
            "period": [f"FY{year}" for year in years],
            "value": [10.0 * n for n, _ in enumerate(years, 1)],
            "numerator": [10.0 * n for n, _ in enumerate(years, 1)],
            "denominator": 100.0,
            "lower_ci": 1.0,
            "upper_ci": 2.0,
        }
    )


def test_a_trend_never_crosses_the_change_of_framework():
    entry = ENTRIES["council_exists"]
    assert entry.recipe.kind.startswith("survey")
    series = yearly(2016, 2024)
    assert set(unbroken(series, entry)["period"]) == {"FY2021", "FY2022", "FY2023", "FY2024"}
    assert trend_of(series, area_code="81201", entry=entry).verdict == "not_computed"
    assert unbroken(series, SHARE).equals(series)


def test_projected_values_have_no_trend():
    assert trend_of(yearly(2016, 2024), area_code="81201",
                    entry=ENTRIES["aging_rate"]).verdict == "not_computed"  # fmt: skip
    assert trend_of(yearly(2016, 2024), area_code="81201",
                    entry=SHARE).verdict == "increasing"  # fmt: skip
