"""Servers on the demo and on the official data, and pages that watch where requests go."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.serving import CHROMIUM_FLAGS, Server, chromium_path, is_foreign, serving

SIZES = {"projector": (1920, 1080), "laptop": (1280, 720), "phone": (375, 812)}
_AGAIN = 2
# Streamlit asks for its own routes below the page first, and then finds them at the root.
_PROBE = re.compile(r"/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a browser test try again: two cores draw for several browsers (docs/decisions/0011)."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=_AGAIN))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        reason = "no Chromium here; make test installs it or says how"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield instance
        instance.close()


@pytest.fixture(scope="session")
def demo_server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(demo_store, tmp_path_factory.mktemp("demo_server") / "log.txt") as server:
        yield server


@pytest.fixture(scope="session")
def official_server(
    official_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(official_store, tmp_path_factory.mktemp("official_server") / "log.txt") as server:
        yield server


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a path of a server at a size.

    Afterwards no request may have gone elsewhere, and nothing have failed in the browser.
    """
    opened = []
    foreign: list[str] = []
    failed: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not _PROBE.search(message.location.get("url", "")):
            failed.append(f"{message.text} {message.location}")

    def open_at(server: Server, path: str = "/", *, size: str = "laptop") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ja-JP", accept_downloads=True
        )
        opened.append(context)
        page = context.new_page()
        page.on("request", lambda r: foreign.append(r.url) if is_foreign(r.url, server) else None)
        page.on("dialog", lambda dialog: foreign.append(f"dialog: {dialog.message}"))
        page.on("console", heard)
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(server.url + path)
        settle(page)
        return page

    yield open_at
    for context in opened:
        context.close()
    assert foreign == []
    assert failed == []


def settle(page: Page) -> None:
    """Wait until the script has run and every chart has been drawn."""
    page.wait_for_selector(
        "[data-testid='stApp'][data-test-script-state='notRunning']", timeout=60_000
    )
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=\"stSkeleton\"]')", timeout=30_000
    )
    page.wait_for_timeout(400)
