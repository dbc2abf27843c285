"""The sentence beside rates by larger area or size band, told from the drawn rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.era import fiscal_year_label

SMALL = 10  # respondents below which one municipality moves a rate by more than ten points


def by_item_sentence(
    frame: pd.DataFrame, *, opening: str, labels: Mapping[str, str], word: str
) -> str:
    """Say in which group and item the rate is lowest, and how many items reach all everywhere.

    `frame` has one row per group and item of a year, as `group_rates` returns it.
    """
    rated = frame.dropna(subset=["rate"])
    if rated.empty:
        return f"{opening}回答した市町村がないため、割合を計算できません。"
    low = rated.sort_values("rate", kind="stable").iloc[0]
    reached = rated.groupby("item_key", sort=False)["rate"].min()
    full = [labels[str(key)] for key in reached[reached == 100].index]
    named = f"{'、'.join(full[:3])}{'など' if len(full) > 3 else ''}"
    everywhere = (
        f"どの区分でも100％の項目は{len(full)}（{named}）"
        if full
        else "どの区分でも100％の項目はありません"
    )
    return (
        f"{opening}{word}の割合が最も低いのは、{low['area_name']}の「{labels[low['item_key']]}」で"
        f"{low['rate']:.1f}％（回答{int(low['answering']):,}のうち{int(low['done']):,}）です。"
        f"{everywhere}。"
    )


def by_year_sentence(frame: pd.DataFrame, *, opening: str, word: str) -> str:
    """Say which group is lowest in the last year, and from what it came in the first.

    `frame` has one row per group and year of one item and one framework.
    """
    rated = frame.dropna(subset=["rate"])
    if rated.empty:
        return f"{opening}回答した市町村がないため、割合を計算できません。"
    last = rated["fiscal_year"].max()
    ends = rated[rated["fiscal_year"] == last].sort_values("rate", kind="stable")
    low, high = ends.iloc[0], ends.iloc[-1]
    own = rated[rated["area_code"] == low["area_code"]].sort_values("fiscal_year")
    since = own.iloc[0]
    change = (
        f"{fiscal_year_label(int(since['fiscal_year']))}の{since['rate']:.1f}％から"
        if len(own) > 1
        else ""
    )
    if low["rate"] == high["rate"]:
        return (
            f"{opening}{fiscal_year_label(int(last))}に{word}の割合はどの区分でも"
            f"{low['rate']:.1f}％です。"
        )
    return (
        f"{opening}{fiscal_year_label(int(last))}に{word}の割合が最も低いのは{low['area_name']}で、"
        f"{change}{low['rate']:.1f}％（回答{int(low['answering']):,}のうち{int(low['done']):,}）、"
        f"最も高いのは{high['area_name']}の{high['rate']:.1f}％です。"
    )
