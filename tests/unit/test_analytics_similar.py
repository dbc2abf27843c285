"""Matching on tables small enough to judge by eye, and what the neighbours do."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.municipal_facts import Facts
from analytics.similar import VARIABLES, known_variables, similar_areas, similar_to
from analytics.similar_items import done_by_similar

# Two big cities, three towns of the plain, two old villages in the hills.
PLACES = pd.DataFrame(
    [
        ("01201", "大市", "市", 300_000, 25.0, 2.4, 1.60, 140.0, 40.0),
        ("02201", "巨市", "市", 350_000, 26.0, 2.3, 1.55, 130.0, 33.0),
        ("01401", "原町", "町", 20_000, 30.0, 1.9, 1.30, 140.1, 40.1),
        ("02401", "野町", "町", 22_000, 31.0, 1.8, 1.28, 130.1, 33.1),
        ("02402", "里町", "町", 9_000, 38.0, 1.3, 1.05, 130.2, 33.2),
        ("01501", "峰村", "村", 1_500, 50.0, 0.8, 0.85, 140.2, 40.2),
        ("02501", "沢村", "村", 1_200, 51.0, 0.8, 0.82, 130.3, 33.3),
    ],
    columns=["area_code", "area_name", "kind", "population", "aging_share",
             "workers_per_senior", "growth_75plus", "lon", "lat"],
).assign(density=np.nan, area_type="municipality", prefecture_name="県")  # fmt: skip
PLACES["prefecture_code"] = PLACES["area_code"].str[:2]
FACTS = Facts(PLACES, {})
ASKED = {"variables": ("population", "aging_share", "growth_75plus", "kind"), "weights": {},
         "among": "nation"}  # fmt: skip
# by hand: what anybody would pair
LABELLED = [("01201", "02201"), ("01401", "02401"), ("01501", "02501"), ("02501", "01501")]


@pytest.mark.parametrize(("own", "nearest"), LABELLED)
def test_the_nearest_is_the_one_anybody_would_name(own, nearest):
    found = similar_to(FACTS, area_code=own, **ASKED)
    assert found["area_code"].iloc[0] == nearest
    assert own not in set(found["area_code"])


def test_the_farthest_of_all_is_one_and_the_order_is_by_distance():
    found = similar_to(FACTS, area_code="01501", **ASKED)
    assert found["distance"].is_monotonic_increasing
    assert found["distance"].max() == pytest.approx(1)
    assert (found["nearness"] == 100 * (1 - found["distance"])).all()


def test_the_reason_names_what_is_near_and_only_that():
    found = similar_to(FACTS, area_code="01201", **ASKED).set_index("area_code")
    assert found.loc["02201", "reason"].endswith("が近い")
    assert "人口規模" in found.loc["02201", "reason"]
    assert found.loc["02501", "reason"] == "一つだけで近い項目はないが、全体として近い"


def test_weights_turn_the_choice():
    by_place = {"variables": ("population", "distance_km"), "among": "nation"}
    near = similar_to(FACTS, area_code="01201", weights={"population": 0.01, "distance_km": 9},
                      **by_place)  # fmt: skip
    alike = similar_to(FACTS, area_code="01201", weights=(("population", 9), ("distance_km", 0)),
                       **by_place)  # fmt: skip
    assert near["area_code"].iloc[0] == "01401"
    assert near["distance_km"].iloc[0] == pytest.approx(14, abs=1)
    assert alike["area_code"].iloc[0] == "02201"
    assert "distance_km" not in alike


def test_among_the_prefecture_stays_there_but_keeps_its_scale():
    whole = similar_to(FACTS, area_code="01201", **ASKED).set_index("area_code")
    own = similar_to(FACTS, area_code="01201", **(ASKED | {"among": "prefecture"}))
    assert set(own["area_code"]) == {"01401", "01501"}
    assert own.set_index("area_code").loc["01401", "distance"] == whole.loc["01401", "distance"]


def test_only_areas_with_every_variable_take_part():
    gap = PLACES.assign(aging_share=PLACES["aging_share"].where(PLACES["area_code"] != "02201"))
    found = similar_to(Facts(gap, {}), area_code="01201", **ASKED)
    assert "02201" not in set(found["area_code"])
    assert similar_to(Facts(gap, {}), area_code="02201", **ASKED).empty
    assert known_variables(Facts(gap, {}), area_code="02201") == (
        "population", "workers_per_senior", "growth_75plus", "kind", "distance_km")  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"variables": ()}, {"variables": ("no_such",)}, {"weights": dict.fromkeys(VARIABLES, 0)}],
)
def test_nothing_to_match_by_gives_nobody(changes):
    assert similar_to(FACTS, area_code="01201", **(ASKED | changes)).empty
    assert similar_to(FACTS, area_code="99999", **ASKED).empty


def test_equal_places_are_at_no_distance():
    same = pd.concat([PLACES.iloc[[0]]] * 3).assign(area_code=["01201", "02201", "02202"])
    found = similar_to(Facts(same, {}), area_code="01201", **ASKED)
    assert found["distance"].tolist() == [0, 0]
    assert found["area_code"].tolist() == ["02201", "02202"]


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 5), min_size=4, max_size=4), st.floats(0.5, 20))
def test_only_the_proportion_of_the_weights_counts(weights, factor):
    names = ASKED["variables"]
    one = similar_to(FACTS, area_code="01201",
                     **(ASKED | {"weights": dict(zip(names, weights, strict=True))}))  # fmt: skip
    other = similar_to(FACTS, area_code="01201",
                       **(ASKED | {"weights": {n: factor * w for n, w in
                                               zip(names, weights, strict=True)}}))  # fmt: skip
    by_code = one.set_index("area_code")["distance"]
    assert other.set_index("area_code")["distance"].to_dict() == pytest.approx(by_code.to_dict())


def test_the_tiny_region_pairs_its_villages(tiny_con):
    found = similar_areas(tiny_con, area_code="81203", variables=("population", "aging_share"),
                          weights={}, among="nation", count=3)  # fmt: skip
    assert found["area_name"].iloc[0] == "谷村"
    assert len(found) == 3


def test_gaps_are_items_that_others_carry_out(tiny_con):
    found = done_by_similar(tiny_con, area_code="81203", codes=("81201", "81202", "82204"),
                            fiscal_year=2017, framework="h27r2")  # fmt: skip
    rows = found.set_index("item_key")
    # 81203 does the first two of eight; 81201 six, 81202 four, 82204 three
    assert rows.loc["a", ["own", "doing", "answering"]].tolist() == ["done", 3, 3]
    assert not rows.loc["a", "is_gap"]
    assert rows.loc["u", ["own", "doing", "answering"]].tolist() == ["none", 3, 3]
    assert rows.loc["u", "is_gap"]
    assert rows.loc["u", "names"] == "山手市、川辺町、島村"
    assert found["item_key"].iloc[0] == "u"
    assert rows.loc["ku", "doing"] == 0
    assert not rows.loc["ku", "is_gap"]


def test_no_answer_is_never_counted_as_not_doing(tiny_con):
    silent = done_by_similar(tiny_con, area_code="81204", codes=("81201", "82201"),
                             fiscal_year=2017, framework="h27r2")  # fmt: skip
    assert set(silent["own"]) == {"unanswered"}
    assert not silent["is_gap"].any()
    among = done_by_similar(tiny_con, area_code="81203", codes=("81204", "81201"),
                            fiscal_year=2017, framework="h27r2").set_index("item_key")  # fmt: skip
    assert among.loc["a", ["doing", "answering", "asked"]].tolist() == [1, 1, 2]
    assert among.loc["a", "share"] == 100
    nobody = done_by_similar(tiny_con, area_code="81203", codes=("81204",),
                             fiscal_year=2017, framework="h27r2")  # fmt: skip
    assert nobody["share"].isna().all()


def test_a_year_that_was_not_asked_has_no_items(tiny_con):
    assert done_by_similar(tiny_con, area_code="81203", codes=("81201",), fiscal_year=1999,
                           framework="h27r2").empty  # fmt: skip
