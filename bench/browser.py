"""Bytes and time of a first view and of one change on each page, in a real Chromium."""

from __future__ import annotations

import base64
import re
import time
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from bench.drawing import DRAWING
from bench.figures import Figure
from bench.progress import say
from bench.scripts import BOOK_TYPE
from bench.subjects import STEP_WORDS, STEPS, Scope, Subject, widget_keys
from bench.unwatched import Window
from bench.visits import Sample, Watched, visit_figures
from tests.serving import CHROMIUM_FLAGS, Server, chromium_path
from ui.identity import SESSION_COOKIE

FAILURE = "[data-testid='stAlertContentError'], [data-testid='stException']"
QUIET_SECONDS = 0.7
LONGEST_SECONDS = 90.0
_WINDOW = re.compile(r"permessage-deflate.*?(?:server_max_window_bits=(\d+)|$)")


@dataclass
class Traffic:
    """Bytes that came over the wire since the last look.

    The browser tells of a channel's messages only unpacked; where the server packs them they are
    packed again here, in the same way, to be counted.
    """

    http: dict[str, int] = field(default_factory=dict)
    websocket: int = 0
    unpacked: int = 0
    frames: int = 0
    moved: float = 0.0
    _addresses: dict[str, str] = field(default_factory=dict)
    _packers: dict[str, Any] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Listen to the browser's own account of its network."""
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketHandshakeResponseReceived", self._opened)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")

    def _asked(self, event: dict) -> None:
        self._addresses[event["requestId"]] = urlsplit(event["request"]["url"]).path
        self.moved = time.monotonic()

    def _loaded(self, event: dict) -> None:
        path = self._addresses.get(event["requestId"], "/")
        kind = path.split("/")[1] if path.count("/") > 1 else ""
        self.http[kind] = self.http.get(kind, 0) + int(event["encodedDataLength"])
        self.moved = time.monotonic()

    def _opened(self, event: dict) -> None:
        headers = {name.lower(): text for name, text in event["response"]["headers"].items()}
        window = _WINDOW.search(headers.get("sec-websocket-extensions", ""))
        if window:
            bits = int(window.group(1) or zlib.MAX_WBITS)
            self._packers[event["requestId"]] = zlib.compressobj(wbits=-bits, memLevel=5)

    def _framed(self, event: dict) -> None:
        response = event["response"]
        payload = response["payloadData"]
        is_binary = response["opcode"] == 2
        content = base64.b64decode(payload) if is_binary else payload.encode()
        self.unpacked += len(content)
        packer = self._packers.get(event.get("requestId", ""))
        if packer:
            content = (packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
        self.websocket += len(content)
        self.frames += 1
        self.moved = time.monotonic()

    def taken(self) -> Sample:
        total = sum(self.http.values())
        found = {
            "http": total / 1000,
            "http_static": self.http.get("static", 0) / 1000,
            "http_polygons": self.http.get("geo", 0) / 1000,
            "websocket": self.websocket / 1000,
            "websocket_unpacked": self.unpacked / 1000,
            "bytes": (total - self.http.get("static", 0) + self.websocket) / 1000,
        }
        self.http, self.websocket, self.unpacked, self.frames = {}, 0, 0, 0
        return found


def settle(page: Page, traffic: Traffic) -> None:
    """Wait until frames have come, the script rests, and neither network nor charts move."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        page.wait_for_timeout(50)
        still = time.monotonic() - traffic.moved > QUIET_SECONDS
        if traffic.frames and still and page.evaluate("window.drawing.isQuiet(700)"):
            break
    else:
        raise RuntimeError("the page did not come to rest")
    if page.locator(FAILURE).count():
        raise RuntimeError(page.locator(FAILURE).first.inner_text())


def _times(page: Page) -> Sample:
    found = page.evaluate("window.drawing.times()")
    return {name: value for name, value in found.items() if value is not None}


def _another_option(page: Page, widget: Locator) -> Locator | None:
    """Open a widget and return an option that is not chosen."""
    buttons = widget.locator("button[role=radio][aria-checked=false]")
    if buttons.count():
        return buttons.first
    if widget.get_by_role("combobox").count() == 0:
        return None
    widget.get_by_role("combobox").first.click()
    page.wait_for_timeout(300)
    options = page.locator("[role=option]:not([aria-selected=true])")
    return options.nth(1) if options.count() > 1 else options.first if options.count() else None


def change(page: Page, name: str, traffic: Traffic) -> tuple[str, Sample] | None:
    """Make the page's one change, and return the widget's key and what it cost."""
    for key in widget_keys(name):
        widget = page.locator(f".st-key-{key}")
        if widget.count() == 0:
            continue
        option = _another_option(page, widget.first)
        if option is None:
            page.keyboard.press("Escape")
            continue
        settle_menu(page, traffic)
        page.evaluate("window.drawing.begin()")
        option.click()
        settle(page, traffic)
        return key, traffic.taken() | _times(page)
    return None


def settle_menu(page: Page, traffic: Traffic) -> None:
    """Let what an opened menu fetched pass by uncounted."""
    page.wait_for_timeout(300)
    traffic.taken()


def prepare(page: Page, name: str, traffic: Traffic, workbook: bytes) -> None:
    """Drop the workbook and open the step, where the view is one of these."""
    if name not in STEPS:
        return
    file = {"name": "collected.xlsx", "mimeType": BOOK_TYPE, "buffer": workbook}
    page.locator("[data-testid=stFileUploader] input").set_input_files(file)
    word = STEP_WORDS[STEPS[name]]
    step = page.locator("[class*=st-key-upload_step_]").get_by_text(word, exact=True)
    step.wait_for(timeout=1000 * LONGEST_SECONDS)
    settle(page, traffic)
    step.click()
    settle(page, traffic)
    traffic.taken()


def _cookies(server: Server, name: str, subject: Subject) -> list[dict[str, str]]:
    session = subject.session_of(name)
    return [{"name": SESSION_COOKIE, "value": session, "url": server.url}] if session else []


def opened(
    browser: Browser, server: Server, name: str, scope: Scope, *, subject: Subject
) -> tuple[Sample, Sample]:
    """Return the times of a page with an empty browser cache and then opened again, unwatched."""
    window = Window(browser, cookies=_cookies(server, name, subject))
    try:
        address = server.url + scope.address(name)
        return window.times(address), window.times(address)
    finally:
        window.close()


def watched(
    browser: Browser, server: Server, name: str, scope: Scope, *, subject: Subject
) -> Watched:
    """Count what a visit with an empty browser cache, a change and the page again fetch."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="ja-JP")
    context.add_init_script(DRAWING)
    context.add_cookies(_cookies(server, name, subject))  # type: ignore[arg-type]
    address = server.url + scope.address(name)
    try:
        page = context.new_page()
        traffic = Traffic()
        traffic.watch(page)
        page.goto(address)
        settle(page, traffic)
        view = traffic.taken()
        prepare(page, name, traffic, subject.workbook)
        key, changed = change(page, name, traffic) or ("", {})
        traffic.taken()
        page.goto(address)
        settle(page, traffic)
        return Watched(view, key, changed, traffic.taken())
    finally:
        context.close()


def measure_browser(
    subject: Subject, server: Server, *, repeat: int
) -> tuple[list[Figure], list[str], str]:
    """Return figures, the pages that could not be measured and why, and the browser's version."""
    figures: list[Figure] = []
    failures: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        for name in subject.pages:
            for scope in (scope for scope in subject.scopes if scope.has(name)):
                try:
                    # Bytes stay the same from visit to visit; the server is warm after it.
                    counted = watched(browser, server, name, scope, subject=subject)
                    timed = [
                        opened(browser, server, name, scope, subject=subject) for _ in range(repeat)
                    ]
                except (RuntimeError, Error) as error:
                    failures.append(f"browser {name} {scope.key}: {str(error).splitlines()[0]}")
                    continue
                figures += visit_figures(name, scope, counted, timed)
            say(f"  {name}")
        version = browser.version
        browser.close()
    return figures, failures, version
