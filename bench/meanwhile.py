"""How long a viewer's rerun takes while staff read, compare and publish in the same process."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import numpy as np
from streamlit.testing.v1 import AppTest

from bench.figures import Figure, figure
from bench.scripts import checked, open_page
from bench.subjects import Scope
from bench.watching import watching
from data.generations import Store
from surveys.courtesy import TURN_SECONDS

PAGES = ("compare", "population", "resources")
SECONDS, ROUNDS, WARM = 3.0, 3, 5
Work = Callable[[], object]
Laps = dict[str, list[float]]


@dataclass
class Waiting:
    """Milliseconds of every rerun by page, while nothing else was done and while something was."""

    quiet: Laps = field(default_factory=lambda: {page: [] for page in PAGES})
    busy: Laps = field(default_factory=lambda: {page: [] for page in PAGES})

    def ratio(self, share: float) -> float:
        """Return how many times as long a percentile is, every page in units of its own median."""
        usual = {page: float(np.median(laps)) for page, laps in self.quiet.items()}
        both = (
            np.concatenate([np.asarray(laps[page]) / usual[page] for page in laps])
            for laps in (self.busy, self.quiet)
        )
        busy, quiet = (float(np.percentile(laps, share)) for laps in both)
        return busy / quiet


def measure_viewers(
    store: Store, works: dict[str, Work], *, seconds: float = SECONDS, rounds: int = ROUNDS
) -> list[Figure]:
    """Rerun three warm pages of a store in turns without and with each kind of work.

    Windows of both kinds alternate, so that what else the machine does is in both.
    """
    waiting = {name: Waiting() for name in works}
    loads: list[float] = []
    with patch.dict(os.environ, {"STORE": str(store.root)}), watching(), _turns_of_one_length():
        apps = {page: open_page(page, Scope("nation", "00")) for page in PAGES}
        for _ in range(WARM):
            _reruns(apps, {page: [] for page in PAGES}, seconds=0)
        for _ in range(rounds):
            for name, work in works.items():
                _reruns(apps, waiting[name].quiet, seconds=seconds)
                with _repeating(work):
                    _reruns(apps, waiting[name].busy, seconds=seconds)
                loads.append(os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0)
    shown = [row for name, found in waiting.items() for row in _figures(name, found)]
    return [*shown, figure("intake", "the whole machine", "load", loads, unit="")]


def _figures(name: str, found: Waiting) -> list[Figure]:
    rows = [
        figure("intake", f"a viewer's rerun of {page}, {name}", measure, laps[page], unit="ms")
        for page in PAGES
        for measure, laps in (("alone", found.quiet), ("meanwhile", found.busy))
    ]
    return rows + [
        figure("intake", f"a viewer's reruns, {name}", measure, [found.ratio(share)],
               unit="×", budget=("intake", "slowdown"))
        for measure, share in (("slowdown", 50), ("slowdown_p95", 95))
    ]  # fmt: skip


def _reruns(apps: dict[str, AppTest], laps: Laps, *, seconds: float) -> None:
    """Run the pages in turns until the time is over, each at least once."""
    end = time.monotonic() + seconds
    while True:
        for page, app in apps.items():
            start = time.perf_counter()
            checked(app.run())
            laps[page].append(1000 * (time.perf_counter() - start))
        if time.monotonic() >= end:
            return


@contextmanager
def _turns_of_one_length() -> Iterator[None]:
    """Let threads take turns as often in quiet windows as in busy ones.

    AppTest asks all the time whether the script is done, and each long turn delays the script.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def _repeating(work: Work) -> Iterator[None]:
    """Do the work over and over in a thread of its own until the block ends."""
    over = threading.Event()
    failed: list[BaseException] = []

    def repeat() -> None:
        try:
            while not over.is_set():
                work()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    if failed:
        raise failed[0]


@contextmanager
def twin(store: Store) -> Iterator[Store]:
    """Yield a copy of what is served; publishing there leaves viewers' pages warm."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Store(Path(folder) / "store")
        with copy.writing() as draft:
            shutil.copyfile(store.current(), draft)
        yield copy


def in_turns(items: Sequence[Work]) -> Work:
    """Return a work that does the next of several each time."""
    place = 0

    def do_next() -> None:
        nonlocal place
        place += 1
        items[place % len(items)]()

    return do_next
