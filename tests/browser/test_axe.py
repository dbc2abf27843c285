"""What axe-core calls serious or critical is on no page; the frame is one row on a laptop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.serving import Server

pytestmark = pytest.mark.browser
ONE_ROW = 48
PREFECTURE = "83"
# path: its heading
PAGES = {
    f"/?area={PREFECTURE}": "概況",
    f"/population?area={PREFECTURE}": "人口の見通し",
    f"/population?area={PREFECTURE}&stage=1": "人口の見通し",
    f"/resources?area={PREFECTURE}": "資源マップ",
    f"/compare?area={PREFECTURE}": "地域比較",
    f"/profile?area={PREFECTURE}": "地域プロフィール",
    f"/activities?area={PREFECTURE}": "取組の実施状況",
    f"/support?area={PREFECTURE}": "都道府県の支援",
    "/workshop": "研修・検討会",
    "/library": "資料集",
    "/sources": "出典と定義",
    "/upload": "調査の取り込み",
    "/admin": "管理",
}


def grave(page: Page) -> list[str]:
    """Name what is grave, and where."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{page.url} {each['id']}: {node['target']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def frame_rows(page: Page) -> list[str]:
    """Name a page whose region and tools take more than one row."""
    rows = page.locator(".st-key-frame_row")
    box = rows.bounding_box() if rows.count() else None
    return [f"{page.url}: {box}"] if box and box["height"] > ONE_ROW else []


def test_no_page_shuts_anybody_out(open_page: Callable[..., Page], demo_server: Server) -> None:
    page = open_page(demo_server, "/try-out?role=admin&to=/")
    found = []
    for path, heading in PAGES.items():
        page.goto(demo_server.url + path)
        expect(page.locator("h2").first).to_contain_text(heading)
        settle(page)
        found += grave(page) + frame_rows(page)
    assert found == []
    page.evaluate("document.querySelector('h2').innerHTML = '<img src=\"data:,\">'")
    assert any("image-alt" in line for line in grave(page))
