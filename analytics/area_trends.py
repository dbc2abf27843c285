"""How each area has changed over the periods of an indicator, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.compare_sentence import value_text
from analytics.period_series import TREND_WORDS, is_projected, trend_of, unbroken
from data.catalogue.indicator import IndicatorEntry
from data.era import period_label

NAMED = 3
_COLUMNS = ("area_code", "area_name", "first_period", "first_value", "last_period", "last_value",
            "difference", "verdict", "verdict_label")  # fmt: skip
_PROJECTED = "推計値のため判定なし"


def dated_values(
    series: pd.DataFrame, *, codes: Sequence[str], entry: IndicatorEntry
) -> pd.DataFrame:
    """Return the known values of the areas with their year, of one framework of the survey only."""
    rows = series[series["area_code"].isin(list(codes))].dropna(subset=["value"])
    rows = unbroken(rows, entry)
    years = rows["period"].str.removeprefix("FY").astype("int64")
    return rows.assign(year=years).sort_values(["area_code", "year"], ignore_index=True)


def area_changes(
    values: pd.DataFrame, *, codes: Sequence[str], entry: IndicatorEntry
) -> pd.DataFrame:
    """Return first and last value, difference and verdict of the trend test, a row per area.

    Areas stand in the order of the codes; those with fewer than two periods are left out.
    """
    rows = []
    grouped = dict(iter(values.groupby("area_code")))
    for code in codes:
        known = grouped.get(code)
        if known is None or len(known) < 2:
            continue
        first, last = known.iloc[0], known.iloc[-1]
        verdict = trend_of(known, area_code=code, entry=entry).verdict
        words = _PROJECTED if is_projected(entry) else TREND_WORDS[verdict]
        rows.append((code, last["area_name"], first["period"], first["value"], last["period"],
                     last["value"], last["value"] - first["value"], verdict, words))  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def trend_sentence(
    changes: pd.DataFrame, *, entry: IndicatorEntry, where: str, own_code: str | None
) -> str:
    """Say how many areas rose and fell, what the test says, and what became of the own area."""
    rose, fell = ((changes["difference"] * sign > 0).sum() for sign in (1, -1))
    start, end = changes["first_period"].min(), changes["last_period"].max()
    body = (
        f"{where}の{entry.title}は、{period_label(start)}から{period_label(end)}までに、"
        f"2時点以上の値のある{len(changes):,}地域のうち{rose:,}地域で増え、{fell:,}地域で減りました。"
    )
    own = changes[changes["area_code"] == own_code]
    named = own if len(own) else changes if len(changes) <= NAMED else changes.head(0)
    return body + _verdicts(changes, entry) + "".join(_one(row, entry) for row in _rows(named))


def _verdicts(changes: pd.DataFrame, entry: IndicatorEntry) -> str:
    if is_projected(entry):
        return "推計値のため、推移が偶然かどうかの判定はありません。"
    counts = changes["verdict"].value_counts()
    return (
        f"最近5時点の判定は、上昇{counts.get('increasing', 0):,}、"
        f"低下{counts.get('decreasing', 0):,}、偶然の範囲{counts.get('no_change', 0):,}、"
        f"判定なし{counts.get('not_computed', 0):,}です。"
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _one(row: dict[str, object], entry: IndicatorEntry) -> str:
    first, last = (
        value_text(float(str(row[name])), unit=entry.unit, decimals=entry.decimals)
        for name in ("first_value", "last_value")
    )
    return f"{row['area_name']}は{first}から{last}になりました（{row['verdict_label']}）。"
