"""Work that needs an event loop, beside a browser that leaves its own running."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Found = TypeVar("Found")


def in_own_loop(work: Coroutine[Any, Any, Found], *, seconds: float) -> Found:
    """Return what the work returns, done in a thread of its own; TimeoutError after the seconds."""

    async def limited() -> Found:
        return await asyncio.wait_for(work, seconds)

    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(asyncio.run, limited()).result()
