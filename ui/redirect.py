"""Leading the browser to another address of this server, in the same tab."""

from __future__ import annotations

import re

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx


def with_base(path: str) -> str:
    """Return a path below the one that a proxy may have put the product at."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def lead_to(path: str) -> None:
    """Let the browser leave the page for a path, as signing in at a provider does."""
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = with_base(path)
        context.enqueue(message)


def own_path(path: str) -> str:
    """Return a path of ours as it is, and the front page for any other address."""
    return path if re.fullmatch(r"/(?![/\\])[^\s\\]{0,2000}", path) else "/"
