"""Once a day the head of the audit log goes to the server's log, which is kept elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool

from access.audit import head
from ui.store import store

SECONDS = 24 * 3600
log = structlog.get_logger()


def say_head() -> None:
    """Log number and seal of the newest entry: an anchor that the file itself cannot forge."""
    try:
        number, seal = head(store().root)
    except OSError:
        log.error("audit_head_unreadable")
        return
    log.info("audit_head", entries=number, seal=seal)


async def _daily() -> None:
    while True:
        await run_in_threadpool(say_head)
        await asyncio.sleep(SECONDS)


@asynccontextmanager
async def sealing(app: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401 - as st.App takes it
    """Say the head at the start and then every day, as long as the server runs."""
    task = asyncio.create_task(_daily())
    try:
        yield {}
    finally:
        task.cancel()
