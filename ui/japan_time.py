"""Moments as the clocks of Japan tell them, wherever the server stands."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

_JAPAN = ZoneInfo("Asia/Tokyo")


def moment_in_japan(nanoseconds: int) -> str:
    """Return day and minute of a moment counted from 1970."""
    return datetime.fromtimestamp(nanoseconds / 1e9, _JAPAN).strftime("%Y-%m-%d %H:%M")


def day_in_japan(moment: str) -> str:
    """Return the day of a moment written with its zone."""
    return datetime.fromisoformat(moment).astimezone(_JAPAN).date().isoformat()
