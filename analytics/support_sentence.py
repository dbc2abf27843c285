"""The sentences beside the pictures of prefectural support, told from the drawn frames."""

from __future__ import annotations

import pandas as pd

from analytics.form_answers import extreme_rate, named_most
from data.era import fiscal_year_label

NAMED = 8  # municipalities told by name in a sentence


def support_sentence(shares: pd.DataFrame, *, fiscal_year: int, place: str) -> str:
    """Say which support most and fewest prefectures give, and how many answered."""
    opening = f"{place}の{fiscal_year_label(fiscal_year)}は、"
    items = shares[(shares["kind"] == "support") & (shares["item_key"] != "any_support")]
    rated = items.dropna(subset=["rate"])
    if rated.empty:
        return f"{opening}回答した都道府県がないため、割合を計算できません。"
    unanswered = int((items["expected"] - items["answering"]).sum())
    tail = f"回答のない欄が{unanswered:,}あり、分母に含めていません。" if unanswered else ""
    if rated["rate"].nunique() == 1:
        same = rated["rate"].iloc[0]
        return f"{opening}どの支援も行う都道府県の割合が{same:.1f}％で同じです。{tail}"
    return (
        f"{opening}行う都道府県が最も多い支援は{extreme_rate(rated, least=False)}、"
        f"最も少ない支援は{extreme_rate(rated, least=True)}です。{tail}"
    )


def published_sentence(shares: pd.DataFrame, *, published: str) -> str:
    """Tell every published figure that is drawn, those of the issues too."""
    known = shares.dropna(subset=["published"])
    told = "、".join(
        f"「{label}」{value:.1f}％"
        for label, value in zip(known["label"], known["published"], strict=True)
    )
    return f"{published}は、{told}です。" if told else ""


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
        return (
            f"{opening}が希望し、{area_name}が行っていない支援は{len(unmet)}件です。最も多いのは"
            f"{named_most(unmet)}で{int(unmet['municipalities'].max())}市町村が"
            f"希望しています{response}。"
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
    most = unmet[unmet["unmet"] == unmet["unmet"].max()]
    lead = f"{opening}希望があるのに行われていない支援が{len(unmet)}種類あります。最も多いのは"
    wanting = f"{int(most['unmet'].iloc[0]):,}市町村が希望しています"
    if len(most) == 1:
        told = f"「{most['label'].iloc[0]}」で、{wanting}（{_few(most['unmet_names'].iloc[0])}）"
    else:
        each = zip(most["label"], most["unmet_names"], strict=True)
        told = "、".join(f"「{label}」（{_few(names)}）" for label, names in each)
        told = f"{told}で、いずれも{wanting}"
    return f"{lead}{told}。{response}"


def _few(joined: str) -> str:
    names = joined.split("、")
    return "、".join(names[:NAMED]) + (f" ほか{len(names) - NAMED:,}" if len(names) > NAMED else "")


def heading_sentence(shares: pd.DataFrame, *, version: str, fiscal_year: int, place: str) -> str:
    """Say which heading most and fewest prefectures meet, and which cannot be told."""
    opening = f"{place}の{fiscal_year_label(fiscal_year)}を「{version}」で分けると、"
    rated = shares.dropna(subset=["rate"])
    untold = shares[shares["answering"] == 0]
    names = "、".join(f"「{label}」" for label in untold["label"])
    tail = f"{names}に当たる設問はこの年度にないか、回答がありません。" if names else ""
    if rated.empty:
        return f"{opening}割合を計算できる見出しがありません。{tail}"
    if rated["rate"].nunique() == 1:
        return f"{opening}どの見出しも{rated['rate'].iloc[0]:.1f}％で同じです。{tail}"
    return (
        f"{opening}行う都道府県が最も多いのは{extreme_rate(rated, least=False)}、"
        f"最も少ないのは{extreme_rate(rated, least=True)}です。{tail}"
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
    both["change"] = (both["rate_last"] - both["rate_first"]).round(9)
    span = f"{fiscal_year_label(int(years[0]))}から{fiscal_year_label(int(years[-1]))}まで"
    opening = f"{place}が{word}割合は、{span}に、"
    most, least = both["change"].max(), both["change"].min()
    if most == least:
        return f"{opening}どの項目も{most:+.1f}ポイントで同じです。"
    return f"{opening}{_changed(both, most)}、{_changed(both, least)}です。"


def _changed(both: pd.DataFrame, change: float) -> str:
    """Tell every item of one change with its first and last rate."""
    rows = both[both["change"] == change]
    told = "、".join(
        f"「{label}」が{first:.1f}％から{last:.1f}％"
        for label, first, last in zip(
            rows.index, rows["rate_first"], rows["rate_last"], strict=True
        )
    )
    return f"{told}（{'いずれも' if len(rows) > 1 else ''}{change:+.1f}ポイント）"
