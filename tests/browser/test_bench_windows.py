"""What bench measures in a browser, on the demo."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.browser import opened, watched
from bench.subjects import Scope, Subject, describe_subject
from data.generations import Store
from tests.serving import Server

pytestmark = pytest.mark.browser
NATION = Scope("nation", "00")


@pytest.fixture(scope="module")
def subject(demo_store: Path) -> Subject:
    return describe_subject(Store(demo_store).current(), pages=["compare"])


def test_a_window_that_nobody_watches_tells_when_its_chart_stands(
    browser: Browser, demo_server: Server, subject: Subject
) -> None:
    first, again = opened(browser, demo_server, "compare", NATION, subject=subject)
    for times in (first, again):
        assert 0 < times["after_frame"] < times["first_chart"] <= times["ready"]
    assert not browser.contexts  # it was closed


def test_a_window_that_is_watched_tells_what_it_fetched(
    browser: Browser, demo_server: Server, subject: Subject
) -> None:
    counted = watched(browser, demo_server, "compare", NATION, subject=subject)
    assert counted.changed_key == "choice_indicator"
    assert counted.view["http_static"] > 500 > counted.revisit["http"]
    assert 1 < counted.change["bytes"] < 50
