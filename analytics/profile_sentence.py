"""The sentence beside a profile: what stands out most, made from the frame that is drawn."""

from __future__ import annotations

import pandas as pd

from analytics.compare_sentence import value_text

SHOWN = 3
FEWEST_SIBLINGS = 4
NOTABLE = 0.5


def standing_out(profile: pd.DataFrame) -> pd.DataFrame:
    """Return up to three indicators that lie farthest from the mean of the siblings.

    Amounts are left out: they say only how large an area is.
    """
    comparable = profile[
        (profile["siblings"] >= FEWEST_SIBLINGS)
        & (profile["z_score"].abs() >= NOTABLE)
        & ~profile["is_amount"]
    ]
    farthest = comparable["z_score"].abs().sort_values(ascending=False, kind="stable")
    return comparable.loc[farthest.index[:SHOWN]]


def profile_sentence(profile: pd.DataFrame, *, area_name: str, group_name: str) -> str:
    """Name the indicators that stand out, high or low; no judgement is passed on them."""
    if profile.empty:
        return f"{area_name}には、計算できた指標がまだありません。"
    chosen = standing_out(profile)
    if chosen.empty:
        return (
            f"{area_name}の{len(profile)}指標のうち、{group_name}のなかで"
            "目立って離れたものはありません。"
        )
    parts = [_part(row) for _, row in chosen.iterrows()]
    return (
        f"{area_name}の{len(profile)}指標のうち、{group_name}の平均から最も離れているのは、"
        f"{'、'.join(parts)}です。"
    )


def _part(row: pd.Series) -> str:
    value = value_text(row["value"], unit=row["unit"], decimals=int(row["decimals"]))
    side = "高い" if row["z_score"] > 0 else "低い"
    place = f"{int(row['siblings'])}地域中、高い順に{int(row['rank'])}番目"
    if pd.isna(row["benchmark_value"]):
        return f"{row['title']}（{value}、{side}側、{place}）"
    reference = f"基準 {row['benchmark_value']:,.{int(row['decimals'])}f}"
    chance = "、差は偶然の範囲" if row["outcome"] == "similar" else ""
    return f"{row['title']}（{value}、{reference}、{side}側、{place}{chance}）"
