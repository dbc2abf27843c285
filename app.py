"""The one file to run: `streamlit run app.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from ui.daily_seal import sealing
from ui.failures import explain
from ui.first_figure import DRAWN_ROUTES
from ui.gate import Gate
from ui.headers import PageHeaders
from ui.kept_files import KeptFiles
from ui.lasting import lasting
from ui.private_media import guard_media
from ui.quiet_logs import leave_values_out
from ui.room_live import following
from ui.room_routes import ROOM_ROUTES
from ui.routes import ROUTES
from ui.sign_in import SIGN_IN_ROUTES

# Otherwise the first viewer of a process who opens /population gets the page without its frame.
PagesManager.uses_pages_directory = False
guard_media()
leave_values_out()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401 - as st.App takes it
    """Do what goes on beside the pages, as long as the server runs."""
    async with lasting(app), sealing(app), following(app):
        yield {}


app = st.App(
    "frame.py",
    lifespan=lifespan,
    routes=[*ROUTES, *DRAWN_ROUTES, *SIGN_IN_ROUTES, *ROOM_ROUTES],
    middleware=[Middleware(PageHeaders), Middleware(Gate), Middleware(KeptFiles)],
    on_script_error=explain,
)
