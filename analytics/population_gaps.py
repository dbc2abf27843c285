"""Why an area has no figure of population, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

MOST_NAMED = 15


def lacking_sentence(label: str, *, edition_name: str, years: Sequence[int]) -> str:
    """Say that an edition lacks a measure for an area, or has it in one year only."""
    if years:
        return f"{edition_name}の{label}は、この地域について{years[0]}年だけが読み込まれています。"
    return f"{edition_name}は、この地域について{label}を含みません（年齢・性別の一部だけの資料）。"


def absence_sentence(area_name: str, *, edition_name: str, instead: pd.DataFrame) -> str:
    """Say why an area has no figures in an edition and which larger area has them."""
    if instead.empty:
        return f"{area_name}の人口は、読み込まれた{edition_name}にありません。"
    first = instead.iloc[0]
    if first["area_type"] == "projection_region":
        return (
            f"{edition_name}では、{area_name}は単独では推計されず、"
            f"「{first['name']}」としてまとめて示されています。"
        )
    return (
        f"{edition_name}では{area_name}の推計は公表されていません。"
        f"{first['name']}全体の値だけがあります。"
    )


def incomplete_sentence(
    area_name: str, *, edition_name: str, missing: Sequence[str], explanation: str
) -> str:
    """Say that there is no sum for an area because parts of it are lacking, and which."""
    named = "、".join(missing[:MOST_NAMED])
    more = f"ほか計{len(missing)}地域" if len(missing) > MOST_NAMED else f"の{len(missing)}地域"
    return (
        f"{area_name}は、{edition_name}では{named}{more}の値がないため、合計を作っていません。"
        f"（{explanation}）"
    )


def new_area_sentence(area_name: str, *, since: date, base_year: int) -> str:
    """Say that an area was set up after the year on which the projection is based."""
    return (
        f"{area_name}は{since.year}年{since.month}月{since.day}日に設けられた区で、"
        f"{base_year}年を基準にした推計には区分がありません。"
    )
