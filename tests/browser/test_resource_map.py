"""The resource map as one uses it: press areas and points, switch layers, save what is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from charts.cell_map import CELL_COLOURS
from charts.map_outlines import STYLES
from charts.theme import SEQUENTIAL
from tests.browser import looking
from tests.browser.test_maps import click_inside
from tests.serving import Server

pytestmark = pytest.mark.browser
ENOUGH = 200
AREAS = "path[aria-roledescription='geoshape']"
POINTS = "path[aria-roledescription='point']"
START = "/resources?area=83&types=hospital,visiting_nurse_station"


def colours_of(figure: Locator) -> set[str]:
    return {colour for colour, n in looking.colours(figure).items() if n > ENOUGH}


def names_on(figure: Locator) -> set[str]:
    """The names that stand on the map, not those of its legend."""
    found = figure.locator("g.mark-text.role-mark text").all_text_contents()
    return {text for text in found if text}


def at_rest(page: Page, mark: Locator) -> None:
    """Wait until the mark stays where it is: names and legends move a map while they load."""
    before = None
    while (now := mark.bounding_box()) != before:
        before = now
        page.wait_for_timeout(700)


def largest(marks: Locator) -> Locator:
    """The mark with the largest box: easy to hit, whatever the size of the map."""
    sizes = marks.evaluate_all(
        "found => found.map(e => e.getBoundingClientRect()).map(b => b.width * b.height)"
    )
    return marks.nth(sizes.index(max(sizes)))


def press_layer(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=name, exact=True).click()
    looking.rerun(page)
    return looking.chart(page)


def card(page: Page, kind: str) -> str:
    found = page.locator(f".st-key-{kind}_card")
    found.wait_for(timeout=15_000)
    return found.inner_text()


def test_a_press_on_an_area_opens_its_card_and_a_second_step_moves(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, START + "&layers=areas")
    polygon = largest(looking.chart(page).locator(AREAS))
    at_rest(page, polygon)
    label = str(polygon.get_attribute("aria-label"))
    click_inside(page, polygon)
    page.wait_for_url("**card=area*", timeout=20_000)
    looking.rerun(page)
    code = re.search(r"card=area%3A(\d+)", page.url).group(1)
    row = looking.answer(
        demo_store,
        "select name, facilities from area inner join facility_count using (area_code)"
        " where area_code = $code and facility_type = 'hospital'",
        code=code,
    ).iloc[0]
    text = card(page, "area")
    assert row["name"] in text
    assert row["name"] in label
    assert f"病院{row['facilities']:,}か所" in text
    assert "area=83" in page.url
    page.get_by_role("button", name="この地域へ移動").click()
    page.wait_for_url(f"**area={code}*", timeout=20_000)
    looking.rerun(page)
    assert looking.heading(page).startswith(row["name"])


def test_a_press_on_a_point_opens_the_card_of_a_facility(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, START.replace(",visiting_nurse_station", ""))
    point = looking.chart(page).locator(POINTS).last
    at_rest(page, point)
    box = point.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**card=facility*", timeout=20_000)
    looking.rerun(page)
    code = re.search(r"card=facility%3A([^&]+)", page.url).group(1)
    row = looking.answer(
        demo_store, "select name, address from facility where facility_id = $code", code=code
    ).iloc[0]
    text = card(page, "point")
    assert row["name"] in text
    assert row["address"] in text
    reopened = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert row["name"] in card(reopened, "point")


def test_layers_are_switched_and_the_pixels_are_those_of_their_classes(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, START)
    figure = looking.chart(page)
    assert len(colours_of(figure) & set(SEQUENTIAL)) >= 3
    assert figure.locator(POINTS).count() > 100
    names = names_on(figure)
    assert len(names) > 5
    figure = press_layer(page, "施設の点")
    assert figure.locator(POINTS).count() == 0
    figure = press_layer(page, "地名")
    assert names_on(figure) == set()
    figure = press_layer(page, "六角形の密度")
    drawn = looking.colours(figure)
    assert sum(looking.pixels_like(drawn, colour) > 100 for colour in CELL_COLOURS) >= 2
    assert "六角形の中の施設" in figure.inner_text()
    assert "六角形" in looking.sentences(page)[0]
    press_layer(page, "六角形の密度")
    figure = press_layer(page, "二次医療圏の境")
    colour = STYLES["secondary_medical_area"][0]
    assert figure.locator(f"path[stroke='{colour}']").count() > 1
    assert "二次医療圏（" in figure.inner_text()
    reopened = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert looking.chart(reopened).locator(f"path[stroke='{colour}']").count() > 1


def test_names_do_not_cover_each_other_on_any_screen(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    counts = []
    for size in ("phone", "laptop", "projector"):
        page = open_page(demo_server, START + "&layers=areas,labels", size=size)
        figure = looking.chart(page)
        boxes = figure.evaluate(
            """map => [...map.querySelectorAll('g.mark-text.role-mark')].pop()
                .querySelectorAll('text').values().filter(t => t.textContent)
                .map(t => t.getBoundingClientRect())
                .map(b => [b.left, b.top, b.right, b.bottom]).toArray()"""
        )
        counts.append(len(boxes))
        for at, a in enumerate(boxes):
            for b in boxes[at + 1 :]:
                across = min(a[2], b[2]) - max(a[0], b[0])
                down = min(a[3], b[3]) - max(a[1], b[1])
                # the box of a line of text is taller than its letters
                assert across <= 1 or down <= 5
        assert looking.overflow(page) == []
    assert counts[0] > 2
    assert counts[0] <= counts[1] <= counts[2]


def test_files_hold_what_the_map_shows(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, START)
    shown = colours_of(looking.chart(page)) & set(SEQUENTIAL)
    name, png = looking.save(page, "PNG（1920×1080）")
    picture = Image.open(BytesIO(png)).convert("RGB")
    assert (name, picture.size) == ("resource_map_83_municipality.png", (1920, 1080))
    counted = picture.getcolors(maxcolors=1920 * 1080)
    saved = {"#{:02x}{:02x}{:02x}".format(*colour) for n, colour in counted if n > ENOUGH}
    assert shown <= saved
    name, svg = looking.save(page, "SVG")
    for words in (
        "仮野県の病院（75歳以上1万人対）",
        "医療情報ネット",
        "施設（点の数）",
        "訪問看護（",
    ):
        assert words in svg.decode()
    _, body = looking.save(page, "GeoJSON（地域）")
    areas = json.loads(body)
    values = {
        f["properties"]["コード"]: f["properties"]["病院（75歳以上1万人対）（か所）"]
        for f in areas["features"]
    }
    counts = looking.answer(
        demo_store,
        "select area_code, facilities from facility_count"
        " where facility_type = 'hospital' and area_code similar to '83[0-9]{3}'",
    ).set_index("area_code")["facilities"]
    assert set(values) == set(counts.index)
    assert {code for code, value in values.items() if value == 0} == set(counts[counts == 0].index)
    assert all(feature["geometry"] for feature in areas["features"])
    assert any("医療情報ネット" in line for line in areas["source"])
    _, body = looking.save(page, "GeoJSON（施設）")
    points = json.loads(body)["features"]
    assert len(points) == int(
        looking.answer(
            demo_store,
            "select count(*) as n from facility where area_code like '83%'"
            " and location_quality = 'exact'"
            " and facility_type in ('hospital', 'visiting_nurse_station')",
        )["n"].iloc[0]
    )
    assert {point["properties"]["種類"] for point in points} == {"病院", "訪問看護"}


def test_two_areas_share_scale_and_legend(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, START + "&view=pair&with=85&types=hospital")
    legends = []
    for number in (0, 1):
        figure = looking.chart(page, number)
        assert len(colours_of(figure) & set(SEQUENTIAL)) >= 2
        texts = figure.locator("g.role-legend text").all_text_contents()
        legends.append([text for text in texts if "か所" not in text and "病院（" not in text])
    assert legends[0] == legends[1]
    assert "夢見県" in looking.sentences(page)[0]
    _, png = looking.save(page, "PNG（1920×1080）")
    assert Image.open(BytesIO(png)).size == (1920, 1080)
