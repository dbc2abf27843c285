"""Tells everybody in a room when it moves: one watcher for all, over Server-Sent Events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from data.errors import UserError
from ui.room_state import State, state_of
from workshop.file import stamp
from workshop.presence import PRESENCE

LOOK_SECONDS = 0.25
SIGN_SECONDS = 20.0  # of life, so that a proxy keeps the line and one that is dead is noticed
RETRY = b"retry: 1000\n\n"
log = structlog.get_logger()
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass
class Channel:
    """What is known of one room while anybody follows it."""

    root: Path
    room_id: str
    code: str
    stamp: tuple[int, int] = (-1, -1)
    state: State = field(default_factory=dict)
    text: bytes = b""
    number: int = 0
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    followers: int = 0

    @property
    def is_over(self) -> bool:
        """Tell whether the room has ended."""
        return bool(self.state.get("ended"))

    def is_due(self) -> bool:
        """Tell whether the time to answer has run out since the last look."""
        ends_at = float(self.state.get("ends_at") or 0)
        return self.state.get("phase") == "asking" and 0 < ends_at <= time.time()

    def take(self, state: State) -> None:
        """Wake those who wait, if what they are told has changed."""
        text = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
        if text == self.text:
            return
        self.state, self.text, self.number = state, text, self.number + 1
        moved, self.moved = self.moved, asyncio.Event()
        moved.set()

    def event(self) -> bytes:
        """Return the state as an event, with the time on this computer's clock."""
        return b'data: {"now":%.3f,' % time.time() + self.text[1:] + b"\n\n"


class Hub:
    """The rooms that are followed in this process, and the task that looks after them."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._is_closing = False

    async def join(self, root: Path, *, room_id: str, code: str) -> Channel:
        """Return the channel of a room, to be left again."""
        channel = self._channels.setdefault(room_id, Channel(root, room_id, code))
        channel.followers += 1
        if not channel.text:
            await self._look(channel)
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch())
        return channel

    def leave(self, channel: Channel) -> None:
        """Take a follower away; a room that nobody follows costs nothing."""
        channel.followers -= 1
        if channel.followers <= 0:
            self._channels.pop(channel.room_id, None)

    async def events(self, channel: Channel) -> AsyncIterator[bytes]:
        """Yield the state now and after each change, until the room or the server ends."""
        yield RETRY
        seen = 0  # nothing is known before the first look
        while not self._is_closing:
            moved = channel.moved
            if channel.number != seen:
                seen, is_last = channel.number, channel.is_over  # it moves on while one is sent
                yield channel.event()
                if is_last:
                    return
                continue
            try:
                await asyncio.wait_for(moved.wait(), SIGN_SECONDS)
            except TimeoutError:
                yield b"event: here\ndata: 0\n\n"

    def open(self) -> None:
        """Take followers, from now on."""
        self._is_closing = False

    def close(self) -> None:
        """Let all followers go, so that the server can stop; they come back to the next one."""
        self._is_closing = True
        for channel in self._channels.values():
            channel.moved.set()

    async def _watch(self) -> None:
        while self._channels and not self._is_closing:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                for channel in await run_in_threadpool(self._changed):
                    await self._look(channel)
            except Exception as error:  # a bug in one room must not leave all others waiting
                log.error("room_watch_failed", kind=type(error).__name__)

    def _changed(self) -> list[Channel]:
        channels = list(self._channels.values())
        return [c for c in channels if c.is_due() or c.stamp != stamp(c.root, c.room_id)]

    async def _look(self, channel: Channel) -> None:
        """Read a room anew; where that fails, it is tried again at the next look."""
        before = await run_in_threadpool(stamp, channel.root, channel.room_id)
        with contextlib.suppress(UserError):
            channel.take(await run_in_threadpool(state_of, channel.root, channel.code))
            channel.stamp = before


HUB = Hub()


class Following(StreamingResponse):
    """The answer to a follower, who is counted from the first byte to the last."""

    def __init__(self, channel: Channel, pid: str) -> None:
        super().__init__(HUB.events(channel), headers=HEADERS, media_type="text/event-stream")
        self._channel, self._pid = channel, pid

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until somebody goes."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            PRESENCE.leave(self._channel.room_id, self._pid)
            HUB.leave(self._channel)


@contextlib.asynccontextmanager
async def following(app: Any) -> AsyncIterator[None]:  # noqa: ANN401 - as st.App takes it
    """Let followers go when the server is told to stop: it waits for open answers."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ValueError):  # not in the main thread: a test
        for number in (signal.SIGINT, signal.SIGTERM):
            _before(number, loop)
    HUB.open()
    try:
        yield
    finally:
        HUB.close()


def _before(number: signal.Signals, loop: asyncio.AbstractEventLoop) -> None:
    then = signal.getsignal(number)

    def heard(received: int, frame: Any) -> None:  # noqa: ANN401
        with contextlib.suppress(RuntimeError):  # the loop has stopped already
            loop.call_soon_threadsafe(HUB.close)
        if callable(then):
            then(received, frame)

    signal.signal(number, heard)
