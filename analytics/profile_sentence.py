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
    if profile["siblings"].max() < 2:
        return (
            f"{area_name}には{len(profile)}指標の値があります。比べる同じ種類の地域はありません。"
        )
    chosen = standing_out(profile)
    if chosen.empty:
        return (
            f"{area_name}の{len(profile)}指標のうち、{group_name}の同じ種類の地域のなかで"
            "目立って離れたものはありません。"
        )
    parts = [_part(row) for _, row in chosen.iterrows()]
    return (
        f"{area_name}の{len(profile)}指標のうち、{group_name}の同じ種類の地域のなかで"
        f"中ほどから最も離れているのは次の{len(parts)}つです。{''.join(parts)}"
    )


def _part(row: pd.Series) -> str:
    decimals = int(row["decimals"])
    facts = ["高い側" if row["z_score"] > 0 else "低い側"]
    if pd.notna(row["benchmark_value"]):
        facts.append(f"基準 {row['benchmark_value']:,.{decimals}f}")
    facts.append(f"{int(row['siblings']):,}地域中高い順に{int(row['rank']):,}番目")
    if row["outcome"] == "similar":
        facts.append("基準との差は偶然の範囲")
    value = value_text(row["value"], unit=row["unit"], decimals=decimals)
    return f"{row['title']} {value}：{'、'.join(facts)}。"
