"""Letting viewers in while something long is computed in the same process."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_TURN_SECONDS = 0.0005
_lock = threading.Lock()
_running = 0
_usual = 0.0


@contextmanager
def short_turns() -> Iterator[None]:
    """Have the threads of this process take turns often, and collect no garbage in between.

    A viewer's rerun hands over to others many times, and would wait a whole turn each time; a
    collection over the cells of a large workbook stops everybody.
    """
    global _running, _usual
    with _lock:
        if _running == 0:
            _usual = sys.getswitchinterval()
            sys.setswitchinterval(_TURN_SECONDS)
            gc.disable()
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if _running == 0:
                sys.setswitchinterval(_usual)
                gc.enable()
