"""The sentence beside a comparison: made from the frame that is drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from data.era import UNDATED, period_label

STATUS_LABELS = {
    "observed": "",
    "suppressed": "秘匿",
    "not_applicable": "該当なし",
    "missing": "欠測",
    "unanswered": "未回答",
    "not_published": "未公表",
    "not_loaded": "データなし",
}
OUTCOME_LABELS = {
    "higher": "高い",
    "lower": "低い",
    "similar": "同程度",
    "not_compared": "判定なし",
}

NO_BENCHMARK = "比べる基準の値はありません。"


def value_text(value: float, *, unit: str, decimals: int) -> str:
    """Return a value with its unit; a unit that names a base (対) stands before it."""
    if unit.startswith("有無"):
        return "有" if value else "無"
    number = f"{value:,.{decimals}f}"
    return f"{unit} {number}" if "対" in unit else f"{number}{unit}"


def dated(title: str, period: str) -> str:
    """Return a title with its stored period, as in 令和5年度(2023年度)の要介護認定率."""
    words = period_label(period)
    return f"{title}（{words}）" if period == UNDATED else f"{words}の{title}"


def compare_sentence(
    values: pd.DataFrame,
    *,
    title: str,
    period: str,
    unit: str,
    decimals: int,
    group_name: str,
    benchmark_name: str | None = None,
    benchmark: float | None = None,
    own_code: str | None = None,
    is_amount: bool = False,
) -> str:
    """Say where the own area stands, or how the areas spread, beside the benchmark.

    An amount, which a larger area has more of, is compared with no benchmark. The period is as
    stored.
    """
    subject = dated(title, period)
    observed = values.dropna(subset=["value"])
    if observed.empty:
        return f"{subject}は、{group_name}のどの地域にも値がありません。{_gaps(values)}"
    show = partial(value_text, unit=unit, decimals=decimals)
    stated = None if benchmark is None else f"{benchmark_name}の{show(benchmark)}"
    own = observed[observed["area_code"] == own_code]
    if own.empty:
        body = f"{group_name}の{subject}：{_spread(observed, show)}"
        beside = "" if is_amount else _tally(observed, stated, benchmark)
        return body + beside + _gaps(values)
    row = own.iloc[0]
    body = (
        f"{subject}：{row['area_name']}は{show(row['value'])}で、"
        f"値のある{len(observed):,}地域中、高い順に{row['rank']:,}番目です。"
    )
    points = "ポイント" if unit == "%" else ""
    return body + ("" if is_amount else _against(row, stated, decimals, points)) + _gaps(values)


def _spread(observed: pd.DataFrame, show: Callable[[float], str]) -> str:
    if observed["value"].nunique() == 1:
        return f"値のある{len(observed):,}地域はすべて{show(observed['value'].iloc[0])}です。"
    highest, lowest = (
        _extreme(observed, value, show)
        for value in (observed["value"].max(), observed["value"].min())
    )
    return f"最も高いのは{highest}、最も低いのは{lowest}です。"


def _extreme(observed: pd.DataFrame, value: float, show: Callable[[float], str]) -> str:
    """Name the area with the value, or say how many share it."""
    found = observed.loc[observed["value"] == value, "area_name"]
    if len(found) > 1:
        return f"{show(value)}の{len(found):,}地域"
    return f"{found.iloc[0]}の{show(value)}"


def _tally(observed: pd.DataFrame, stated: str | None, benchmark: float | None) -> str:
    if stated is None or benchmark is None:
        return NO_BENCHMARK
    counts = observed["outcome"].value_counts()
    if counts.get("not_compared", 0) == len(observed):
        above = int((observed["value"] > benchmark).sum())
        below = int((observed["value"] < benchmark).sum())
        return f"{stated}に比べて、上回る地域は{above:,}、下回る地域は{below:,}です。"
    return (
        f"{stated}に比べて、偶然変動の目安（95％信頼区間）でみて"
        f"高い地域は{counts.get('higher', 0):,}、"
        f"低い地域は{counts.get('lower', 0):,}、同程度は{counts.get('similar', 0):,}です。"
    )


def _against(row: pd.Series, stated: str | None, decimals: int, points: str) -> str:
    if stated is None:
        return NO_BENCHMARK
    if row["outcome"] == "not_compared":
        difference = f"{row['difference']:+,.{decimals}f}{points}"
        return f"{stated}との差は{difference}です（四捨五入前の値の差）。"
    limits = f"95％信頼区間 {row['lower_ci']:,.{decimals}f}～{row['upper_ci']:,.{decimals}f}"
    if row["outcome"] == "similar":
        return f"{stated}と同程度です（差は偶然の範囲、{limits}）。"
    word = OUTCOME_LABELS[row["outcome"]]
    return f"{stated}より{word}値です（偶然だけでは説明しにくい差、{limits}）。"


def _gaps(values: pd.DataFrame) -> str:
    counts = values.loc[values["value"].isna(), "status"].value_counts()
    parts = [
        f"{label}{counts[status]:,}地域"
        for status, label in STATUS_LABELS.items()
        if label and counts.get(status, 0)
    ]
    return f"このほか{'、'.join(parts)}。" if parts else ""
