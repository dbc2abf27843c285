"""Log lines of the libraries without the values that requests brought: no address, no name."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

_QUIET = ("streamlit", "uvicorn", "starlette", "authlib", "httpx", "asyncio", "websockets")


def leave_values_out() -> None:
    """Keep the words of a library's message and drop what it would fill in.

    Of an exception its kind and the places in the code are kept.
    """
    make = logging.getLogRecordFactory()

    def quiet(name: str, level: int, *rest: Any, **named: Any) -> logging.LogRecord:  # noqa: ANN401
        record = make(name, level, *rest, **named)
        if name.split(".", maxsplit=1)[0] in _QUIET:
            record.args = None
            if isinstance(record.exc_info, tuple):
                record.msg = f"{record.msg} [{_place(*record.exc_info)}]"
            record.exc_info = record.exc_text = None
        return record

    logging.setLogRecordFactory(quiet)


def _place(
    kind: type[BaseException] | None, error: BaseException | None, trail: TracebackType | None
) -> str:
    places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trail)[-6:]]
    return f"{kind.__name__ if kind else ''} {' '.join(places)}"
