"""The sentences beside the pictures of prefectural support, told from the drawn frames."""

from __future__ import annotations

import pandas as pd

from data.era import fiscal_year_label


def support_sentence(shares: pd.DataFrame, *, fiscal_year: int, place: str) -> str:
    """Say which support most and fewest prefectures give, and how many answered."""
    opening = f"{place}の{fiscal_year_label(fiscal_year)}は、"
    items = shares[(shares["kind"] == "support") & (shares["item_key"] != "any_support")]
    rated = items.dropna(subset=["rate"])
    if rated.empty:
        return f"{opening}回答した都道府県がないため、割合を計算できません。"
    ordered = rated.sort_values("rate", kind="stable")
    lowest, highest = ordered.iloc[0], ordered.iloc[-1]
    unanswered = int((items["expected"] - items["answering"]).sum())
    tail = f"回答のない欄が{unanswered:,}あり、分母に含めていません。" if unanswered else ""
    if highest["rate"] == lowest["rate"]:
        return f"{opening}どの支援も行う都道府県の割合が{highest['rate']:.1f}％で同じです。{tail}"
    return (
        f"{opening}行う都道府県が最も多い支援は「{highest['label']}」で{_share(highest)}、"
        f"最も少ない支援は「{lowest['label']}」で{_share(lowest)}です。{tail}"
    )


def _share(row: pd.Series[float]) -> str:
    return f"{row['rate']:.1f}％（回答{int(row['answering'])}のうち{int(row['done'])}）"


def request_sentence(requests: pd.DataFrame, *, area_name: str, fiscal_year: int) -> str:
    """Say which request stands without a support, and how many municipalities make it."""
    opening = f"{area_name}の市町村（{fiscal_year_label(fiscal_year)}）"
    answering, expected = int(requests["answering"].max()), int(requests["expected"].max())
    if not answering:
        return f"{opening}からは、希望する支援への回答がありません。"
    response = f"（対象{expected}市町村のうち{answering}が回答）"
    asked = requests[requests["municipalities"] > 0]
    unmet = asked[asked["given"] == "none"]
    if not unmet.empty:
        first = unmet.iloc[0]
        return (
            f"{opening}が希望し、{area_name}が行っていない支援は{len(unmet)}件です。最も多いのは"
            f"「{first['label']}」で{int(first['municipalities'])}市町村が希望しています{response}。"
        )
    open_items = asked[asked["given"] != "done"]
    if not open_items.empty:
        return (
            f"{opening}が希望する支援のうち{len(open_items)}件は、"
            f"{area_name}が行っているか分かりません（回答なし）{response}。"
        )
    if asked.empty:
        return f"{opening}から希望する支援は挙がっていません{response}。"
    return f"{opening}が希望する支援{len(asked)}件は、いずれも{area_name}が行っています{response}。"
