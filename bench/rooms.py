"""A room full of people: what waiting costs the server, how soon all see a scene, how many join."""

from __future__ import annotations

import asyncio
import http.client
import re
import time
import uuid
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from access.roles import Actor, Role
from bench.figures import Figure, figure
from bench.loops import in_own_loop
from bench.subjects import Subject
from tests.serving import Server
from ui.scene_rendering import render
from workshop.rooms import Room, end_room, open_room, show
from workshop.scenes import Scene, SceneSet

FOLLOWERS = 100
JOINERS = 200
SECONDS = 60.0
_STAFF = Actor("bench", "計測", Role.STAFF)
_FILE = re.compile(rb'(?:src|href)="(/room-assets/[^"]+)"')
_MODULES = ("connection.js", "scene.js", "shown.js", "question.js", "vega.js")


@dataclass
class Follower:
    """One who follows a room, and when each state came."""

    told: list[float] = field(default_factory=list)
    writer: asyncio.StreamWriter | None = None

    async def follow(self, url: str, code: str) -> None:
        """Read the states until the line is closed."""
        parts = urlsplit(url)
        reader, self.writer = await asyncio.open_connection(parts.hostname, parts.port)
        path = f"/room/{code}/events?pid={uuid.uuid4()}"
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                self.told.append(time.perf_counter())

    async def has_been_told(self, times: int) -> float:
        """Wait for a state, and return when it came."""
        while len(self.told) < times:
            await asyncio.sleep(0.005)
        return self.told[times - 1]


def measure_rooms(
    subject: Subject,
    server: Server,
    store: Path,
    *,
    followers: int = FOLLOWERS,
    joiners: int = JOINERS,
    seconds: float = SECONDS,
) -> list[Figure]:
    """Measure a room of two scenes on the running server, which serves this store."""
    area = subject.scopes[-1].area_code
    scenes = tuple(
        Scene(f"s{number}", page, page, (("area", area),))
        for number, page in enumerate(("population", "resources"))
    )
    room = open_room(
        store, actor=_STAFF, scene_set=SceneSet("bench", scenes), rendered=render(scenes)
    )
    work = _measured(server, store, room, followers, joiners, seconds)
    try:
        return in_own_loop(work, seconds=4 * seconds + 120)
    finally:
        end_room(store, actor=_STAFF, code=room.code)


async def _measured(
    server: Server, store: Path, room: Room, followers: int, joiners: int, seconds: float
) -> list[Figure]:
    waiting = [Follower() for _ in range(followers)]
    lines = [asyncio.create_task(each.follow(server.url, room.code)) for each in waiting]
    await _all_told(waiting, 1)
    idle = await _share_of_a_core(server, asyncio.sleep(seconds))
    shown = []
    for turn in range(10):
        started = time.perf_counter()
        room = await asyncio.to_thread(
            show, store, actor=_STAFF, code=room.code, place=turn % 2, version=room.version
        )
        shown.append(await _all_told(waiting, turn + 2) - started)
    await _closed(waiting, lines)
    coming = _Coming(server.url, room.code)
    busy = await _share_of_a_core(server, coming.joined(joiners, seconds))
    crowd = f"{followers} followers"
    late = f"{joiners} join in {seconds:.0f} s"
    return [
        figure("room", crowd, "idle", [idle], unit="%", budget=("room", "idle")),
        figure("room", crowd, "shown", shown, unit="s", budget=("room", "shown")),
        figure("room", late, "joined", coming.took, unit="s", budget=("room", "joined")),
        figure("room", late, "busy", [busy], unit="%"),
    ]


async def _all_told(waiting: Sequence[Follower], times: int) -> float:
    """Return when the last of all was told a state."""
    return max(await asyncio.gather(*(each.has_been_told(times) for each in waiting)))


async def _closed(waiting: Sequence[Follower], lines: Sequence[asyncio.Task[None]]) -> None:
    for each in waiting:
        if each.writer is not None:
            each.writer.close()
    await asyncio.gather(*lines, return_exceptions=True)


async def _share_of_a_core(server: Server, work: Awaitable[None]) -> float:
    """Return how much of one core the server's processes take while the work is done, in %."""
    started, before = time.perf_counter(), _cpu_seconds(server)
    await work
    return 100 * (_cpu_seconds(server) - before) / (time.perf_counter() - started)


def _cpu_seconds(server: Server) -> float:
    first = psutil.Process(server.process.pid)
    times = [each.cpu_times() for each in (first, *first.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


class _Coming:
    """People who join one after the other, each with an empty browser."""

    def __init__(self, url: str, code: str) -> None:
        self._url, self._code = url, code
        self.took: list[float] = []

    async def joined(self, count: int, seconds: float) -> None:
        """Let them all come within the time, and stay until it is over."""
        end = time.perf_counter() + seconds
        coming = [self._one(number * seconds / count) for number in range(count)]
        stayed = await asyncio.gather(*coming)
        await asyncio.sleep(max(0.0, end - time.perf_counter()))
        await _closed([each for each, _ in stayed], [line for _, line in stayed])

    async def _one(self, after: float) -> tuple[Follower, asyncio.Task[None]]:
        """Fetch the page with its files and the scene, then follow."""
        await asyncio.sleep(after)
        follower, started = Follower(), time.perf_counter()
        await asyncio.to_thread(self._fetch)
        line = asyncio.create_task(follower.follow(self._url, self._code))
        self.took.append(await follower.has_been_told(1) - started)
        return follower, line

    def _fetch(self) -> None:
        parts = urlsplit(self._url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        page = _got(connection, f"/room/{self._code}", packed=False)
        files = [found.decode() for found in _FILE.findall(page)]
        folder = files[0].rpartition("/")[0]
        for path in (*files, *(f"{folder}/{name}" for name in _MODULES)):
            _got(connection, path)
        _got(connection, f"/room/{self._code}/scene/s1")
        connection.close()


def _got(connection: http.client.HTTPConnection, path: str, *, packed: bool = True) -> bytes:
    accepted = "gzip" if packed else "identity"
    connection.request("GET", path, headers={"Accept-Encoding": accepted})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return body
