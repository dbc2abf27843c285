"""The projector view in a browser: sizes as they are drawn, keys, and the two columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.serving import Server

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
AREA = "81202"
PAGES = ("", "population", "resources", "compare", "profile", "activities", "support", "sources")
# Every text that is seen, in figures too, with its size as the zoom of its parents enlarges it.
SMALL = """() => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const text = walker.currentNode.textContent.trim()
    if (!text || !element || element.closest('style, script')) continue
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue
    let size = parseFloat(getComputedStyle(element).fontSize)
    for (let at = element; at; at = at.parentElement) size *= Number(getComputedStyle(at).zoom) || 1
    if (size > 0 && size < 24) found.push([text, size])
  }
  return found
}"""
CONTROLS = ", ".join(
    f"[data-testid='{name}']"
    for name in ("stSelectbox", "stButtonGroup", "stMultiSelect", "stDownloadButton", "stPopover",
                 "stExpander", "stDataFrame", "stCheckbox", "stHeader", "stCaptionContainer")
)  # fmt: skip


def drawn(page: Page) -> list[dict[str, Any]]:
    """Width of each figure and of the place it is drawn in, as seen."""
    return page.evaluate(
        """() => [...document.querySelectorAll("[data-testid='stVegaLiteChart'] svg")]
        .filter((each) => each.checkVisibility()).map((each) => {
          const place = each.closest("[data-testid='stElementContainer']").getBoundingClientRect()
          return {wide: each.getBoundingClientRect().width, room: place.width}
        })"""
    )


def test_letters_for_a_hall_and_nothing_to_choose(open_page: Opening, demo_server: Server) -> None:
    page = open_page(demo_server, f"/?area={AREA}&stage=1", size="projector")
    for path in PAGES:
        page.goto(f"{demo_server.url}/{path}?area={AREA}&stage=1")
        settle(page)
        expect(page.locator(".st-key-stage_place")).to_be_visible()
        for width, height in ((1024, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            assert page.evaluate(SMALL) == [], (path, width)
            seen = page.locator(CONTROLS).filter(visible=True)
            expect(seen).to_have_count(0)
            figures = drawn(page)
            assert figures or path == "sources"
            for each in figures:
                assert each["wide"] <= each["room"] + 2, (path, width)
                assert each["wide"] > each["room"] / 2, (path, width)
    assert "stage=1" in page.url


def test_a_key_begins_and_escape_ends(open_page: Opening, demo_server: Server) -> None:
    page = open_page(demo_server, f"/population?area={AREA}&hide=1", size="projector")
    picker = page.locator("[data-testid='stSelectbox']").first
    expect(picker).to_be_visible()
    page.keyboard.press("p")
    expect(picker).not_to_be_visible()
    expect(page.locator(".st-key-stage_place")).to_contain_text("この地域：")
    assert "hide=1" in page.url
    page.mouse.move(1900, 1070)
    page.get_by_role("button", name="全画面").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.evaluate("() => document.exitFullscreen()")
    page.wait_for_function("() => document.fullscreenElement === null")
    page.keyboard.press("Escape")
    expect(picker).to_be_visible()
    assert "stage" not in page.url


def test_a_remote_leads_through_saved_scenes(open_page: Opening, demo_server: Server) -> None:
    page = open_page(demo_server, f"/try-out?role=staff&to=/population?area={AREA}")
    heading, names = page.locator("h2").first, ("人口の見通し", "資源マップ")
    for number, name in enumerate(names, start=1):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(heading).to_contain_text(name)
        settle(page)
        page.get_by_role("button", name="シーンに加える").click()
        expect(page.get_by_text(f"シーン{number}に加えました")).to_be_visible()
    page.get_by_role("link", name="研修・検討会", exact=True).first.click()
    page.get_by_role("button", name="ここから投影する").click()
    place = page.locator(".st-key-stage_scene")
    expect(place).to_contain_text("2／2")
    for key, at in (("PageUp", 0), ("PageDown", 1), ("ArrowLeft", 0), ("ArrowRight", 1)):
        page.keyboard.press(key)
        expect(place).to_contain_text(f"{at + 1}／2")
        expect(heading).to_contain_text(names[at])
    page.keyboard.press("Escape")
    expect(place).to_have_count(0)
    expect(page.locator("[data-testid='stSelectbox']").first).to_be_visible()


def test_two_most_different_areas_take_two_presses_on_one_scale(
    open_page: Opening, demo_server: Server
) -> None:
    page = open_page(demo_server, f"/?area={AREA}")
    page.get_by_role("button", name="2地域を並べる").click()
    page.get_by_role("button", name="もっとも違う地域：").click()
    expect(page.get_by_text("左右の図は、色の区分・目盛り・項目の順が同じです。")).to_be_visible()
    settle(page)
    assert "pair=" in page.url
    figures = page.locator("[data-testid='stVegaLiteChart'] svg")
    expect(figures).to_have_count(4)
    axes = [figures.nth(at).locator(".role-axis-label text").all_inner_texts() for at in (2, 3)]
    assert axes[0] == axes[1] != []
    boxes = [figures.nth(at).bounding_box() for at in (2, 3)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=2)
    page.set_viewport_size({"width": 375, "height": 812})
    settle(page)
    boxes = [figures.nth(at).bounding_box() for at in (2, 3)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"] - 2
