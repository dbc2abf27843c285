"""The one command on a fresh store: the demo is built, served, and stopped cleanly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.serving import free_port
from tests.tiny_region import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process group is stopped as on Unix")
BUILD_SECONDS = 300  # the promise is 30 on an idle machine


def health(port: int) -> dict[str, object] | None:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return json.load(answer)
    except (URLError, OSError):
        return None


@contextmanager
def started(store: Path, log: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the start script in a process group of its own, as a terminal does."""
    port = free_port()
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "scripts/launch.py", "run"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "STORE": str(store)},
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # A shell's background jobs ignore interrupts; a terminal's do not.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            yield process, port
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for_health(process: subprocess.Popen[str], port: int, *, seconds: float) -> dict:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if facts := health(port):
            return facts
        time.sleep(0.2)
    raise AssertionError("the server does not answer")


def press_ctrl_c(process: subprocess.Popen[str]) -> int:
    """Send what a terminal sends: an interrupt to every process of the group."""
    os.killpg(process.pid, signal.SIGINT)
    return process.wait(15)


@pytest.mark.slow
def test_the_first_start_builds_the_demo_and_the_next_one_uses_it_and_both_stop(
    tmp_path: Path,
) -> None:
    store, log = tmp_path / "store", tmp_path / "first.txt"
    with started(store, log) as (process, port):
        facts = wait_for_health(process, port, seconds=BUILD_SECONDS)
        assert (facts["status"], facts["dataset"], facts["generation"]) == ("ok", "demo", "000001")
        said = log.read_text(encoding="utf-8")
        assert "[  0%]" in said
        assert "[100%] 完了" in said
        assert f"http://127.0.0.1:{port} をブラウザーで開いてください" in said
        assert said.index("[100%]") < said.index("をブラウザーで開いてください")
        assert press_ctrl_c(process) == 0
    assert health(port) is None
    said = log.read_text(encoding="utf-8")
    assert "終了しました" in said
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said

    log = tmp_path / "second.txt"
    begun = time.monotonic()
    with started(store, log) as (process, port):
        assert wait_for_health(process, port, seconds=30)["generation"] == "000001"
        assert time.monotonic() - begun < 20
        assert "%]" not in log.read_text(encoding="utf-8")
        process.terminate()
        assert process.wait(15) == 0
        time.sleep(0.5)
        assert health(port) is None


@pytest.mark.slow
def test_ctrl_c_while_building_leaves_nothing_half_done(tmp_path: Path) -> None:
    store, log = tmp_path / "store", tmp_path / "log.txt"
    with started(store, log) as (process, _):
        deadline = time.monotonic() + 60
        while "%]" not in log.read_text(encoding="utf-8") and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        assert press_ctrl_c(process) != 0
    said = log.read_text(encoding="utf-8")
    assert "中断しました" in said
    assert not (store / "CURRENT").exists()
    assert list((store / "generations").glob("*.duckdb")) == []
    assert "Traceback" not in log.read_text(encoding="utf-8")
