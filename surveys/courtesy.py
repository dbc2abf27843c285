"""Letting viewers in while something long is computed in the same process."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

TURN_SECONDS = 0.0005
_alone = threading.RLock()


@contextmanager
def short_turns() -> Iterator[None]:
    """Have the threads of this process take turns often, and collect no garbage in between.

    A viewer's rerun hands over to others many times, and would wait a whole turn each time; a
    collection over the cells of a large workbook stops everybody. Whoever else wants to compute
    something long waits until this is over, so that viewers share with one only.
    """
    with _alone:
        usual, collecting = sys.getswitchinterval(), gc.isenabled()
        sys.setswitchinterval(TURN_SECONDS)
        gc.disable()
        try:
            yield
        finally:
            sys.setswitchinterval(usual)
            if collecting:
                gc.enable()
