"""Numbers as they are printed, and the signs that stand where there is none."""

from __future__ import annotations

import pandas as pd

# What an empty place says depends on the table.
COMMON_SIGNS = {
    "...": "missing",
    "-": "not_applicable",
    "‐": "not_applicable",
    "―": "not_applicable",
    "—": "not_applicable",
    "−": "not_applicable",
    "***": "suppressed",
}
SIGNS = COMMON_SIGNS | {
    "": "missing",
    "x": "suppressed",
    "X": "suppressed",
    "秘匿": "suppressed",
    "該当なし": "not_applicable",
    "欠測": "missing",
    "未回答": "unanswered",
    "無回答": "unanswered",
    "非公表": "not_published",
}


def numbers_in(texts: pd.Series) -> pd.Series:
    """Return the numbers, with commas only where they part thousands."""
    grouped = texts.str.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
    return pd.to_numeric(texts.where(~grouped, texts.str.replace(",", "")), errors="coerce")
