"""What must hold of the statistics whatever the figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.statistics.benchmark import compare_with_benchmark, judged
from analytics.statistics.funnel import proportion_limits, rate_limits
from analytics.statistics.smoothing import empirical_bayes
from analytics.statistics.standardised import standardised_rate, standardised_ratio
from analytics.statistics.suppression import THRESHOLD, group_totals, is_small, without_small
from analytics.statistics.trend import trend_of_proportions, trend_of_rates

COUNTS = st.integers(0, 500)
AREAS = st.lists(st.tuples(COUNTS, st.integers(1, 100_000)), min_size=1, max_size=30)
AGES = st.lists(
    st.tuples(COUNTS, st.integers(1, 100_000), st.integers(1, 10_000)), min_size=1, max_size=19
)


@given(AREAS)
def test_smoothing_draws_every_rate_towards_the_mean(areas):
    events, persons = np.array(areas, dtype=float).T
    mean, rate = events.sum() / persons.sum(), events / persons
    smoothed = empirical_bayes(events, persons)
    low, high = np.minimum(rate, mean), np.maximum(rate, mean)
    assert (smoothed >= low - 1e-12).all()
    assert (smoothed <= high + 1e-12).all()


def test_smoothing_gives_the_mean_where_chance_explains_all():
    smoothed = empirical_bayes([1, 0, 1, 0, np.nan], [10, 10, 10, 10, 10])
    assert smoothed[:4] == pytest.approx([0.05] * 4)
    assert np.isnan(smoothed[4])
    assert np.isnan(empirical_bayes([3, 1], [0, 10])[0])


@given(AGES)
def test_a_standardised_rate_lies_inside_its_limits(ages):
    events, persons, standard = zip(*ages, strict=True)
    found = standardised_rate(events, persons, standard)
    if sum(events) < 10:
        assert np.isnan(found.value)
    else:
        assert found.lower_ci <= found.value <= found.upper_ci


@given(AGES)
def test_a_population_standardised_by_itself_has_ratio_100(ages):
    events, persons, _ = zip(*ages, strict=True)
    found = standardised_ratio(events, persons, events, persons)
    if sum(events):
        assert found.value == pytest.approx(100)
        assert found.lower_ci <= 100 <= found.upper_ci
    else:
        assert np.isnan(found.value)


@pytest.mark.parametrize("faulty", [[-1, 2], [np.nan, 2], [1, 2, 3]])
def test_impossible_age_groups_are_refused(faulty):
    with pytest.raises(ValueError, match=r"age group|negative"):
        standardised_rate(faulty, [10, 10], [1, 1])
    with pytest.raises(ValueError, match="nobody"):
        standardised_rate([1, 2], [10, 0], [1, 1])


@given(st.floats(0, 1), st.integers(1, 1_000_000))
def test_the_funnel_narrows_and_holds_the_average(average, size):
    low, high = proportion_limits(average, [size, 4 * size], confidence=0.95)
    wide, far = proportion_limits(average, [size], confidence=0.998)
    assert low[0] <= low[1] <= 100 * average + 1e-9 <= high[1] + 2e-9
    assert high[1] <= high[0] + 1e-9
    assert wide[0] <= low[0]
    assert far[0] >= high[0]


@given(st.floats(1e-6, 1), st.integers(0, 5_000))
def test_limits_of_a_rate_enclose_the_average(average, events):
    row = rate_limits(average, confidence=0.95, events=[events]).iloc[0]
    assert row["lower_rate"] <= average
    assert np.isnan(row["upper_rate"]) if events == 0 else row["upper_rate"] >= average


def test_a_funnel_needs_an_average():
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportion_limits(1.2, [10], confidence=0.95)
    with pytest.raises(ValueError, match="above 0"):
        rate_limits(0, confidence=0.95, events=[1])


SERIES = st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 5)), min_size=5, max_size=5)


@given(SERIES)
@example([(0.0, 1.0), (5.0, 1.0), (5.0, 1.0), (5.0, 2.0), (5.0, 1.0)])
def test_a_trend_turned_round_has_the_opposite_verdict(series):
    value, half = np.array(series).T
    there = trend_of_rates(value, value - half, value + half)
    back = trend_of_rates(value[::-1], (value - half)[::-1], (value + half)[::-1])
    turned = {"increasing": "decreasing", "decreasing": "increasing"}
    assert back.verdict == turned.get(there.verdict, there.verdict)
    assert back.chi_square == pytest.approx(there.chi_square, rel=1e-6, abs=1e-6)


def test_only_the_last_five_known_periods_count():
    rise = [1.0, 2, 3, 4, 5]
    value = np.array([90.0, 80, np.nan, *rise])
    assert trend_of_rates(value, value - 0.1, value + 0.1).verdict == "increasing"
    assert trend_of_rates(rise, rise, rise).verdict == "not_computed"
    assert trend_of_rates([5.0] * 5, [4.0] * 5, [6.0] * 5).verdict == "no_change"
    assert trend_of_proportions([0] * 5, [10] * 5).verdict == "not_computed"
    assert trend_of_proportions([10, 20, 30, 40, 50], [100] * 5).verdict == "increasing"
    # one period alone makes the rise
    assert trend_of_proportions([10, 10, 10, 10, 60], [100] * 5).verdict == "no_change"
    with pytest.raises(ValueError, match="exceeds"):
        trend_of_proportions([2, 1, 1, 1, 1], [1] * 5)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20), st.floats(0, 100))))
def test_higher_and_lower_never_touch_the_benchmark(rows):
    frame = pd.DataFrame(rows, columns=["value", "half", "benchmark"])
    lower, upper = frame["value"] - frame["half"], frame["value"] + frame["half"]
    outcome = compare_with_benchmark(frame["value"], lower, upper, benchmark=frame["benchmark"])
    assert (lower[outcome == "higher"] > frame["benchmark"][outcome == "higher"]).all()
    assert (upper[outcome == "lower"] < frame["benchmark"][outcome == "lower"]).all()
    neutral = judged(outcome, polarity="no_judgement")
    assert not set(neutral) & {"better", "worse"}


def test_only_polarity_makes_better_or_worse():
    outcome = pd.Series(["higher", "lower", "similar", "not_compared"])
    assert judged(outcome, polarity="high_is_good").tolist() == [
        "better", "worse", "similar", "not_compared"]  # fmt: skip
    assert judged(outcome, polarity="low_is_good").tolist()[:2] == ["worse", "better"]
    assert judged(outcome, polarity="no_judgement").tolist() == outcome.tolist()


def _derivable(shown: list[tuple[set[str], float]], codes: list[str]) -> set[str]:
    """Return the areas whose count follows from the shown totals by adding and subtracting."""
    if not shown:
        return set()
    rows = np.array([[code in members for code in codes] for members, _ in shown], dtype=float)
    rank = np.linalg.matrix_rank(rows)
    unit = np.eye(len(codes))
    return {
        code
        for place, code in enumerate(codes)
        if np.linalg.matrix_rank(np.vstack([rows, unit[place]])) == rank
    }


def _all_shown(
    counts: pd.Series, groups: dict[str, list[str]], hidden: set[str]
) -> list[tuple[set[str], float]]:
    totals = group_totals(counts, groups=groups, hidden=hidden)
    known = totals[totals["status"] == "observed"]
    pairs = zip(known["group_key"], known["total"], strict=True)
    shown = [(set(groups[key]), total) for key, total in pairs]
    single = without_small(counts, hidden=hidden).dropna()
    return shown + [({code}, count) for code, count in single.items()]


@settings(max_examples=1_000, deadline=None)
@given(st.data())
def test_no_sequence_of_filters_gives_a_small_count_away(data):
    codes = [f"{place:02d}" for place in range(data.draw(st.integers(2, 9)))]
    counts = pd.Series(
        data.draw(st.lists(st.integers(0, 12), min_size=len(codes), max_size=len(codes))), codes
    )
    hidden = set(data.draw(st.lists(st.sampled_from(codes), max_size=2)))
    filters = data.draw(
        st.lists(st.lists(st.sampled_from(codes), min_size=1, unique=True), max_size=12)
    )
    groups = {str(number): chosen for number, chosen in enumerate([*filters, codes])}
    secret = set(counts.index[is_small(counts)]) | hidden
    assert not secret & _derivable(_all_shown(counts, groups, hidden), codes)


def test_without_the_rule_for_groups_a_count_would_be_derivable():
    counts = pd.Series({"a": 3, "b": 20, "c": 30})
    shown = [({"a", "b", "c"}, 53.0), ({"b"}, 20.0), ({"c"}, 30.0)]
    assert _derivable(shown, list(counts.index)) >= {"a"}
    totals = group_totals(counts, groups={"all": ["a", "b", "c"], "two": ["b", "c"], "none": []})
    assert totals["status"].tolist() == ["suppressed", "observed", "missing"]
    assert totals["total"].tolist()[1] == 50


def test_zero_and_the_threshold_are_shown():
    counts = pd.Series({"a": 0, "b": 1, "c": THRESHOLD - 1, "d": THRESHOLD})
    assert is_small(counts).tolist() == [False, True, True, False]
    assert without_small(counts).dropna().to_dict() == {"a": 0, "d": THRESHOLD}
    other = group_totals(pd.Series({"a": 9.0}), groups={"g": ["a", "unknown"]})
    assert other["status"].tolist() == ["missing"]
