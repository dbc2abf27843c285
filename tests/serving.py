"""Starts the product as a user would, and a Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


def chromium_path() -> str | None:
    """Return an installed Chromium, or the one that CHROMIUM names."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return os.environ.get("CHROMIUM") or next((p for n in names if (p := shutil.which(n))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running server: its address, its process and what it printed."""

    url: str
    process: subprocess.Popen[str]
    log: Path
    foreign: list[str] = field(default_factory=list)

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status < 500
    except URLError as error:
        return getattr(error, "code", 0) in (404, 503)
    except OSError:
        return False


@contextmanager
def serving(
    store: Path, log: Path, *, seconds: float = 120, host: str = "127.0.0.1"
) -> Iterator[Server]:
    """Run the start script on a free port until the block ends, then stop it as Ctrl-C does."""
    port = free_port()
    env = {**os.environ, "PORT": str(port), "HOST": host, "STORE": str(store)}
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "scripts/launch.py", "run"],
            cwd=ROOT,
            env=env,
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
        server = Server(url=f"http://127.0.0.1:{port}", process=process, log=log)
        try:
            deadline = time.monotonic() + seconds
            while not _answers(f"{server.url}/healthz"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"the server did not start:\n{server.printed()}")
                time.sleep(0.2)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def is_foreign(url: str, server: Server) -> bool:
    """Tell whether a request leaves for another host than the server's own."""
    parts = urlsplit(url)
    return (
        parts.scheme in ("http", "https", "ws", "wss")
        and parts.netloc != urlsplit(server.url).netloc
    )
