"""The sentence beside rates by larger area or size band, told from the drawn rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.form_answers import extreme_rate
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
    items = rated["item_key"].map(dict(labels))
    lowest = extreme_rate(rated.assign(label=rated["area_name"] + "の" + items), least=True)
    reached = rated.groupby("item_key", sort=False)["rate"].min()
    full = [labels[str(key)] for key in reached[reached == 100].index]
    named = f"{'、'.join(full[:3])}{'など' if len(full) > 3 else ''}"
    everywhere = (
        f"すべての区分で100％の項目は{len(full)}（{named}）"
        if full
        else "すべての区分で100％の項目はありません"
    )
    return f"{opening}{word}の割合が最も低いのは、{lowest}です。{everywhere}。"


def by_year_sentence(frame: pd.DataFrame, *, opening: str, word: str) -> str:
    """Say which group is lowest in the last year, and from what it came in the first.

    `frame` has one row per group and year of one item and one framework.
    """
    rated = frame.dropna(subset=["rate"])
    if rated.empty:
        return f"{opening}回答した市町村がないため、割合を計算できません。"
    last = rated["fiscal_year"].max()
    ends = rated[rated["fiscal_year"] == last].assign(label=rated["area_name"])
    told = f"{opening}{fiscal_year_label(int(last))}に{word}の割合"
    if ends["rate"].nunique() == 1:
        return f"{told}はどの区分でも{ends['rate'].iloc[0]:.1f}％です。"
    lowest, highest = (extreme_rate(ends, least=least) for least in (True, False))
    return f"{told}が最も低いのは{lowest}、最も高いのは{highest}です。{_since(rated, ends)}"


def _since(rated: pd.DataFrame, ends: pd.DataFrame) -> str:
    """Tell from what the lowest group came, where one alone is lowest."""
    lowest = ends[ends["rate"] == ends["rate"].min()]
    own = rated[rated["area_code"].isin(lowest["area_code"])].sort_values("fiscal_year")
    if len(lowest) > 1 or len(own) < 2:
        return ""
    first = own.iloc[0]
    year = fiscal_year_label(int(first["fiscal_year"]))
    return f"{first['area_name']}は{year}には{first['rate']:.1f}％でした。"
