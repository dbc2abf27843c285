"""A hundred viewers at once on two servers: how long each waits for what a press brings."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from analytics.areas import areas_inside
from bench.figures import Figure, figure
from bench.loops import in_own_loop
from bench.subjects import Subject
from data.generations import Store, open_generation
from tests.serving import serving

VIEWERS, SERVERS = 100, 2
THINK, SECONDS = 10.0, 60.0
PAGES = ("", "population", "resources", "compare", "profile", "activities", "support")
_TOWNS = 8  # of the prefecture, which a seminar looks at beside the whole
_XSRF = "_streamlit_xsrf"


@dataclass
class Watched:
    """The seconds that presses took, those of the first round apart from those after it."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)


def measure_crowd(
    subject: Subject,
    store: Path,
    *,
    viewers: int = VIEWERS,
    think: float = THINK,
    seconds: float = SECONDS,
) -> list[Figure]:
    """Let viewers look at pages and areas on two servers of the store, thinking in between."""
    with ExitStack() as running:
        logs = Path(running.enter_context(tempfile.TemporaryDirectory()))
        urls = [
            running.enter_context(serving(store, logs / f"{number}.log")).url
            for number in range(SERVERS)
        ]
        work = _looked(urls, _areas(subject, store), viewers, think, seconds)
        found = in_own_loop(work, seconds=4 * seconds + 120)
    name = f"{viewers} viewers, {think:g} s of thought, {SERVERS} servers"
    later = figure("crowd", name, "answer", found.later, unit="s")
    return [
        figure("crowd", name, "first_round", found.first, unit="s"),
        later,
        figure("crowd", name, "answer_p95", [later.p95], unit="s", budget=("crowd", "p95")),
    ]


def _areas(subject: Subject, store: Path) -> list[str]:
    """Return the nation, the prefecture that is measured, and some of its municipalities."""
    prefecture = subject.scopes[-1].area_code
    with open_generation(Store(store).current()) as con:
        inside = areas_inside(con, area_code=prefecture, level="municipality")
    return ["00", prefecture, *list(inside["area_code"])[:_TOWNS]]


async def _looked(
    urls: Sequence[str], areas: Sequence[str], viewers: int, think: float, seconds: float
) -> Watched:
    found, opened = Watched(), asyncio.Barrier(viewers)
    cookies = {url: httpx.get(f"{url}/_stcore/health").cookies.get(_XSRF) or "" for url in urls}
    looking = []
    for number in range(viewers):
        url = urls[number % len(urls)]
        viewer = _Viewer(random.Random(number), url, cookies[url], areas, think)
        looking.append(viewer.look(found, opened, seconds))
    await asyncio.gather(*looking)
    return found


@dataclass
class _Viewer:
    """One who opens a page, thinks, presses, and thinks again."""

    chance: random.Random
    url: str
    token: str
    areas: Sequence[str]
    think: float

    async def look(self, found: Watched, opened: asyncio.Barrier, seconds: float) -> None:
        """Look, once all have opened a page; the presses of both halves are noted apart."""
        await asyncio.sleep(self.chance.uniform(0, self.think))
        async with connect(
            f"ws://{urlsplit(self.url).netloc}/_stcore/stream",
            subprotocols=["streamlit", self.token or "none"],  # type: ignore[list-item]
            origin=self.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{_XSRF}={self.token}"},
            max_size=None,
            open_timeout=60,  # all come within seconds, to servers that nobody has asked yet
        ) as socket:
            await self._press(socket)  # opening waits for a figure that nobody draws here
            await opened.wait()
            for took in (found.first, found.later):
                await self._half(socket, took, seconds)

    async def _half(self, socket: ClientConnection, took: list[float], seconds: float) -> None:
        """Press again and again, at least once."""
        end = time.monotonic() + seconds
        while True:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.think)
            started = time.monotonic()
            await self._press(socket)
            took.append(time.monotonic() - started)
            if time.monotonic() > end:
                return

    async def _press(self, socket: ClientConnection) -> None:
        """Ask for another page or area, and wait until all of it has come."""
        message = BackMsg()
        area = self.chance.choice(self.areas)
        message.rerun_script.query_string = "" if area == "00" else urlencode({"area": area})
        message.rerun_script.page_name = self.chance.choice(PAGES)
        await socket.send(message.SerializeToString())
        while True:
            heard = ForwardMsg()
            heard.ParseFromString(await socket.recv())
            if heard.WhichOneof("type") == "script_finished":
                return
