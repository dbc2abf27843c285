"""Who is in a room at this moment: random marks of browsers, in memory only."""

from __future__ import annotations

from collections import Counter
from threading import Lock

from data.errors import UserError

MOST = 300
MOST_SCREENS = 20
SCREEN = ""  # the hall's screens follow too, and are nobody


class RoomFull(UserError):
    """No more participants fit into the room."""


class Presence:
    """Counts the open connections of each participant of each room."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, Counter[str]] = {}

    def arrive(self, room_id: str, pid: str) -> None:
        """Note a connection; RoomFull where another participant does not fit."""
        with self._lock:
            here = self._open.setdefault(room_id, Counter())
            if pid == SCREEN and here[SCREEN] >= MOST_SCREENS:
                raise RoomFull("ルームを映す画面が多すぎます。", "使わない画面を閉じてください。")
            if pid != SCREEN and pid not in here and _participants(here) >= MOST:
                raise RoomFull(
                    f"このルームは満員です（{MOST}人まで）。",
                    "進行役の画面を見るか、だれかが退出してから、もう一度開いてください。",
                )
            here[pid] += 1

    def leave(self, room_id: str, pid: str) -> None:
        """Take a connection away; who has none left is no longer here."""
        with self._lock:
            here = self._open.get(room_id)
            if here is None:
                return
            here[pid] -= 1
            if here[pid] <= 0:
                del here[pid]
            if not here:
                del self._open[room_id]

    def count(self, room_id: str) -> int:
        """Return how many participants are here."""
        with self._lock:
            return _participants(self._open.get(room_id, Counter()))

    def is_here(self, room_id: str, pid: str) -> bool:
        """Tell whether a participant has a connection open."""
        with self._lock:
            return self._open.get(room_id, Counter())[pid] > 0

    def rooms(self) -> tuple[str, ...]:
        """Return the rooms in which anybody is."""
        with self._lock:
            return tuple(self._open)


def _participants(here: Counter[str]) -> int:
    return sum(1 for pid, number in here.items() if pid != SCREEN and number > 0)


PRESENCE = Presence()
