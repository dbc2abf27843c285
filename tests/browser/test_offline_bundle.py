"""The scenes in one file, opened from disk with the network off: drawn, hovered, moved, turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from charts.theme import SEQUENTIAL
from exports.offline_bundle import to_bundle
from tests.browser.conftest import SIZES
from tests.serving import ROOT, Server
from tests.unit.bundle_scenes import HOSTILE, shown_scenes
from tests.unit.test_charts_choropleth import topology

pytestmark = pytest.mark.browser
SAMPLE = ROOT / "docs" / "samples" / "workshop_scenes.html"


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open the file; it may ask for nothing beside itself, and nothing may fail."""
    path = tmp_path / "会場用.html"
    path.write_bytes(
        to_bundle(shown_scenes(), title="見本の集まり", geometry=lambda url: topology())
    )
    contexts = []
    opened_files: set[str] = set()
    asked: list[str] = []
    failed: list[str] = []

    def open_at(size: str = "laptop", file: Path = path) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: failed.append(str(error)))
        opened_files.add(file.as_uri())
        page.goto(file.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert set(asked) == opened_files
    assert failed == []


def ready(page: Page, number: int) -> None:
    expect(page.locator("main")).to_have_attribute("data-ready", str(number), timeout=20_000)


def pixels(page: Page) -> dict[str, int]:
    shot = Image.open(BytesIO(page.locator("main .drawing").screenshot())).convert("RGB")
    counted = shot.getcolors(maxcolors=shot.width * shot.height) or []
    return {"#{:02x}{:02x}{:02x}".format(*colour): n for n, colour in counted}


def hover(page: Page, place: int) -> str:
    """Point at one of the three areas, from left to right, and read what is told."""
    page.mouse.move(1, 1)
    expect(page.locator("#hint")).to_be_hidden()
    areas = page.locator("main .drawing svg [aria-roledescription='geoshape']")
    areas.nth(place).hover()
    expect(page.locator("#hint")).to_be_visible()
    return page.locator("#hint").inner_text()


def test_a_hall_without_network_sees_reads_and_moves_the_years(
    opened: Callable[..., Page],
) -> None:
    page = opened("projector")
    ready(page, 1)
    expect(page.locator("h2")).to_have_text("高齢化の地図")
    expect(page.locator(".sentence")).to_contain_text("最も高い町で30.0%")
    expect(page.locator(".source")).to_have_text("出典：見本推計")
    before = pixels(page)
    first = hover(page, 0)
    assert "10.0%" in first
    dark = max(SEQUENTIAL, key=lambda colour: before.get(colour, 0))
    assert before[dark] > 50_000

    slider = page.locator(".vega-bindings input[type='range']")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("main svg")).to_contain_text("2050年（令和32年）")
    expect(page.locator("#count")).to_have_text("1／4")  # the arrow moved the year only
    assert "30.0%" in hover(page, 0)
    assert pixels(page) != before

    page.keyboard.press("PageDown")  # as a remote control sends it, whatever has the focus
    ready(page, 2)
    expect(page.locator("main svg")).to_contain_text("独居の割合")


def test_scenes_are_turned_by_key_and_hostile_words_stay_words(
    opened: Callable[..., Page],
) -> None:
    page = opened()
    ready(page, 1)
    for number in (2, 3):
        page.keyboard.press("ArrowRight")
        ready(page, number)
    expect(page.locator("h2")).to_have_text(HOSTILE)
    expect(page.locator("h3")).to_have_text(HOSTILE)
    page.locator("summary").click()
    expect(page.locator("td").first).to_have_text(HOSTILE)
    expect(page).to_have_title("見本の集まり")
    assert page.locator("img").count() == 0
    page.get_by_role("button", name="次へ").click()
    expect(page.locator(".problem")).to_have_text("この地域は今のデータにありません。")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#count")).to_have_text("4／4")
    page.reload()
    ready(page, 4)
    page.keyboard.press("PageUp")
    ready(page, 3)
    page.get_by_label("シーンを選ぶ").select_option("0")
    ready(page, 1)
    assert page.locator("main svg").count() == 1


def test_the_sample_made_from_the_demo_shows_every_scene(opened: Callable[..., Page]) -> None:
    page = opened("projector", SAMPLE)
    ready(page, 1)
    count = page.locator("#list option").count()
    assert count >= 5
    figures = 0
    for number in range(1, count + 1):
        ready(page, number)
        assert page.locator("main .problem").count() == 0
        assert page.locator("main .source").count() >= 1
        figures += page.locator("main .drawing svg").count()
        page.keyboard.press("PageDown")
    assert figures >= count

    page.get_by_label("シーンを選ぶ").select_option("2")
    ready(page, 3)
    area = page.locator("main .drawing svg [aria-roledescription='geoshape']").first
    area.hover()
    expect(page.locator("#hint")).to_contain_text("%")
    told = page.locator("#hint").inner_text()
    page.locator(".vega-bindings input[type='range']").focus()
    page.keyboard.press("End")
    expect(page.locator("main svg")).to_contain_text("2050年（令和32年）")
    page.mouse.move(1, 1)
    area.hover()
    expect(page.locator("#hint")).not_to_have_text(told)
    assert page.locator("#hint").inner_text().splitlines()[:2] == told.splitlines()[:2]


def test_a_page_becomes_a_scene_and_the_scene_a_file_that_opens_offline(
    open_page: Callable[..., Page],
    opened: Callable[..., Page],
    demo_server: Server,
    tmp_path: Path,
) -> None:
    page = open_page(demo_server, "/population?area=84&view=map")
    page.get_by_role("button", name="シーンに加える").click()
    expect(page.get_by_text("シーン1に加えました")).to_be_visible()
    page.get_by_role("link", name="研修・検討会").click()
    page.get_by_text("ファイル", exact=True).click()
    page.get_by_role("button", name="シーンのファイルを作る").click()
    button = page.get_by_role("button", name="会場用のHTML（1シーン")
    expect(button).to_be_visible(timeout=90_000)
    with page.expect_download(timeout=60_000) as waiting:
        button.click()
    assert waiting.value.suggested_filename == "scenes.html"
    file = tmp_path / "saved.html"
    waiting.value.save_as(file)

    shown = opened("laptop", file)
    ready(shown, 1)
    expect(shown.locator(".place")).to_have_text("想川県")
    assert shown.locator("main .drawing svg [aria-roledescription='geoshape']").count() >= 10
