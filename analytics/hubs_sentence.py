"""The sentence on hub, medical association and coordinators: made from the table shown."""

from __future__ import annotations

import pandas as pd

from analytics.hubs import NOT_ASKED
from analytics.survey_status import CATEGORIES

NO_ANSWER = tuple(category.label for category in CATEGORIES if not category.answering)


def own_hub_sentence(row: pd.Series, *, year_label: str) -> str:
    """Say who holds the cooperation of one municipality together."""
    words = {str(row[key]) for key in ("kyoten_link", "coord_count", "contracted", "council")}
    words.discard(NOT_ASKED)
    if len(words) == 1 and words <= set(NO_ANSWER):
        return (
            f"{row['area_name']}は、{year_label}の調査では拠点・医師会・コーディネーターの"
            f"どの設問も「{words.pop()}」です。別の年度を選ぶと、その年度の回答を表示します。"
        )
    return (
        f"{row['area_name']}（{year_label}の回答）：在宅医療に必要な連携を担う拠点との関係は"
        f"「{row['kyoten_link']}」。連携コーディネーターは{_coordinators(row)}、"
        f"所属は「{row['coord_affil']}」、種別は「{row['coord_level']}」。"
        f"郡市区医師会に委託する事業項目は「{row['contracted']}」。協議体は「{row['council']}」。"
    )


def _coordinators(row: pd.Series) -> str:
    if pd.isna(row["coordinators"]):
        return f"「{row['coord_count']}」"
    full_time = row["full_time"]
    note = "" if pd.isna(full_time) else f"（常勤換算{full_time:.1f}人）"
    return f"{row['coordinators']:,.0f}人{note}"


def region_hub_sentence(table: pd.DataFrame, *, region_name: str, year_label: str) -> str:
    """Say for the municipalities of an area how many have which, each of those that answered."""
    linked = table["is_linked"].dropna()
    coordinators = table["coordinators"].dropna()
    contracted = table["contracted_items"].dropna()
    parts = [
        _share("拠点と同じ組織か連携がある", int(linked.astype(bool).sum()), len(linked)),
        _share("コーディネーターを置く", int((coordinators > 0).sum()), len(coordinators))
        + (f"、合わせて{coordinators.sum():,.0f}人" if len(coordinators) else ""),
        _share("郡市区医師会に委託する項目がある", int((contracted > 0).sum()), len(contracted)),
    ]
    return (
        f"{region_name}の{len(table):,}市町村（{year_label}）："
        + "。".join(parts)
        + "。回答のない市町村は数えていません。"
    )


def _share(words: str, number: int, answering: int) -> str:
    if not answering:
        return f"{words}か：回答なし"
    return f"{words}のは、回答した{answering:,}のうち{number:,}市町村"
