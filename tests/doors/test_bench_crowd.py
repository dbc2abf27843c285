"""Viewers who all look at once are measured on servers of their own."""

from __future__ import annotations

from bench.crowd import measure_crowd
from bench.subjects import describe_subject
from data.generations import Store


def test_every_press_of_every_viewer_is_timed(tiny_store: Store) -> None:
    subject = describe_subject(tiny_store.current())
    found = measure_crowd(subject, tiny_store.root, viewers=3, think=0.2, seconds=1)
    first, later, p95 = found
    assert [each.measure for each in found] == ["first_round", "answer", "answer_p95"]
    assert len(first.values) >= 3
    assert len(later.values) >= 3
    assert all(0 < seconds < 60 for seconds in (*first.values, *later.values))
    assert p95.values == (later.p95,)
    assert p95.budget == ("crowd", "p95")
