"""One facilitator and five participants: joined, followed, wandered, restarted, ended."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import looking
from tests.browser.conftest import settle
from tests.serving import ROOT, Server, free_port

pytestmark = pytest.mark.browser
PARTICIPANTS = 5
LIMIT_SECONDS = 2.0
LONG = 30_000
_NOTE_MOVES = """
window.moves = {};
new MutationObserver(() => {
    const title = document.getElementById("scene_title")?.textContent;
    if (title && window.last !== title) window.moves[window.last = title] = Date.now() / 1000;
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@contextmanager
def serving(store: Path, port: int, log: Path) -> Iterator[Server]:
    """Run the server itself, so that it can be killed without a chance to say good-bye."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "STORE": str(store)},
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield Server(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.kill()
            process.wait(15)


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture
def people(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Let somebody new come with a browser of their own; nothing in it may fail."""
    contexts, failed = [], []

    def came(*, width: int = 375, height: int = 812) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        contexts.append(context)
        context.add_init_script(_NOTE_MOVES)
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        return page

    yield came
    for context in contexts:
        context.close()
    assert failed == []


def set_of_three(page: Page, server: Server) -> None:
    """Put three pages into the set in hand, as one does while preparing."""
    page.goto(f"{server.url}/try-out?role=staff&to=/population?area=81")
    settle(page)
    for link in ("人口の見通し", "資源マップ", "都道府県の支援"):
        if link != "人口の見通し":
            looking.press(page, link, role="link")
        looking.press(page, "シーンに加える", role="button")
    looking.press(page, "研修・検討会", role="link")
    looking.press(page, "ルーム")


def opened(page: Page) -> str:
    page.get_by_role("button", name="ルームを開く", exact=True).click()
    expect(page.get_by_text("まだシーンを示していません")).to_be_visible(timeout=120_000)
    found = re.search(r"code=(\w{6})", page.url)
    assert found
    return found[1]


def joined(page: Page, server: Server, code: str) -> Page:
    page.goto(f"{server.url}/room")
    page.get_by_label("コード").fill(f"{code[:3]} {code[3:]}".lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="まもなく始まります")).to_be_visible(timeout=LONG)
    return page


def move(facilitator: Page, label: str, store: Path) -> float:
    """Press the button; return when the room's file says that the room has moved."""
    (file,) = (store / "workshop" / "rooms").glob("*.sqlite")
    before = file.stat().st_mtime_ns
    facilitator.get_by_role("button", name=label, exact=True).click()
    deadline = time.monotonic() + 30
    while file.stat().st_mtime_ns == before and time.monotonic() < deadline:
        time.sleep(0.01)
    return file.stat().st_mtime


def title_of(page: Page) -> str:
    return page.locator("#scene_title").inner_text()


def see(pages: list[Page], title: str) -> None:
    for page in pages:
        expect(page.locator("#scene_title")).to_have_text(title, timeout=LONG)


def follow(pages: list[Page], title: str, moved: float) -> None:
    """See that all have the scene, and had it in time."""
    see(pages, title)
    late = [page.evaluate("title => window.moves[title]", title) - moved for page in pages]
    assert max(late) <= LIMIT_SECONDS, late


def forget_moves(pages: list[Page]) -> None:
    """A scene that was seen before counts anew."""
    for page in pages:
        page.evaluate("window.moves = {}")


def scene_titles(facilitator: Page) -> list[str]:
    lines = facilitator.locator("[class*='st-key-room_show_'] button").all_inner_texts()
    return [re.sub(r"^\d+\. |（示した）$", "", line) for line in lines]


def test_a_room_is_followed_through_a_restart_to_its_end(
    demo_store: Path, tmp_path: Path, people: Callable[..., Page]
) -> None:
    store, port = tmp_path / "store", free_port()
    shutil.copytree(demo_store, store)
    facilitator = people(width=1280, height=900)
    with serving(store, port, tmp_path / "first.txt") as server:
        set_of_three(facilitator, server)
        code = opened(facilitator)
        crowd = [joined(people(), server, code) for _ in range(PARTICIPANTS)]
        first, second, third = scene_titles(facilitator)
        expect(facilitator.get_by_text("5人", exact=True)).to_be_visible(timeout=LONG)
        for title in (first, second):
            follow(crowd, title, move(facilitator, "次のシーン", store))
        drawn_for_all(crowd)
        wander_and_return(facilitator, crowd, store, (first, second, third))
        look_at_the_dashboard_and_return(crowd[1], code, third)
        server.process.kill()
        for page in crowd:
            expect(page.locator("#line")).to_have_text("つなぎ直しています…", timeout=LONG)
    with serving(store, port, tmp_path / "second.txt") as server:
        for page in crowd:
            expect(page.locator("#line")).to_have_text("つながっています", timeout=LONG)
        see(crowd, third)
        facilitator.goto(f"{server.url}/workshop?view=room&code={code}")
        settle(facilitator)
        expect(facilitator.get_by_text("5人", exact=True)).to_be_visible(timeout=LONG)
        forget_moves(crowd)
        follow(crowd, second, move(facilitator, "前のシーン", store))
        end(facilitator, crowd, store)
        told_of_a_wrong_code(crowd[0], server)


def drawn_for_all(crowd: list[Page]) -> None:
    for page in crowd:
        expect(page.locator("#parts :is(canvas, svg)").first).to_be_visible(timeout=LONG)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 375
        expect(page.locator("#moved")).to_contain_text("シーン：")


def wander_and_return(
    facilitator: Page, crowd: list[Page], store: Path, titles: tuple[str, str, str]
) -> None:
    """One looks back, stays there while the room goes on, and returns with one press."""
    first, second, third = titles
    wanderer, others = crowd[0], crowd[1:]
    wanderer.get_by_role("button", name="前のシーン").click()
    see([wanderer], first)
    expect(wanderer.locator("#apart_words")).to_have_text(f"進行中のシーン：{second}")
    follow(others, third, move(facilitator, "次のシーン", store))
    expect(wanderer.locator("#apart_words")).to_have_text(f"進行中のシーン：{third}", timeout=LONG)
    assert title_of(wanderer) == first
    wanderer.get_by_role("button", name="進行に戻る").press("Enter")
    see([wanderer], third)
    expect(wanderer.locator("#apart")).to_be_hidden()


def look_at_the_dashboard_and_return(page: Page, code: str, title: str) -> None:
    page.get_by_role("link", name="ダッシュボードで見る").click()
    page.wait_for_url(f"**room={code}**")
    settle(page)
    page.get_by_role("button", name="ルームに戻る").click()
    page.wait_for_url(f"**/room/{code}")
    see([page], title)


def end(facilitator: Page, crowd: list[Page], store: Path) -> None:
    facilitator.get_by_role("button", name="ルームを終了する").click()
    facilitator.get_by_role("button", name="終了して消す").click()
    for page in crowd:
        expect(page.locator("#over_reason")).to_have_text(
            "このルームは終了しました。", timeout=LONG
        )
        expect(page.locator("#scene")).to_be_hidden()
    assert list((store / "workshop" / "rooms").iterdir()) == []
    crowd[0].reload()
    expect(crowd[0].locator("#over_reason")).to_have_text(
        "このルームは終了しました。", timeout=LONG
    )


def told_of_a_wrong_code(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/room")
    page.get_by_label("コード").fill("123")
    page.get_by_role("button", name="参加する").click()
    expect(page.get_by_role("alert")).to_contain_text("6文字です")
    page.get_by_label("コード").fill("ACDEFG")
    page.get_by_role("button", name="参加する").click()
    expect(page.locator("#over_reason")).to_have_text(
        "そのコードのルームはありません。", timeout=LONG
    )
    page.get_by_role("link", name="コードを入れ直す").click()
    expect(page.get_by_role("heading", name="ルームに参加する")).to_be_visible()
