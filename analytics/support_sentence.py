"""The sentences beside the pictures of prefectural support, told from the drawn frames."""

from __future__ import annotations

import pandas as pd

from data.era import fiscal_year_label

NAMED = 8  # municipalities told by name in a sentence


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


def own_sentence(shares: pd.DataFrame, *, own_name: str) -> str:
    """Say which of the supports with a published figure the own prefecture gives."""
    if "own" not in shares:
        return ""
    items = shares[shares["item_key"] != "any_support"]
    against = items.dropna(subset=["own", "published"])
    given = int((items["own"] == "done").sum())
    asked = int(items["own"].isin(["done", "none"]).sum())
    if not asked:
        return f"{own_name}の回答はありません。"
    words = {"done": "行っている", "none": "行っていない"}
    told = "、".join(
        f"「{row['label']}」（公表{row['published']:.1f}％）は{words.get(row['own'], '回答なし')}"
        for row in against.to_dict("records")
    )
    lead = f"{own_name}は、回答した{asked}の支援のうち{given}を行っています。"
    return f"{lead}公表値のある支援では、{told}。" if told else lead


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


def unmet_sentence(counts: pd.DataFrame, *, place: str, year: str) -> str:
    """Say which request most municipalities make in vain, and name them where they are few."""
    opening = f"{place}の{year}は、"
    answering, expected = int(counts["answering"].max()), int(counts["expected"].max())
    if not answering:
        return f"{opening}希望する支援に回答した市町村がありません（対象{expected:,}市町村）。"
    response = f"対象{expected:,}市町村のうち{answering:,}が回答。"
    unmet = counts[counts["unmet"] > 0]
    if unmet.empty:
        open_ones = int(counts["open"].sum())
        tail = f"支援の有無が分からない希望が{open_ones:,}件あります。" if open_ones else ""
        return f"{opening}希望があるのに行われていない支援はありません。{tail}{response}"
    first = unmet.iloc[0]
    names = str(first["unmet_names"]).split("、")
    told = "、".join(names[:NAMED]) + (f" ほか{len(names) - NAMED:,}" if len(names) > NAMED else "")
    return (
        f"{opening}希望があるのに行われていない支援が{len(unmet)}種類あります。最も多いのは"
        f"「{first['label']}」で、{int(first['unmet']):,}市町村が希望しています（{told}）。{response}"
    )


def heading_sentence(shares: pd.DataFrame, *, version: str, fiscal_year: int, place: str) -> str:
    """Say which heading most and fewest prefectures meet, and which cannot be told."""
    opening = f"{place}の{fiscal_year_label(fiscal_year)}を「{version}」で分けると、"
    rated = shares.dropna(subset=["rate"]).sort_values("rate", kind="stable")
    untold = shares[shares["answering"] == 0]
    names = "、".join(f"「{label}」" for label in untold["label"])
    tail = f"{names}に当たる設問はこの年度にないか、回答がありません。" if names else ""
    if rated.empty:
        return f"{opening}割合を計算できる見出しがありません。{tail}"
    lowest, highest = rated.iloc[0], rated.iloc[-1]
    if highest["rate"] == lowest["rate"]:
        return f"{opening}どの見出しも{highest['rate']:.1f}％で同じです。{tail}"
    return (
        f"{opening}行う都道府県が最も多いのは「{highest['label']}」で{_share(highest)}、"
        f"最も少ないのは「{lowest['label']}」で{_share(lowest)}です。{tail}"
    )


def years_sentence(frame: pd.DataFrame, *, word: str, place: str) -> str:
    """Say which item changed most between the first and last year of one framework."""
    rated = frame.dropna(subset=["rate"])
    years = sorted(rated["fiscal_year"].unique())
    if len(years) < 2:
        return f"{place}の回答は、この枠組みではまだ1年度分以下のため、変化を示せません。"
    first, last = (rated[rated["fiscal_year"] == year] for year in (years[0], years[-1]))
    starts, ends = (rows.set_index("item_label")[["rate"]] for rows in (first, last))
    both = starts.add_suffix("_first").join(ends.add_suffix("_last"), how="inner")
    change = (both["rate_last"] - both["rate_first"]).sort_values(kind="stable")
    span = f"{fiscal_year_label(int(years[0]))}から{fiscal_year_label(int(years[-1]))}まで"
    opening = f"{place}が{word}割合は、{span}に、"
    up, down = change.index[-1], change.index[0]
    if change[up] == change[down]:
        return f"{opening}どの項目も{change[up]:+.1f}ポイントで同じです。"
    return (
        f"{opening}「{up}」が{both.at[up, 'rate_first']:.1f}％から{both.at[up, 'rate_last']:.1f}％"
        f"（{change[up]:+.1f}ポイント）、「{down}」が{both.at[down, 'rate_first']:.1f}％から"
        f"{both.at[down, 'rate_last']:.1f}％（{change[down]:+.1f}ポイント）です。"
    )
