"""The two-step method against published examples, the field's library, and its own invariants."""

from __future__ import annotations

import importlib.util
from importlib.metadata import distribution
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.floating_catchment import STEP_WEIGHTS, flat_weight, step_weight, two_step_access


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


@pytest.fixture(scope="module")
def library() -> ModuleType:
    """The module of PySAL's access, by its file: its package has the name of a layer of ours."""
    path = distribution("access").locate_file("access/fca.py")
    spec = importlib.util.spec_from_file_location("pysal_access_fca", str(path))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("rule", [flat_weight, step_weight])
def test_the_result_is_that_of_the_library_access(library, seed, rule) -> None:
    random = np.random.default_rng(seed)
    places, facilities = random.uniform(0, 60, (30, 2)), random.uniform(0, 60, (12, 2))
    demand, supply = random.integers(1, 5_000, 30), random.integers(1, 100, 12)
    away = np.hypot(*(places[:, None, :] - facilities[None, :, :]).transpose(2, 0, 1))
    weight = rule(25.0)
    origin, destination = np.nonzero(away <= 25.0)
    ours = two_step_access(
        demand=demand.astype(float),
        supply=supply.astype(float),
        origin=origin,
        destination=destination,
        weight=weight(away[origin, destination]),
    )
    costs = pd.DataFrame({"origin": origin, "dest": destination, "cost": away[origin, destination]})
    theirs = library.two_stage_fca(
        pd.DataFrame({"demand": demand.astype(float)}).rename_axis("geoid"),
        pd.DataFrame({"supply": supply.astype(float)}).rename_axis("geoid"),
        costs,
        max_cost=25.0,
        demand_index=True,
        weight_fn=lambda km: float(weight(np.array([km]))[0]),
    )
    assert len(theirs) > 20
    assert ours[theirs.index].tolist() == pytest.approx(theirs.tolist())


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
