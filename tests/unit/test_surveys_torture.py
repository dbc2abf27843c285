"""Killed at random moments of an acceptance, a store loses nothing and holds nothing by half."""

from __future__ import annotations

import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from access.audit import verify
from data.generations import Store, open_generation
from data.verification import check_generation
from tests.tiny_region import ROOT
from tests.unit.intake_stand import NAMES, STAFF, accepted, answers_of, council_book, store_of

KILLS = int(os.environ.get("TORTURE_KILLS", "200"))
OPENED_WITHIN = 2.0
PER_IMPORT = 2 * len(NAMES)


class Torture:
    """One store, and the number that was surely accepted last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sure = 0
        self.killed = 0
        self.usual = 0.5
        self._chance = random.Random(20261122)
        self._forks = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.torture_child", str(root)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._forks.stdout is not None
        for line in self._forks.stdout:
            self._said.put(line.decode().strip())

    def close(self) -> None:
        assert self._forks.stdin is not None
        self._forks.stdin.close()
        self._forks.wait()

    def round(self, number: int) -> None:
        """Start an acceptance and end its process at some moment of it."""
        assert self._forks.stdin is not None
        self._forks.stdin.write(f"{number}\n".encode())
        self._forks.stdin.flush()
        first = {self._said.get(timeout=60) for _ in range(2)}
        (pid,) = (int(text.split()[1]) for text in first if text.startswith("pid"))
        assert "ready" in first, first
        started = time.monotonic()
        with suppress(queue.Empty):
            first.add(self._said.get(timeout=self._chance.uniform(0, self.usual)))
            self.usual = 0.7 * self.usual + 0.3 * (time.monotonic() - started)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        while "ended" not in first:
            first.add(self._said.get(timeout=60))
        self.killed += "accepted" not in first
        self.usual *= 1.0 if "accepted" in first else 1.01
        self.check(number, was_accepted="accepted" in first)

    def check(self, number: int, *, was_accepted: bool) -> None:
        """Open the store as a fresh process would: the last sure import or this one, whole."""
        started = time.monotonic()
        store = Store(self.root)
        current = store.current()
        with open_generation(current) as con:
            trainings = answers_of(con, "training_n")
            sizes = con.execute(
                "select count(*) from (select import_id from survey_answer union all"
                " select import_id from survey_answer_aside) as a"
                " inner join import_event using (import_id) group by import_id"
            ).fetchall()
        assert time.monotonic() - started < OPENED_WITHIN
        assert store.banner() is None
        assert set(sizes) == {(PER_IMPORT,)}
        (value,) = set(trainings.values())
        assert int(value) == number if was_accepted else int(value) in (self.sure, number)
        check_generation(current)
        self.sure = int(value)


@pytest.mark.slow
@pytest.mark.torture
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not fork")
def test_no_accepted_answer_is_lost_and_none_is_there_by_half(tiny: Path, tmp_path: Path) -> None:
    store = store_of(tiny, tmp_path / "store")
    accepted(store, council_book(dict.fromkeys(NAMES, ("あり", 0))))
    torture = Torture(store.root)
    number = 0
    while torture.killed < KILLS:
        number += 1
        torture.round(number)
    torture.close()
    assert torture.sure > 0
    accepted(store, council_book(dict.fromkeys(NAMES, ("あり", number + 1))), actor=STAFF)
    assert verify(store.root).is_sound
    assert not list(store.folder.glob("draft-*"))
