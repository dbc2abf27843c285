"""Times of a page in a browser to whose network nobody listens, as with those who use it.

Playwright is told of every request of its pages. On two cores the account of a hundred scripts
takes a third of a second from the page that is measured; this is a window beside its own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, cast

from playwright.sync_api import Browser, CDPSession

from bench.drawing import DRAWING

STEP_SECONDS = 0.1
# A map may still wait for its polygons; a chart that has nothing to show is not waited for.
_IS_DONE = (
    "window.drawing !== undefined && window.drawing.isQuiet(700)"
    " && (window.drawing.isComplete() || window.drawing.isQuiet(3000))"
)
LONGEST_SECONDS = 90.0
_VIEWPORT = {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False}


class Window:
    """A window with an empty cache of its own that is asked nothing but what stands on it."""

    def __init__(self, browser: Browser, *, cookies: Sequence[Mapping[str, str]]) -> None:
        self._browser: CDPSession = browser.new_browser_cdp_session()
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._browser.on("Target.receivedMessageFromTarget", self._received)
        made = self._browser.send("Target.createBrowserContext")
        self._context: str = made["browserContextId"]
        known = {"browserContextId": self._context}
        if cookies:
            asked = {"cookies": [dict(cookie) for cookie in cookies], **known}
            self._browser.send("Storage.setCookies", asked)
        made = self._browser.send("Target.createTarget", {"url": "about:blank", **known})
        asked = {"targetId": made["targetId"], "flatten": False}
        self._session: str = self._browser.send("Target.attachToTarget", asked)["sessionId"]
        self._ask("Page.enable")
        self._ask("Emulation.setDeviceMetricsOverride", _VIEWPORT)
        self._ask("Page.addScriptToEvaluateOnNewDocument", {"source": DRAWING})

    def times(self, address: str) -> dict[str, float]:
        """Open an address and return when its charts stood; RuntimeError when they never rest."""
        self._ask("Page.navigate", {"url": address})
        deadline = time.monotonic() + LONGEST_SECONDS
        while self._value(_IS_DONE) is not True:
            if time.monotonic() > deadline:
                raise RuntimeError("the page did not come to rest")
            time.sleep(STEP_SECONDS)
        found = cast("dict[str, float | None]", self._value("window.drawing.times()"))
        return {name: value for name, value in found.items() if value is not None}

    def close(self) -> None:
        self._browser.send("Target.disposeBrowserContext", {"browserContextId": self._context})
        self._browser.detach()

    def _value(self, expression: str) -> object:
        asked = {"expression": expression, "returnByValue": True}
        return self._ask("Runtime.evaluate", asked)["result"].get("value")

    def _ask(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": dict(params or {})}
        sent = {"message": json.dumps(message), "sessionId": self._session}
        self._browser.send("Target.sendMessageToTarget", sent)
        deadline = time.monotonic() + LONGEST_SECONDS
        while self._asked not in self._answers:
            if time.monotonic() > deadline:
                raise RuntimeError(f"no answer to {method}")
            time.sleep(STEP_SECONDS / 10)
            self._browser.send("Browser.getVersion")  # answers come in with those of others
        answer = self._answers.pop(self._asked)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        found: dict[str, Any] = answer["result"]
        return found

    def _received(self, event: dict[str, Any]) -> None:
        if event["sessionId"] == self._session:
            message = json.loads(event["message"])
            if "id" in message:
                self._answers[message["id"]] = message
