"""The sentence of the overview, computed from what is shown there."""

from __future__ import annotations

import pandas as pd

from analytics.figures import change, is_missing, percent, persons


def overview_sentence(
    frame: pd.DataFrame, *, area_name: str, now: int, later: int | None, edition_name: str
) -> str:
    """Say how many old people there are, what share, and where their number is going."""
    rows = frame.set_index("year")
    total, old = _value(rows, now, "total"), _value(rows, now, "age_75_plus")
    if is_missing(old):
        text = f"{area_name}の総人口は{now}年に{persons(total)}です"
        return (
            text + _later_total(rows, now, later) + f"（{edition_name}）。年齢別の値はありません。"
        )
    text = f"{area_name}の75歳以上は{now}年に{persons(old)}"
    if not is_missing(total):
        text += f"（総人口の{percent(100 * old / total)}）"
    return text + f"です{_later_old(rows, now, later)}（{edition_name}）。"


def _value(rows: pd.DataFrame, year: int, column: str) -> float:
    return float(rows[column].astype(float)[year])


def _later_total(rows: pd.DataFrame, now: int, later: int | None) -> str:
    if later is None:
        return ""
    after = _value(rows, later, "total")
    growth = 100 * after / _value(rows, now, "total") - 100
    return f"。{later}年には{persons(after)}（{change(growth)}）の見込みです"


def _later_old(rows: pd.DataFrame, now: int, later: int | None) -> str:
    if later is None:
        return ""
    parts = []
    for column, name in (("age_75_plus", "75歳以上"), ("age_85_plus", "85歳以上")):
        before, after = _value(rows, now, column), _value(rows, later, column)
        if not is_missing(before) and before > 0:
            parts.append(f"{name}は{persons(after)}（{change(100 * after / before - 100)}）")
    return f"。{later}年には" + "、".join(parts) + "の見込みです"
