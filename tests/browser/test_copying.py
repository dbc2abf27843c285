"""One press copies the sentence of a picture, also where the browser shuts its clipboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
# As a browser has it on a page that came over plain HTTP from another computer.
_SHUT = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def test_a_sentence_is_copied_by_one_press(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/compare")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sentence = looking.sentences(page)[0]
    assert "最も高いのは" in sentence
    press = page.get_by_role("button", name="コピー").first
    press.click()
    expect(press).to_have_text("コピー済み")
    assert page.evaluate("navigator.clipboard.readText()") == sentence
    expect(press).to_have_text("コピー")

    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("window.ours = navigator.clipboard")
    page.evaluate(_SHUT)
    press.focus()
    page.keyboard.press("Enter")
    expect(press).to_have_text("コピー済み")
    assert page.evaluate("window.ours.readText()") == sentence
    asked = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert not [name for name in asked if "SyntaxHighlighter" in name]
