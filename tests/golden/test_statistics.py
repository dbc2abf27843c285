"""Every statistic against figures that others have published; sources beside each."""

import numpy as np
import pandas as pd
import pytest
from libpysal import examples
from libpysal.weights import lat2W

from analytics.statistics.funnel import (
    event_grid,
    funnel_outcome,
    proportion_limits,
    rate_limits,
    rate_outcome,
)
from analytics.statistics.quantiles import quantile_groups
from analytics.statistics.smoothing import empirical_bayes
from analytics.statistics.spatial import spatial_association
from analytics.statistics.standardised import standardised_rate, standardised_ratio
from analytics.statistics.trend import trend_of_proportions, trend_of_rates
from data.derive.intervals import poisson_interval

# PHEindicatormethods 1.1, vignettes/DSR-vignette.html, "Zero deaths for a specific age band";
# European Standard Population 2013.
ESP_2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500,
            5000, 4000, 2500, 1500, 1000]  # fmt: skip
PERSONS = [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15]
DEATHS = [1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8]


def test_dobson_gives_the_rate_and_limits_of_the_vignette():
    found = standardised_rate(DEATHS, PERSONS, ESP_2013)
    printed = (8283.016, 6570.819, 10289.65)
    assert (found.value, found.lower_ci, found.upper_ci) == pytest.approx(printed, abs=0.005)


# esda 2.9, docstrings and tests of esda.smoothing: two regions of four age groups.
EVENTS = np.array([[30, 25, 25, 15], [33, 21, 30, 20]])
RISK = np.array([[1000, 1000, 1100, 900], [1000, 900, 1100, 900]])
STANDARD = [1000, 900, 1000, 900]
STANDARD_EVENTS = np.array([[100, 45, 120, 100], [50, 30, 200, 80]])


@pytest.mark.parametrize(("region", "printed"), [(0, 0.02374402), (1, 0.02665072)])
def test_direct_standardisation_gives_the_rates_of_esda(region, printed):
    found = standardised_rate(EVENTS[region], RISK[region], STANDARD, per=1)
    assert found.value == pytest.approx(printed, abs=5e-9)


@pytest.mark.parametrize(("region", "printed"), [(0, 2.4869), (1, 2.7368)])
def test_the_ratio_of_observed_to_expected_is_that_of_esda(region, printed):
    found = standardised_ratio(
        EVENTS[region], RISK[region] / 10, STANDARD_EVENTS[region], STANDARD, reference=1
    )
    assert found.value == pytest.approx(printed, abs=5e-5)
    assert found.method == "Byar"


# Pearson and Hartley, Biometrika Tables I, table 40: exact limits of a count of 5.
def test_a_ratio_of_few_events_has_the_exact_limits_of_the_tables():
    found = standardised_ratio([2, 3], [100, 100], [10, 15], [1000, 1000])
    assert found.value == pytest.approx(200)
    assert (found.lower_ci, found.upper_ci) == pytest.approx((1.6235 / 0.025, 11.6683 / 0.025), rel=1e-4)  # fmt: skip
    assert found.method == "exact"


# PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv; average 80.642448 %.
PROPORTION_FUNNEL = [
    (10, 56.154344, 100, 42.03259, 100),
    (50, 69.691035, 91.593861, 63.375595, 97.909301),
    (1008, 78.203374, 83.081521, 76.796814, 84.488082),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]


@pytest.mark.parametrize(("size", "low95", "high95", "low998", "high998"), PROPORTION_FUNNEL)
def test_funnel_of_a_proportion_is_the_published_one(size, low95, high95, low998, high998):
    inner = proportion_limits(0.80642448, [size], confidence=0.95)
    outer = proportion_limits(0.80642448, [size], confidence=0.998)
    found = [limit[0] for limit in (*inner, *outer)]
    assert found == pytest.approx([low95, high95, low998, high998], abs=1e-4)


# PHEindicatormethods, tests/testthat/testdata_funnel_prop_inputs.csv: areas and what is printed;
# the average is that of the outputs file.
PROPORTIONS = [
    (35078.488, 41980, "high_998"),
    (24803.6256, 31824, "low_998"),
    (50050.7443, 61921, "inside"),
    (26789.238, 33012, "high_95"),
    (30277.5312, 37828, "low_95"),
    (41845.512, 51789, "inside"),
]


