"""Keeps what a page draws, where somebody asks for it; otherwise it costs one look at a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import streamlit as st

from exports.columns import ColumnLabel
from workshop.rendered import Part, PartKind

MOST_ROWS = 200
_ESCAPED = re.compile(r"\\([\\`*_\[\]<~$])")
_parts: list[Part] | None = None


@contextmanager
def recording() -> Iterator[list[Part]]:
    """Yield the list into which the parts of the page go that runs meanwhile.

    One page at a time: for a process of its own, never for the server. Headings and figures are
    taken where Streamlit is called, since pages draw them without `blocks` too.
    """
    global _parts
    kept: list[Part] = []
    _parts = kept
    draws = {name: getattr(st, name) for name in _TAKEN}
    try:
        for name, draw in draws.items():
            setattr(st, name, _also(draw, _TAKEN[name]))
        yield kept
    finally:
        _parts = None
        for name, draw in draws.items():
            setattr(st, name, draw)


def _also(draw: Callable[..., Any], take: Callable[..., None]) -> Callable[..., Any]:
    def both(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        take(*args, **kwargs)
        return draw(*args, **kwargs)

    return both


def is_recorded() -> bool:
    """Tell whether somebody keeps what pages draw in this process."""
    return _parts is not None


def keep(kind: PartKind, text: str = "", *, rows: Sequence[Sequence[str]] = ()) -> None:
    """Keep a piece of the page, where it is recorded."""
    if _parts is not None:
        _parts.append(Part(kind, text, rows=tuple(tuple(row) for row in rows)))


def keep_table(frame: pd.DataFrame, columns: Mapping[str, ColumnLabel], *, missing: str) -> None:
    """Keep the printed cells of a table that is drawn, where the page is recorded."""
    if _parts is None:
        return
    shown = [column for column in columns if column in frame]
    cells = [_printed(frame[name].head(MOST_ROWS), columns[name], missing) for name in shown]
    heads = tuple(columns[name].printed for name in shown)
    keep("table", rows=[heads, *zip(*cells, strict=True)])
    if len(frame) > MOST_ROWS:
        keep("note", f"表は{len(frame):,}行のうち、はじめの{MOST_ROWS}行です。")


def _printed(values: pd.Series, label: ColumnLabel, missing: str) -> list[str]:
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    pattern = f"{{:,.{label.decimals or 0}f}}" if label.decimals is not None else "{:.0f}"
    show = pattern.format if is_number else str
    return [missing if pd.isna(value) else show(value) for value in values]


def _start_again(*_: Any, **__: Any) -> None:  # noqa: ANN401
    """Forget what was drawn before the page asked to be run anew; each run begins with this."""
    if _parts is not None:
        _parts.clear()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _take_heading(body: str, *_: Any, **__: Any) -> None:  # noqa: ANN401
    keep("heading", _unescaped(body))


def _take_figure(spec: Mapping[str, Any], *, alt: str = "", **_: Any) -> None:  # noqa: ANN401
    if _parts is not None:
        _parts.append(Part("figure", alt, spec=spec))


_TAKEN: dict[str, Callable[..., None]] = {
    "navigation": _start_again,
    "subheader": _take_heading,
    "vega_lite_chart": _take_figure,
}
