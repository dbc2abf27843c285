"""The profile on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.serving import Server

PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("size", ["laptop", "projector"])
def test_a_profile_prints_on_one_a4_page(
    demo_server: Server, open_page: Callable[..., Page], size: str
) -> None:
    page = open_page(demo_server, "/profile?area=81201", size=size)
    page.wait_for_timeout(1_000)
    printed = page.pdf(format="A4", print_background=True)
    assert len(PAGE.findall(printed)) == 1
    page.emulate_media(media="print")
    assert page.get_by_text("役割").first.is_visible()
    assert not page.get_by_text("すべての指標").first.is_visible()
    for canvas in page.locator("[data-testid='stVegaLiteChart'] canvas").all():
        box = canvas.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= page.viewport_size["width"]
