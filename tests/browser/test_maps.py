"""Maps are really drawn: counted in pixels and polygons, and changing with what is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from charts.theme import SEQUENTIAL
from data.catalogue import load_catalogue
from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
ENOUGH = 200  # pixels; a legend symbol has fewer
SHAPES = "path[aria-roledescription='geoshape']"
HATCHED = "url("
POINTS = "path[aria-roledescription='point']"


def drawn_classes(figure: Locator) -> set[str]:
    """The class colours that cover a visible piece of the screen."""
    return {colour for colour, n in looking.colours(figure).items() if n > ENOUGH} & set(SEQUENTIAL)


def fills(figure: Locator, marks: str) -> list[str]:
    return figure.locator(marks).evaluate_all("found => found.map(e => e.getAttribute('fill'))")


def click_inside(page: Page, polygon: Locator) -> None:
    """Click a point that is inside the polygon, whatever its shape."""
    polygon.scroll_into_view_if_needed()
    x, y = polygon.evaluate(
        """shape => {
        const box = shape.getBoundingClientRect(), steps = 40;
        const back = shape.getScreenCTM().inverse();
        for (let i = steps / 2; i < steps; i++)
            for (let j = 0; j < steps; j++) {
                const x = box.x + box.width * i / steps, y = box.y + box.height * j / steps;
                const own = new DOMPoint(x, y).matrixTransform(back);
                if (shape.isPointInFill(own)) return [x, y];
            }
        return [0, 0];
    }"""
    )
    page.mouse.click(x, y)


def test_the_population_map_is_drawn_and_follows_the_year(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=83&view=map&year=2020")
    figure = looking.chart(page, 0)
    before, said = looking.colours(figure), looking.sentences(page)
    assert len(drawn_classes(figure)) >= 3
    assert "2020年" in said[0]
    looking.pick(page, "年", "令和32年")
    figure = looking.chart(page, 0)
    after = looking.colours(figure)
    assert len(drawn_classes(figure)) >= 3
    classes = set(SEQUENTIAL)
    assert {c: n for c, n in before.items() if c in classes} != {
        c: n for c, n in after.items() if c in classes
    }
    assert "2050年" in looking.sentences(page)[0]
    looking.press(page, "増減率")
    drawn = fills(looking.chart(page, 0), SHAPES)
    assert {colour for colour in drawn if not colour.startswith(HATCHED)} - set(SEQUENTIAL)


def test_a_click_on_the_map_moves_to_the_area(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/")
    polygon = looking.chart(page).locator(SHAPES).nth(4)
    name = str(polygon.get_attribute("aria-label"))
    click_inside(page, polygon)
    page.wait_for_url("**area=*", timeout=10_000)
    looking.rerun(page)
    assert re.search(r"area=\d\d$", page.url)
    chosen = looking.combobox(page, "都道府県").input_value()
    assert chosen != "全国"
    assert chosen in name or not name


def test_facilities_are_points_on_the_map(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    kinds = ("visiting_nurse_station", "hospital")
    page = open_page(demo_server, f"/resources?area=83&types={','.join(kinds)}")
    figure = looking.chart(page)
    drawn = fills(figure, POINTS)
    hidden = re.search(r"離れている (\d+)件", looking.text_of(page))
    located = looking.answer(
        demo_store,
        "select facility_type, count(*) as n from facility where area_code like '83%'"
        " and location_quality = 'exact' and list_contains($kinds, facility_type)"
        " group by facility_type",
        kinds=list(kinds),
    ).set_index("facility_type")["n"]
    assert located.min() > 0
    assert len(drawn) == located.sum() - (int(hidden.group(1)) if hidden else 0)
    pixels = looking.colours(figure)
    for kind in kinds:
        colour = load_catalogue().facility_types[kind].color
        assert drawn.count(colour) > 0
        assert looking.pixels_like(pixels, colour) > 100
    assert len(drawn_classes(figure)) >= 3


@pytest.mark.official
def test_all_municipalities_of_japan_are_drawn(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(official_server, "/population?view=map&level=municipality&year=2040")
    figure = looking.chart(page, 0)
    shapes = fills(figure, SHAPES)
    assert len(shapes) > 1_730
    assert len(drawn_classes(figure)) >= 3
    # the projection of 2018 has no municipality of 福島県, and nobody lives in the northern islands
    hatched = sum(colour.startswith(HATCHED) for colour in shapes)
    assert 59 <= hatched <= 59 + 6 + 30
    assert re.search(r"1,\d{3}地域", looking.sentences(page)[0])


@pytest.mark.official
def test_far_islands_do_not_shrink_the_map_of_a_prefecture(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(official_server, "/population?area=13&view=map")
    pixels = looking.colours(looking.chart(page, 0))
    assert sum(pixels[colour] for colour in SEQUENTIAL) > 0.1 * sum(pixels.values())
    assert re.search("地図の枠の外：.+村", looking.text_of(page))
