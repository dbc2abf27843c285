"""The sentence beside the picture of programme items, told from the drawn frame."""

from __future__ import annotations

import pandas as pd

from data.era import fiscal_year_label


def activities_sentence(
    frame: pd.DataFrame, *, area_name: str, fiscal_year: int, labels: dict[str, str], word: str
) -> str:
    """Say which item fewest municipalities carry out, of how many, and how many answered.

    `frame` holds one row per item of the fiscal year, `labels` the names of the items and `word`
    what an implemented item is called (実施).
    """
    opening = f"{area_name}の{fiscal_year_label(fiscal_year)}は、"
    rated = frame.dropna(subset=["rate"])
    if rated.empty:
        return f"{opening}回答した市町村がないため、割合を計算できません。"
    ordered = rated.sort_values("rate", kind="stable")
    lowest, highest = ordered["rate"].iloc[0], ordered["rate"].iloc[-1]
    if lowest == highest:
        body = f"どの項目も{word}の割合が{lowest:.1f}％{_of(rated, lowest)}で同じです。"
    else:
        body = (
            f"{word}の割合が最も低い項目は{_names(rated, lowest, labels)}で{lowest:.1f}％"
            f"{_of(rated, lowest)}、最も高い項目は{_names(rated, highest, labels)}で"
            f"{highest:.1f}％{_of(rated, highest)}です。"
        )
    return f"{opening}{body}{_response(ordered.iloc[0])}"


def _names(rated: pd.DataFrame, rate: float, labels: dict[str, str]) -> str:
    """Name the items at a rate, two at most."""
    keys = rated.loc[rated["rate"] == rate, "item_key"].tolist()
    names = "".join(f"「{labels[key]}」" for key in keys[:2])
    return f"{names}など{len(keys)}項目" if len(keys) > 2 else names


def _of(rated: pd.DataFrame, rate: float) -> str:
    """Print numerator and denominator where all items at a rate share them."""
    counts = rated.loc[rated["rate"] == rate, ["answering", "done"]].drop_duplicates()
    if len(counts) > 1:
        return ""
    answering, done = counts.astype(int).iloc[0]
    return f"（回答{answering:,}市町村のうち{done:,}）"


def _response(row: pd.Series[float]) -> str:
    expected, answering = int(row["expected"]), int(row["answering"])
    if answering == expected:
        return f"対象の{expected:,}市町村すべてが回答しています。"
    rate = 100 * answering / expected
    return (
        f"回答は対象{expected:,}市町村のうち{answering:,}（{rate:.1f}％）で、"
        "未回答などは分母に含めていません。"
    )
