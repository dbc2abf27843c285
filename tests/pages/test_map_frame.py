"""Maps leave far islands out, say so, and bring them in when asked."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, words

PAGES = {
    "overview": {},
    "population": {"view": "map"},
    "resources": {"types": "hospital"},
    "compare": {},
}


@pytest.fixture
def far_island(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """浜町 lies far from the rest of its prefecture."""
    store = Store(tmp_path / "far")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update boundary_topology set east = 135.4, outside_codes = ['81204']"
                " where parent_area_code = '81'"
            )
    monkeypatch.setenv("STORE", str(store.root))


@pytest.mark.usefixtures("far_island")
@pytest.mark.parametrize("name", PAGES)
def test_a_far_island_is_named_and_brought_in_by_choice(name: str) -> None:
    app = open_page(name, area="81", **PAGES[name])
    assert "地図の枠の外：浜町" in words(app)
    framed = next(spec for spec, _ in drawn_figures(app) if "projection" in spec)
    assert "scale" in framed["projection"]
    assert framed["layer"][0]["mark"]["clip"]
    toggle = next(item for item in app.toggle if item.label == "離島も含めて表示")
    toggle.set_value(True).run()
    assert "地図の枠の外" not in words(app)
    assert app.query_params["islands"] == "1"
    fitted = next(spec for spec, _ in drawn_figures(app) if "projection" in spec)
    assert fitted["projection"]["center"][0] > framed["projection"]["center"][0]


@pytest.mark.usefixtures("far_island")
def test_a_link_keeps_the_islands_and_a_bad_one_is_said() -> None:
    app = open_page("resources", area="81", types="hospital", islands="1")
    assert "地図の枠の外" not in words(app)
    app = open_page("overview", area="81", islands="x")
    assert "地図の枠の外：浜町" in words(app)
    assert any("「x」は使えません" in item.value for item in app.warning)


def test_without_far_islands_there_is_nothing_to_choose(tiny_store: Store) -> None:
    app = open_page("population", area="81", view="map")
    assert "地図の枠の外" not in words(app)
    assert all(item.label != "離島も含めて表示" for item in app.toggle)


def test_the_own_island_is_in_its_map(tiny_store: Store) -> None:
    app = open_page("resources", area="82204", types="hospital")
    assert "地図の枠の外" not in words(app)
