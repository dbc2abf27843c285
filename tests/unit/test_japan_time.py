from __future__ import annotations

from datetime import UTC, datetime

from ui.japan_time import day_in_japan, moment_in_japan


def test_moments_are_told_by_the_clocks_of_japan() -> None:
    moment = datetime(2026, 11, 22, 15, 49, tzinfo=UTC)
    assert moment_in_japan(int(moment.timestamp() * 1e9)) == "2026-11-23 00:49"
    assert day_in_japan("2026-11-22T15:49:00+00:00") == "2026-11-23"