def test_areas_lie_in_the_funnel_where_they_are_published_to_lie():
    counts, sizes, printed = (np.array(column) for column in zip(*PROPORTIONS, strict=True))
    sizes = sizes.astype(float)
    limits = {c: proportion_limits(0.80642448, sizes, confidence=c) for c in (0.95, 0.998)}
    found = funnel_outcome(100 * counts.astype(float) / sizes, limits)
    assert found.tolist() == printed.tolist()


# PHEindicatormethods, tests/testthat/testdata_funnel_rate_outputs.csv; average 116.1720835 per
# 100,000, populations there are per year of three years.
RATE_FUNNEL = [
    # events, lower 95 population, rate, upper 95 population, rate, lower 99.8 rate, upper 99.8
    (1, 1598.675694, 20.85059119, 7.264481402, 4588.535848, 12.58170943, 116108.569),
    (5, 3348.002593, 49.78092521, 465.8280129, 357.7858395, 35.30048174, 785.6132963),
    (10, 5276.757672, 63.17010446, 1375.943768, 242.2579623, 48.13632908, 392.4043292),
    (104, 36157.10817, 95.87787415, 24382.08903, 142.1808715, 86.58805154, 160.4288333),
    (1360, 411529.9259, 110.158048, 369759.5622, 122.6021934, 106.9073359, 126.5084525),
]


@pytest.mark.parametrize("row", RATE_FUNNEL, ids=lambda row: str(row[0]))
def test_funnel_of_a_rate_is_the_published_one(row):
    events, low_size, low_rate, high_size, high_rate, lowest, highest = row
    inner = rate_limits(116.1720835e-5, confidence=0.95, events=[events]).iloc[0]
    outer = rate_limits(116.1720835e-5, confidence=0.998, events=[events]).iloc[0]
    # found there by halving an interval down to 1e-7, coarse for the limits of one event
    close = 3e-4 if events == 1 else 1e-5
    assert inner["lower_population"] / 3 == pytest.approx(low_size, rel=close)
    assert 1e5 * inner["lower_rate"] == pytest.approx(low_rate, rel=close)
    assert inner["upper_population"] / 3 == pytest.approx(high_size, rel=close)
    assert 1e5 * inner["upper_rate"] == pytest.approx(high_rate, rel=close)
    assert 1e5 * outer["lower_rate"] == pytest.approx(lowest, rel=close)
    assert 1e5 * outer["upper_rate"] == pytest.approx(highest, rel=close)


def test_a_rate_lies_outside_the_funnel_when_its_interval_misses_the_average():
    found = rate_outcome([30, 20, 10, 3, 0, 3], [100, 100, 100, 100, 100, 0], average=0.1)
    assert found.tolist() == ["high_998", "high_95", "inside", "low_95", "low_998", "not_compared"]
    low, high = poisson_interval(20, confidence=0.95)
    assert not low <= 10 <= high
    assert event_grid(5)[0] == 0
    assert event_grid(500).max() >= 1000


# dhsc-govuk/FingertipsNext, TrendAnalysisApp.UnitTests: published recent trends, oldest first.
DIABETES = ([3455176, 3491868, 3625401, 3774801, 3938080],
            [48783947, 49122259, 49956777, 50649129, 51441896])  # fmt: skip
MMR = ([92.6254, 92.3221, 90.8708, 90.017, 90.1013], [92.4168, 92.1072, 90.6358, 89.7694, 89.8578],
       [92.8288, 92.5315, 91.1004, 90.2594, 90.3396])  # fmt: skip
SIGHT_LOSS = ([2.935, 1.93028, 2.7567, 2.8701, 3.0121], [2.7841, 1.8085, 2.6113, 2.7225, 2.8616],
              [3.0919, 2.058, 2.9082, 3.0237, 3.1683])  # fmt: skip
