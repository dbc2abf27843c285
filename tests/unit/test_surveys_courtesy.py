"""Viewers get their turn while something long is computed."""

from __future__ import annotations

import gc
import sys
import threading

import pytest

from surveys.courtesy import short_turns


def test_turns_are_short_until_the_last_one_is_done() -> None:
    usual = sys.getswitchinterval()
    with short_turns():
        with short_turns():
            assert sys.getswitchinterval() < usual / 2
        assert sys.getswitchinterval() < usual / 2
        assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(usual)
    assert gc.isenabled()


def test_a_failure_leaves_nothing_behind() -> None:
    usual = sys.getswitchinterval()
    with pytest.raises(KeyError), short_turns():
        raise KeyError
    assert sys.getswitchinterval() == pytest.approx(usual)
    assert gc.isenabled()


def test_of_two_that_compute_something_long_one_waits() -> None:
    begun = threading.Event()

    def other() -> None:
        with short_turns():
            begun.set()

    with short_turns():
        waiting = threading.Thread(target=other)
        waiting.start()
        assert not begun.wait(0.05)
    waiting.join()
    assert begun.is_set()
