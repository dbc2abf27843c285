"""The two-step method against published examples, the field's library, and its own invariants."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.floating_catchment import STEP_WEIGHTS, flat_weight, step_weight, two_step_access
from tests.tiny_region import ROOT


def access_of(demand, supply, weights: np.ndarray) -> np.ndarray:
    """Weights by place (rows) and facility (columns); zero means outside the catchment."""
    origin, destination = np.nonzero(weights)
    return two_step_access(
        demand=np.array(demand, dtype=float),
        supply=np.array(supply, dtype=float),
        origin=origin,
        destination=destination,
        weight=weights[origin, destination],
    )


def test_the_example_of_the_r_package_fca() -> None:
    """CRAN fca 0.1.0, tests/testthat/test-spai_2sfca.R: p 1:4, s 1:6, all within reach, 2.1."""
    found = access_of([1, 2, 3, 4], [1, 2, 3, 4, 5, 6], np.ones((4, 6)))
    assert found.tolist() == pytest.approx([2.1] * 4)


def test_the_example_of_sdc_catchment_with_gaussian_decay() -> None:
    """PyPI sdc-catchment, Quickstart: c1 0.065179, c2 0.069641, c3 0.065179."""
    away = np.abs(np.array([[0.0], [1.0], [2.0]]) - np.array([[0.0, 2.0]]))
    found = access_of([100, 100, 100], [10, 10], np.exp(-(away**2) / 2))
    assert found.tolist() == pytest.approx([0.065179, 0.069641, 0.065179], abs=5e-7)


def test_by_hand_overlapping_catchments_add_up() -> None:
    """a serves 8 people, b 4, one place lies in both: 1/8, 1/8 + 1/4, 1/4."""
    weights = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    found = access_of([5, 3, 1], [1, 1], weights)
    assert found.tolist() == pytest.approx([1 / 8, 1 / 8 + 1 / 4, 1 / 4])


def test_nobody_in_the_catchment_gives_nothing_and_no_error() -> None:
    found = access_of([0, np.nan], [3], np.array([[1.0], [1.0]]))
    assert found.tolist() == [0.0, 0.0]


def test_steps_fall_at_the_thirds_of_the_radius() -> None:
    km = np.array([0.0, 10.0, 10.001, 20.0, 20.001, 30.0, 30.001])
    weights = step_weight(30.0)(km)
    inner, middle, outer = STEP_WEIGHTS
    assert weights.tolist() == [inner, inner, middle, middle, outer, outer, 0.0]
    assert flat_weight(30.0)(km).tolist() == [1, 1, 1, 1, 1, 1, 0]


def test_the_steps_are_those_of_the_library_access() -> None:
    """PySAL access, weights.step_fn: {20: 1, 40: 0.68, 60: 0.22} at 0, 10, … 70."""
    weights = step_weight(60.0)(np.arange(0, 71, 10, dtype=float))
    assert weights.tolist() == [1, 1, 1, 0.68, 0.68, 0.22, 0.22, 0]


CASES = json.loads((ROOT / "tests/fixtures/access_two_stage_fca.json").read_text(encoding="utf-8"))
RULES = {"flat_weight": flat_weight, "step_weight": step_weight}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['demand'][0]}")
def test_the_result_is_that_of_the_library_access(case: dict) -> None:
    """PyPI access 1.1.10.post3, fca.two_stage_fca(demand, supply, costs, max_cost=25,
    demand_index=True, weight_fn=our rule of 25), costs being straight distances up to 25.

    Each case holds what was given to it and what it answered; the package itself is not
    installed, since its name is that of a layer of ours.
    """
    places, facilities = np.array(case["places"]), np.array(case["facilities"])
    away = np.hypot(*(places[:, None, :] - facilities[None, :, :]).transpose(2, 0, 1))
    origin, destination = np.nonzero(away <= 25.0)
    found = two_step_access(
        demand=np.array(case["demand"], dtype=float),
        supply=np.array(case["supply"], dtype=float),
        origin=origin,
        destination=destination,
        weight=RULES[case["rule"]](25.0)(away[origin, destination]),
    )
    assert len(case["expected"]) > 8
    for place, expected in case["expected"].items():
        assert found[int(place)] == pytest.approx(expected)


PEOPLE = st.floats(1, 1e6)
SIZES = st.tuples(st.integers(1, 6), st.integers(1, 6))


@st.composite
def systems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    places, facilities = draw(SIZES)
    demand = draw(arrays(float, places, elements=PEOPLE))
    supply = draw(arrays(float, facilities, elements=st.floats(0, 1e3)))
    weights = draw(arrays(float, (places, facilities), elements=st.sampled_from([0, 0.22, 1.0])))
    return demand, supply, weights


@given(systems())
def test_what_people_reach_is_what_the_reached_facilities_supply(system) -> None:
    demand, supply, weights = system
    found = access_of(demand, supply, weights)
    reached = weights.any(axis=0)
    assert (demand * found).sum() == pytest.approx(supply[reached].sum(), rel=1e-9, abs=1e-9)


@given(systems())
def test_nobody_loses_by_more_supply_or_gains_by_more_people(system) -> None:
    demand, supply, weights = system
    found = access_of(demand, supply, weights)
    assert (access_of(demand, supply + 1, weights) >= found - 1e-12).all()
    assert (access_of(2 * demand, supply, weights) <= found + 1e-12).all()


@given(systems(), st.floats(0.1, 10))
def test_twice_the_supply_is_twice_the_access(system, factor) -> None:
    demand, supply, weights = system
    scaled = access_of(demand, factor * supply, weights)
    assert scaled.tolist() == pytest.approx((factor * access_of(demand, supply, weights)).tolist())