CANCER = ([126.9341, 125.829, 121.5234, 122.3782, 120.7742],
          [125.9343, 124.8371, 120.5533, 121.4012, 119.8035],
          [127.94, 126.8268, 122.4993, 123.361, 121.7507])  # fmt: skip


@pytest.mark.parametrize(
    ("series", "verdict"),
    [(MMR, "decreasing"), (SIGHT_LOSS, "increasing"), (CANCER, "decreasing")],
    ids=["mmr", "sight_loss", "cancer"],
)
def test_trends_of_rates_are_the_published_ones(series, verdict):
    found = trend_of_rates(*series)
    assert found.verdict == verdict
    assert found.chi_square > 9.5495
    assert trend_of_rates(*(column[1:] for column in series)).verdict == "not_computed"


def test_the_trend_of_a_proportion_is_the_published_one():
    assert trend_of_proportions(*DIABETES).verdict == "increasing"


# esda 2.9, docstring of esda.smoothing.Empirical_Bayes: homicides in St. Louis counties.
SMOOTHED = [2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05, 6.58989323e-05,
            3.66494122e-05, 5.79952721e-05, 2.03064590e-05, 3.31152999e-05, 3.02748380e-05]  # fmt: skip


def test_empirical_bayes_gives_the_rates_of_esda():
    counties = pd.read_csv(examples.get_path("stl_hom.csv"))
    found = empirical_bayes(counties["HC7984"], counties["PO7984"])
    assert found[:10] == pytest.approx(SMOOTHED, rel=1e-7)


# The algorithm of PHEindicatormethods phe_quantile on ten and on seven areas.
def test_quintiles_follow_the_published_rule():
    assert quantile_groups(pd.Series(range(10))).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    seven = quantile_groups(pd.Series([7.0, 6, 5, 4, 3, 2, 1])).tolist()
    assert seven == [5, 4, 3, 3, 2, 1, 1]
    assert quantile_groups(pd.Series([1.0, 2, 3, 4])).isna().all()


def test_equal_values_share_a_group_and_missing_ones_have_none():
    groups = quantile_groups(pd.Series([1.0, 1, 1, 2, 3, np.nan]))
    assert groups[:3].nunique() == 1
    assert pd.isna(groups[5])


def _grid_neighbours(side: int) -> pd.DataFrame:
    weights = lat2W(side, side)
    pairs = [(str(one), str(other)) for one, others in weights for other in others]
    return pd.DataFrame(pairs, columns=["area_code", "neighbour_code"])


def test_a_chessboard_and_two_halves_have_the_extreme_values_of_moran():
    side = 8
    codes = [str(cell) for cell in range(side * side)]
    board = pd.Series([(c // side + c) % 2 for c in range(side * side)], codes, dtype=float)
    halves = pd.Series([c // side < side // 2 for c in range(side * side)], codes, dtype=float)
    corner = pd.Series([c // side < 3 and c % side < 3 for c in range(64)], codes, dtype=float)
    # Cliff and Ord: rook contiguity on a chessboard gives -1
    chess = spatial_association(board, _grid_neighbours(side))
    assert chess.statistic == pytest.approx(-1)
    split = spatial_association(halves, _grid_neighbours(side))
    assert split.statistic > 0.8
    assert split.p_value < 0.01
    kinds = spatial_association(corner, _grid_neighbours(side)).local.set_index("area_code")["kind"]
    assert kinds["9"] == "high_high"
    assert kinds["63"] == "none"
    inverse = spatial_association(1 - corner, _grid_neighbours(side))
    assert inverse.local.set_index("area_code")["kind"]["9"] == "low_low"


def test_association_is_not_computed_for_islands_or_equal_values():
    codes = [str(cell) for cell in range(16)]
    assert spatial_association(pd.Series(1.0, codes), _grid_neighbours(4)) is None
    assert spatial_association(pd.Series(range(16), codes, dtype=float),
                               _grid_neighbours(4).iloc[:0]) is None  # fmt: skip
    again = [spatial_association(pd.Series(range(16), codes, dtype=float), _grid_neighbours(4))
             for _ in range(2)]  # fmt: skip
    assert again[0].p_value == again[1].p_value
    pd.testing.assert_frame_equal(again[0].local, again[1].local)
