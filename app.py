"""The one file to run: `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from ui.daily_seal import sealing
from ui.failures import explain
from ui.gate import Gate
from ui.headers import PageHeaders
from ui.private_media import guard_media
from ui.quiet_logs import leave_values_out
from ui.routes import ROUTES
from ui.sign_in import SIGN_IN_ROUTES

# Otherwise the first viewer of a process who opens /population gets the page without its frame.
PagesManager.uses_pages_directory = False
guard_media()
leave_values_out()

app = st.App(
    "frame.py",
    lifespan=sealing,
    routes=[*ROUTES, *SIGN_IN_ROUTES],
    middleware=[Middleware(PageHeaders), Middleware(Gate)],
    on_script_error=explain,
)
