"""CSV that Excel opens as it is: UTF-8 with BOM, no formulas out of text."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from exports.columns import ColumnLabel

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(value: object) -> object:
    """Return text that a spreadsheet does not take for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def to_csv(frame: pd.DataFrame, *, columns: Mapping[str, ColumnLabel]) -> bytes:
    """Return the frame as CSV with printed labels; missing cells are empty."""
    shown = frame.copy()
    for name in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[name]):
            shown[name] = shown[name].astype(object).map(inert)
        elif (decimals := columns[name].decimals) is not None:
            shown[name] = shown[name].astype("Float64").round(decimals)
            if decimals == 0:
                shown[name] = shown[name].astype("Int64")
    labels = [str(inert(columns[name].printed)) for name in shown.columns]
    return shown.to_csv(index=False, header=labels, lineterminator="\r\n").encode("utf-8-sig")
