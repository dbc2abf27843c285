"""The sentence that names the areas below the median on several indicators."""

from __future__ import annotations

import pandas as pd

NAMED = 8


def gaps_sentence(
    counts: pd.DataFrame,
    *,
    scope_name: str,
    level_label: str,
    at_least: int,
    what: str,
    group_label: str,
) -> str:
    """Say how many areas lie below the median on so many indicators, and which most often.

    counts is what gap_counts returns; group_label names the areas of which the median is made.
    """
    compared = int(counts["compared"].max()) if len(counts) else 0
    if not compared:
        return f"{scope_name}の{level_label}には、中央値と比べられる{what}がありません。"
    reached = counts[counts["verdict"] == "reached"]
    text = (
        f"{scope_name}の{len(counts):,}{level_label}のうち、75歳以上1万人あたりで"
        f"比べた{compared}{what}のうち{at_least}以上が、{group_label}の中央値を下回る"
    )
    if reached.empty:
        text += "地域はありません。"
    else:
        text += f"のは{len(reached):,}地域です。多い順に{_names(reached)}。"
    unknown = int((counts["verdict"] == "open").sum())
    return text + (f"値が足りず判定できない地域は{unknown:,}です。" if unknown else "")


def _names(reached: pd.DataFrame) -> str:
    """Name areas with most first, by code where as many; the rest as a number."""
    ordered = reached.sort_values(["gaps", "area_code"], ascending=[False, True], kind="stable")
    named = [f"{row.area_name}（{row.gaps}）" for row in ordered.head(NAMED).itertuples()]
    rest = len(ordered) - len(named)
    return "、".join(named) + (f"、ほか{rest:,}地域" if rest else "")
