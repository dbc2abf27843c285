"""What lasts as long as the server is loaded at its start and set aside from the collector.

Streamlit looks for garbage through everything alive after every run of a script; 300,000 objects
of libraries took 0.2 s of all viewers' time at each press.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool

import ui


def set_aside() -> None:
    """Import what pages are made of, and let the collector pass over all that is alive now."""
    for found in pkgutil.iter_modules(ui.__path__):
        importlib.import_module(f"ui.{found.name}")
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lasting(app: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401 - as st.App takes it
    """Do so beside the first answers of the server."""
    task = asyncio.create_task(run_in_threadpool(set_aside))
    try:
        yield {}
    finally:
        task.cancel()
