"""What a viewer sees when the store is empty, damaged or read-only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from data.generations import Store
from tests.browser import looking
from tests.serving import ROOT, Server, free_port, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def store(tiny: Path, tmp_path: Path) -> Store:
    """Two generations of the small region."""
    made = Store(tmp_path / "store")
    for _ in range(2):
        with made.writing() as draft:
            draft.write_bytes(tiny.read_bytes())
    return made


def cut_in_half(generation: Path) -> None:
    generation.write_bytes(generation.read_bytes()[: generation.stat().st_size // 2])


def test_a_generation_cut_in_half_gives_way_to_the_one_before(
    open_page: Callable[..., Page], store: Store, tmp_path: Path
) -> None:
    cut_in_half(store.folder / "000002.duckdb")
    with serving(store.root, tmp_path / "log.txt") as server:
        page = open_page(server, "/population?area=81")
        notice = page.locator("[data-testid='stAlert']").first.inner_text()
        assert "世代 000002を開けないため、世代 000001 を表示しています" in notice
        assert "管理者に連絡" in notice
        assert "世代 000001" in looking.text_of(page)
        assert looking.sentences(page)
        assert "Traceback" not in server.printed()
    assert (store.root / "quarantine" / "000002.duckdb").exists()


def test_a_corrupt_pointer_and_then_a_loss_while_serving(
    open_page: Callable[..., Page], store: Store, tmp_path: Path
) -> None:
    store.pointer.write_bytes(b"\xff\xfe nothing")
    with serving(store.root, tmp_path / "log.txt") as server:
        page = open_page(server, "/sources")
        assert (
            "世代 000002 を表示しています"
            in page.locator("[data-testid='stAlert']").first.inner_text()
        )
        store.pointer.write_text("000001.duckdb\n", encoding="utf-8")
        page.reload()
        looking.rerun(page)
        assert page.locator("[data-testid='stAlert']").count() == 0
        assert "世代 000001" in looking.text_of(page)


def test_when_nothing_can_be_opened_the_page_says_what_to_do(
    open_page: Callable[..., Page], store: Store, tmp_path: Path
) -> None:
    for generation in store.generations():
        generation.write_bytes(b"x")
    with serving(store.root, tmp_path / "log.txt") as server:
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{server.url}/healthz", timeout=20)
        assert refused.value.code == 503
        assert "壊れている" in refused.value.read().decode("utf-8")
        page = open_page(server, "/compare")
        notice = page.locator("[data-testid='stAlert']").first.inner_text()
        assert "壊れているため、開けません" in notice
        assert "バックアップ" in notice
        assert "Traceback" not in looking.text_of(page)
        assert looking.DEMO_BADGE not in looking.text_of(page)
    kept = {path.name for path in (store.root / "quarantine").glob("*.duckdb")}
    assert kept == {"000001.duckdb", "000002.duckdb"}


@contextmanager
def bare_streamlit(store: Path, log: Path) -> Iterator[Server]:
    """Start as `streamlit run app.py`, without the start script."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "STORE": str(store)},
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
        server = Server(url=f"http://127.0.0.1:{port}", process=process, log=log)
        try:
            deadline = time.monotonic() + 60
            while "URL:" not in server.printed() and time.monotonic() < deadline:
                time.sleep(0.2)
            time.sleep(1)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.mark.slow
def test_streamlit_alone_builds_the_demo_with_progress_on_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    with bare_streamlit(tmp_path / "store", tmp_path / "log.txt") as server:
        page = browser.new_page(locale="ja-JP")
        page.goto(server.url)
        page.get_by_text("演習データを準備しています").wait_for(timeout=30_000)
        bar = page.get_by_role("progressbar")
        bar.wait_for(timeout=30_000)
        shares: set[str] = set()
        deadline = time.monotonic() + 120
        while bar.count() and time.monotonic() < deadline:
            shares.update(bar.evaluate_all("found => found.map(e => e.ariaValueNow)"))
            page.wait_for_timeout(250)
        assert len(shares) >= 3
        page.get_by_text("世代 000001", exact=False).wait_for(timeout=60_000)
        assert looking.DEMO_BADGE in looking.text_of(page)
        assert "Traceback" not in server.printed()
        page.close()
