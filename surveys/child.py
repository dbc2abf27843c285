"""A process of its own for one file, bounded in memory, time and output."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from surveys.limits import Limits
from surveys.refusals import refused

_ROOT = Path(__file__).resolve().parents[1]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from importlib import import_module; import_module(sys.argv[2]).main()"
)
_KEPT_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
_PAUSE = 0.02
_LOW = 10 if os.name == "posix" else getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)


def start_child(module: str) -> subprocess.Popen[bytes]:
    """Start `module.main` in a process of its own that comes after everything else."""
    environment = {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-c", _START, str(_ROOT), module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    with suppress(psutil.Error, OSError):  # whoever looks at a page comes first
        psutil.Process(process.pid).nice(_LOW)
    return process


def run_child(module: str, order: bytes, *, limits: Limits) -> bytes:
    """Give an order to `module.main` in a process of its own and return what it writes."""
    process = start_child(module)
    assert process.stdin is not None
    assert process.stdout is not None
    guard = threading.Thread(target=watch, args=(process, limits), daemon=True)
    feed = threading.Thread(target=_feed, args=(process.stdin, order), daemon=True)
    guard.start()
    feed.start()
    output = process.stdout.read(limits.output_bytes + 1)
    if len(output) > limits.output_bytes:
        process.kill()
    failed = process.wait() != 0
    guard.join()
    feed.join()
    process.stdout.close()
    if failed or not output:
        raise refused("reading_stopped")
    return output


def _feed(stdin: IO[bytes], order: bytes) -> None:
    """Hand over the file; a child that has ended does not take it."""
    with suppress(OSError):
        stdin.write(order)
    with suppress(OSError):
        stdin.close()


def watch(process: subprocess.Popen[bytes], limits: Limits) -> None:
    """End the child when it takes too long or too much memory."""
    end = time.monotonic() + limits.seconds
    while process.poll() is None:
        with suppress(psutil.Error):
            if psutil.Process(process.pid).memory_info().rss > limits.memory_bytes:
                process.kill()
        if time.monotonic() > end:
            process.kill()
        time.sleep(_PAUSE)
