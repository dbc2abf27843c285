"""With names hidden, no view of the comparison and no file of one names another area."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from ui import blocks
from ui.hidden import veiled_text

OTHERS = ["中央市", "山手市", "川辺町", "浜町", "81100", "81201", "81202", "81204", "81205"]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    kept: list[str] = []
    original = blocks.downloads

    def recorded(frame: Any, **rest: Any) -> None:
        shown = blocks.veiled_frame(frame)
        columns = [name for name in rest["columns"] if name in shown]
        words = veiled_text(str({**rest, "columns": None, "figure": None}))
        figure = blocks.veiled_figure(rest["figure"]) if rest.get("figure") else ""
        kept.append(f"{shown[columns].to_csv()}{words}{figure}")
        original(frame, **rest)

    monkeypatch.setattr(blocks, "downloads", recorded)
    return kept


def told(app: AppTest, files: list[str]) -> str:
    """Return all that the view says: sentences, figures, tables, choices and files."""
    shown = [*sentences(app), *(str(rows) for _, rows in drawn_figures(app)), *files]
    shown += [frame.value.to_csv() for frame in app.dataframe]
    shown += [str(box.options) for box in app.selectbox if box.key not in _OUTSIDE]
    shown += [figure.proto.spec for figure in app.get("vega_lite_chart")]
    return "\n".join([*shown, *(str(item.value) for item in app.subheader)])


# The header finds areas by name, and groups are named by whoever made them.
_OUTSIDE = ("pick_municipality", "choice_group")


@pytest.mark.parametrize("view", ["map", "rug", "trend", "scatter", "funnel", "mirror", "similar"])
def test_only_the_own_area_is_named(tiny_store: Store, files: list[str], view: str) -> None:
    app = open_page("compare", area="81203", view=view, indicator="vns_station", hide="1")
    assert not app.exception
    found = told(app, files)
    assert not [name for name in OTHERS if re.search(name, found)]
    if view not in ("trend", "funnel", "similar"):
        assert "森村" in found
        assert re.search(r"地域[A-Z]", found)
        assert files


def test_the_same_view_names_them_when_nothing_is_hidden(
    tiny_store: Store, files: list[str]
) -> None:
    found = told(open_page("compare", area="81203", view="map", indicator="vns_station"), files)
    assert all(name in found for name in ("山手市", "81201"))


def test_maps_are_left_out_with_the_reason_and_similar_areas_have_letters(
    tiny_store: Store, files: list[str]
) -> None:
    app = open_page("compare", area="81203", indicator="aging_rate", hide="1")
    assert "名前を隠している間は、地図を示しません" in words(app)
    assert len(app.get("vega_lite_chart")) == 1
    app = open_page("compare", area="81203", view="similar", hide="1")
    assert re.search(r"森村に最も似ているのは地域[A-Z]+", sentences(app)[0])


def test_the_switch_travels_in_the_link_and_forgets_codes(tiny_store: Store) -> None:
    app = open_page("compare", area="81203", view="mirror", left="81203", right="81201")
    app.toggle(key="hide_names").set_value(True).run()
    assert not app.exception
    assert app.query_params["hide"] in ("1", ["1"])
    assert "81201" not in str(app.query_params.get("right"))
    assert not app.warning
    assert "森村と地域" in sentences(app)[0]
    app.toggle(key="hide_names").set_value(False).run()
    assert "hide" not in app.query_params
    assert "地域A" not in sentences(app)[0]
