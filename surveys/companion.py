"""A second process of the server for what would hold up everybody, kept once it is needed."""

from __future__ import annotations

import pickle
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from surveys.child import start_child

_CHILD = "surveys.companion_child"
_Found = TypeVar("_Found")
_one_at_a_time = threading.Lock()
_starting = threading.Lock()
_companion: subprocess.Popen[bytes] | None = None


def make_ready() -> None:
    """Start the companion unless it runs; it ends with this process."""
    _running()


def ask_companion(function: Callable[..., _Found], /, **asked: Any) -> _Found | None:  # noqa: ANN401
    """Return what a public function says when the companion calls it, one question at a time.

    None where it does not answer, be it that the function raised or that the companion ended:
    whoever calls the function here instead gets its answer or its error.
    """
    order = pickle.dumps((function, asked), pickle.HIGHEST_PROTOCOL)
    with _one_at_a_time:
        try:
            process = _running()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(order)
            process.stdin.flush()
            found: _Found | None = pickle.load(process.stdout)  # noqa: S301 - written by our own child
        except (OSError, EOFError, pickle.UnpicklingError):
            _end()
            return None
        return found


def _running() -> subprocess.Popen[bytes]:
    global _companion
    with _starting:
        if _companion is None or _companion.poll() is not None:
            _companion = start_child(_CHILD)
        return _companion


def _end() -> None:
    """Let go of a companion that no longer answers."""
    global _companion
    with _starting:
        ended, _companion = _companion, None
    if ended is not None:
        ended.kill()
        for stream in (ended.stdin, ended.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        ended.wait()
