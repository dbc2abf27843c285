from __future__ import annotations

from datetime import UTC, datetime

from ui.footer import moment_in_japan


def test_the_moment_is_told_by_the_clocks_of_japan() -> None:
    moment = datetime(2026, 11, 22, 15, 49, tzinfo=UTC)
    assert moment_in_japan(int(moment.timestamp() * 1e9)) == "2026-11-23 00:49"
