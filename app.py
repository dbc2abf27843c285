"""The one file to run: `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from ui.failures import explain
from ui.headers import PageHeaders
from ui.routes import ROUTES

# Otherwise the first viewer of a process who opens /population gets the page without its frame.
PagesManager.uses_pages_directory = False

app = st.App(
    "frame.py",
    routes=ROUTES,
    middleware=[Middleware(PageHeaders)],
    on_script_error=explain,
)
