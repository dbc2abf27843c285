"""The sentence beside a profile: what stands out most, made from the frame that is drawn."""

from __future__ import annotations

import pandas as pd

from analytics.compare_sentence import value_text
from analytics.profile_extremes import FEWEST_SIBLINGS, NOTABLE, away_from_aim, extremes

NAMED = 3


def profile_sentence(profile: pd.DataFrame, *, area_name: str, benchmark_name: str) -> str:
    """Name the indicators farthest from the benchmark, high and low, and those away from an aim."""
    if profile.empty:
        return f"{area_name}には、計算できた指標がまだありません。"
    if profile["siblings"].max() < 2:
        return (
            f"{area_name}には{len(profile)}指標の値があります。比べる同じ種類の地域はありません。"
        )
    high, low = extremes(profile, count=NAMED)
    opening = f"{area_name}の{len(profile)}指標のうち、"
    if profile["siblings"].max() < FEWEST_SIBLINGS:
        return (
            f"{opening}ばらつきから離れているといえるものは示せません。"
            f"同じ種類の地域が{FEWEST_SIBLINGS}に満たないためです。"
        )
    if high.empty and low.empty:
        return (
            f"{opening}{benchmark_name}からばらつき（標準偏差）の{NOTABLE}倍以上"
            "離れたものはありません。"
        )
    sides = [
        f"{side}側に離れているのは{_listed(rows)}"
        for side, rows in (("高い", high), ("低い", low))
        if not rows.empty
    ]
    return f"{opening}{benchmark_name}より{'、'.join(sides)}です。{_aims(profile)}"


def _aims(profile: pd.DataFrame) -> str:
    away = away_from_aim(profile, count=NAMED)
    if away.empty:
        return ""
    titles = "・".join(away["title"])
    return f"望ましい向きが決まっている指標で、その反対の側に最も離れているのは{titles}です。"


def _listed(rows: pd.DataFrame) -> str:
    return "、".join(_part(row) for _, row in rows.iterrows())


def _part(row: pd.Series) -> str:
    decimals = int(row["decimals"])
    facts = [
        f"基準 {row['benchmark_value']:,.{decimals}f}",
        f"{int(row['siblings']):,}地域中高い順に{int(row['rank']):,}番目",
    ]
    if row["outcome"] == "similar":
        facts.append("差は偶然の範囲")
    value = value_text(row["value"], unit=row["unit"], decimals=decimals)
    return f"{row['title']} {value}（{'、'.join(facts)}）"
