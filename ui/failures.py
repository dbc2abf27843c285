"""What a viewer sees when something fails; what the operator reads in the log."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
import structlog

from data.errors import UserError

structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
)
log = structlog.get_logger()


def explain(error: Exception) -> bool:
    """Show an error in Japanese, without traceback; log a bug by its place, without any value."""
    if isinstance(error, UserError):
        st.error(str(error), icon=":material/error:")
        return True
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    trail = [f"{frame.name}:{frame.lineno}" for frame in frames[-6:]]
    log.error("page_failed", kind=type(error).__name__, place=place, trail=trail)
    st.error(
        "申し訳ありません。この表示を作る途中で問題が起きました。"
        "ページを再読み込みし、続くときは管理者に連絡してください。"
        f"（記録：{type(error).__name__} {place}）",
        icon=":material/error:",
    )
    return True


@contextmanager
def shown_failures() -> Iterator[None]:
    """Turn what goes wrong inside into one clear message on the page."""
    try:
        yield
    except Exception as error:
        explain(error)
