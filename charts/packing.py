"""Rows of many areas in few bytes: each column one text, which the browser takes apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_SIGN = "|"


def packed(
    rows: Sequence[dict[str, Any]], *, texts: Sequence[str], numbers: Sequence[str]
) -> tuple[list[dict[str, str]], list[dict[str, Any]]]:
    """Return the values of a figure and the transforms that make rows of them again."""
    fields = [*texts, *numbers]
    if not rows:
        return [], []
    values = {field: _SIGN.join(_cell(row[field]) for row in rows) for field in fields}
    steps: list[dict[str, Any]] = [
        {"calculate": f"split(datum.{field}, '{_SIGN}')", "as": field} for field in fields
    ]
    steps.append({"flatten": fields})
    steps += [{"calculate": f"toNumber(datum.{field})", "as": field} for field in numbers]
    return [values], steps


def _cell(value: Any) -> str:  # noqa: ANN401 - a text or a number
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).replace(_SIGN, "／")
