"""Followers of a room: told at once, told of every move, and let go at the end."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.unit.room_stand import FACILITATOR, NOTE, opened
from ui import room_live
from ui.room_live import Channel, Hub
from workshop.file import writing
from workshop.rooms import Room, end_room, room_of, set_phase, show

LIMIT = 2.0


def run(told: Callable[[], Awaitable[Any]]) -> Any:
    # in a thread of its own: a browser test before this one leaves its loop running here
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(told(), 20))).result()


class Follower:
    """Reads the states that a hub tells."""

    def __init__(self, hub: Hub, channel: Channel) -> None:
        self.channel = channel
        self._events = hub.events(channel)

    async def next(self, seconds: float = LIMIT) -> dict[str, Any]:
        while True:
            sent = await asyncio.wait_for(anext(self._events), seconds)
            if sent.startswith(b"data: {"):
                return json.loads(sent.removeprefix(b"data: "))


async def joined(hub: Hub, root: Path, room: Room) -> Follower:
    return Follower(hub, await hub.join(root, room_id=room.room_id, code=room.code))


def shown(root: Path, room: Room, place: int) -> Room:
    now = room_of(root, room.code)
    return show(root, actor=FACILITATOR, code=room.code, place=place, version=now.version)


def test_every_follower_is_told_the_state_at_once_and_each_move_within_two_seconds(tmp_path):
    room = opened(tmp_path)

    async def told() -> None:
        hub = Hub()
        followers = [await joined(hub, tmp_path, room) for _ in range(5)]
        for follower in followers:
            first = await follower.next()
            assert (first["place"], first["scene"], first["ended"]) == (-1, None, False)
            assert abs(first["now"] - time.time()) < 5
        await asyncio.to_thread(shown, tmp_path, room, 2)
        moved = [await follower.next() for follower in followers]
        assert {state["scene"]["title"] for state in moved} == {"資源"}
        assert [state["count"] for state in moved] == [1] * 5
        late = await joined(hub, tmp_path, room)
        assert (await late.next())["scene"]["title"] == "資源"

    run(told)


def test_what_changes_nothing_for_them_is_not_sent(tmp_path):
    room = opened(tmp_path)

    async def told() -> None:
        hub = Hub()
        follower = await joined(hub, tmp_path, room)
        await follower.next()
        with writing(tmp_path, room.room_id, tables="create table if not exists x (y)") as con:
            con.execute("insert into x values (1)")
        with pytest.raises(TimeoutError):
            await follower.next(1.0)

    run(told)


def test_answering_closes_by_itself_and_no_note_or_answer_is_told(tmp_path, monkeypatch):
    room = opened(tmp_path)

    async def told() -> None:
        hub = Hub()
        follower = await joined(hub, tmp_path, room)
        await follower.next()
        now = await asyncio.to_thread(shown, tmp_path, room, 1)
        asked = await follower.next()
        assert (asked["phase"], asked["answer"], asked["tally"]) == ("asking", None, None)
        assert [choice["label"] for choice in asked["question"]["choices"]] == ["東町", "西町"]
        assert NOTE not in json.dumps(asked, ensure_ascii=False)
        await asyncio.to_thread(
            set_phase, tmp_path, actor=FACILITATOR, code=room.code, phase="asking", seconds=1,
            version=now.version,
        )  # fmt: skip
        assert (await follower.next())["phase"] == "asking"
        closed = await follower.next(3)
        assert (closed["phase"], closed["answer"], closed["tally"]) == (
            "closed",
            None,
            {"a": 0, "b": 0},
        )

    run(told)


def test_the_end_is_told_and_closes_the_line(tmp_path):
    room = opened(tmp_path)

    async def told() -> None:
        hub = Hub()
        follower = await joined(hub, tmp_path, room)
        await follower.next()
        await asyncio.to_thread(end_room, tmp_path, actor=FACILITATOR, code=room.code)
        assert (await follower.next())["ended"] is True
        with pytest.raises(StopAsyncIteration):
            await follower.next()

    run(told)


def test_a_stopping_server_lets_everybody_go(tmp_path):
    room = opened(tmp_path)

    async def told() -> None:
        hub = Hub()
        follower = await joined(hub, tmp_path, room)
        await follower.next()
        waiting = asyncio.create_task(follower.next(10))
        await asyncio.sleep(0.1)
        hub.close()
        with pytest.raises(StopAsyncIteration):
            await waiting

    run(told)


def test_a_waiting_follower_gets_a_sign_of_life(tmp_path, monkeypatch):
    monkeypatch.setattr(room_live, "SIGN_SECONDS", 0.05)
    room = opened(tmp_path)

    async def told() -> bytes:
        hub = Hub()
        events = hub.events(await hub.join(tmp_path, room_id=room.room_id, code=room.code))
        sent = [await anext(events) for _ in range(3)]
        return sent[-1]

    assert run(told).startswith(b"event: here\n")


def test_a_room_that_nobody_follows_is_no_longer_looked_at(tmp_path, monkeypatch):
    room = opened(tmp_path)
    looks: list[str] = []
    monkeypatch.setattr(room_live, "stamp", lambda root, room_id: looks.append(room_id) or (1, 1))

    async def told() -> None:
        hub = Hub()
        one, other = [await joined(hub, tmp_path, room) for _ in range(2)]
        assert one.channel is other.channel
        hub.leave(one.channel)
        await asyncio.sleep(0.6)
        assert looks
        hub.leave(other.channel)
        await asyncio.sleep(0.5)
        looks.clear()
        await asyncio.sleep(0.6)
        assert looks == []

    run(told)
