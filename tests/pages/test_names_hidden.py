"""With names hidden, nothing that a page sends names another area of the region."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.opening import open_page, words
from tests.tiny_region import MUNICIPALITIES
from ui.activity_views import VIEWS as ACTIVITY_VIEWS
from ui.support_views import VIEWS as SUPPORT_VIEWS

OWN = "81203"
OTHERS = [name for code, (name, *_) in MUNICIPALITIES.items() if code != OWN]
# The header finds the own area by name.
PICKERS = ("pick_prefecture", "pick_between", "pick_municipality", "pick_ward")

VIEWS = [
    ("overview", ""),
    *(("population", view) for view in ("outlook", "pyramid", "map", "parts", "demand", "workers")),
    *(("resources", view) for view in ("map", "thin", "pair", "future", "gaps", "hubs")),
    *(
        ("compare", view)
        for view in ("map", "rug", "trend", "scatter", "funnel", "mirror", "similar")
    ),
    *(("profile", view) for view in ("karte", "records", "planning")),
    *(("activities", view) for view in ACTIVITY_VIEWS),
    *(("support", view) for view in SUPPORT_VIEWS),
    ("library", ""),
]


def sent(app: AppTest) -> dict[str, str]:
    """Return what each element sends to the browser, but the pickers of the header."""
    found = {}
    for place, element in enumerate(app.main):
        proto = getattr(element, "proto", None)
        if proto is not None and getattr(element, "key", None) not in PICKERS:
            text = proto.SerializeToString().decode("utf-8", errors="replace")
            found[f"{place} {element.type}"] = text
    return found


def named(app: AppTest, names: list[str] = OTHERS) -> list[tuple[str, str]]:
    """Return where which name stands."""
    return [
        (where, name)
        for where, text in sent(app).items()
        for name in names
        if name in text or json.dumps(name)[1:-1] in text
    ]


@pytest.mark.parametrize("area", [OWN, "81", ""])
@pytest.mark.parametrize(("page", "view"), VIEWS)
def test_no_other_area_is_named(tiny_store: Store, page: str, view: str, area: str) -> None:
    asked = {key: value for key, value in (("view", view), ("area", area)) if value}
    app = open_page(page, hide="1", **asked)
    assert not app.error
    assert not named(app, OTHERS if area == OWN else [*OTHERS, "森村"])


@pytest.mark.parametrize("page", ["population", "compare"])
def test_nothing_is_said_of_a_map_that_is_not_drawn(tiny_store: Store, page: str) -> None:
    app = open_page(page, area="81", view="map", hide="1")
    assert "押すと" not in words(app)
    assert "再生" not in words(app)
    assert "押すと" in words(open_page(page, area="81", view="map"))


def test_names_are_found_where_nothing_is_hidden(tiny_store: Store) -> None:
    assert named(open_page("population", area="81", view="parts"))
    assert named(open_page("resources", area="81"))


def test_the_switch_stands_on_every_page_and_stays(tiny_store: Store) -> None:
    app = open_page("overview", area=OWN)
    app.toggle(key="hide_names").set_value(True).run()
    assert app.query_params["hide"] in ("1", ["1"])
    app.switch_page("pages/population.py").run()
    assert app.toggle(key="hide_names").value
    assert not named(app)


def test_a_grid_of_letters_does_not_follow_the_codes(demo_store: Path, monkeypatch) -> None:
    monkeypatch.setenv("STORE", str(demo_store))
    app = open_page("population", area="81", view="parts", hide="1")
    (grid,) = [text for where, text in sent(app).items() if "vega" in where]
    words = [json.dumps(f"地域{chr(ord('A') + place)}")[1:-1] for place in range(10)]
    places = [grid.index(word) for word in words]
    assert places == sorted(places)
