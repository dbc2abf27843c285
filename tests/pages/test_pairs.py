"""Two areas beside each other, on the pages that had no such view of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from ui.pair_choice import extremes
from ui.store import served

OWN, OTHER, FAR = "81202", "81203", "82203"


def query(app: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[0] for k, v in app.query_params.items()}


def specs(app: AppTest) -> list[dict[str, Any]]:
    return [spec for spec, _ in drawn_figures(app)]


def parts(spec: object, key: str) -> list[Any]:
    """Every value under a key, wherever it stands in a specification."""
    if isinstance(spec, dict):
        own = [spec[key]] if key in spec else []
        return own + [found for part in spec.values() for found in parts(part, key)]
    return [found for part in spec for found in parts(part, key)] if isinstance(spec, list) else []


def test_the_overview_draws_both_on_one_scale(tiny_store: Store) -> None:
    app = open_page("overview", area=OWN, pair=FAR)
    assert [item.value for item in app.subheader][:2] == ["川辺町", "谷村"]
    left, right = specs(app)[-2:]
    assert parts(left, "domain") == parts(right, "domain") != []
    maps = specs(app)[:2]
    assert parts(maps[0], "scale")[-1] == parts(maps[1], "scale")[-1]
    assert maps[0]["data"] != maps[1]["data"], "each lies in a prefecture of its own"
    assert "左右の図は、色の区分・目盛り・項目の順が同じです。" in words(app)


def test_the_profile_draws_the_same_indicators_from_the_same_least(tiny_store: Store) -> None:
    app = open_page("profile", area=OWN, pair=OTHER)
    drawn = drawn_figures(app)
    left, right = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
    for (_, own), (_, other) in zip(left, right, strict=True):
        assert [row["title"] for row in own] == [row["title"] for row in other]
        assert {row["start"] for row in own if row["title"]} == {0.0}
    assert sentences(app)[0].startswith("川辺町と森村：両方に値のある")


@pytest.mark.parametrize("page", ["activities", "support"])
def test_answers_stand_in_the_same_rows_and_years(tiny_store: Store, page: str) -> None:
    app = open_page(page, area=OWN, pair=OTHER)
    (left, own), (right, other) = drawn_figures(app)
    assert [row["area_name"] for row in own] == [row["area_name"] for row in other]
    assert left["encoding"]["x"]["scale"] == right["encoding"]["x"]["scale"]
    colours = [spec["layer"][0]["encoding"]["color"]["scale"] for spec in (left, right)]
    assert colours[0] == colours[1]
    assert "川辺町" in sentences(app)[0]
    assert "森村" in sentences(app)[0]


def test_another_view_stays_what_it_is(tiny_store: Store) -> None:
    app = open_page("activities", area=OWN, pair=OTHER, view="counts")
    assert "左右の図は" not in words(app)


@pytest.mark.parametrize("page", ["overview", "profile", "activities", "support"])
def test_hidden_names_stay_hidden_in_the_pair(tiny_store: Store, page: str) -> None:
    app = open_page(page, area=OWN, pair=OTHER, hide="1")
    assert "森村" not in words(app) + str(drawn_figures(app))


def test_a_code_that_is_gone_leaves_one_area(tiny_store: Store) -> None:
    app = open_page("overview", area=OWN, pair="99999")
    assert "並べる地域のコード「99999」はありません" in words(app)
    assert "pair" not in query(app)
    assert open_page("overview", area=OWN, pair="81").subheader[0].value != "川辺町"


def test_two_presses_bring_the_most_different_area(tiny_store: Store) -> None:
    app = open_page("overview", area=OWN)
    app.session_state["pair_open_0"] = True
    app.run()
    found = extremes(served(), OWN, "prefecture")
    assert found is not None
    near, far = found
    assert near[0] != far[0]
    buttons = {button.key: button.label for button in app.button}
    assert buttons["pair_apart"] == f"もっとも違う地域：{far[1]}"
    assert buttons["pair_alike"] == f"もっとも似た地域：{near[1]}"
    app.button(key="pair_apart").click().run()
    assert query(app)["pair"] == far[0]
    assert "左右の図は" in words(app)


@pytest.mark.parametrize(
    ("page", "view", "chosen"),
    [
        ("population", None, lambda app: app.multiselect(key="choice_with").value[0]),
        ("resources", "pair", lambda app: app.selectbox(key="choice_with").value),
        ("compare", "mirror", lambda app: app.selectbox(key="choice_right").value),
    ],
)
def test_pages_with_a_view_of_their_own_open_it(
    tiny_store: Store, page: str, view: str | None, chosen: Callable[[AppTest], str]
) -> None:
    app = open_page(page, area=OWN)
    app.session_state["pair_open_0"] = True
    app.run()
    found = extremes(served(), OWN, "prefecture")
    assert found is not None
    app.button(key="pair_apart").click().run()
    assert not app.exception
    assert not app.error
    assert query(app).get("view") == view
    assert chosen(app) == found[1][0]


def test_the_nation_range_reaches_other_prefectures(tiny_store: Store) -> None:
    open_page("overview", area=OWN)
    found = extremes(served(), OWN, "nation")
    inside = extremes(served(), OWN, "prefecture")
    assert found is not None
    assert inside is not None
    assert {code[:2] for code, _ in inside} == {"81"}
    assert found != inside
