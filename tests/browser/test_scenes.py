"""Scenes, from the page that is shown to a file, a picture, and back to the page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from charts.theme import sequential
from tests.browser import looking
from tests.browser.conftest import settle
from tests.serving import Server
from workshop.scene_files import from_json

pytestmark = pytest.mark.browser
WAIT = 30_000  # two cores draw for several browsers
COMPARED = "楓招岬市　地域比較：地図と順位・事業の取組：多職種研修回数"
OUTLOOK = "楓招岬市　人口の見通し：見通し・75歳以上"


def order_is(page: Page, *titles: str) -> None:
    listed = page.locator("[data-testid='stRadio']").filter(has_text="シーン（").locator("label p")
    expect(listed).to_have_text([f"シーン（{len(titles)}／60）", *_numbered(titles)], timeout=WAIT)


def _numbered(titles: tuple[str, ...]) -> list[str]:
    return [f"{number}　{title}" for number, title in enumerate(titles, start=1)]


def add(page: Page, number: int) -> None:
    settle(page)  # the title is made of what the page has drawn
    page.get_by_role("button", name="シーンに加える").click()
    expect(page.get_by_text(f"シーン{number}に加えました")).to_be_visible(timeout=WAIT)


def saved(page: Page, button: str) -> bytes:
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path()).read_bytes()


def test_scenes_from_the_page_to_a_file_a_picture_and_back(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/compare?area=81201&indicator=training_count")
    add(page, 1)
    page.get_by_role("link", name="人口の見通し", exact=True).first.click()
    expect(page.get_by_role("heading", name="人口の見通し")).to_be_visible(timeout=WAIT)
    add(page, 2)
    page.get_by_role("link", name="研修・検討会", exact=True).first.click()
    expect(page.get_by_role("heading", name="研修・検討会")).to_be_visible(timeout=WAIT)
    page.get_by_role("radio", name="シーン", exact=True).click()
    order_is(page, COMPARED, OUTLOOK)

    page.get_by_role("button", name="上へ").click()
    order_is(page, OUTLOOK, COMPARED)
    page.get_by_role("button", name="複製").click()
    order_is(page, OUTLOOK, OUTLOOK, COMPARED)
    file = saved(page, "シーンをファイルに保存")
    assert [scene.title for scene in from_json(file).scenes] == [OUTLOOK, OUTLOOK, COMPARED]
    page.get_by_role("button", name="消す").click()
    order_is(page, OUTLOOK, COMPARED)

    page.get_by_role("button", name="ファイルから読む").click()
    sent = {"name": "scenes.json", "mimeType": "application/json", "buffer": file}
    page.locator("input[type='file']").set_input_files(sent)
    order_is(page, OUTLOOK, OUTLOOK, COMPARED)
    expect(page.get_by_role("button", name="元に戻す：「scenes.json」を読む")).to_be_visible(
        timeout=WAIT
    )
    page.get_by_text(f"3　{COMPARED}").click()
    title = page.get_by_label("シーンの題名").first  # for a moment the one before is there too
    expect(title).to_have_value(COMPARED, timeout=WAIT)

    picture = Image.open(BytesIO(saved(page, "PNG を保存"))).convert("RGB")
    assert picture.width > 1_500
    drawn = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in picture.getcolors(10**7)}
    assert set(sequential(5)) <= drawn

    page.get_by_role("button", name="ページを開く").click()
    expect(page.get_by_role("heading", name="楓招岬市の地域比較")).to_be_visible(timeout=WAIT)
    expect(looking.combobox(page, "指標")).to_have_value("事業の取組：多職種研修回数", timeout=WAIT)
    assert "indicator=training_count" in page.url
