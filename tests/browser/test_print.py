"""The profile on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.serving import Server

pytestmark = pytest.mark.browser
PAGE = re.compile(rb"/Type\s*/Page\b")
SMALLEST = """() => {
    const main = document.querySelector("[data-testid='stMain']");
    const sizes = [...main.querySelectorAll('*')]
        .filter(e => e.offsetParent && [...e.childNodes].some(
            n => n.nodeType === Node.TEXT_NODE && n.textContent.trim()))
        .map(e => parseFloat(getComputedStyle(e).fontSize) * 72 / 96);
    return [sizes.length, Math.min(...sizes)];
}"""


@pytest.mark.parametrize(("area", "size"), [("81201", "laptop"), ("83202", "projector")])
def test_a_profile_prints_on_one_a4_page_in_letters_of_eight_points(
    demo_server: Server, open_page: Callable[..., Page], area: str, size: str
) -> None:
    page = open_page(demo_server, f"/profile?area={area}", size=size)
    others = page.locator(".st-key-only_on_paper")
    others.wait_for(state="attached")
    assert not others.is_visible()
    page.wait_for_timeout(1_000)
    printed = page.pdf(format="A4", print_background=True)
    assert len(PAGE.findall(printed)) == 1
    page.emulate_media(media="print")
    others.wait_for(state="visible")
    assert "そのほかの指標" in others.inner_text()
    assert page.get_by_text("課題の記録").first.is_visible()
    assert page.get_by_text("役割").first.is_visible()
    assert not page.get_by_text("すべての指標").first.is_visible()
    counted, smallest = page.evaluate(SMALLEST)
    assert counted > 100
    assert smallest >= 8
    wide = "() => document.querySelector(\"[data-testid='stMain']\").scrollWidth"
    page.set_viewport_size({"width": 733, "height": 1062})
    assert page.evaluate(wide) <= 733
