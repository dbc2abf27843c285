"""Values of all years as few bytes: a row an area, a column a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def values_by_area(frame: pd.DataFrame, years: Sequence[int]) -> dict[str, list[float | None]]:
    """Return the values of each area in the order of the years; `frame` has one row for each."""
    places = {year: place for place, year in enumerate(years)}
    found: dict[str, list[float | None]] = {}
    columns = (frame["area_code"].tolist(), frame["year"].tolist(), frame["value"].tolist())
    for code, year, value in zip(*columns, strict=True):
        own = found.setdefault(str(code), [None] * len(places))
        own[places[int(year)]] = None if pd.isna(value) else float(value)
    return found


def printed(values: Sequence[float | None]) -> list[str]:
    """Return values as cells of CSV, blank where there is none."""
    return ["" if value is None else f"{value:.10g}" for value in values]


def layers_on(rows: str, layers: list[dict[str, Any]], **shared: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a group of layers on rows of CSV.

    Streamlit takes the rows of the whole figure out of it and knows no CSV; those of a group stay.
    """
    data = {"values": rows, "format": {"type": "csv"}}
    return {"data": data, **shared, "layer": layers}
