"""What the answers to a form without a page of its own say, in words."""

from __future__ import annotations

import pandas as pd

from analytics.form_answers import named_most
from analytics.survey_results import GAPS, KINDS, is_number
from data.catalogue.survey import Question


def results_sentence(
    counts: dict[str, int], table: pd.DataFrame, *, place: str, unit: str, title: str
) -> str:
    """Say who answered, and which question of yes or no has most and fewest yes."""
    expected, returned = counts["expected"], counts["returned"]
    if not expected:
        return f"{place}には、この調査の対象がありません。"
    words = (
        f"{place}の「{title}」は、対象{expected:,}{unit}のうち{returned:,}が回答"
        f"（{100 * returned / expected:.1f}％）。"
        f"回答が一つもない{counts['unanswered']:,}、回答票なし{counts['absent']:,}。"
    )
    rates = table.dropna(subset="rate")
    if rates.empty:
        return words
    parts = [_extreme(rates, word="最も高い", least=False)]
    if rates["rate"].nunique() > 1:
        parts.append(_extreme(rates, word="最も低い", least=True))
    return f"{words}「あり」の割合が{'、'.join(parts)}です。"


def _extreme(rates: pd.DataFrame, *, word: str, least: bool) -> str:
    names = named_most(rates, label="item_label", value="rate", least=least)
    rate = rates["rate"].min() if least else rates["rate"].max()
    return f"{word}のは{names}で{rate:.1f}％"


def question_sentence(
    question: Question, frame: pd.DataFrame, results: pd.DataFrame, *, place: str, unit: str
) -> str:
    """Say how a question was answered, and every kind of gap apart."""
    own = results[results["question_id"] == question.id]
    answering = int((own["status"] == "observed").sum())
    words = (
        f"{place}の「{question.label}」は、対象{own['area_code'].nunique():,}{unit}のうち"
        f"回答{answering:,}。"
    )
    if answering and question.allowed:
        top = frame.nlargest(1, "municipalities").iloc[0]
        words += (
            f"{named_most(frame)}が最も多く、回答{answering:,}のうち"
            f"{int(top['municipalities']):,}（{top['rate']:.1f}％）です。"
        )
    elif answering and is_number(question):
        words += _numbers(question, frame)
    return words + _gaps(own)


def _numbers(question: Question, frame: pd.DataFrame) -> str:
    known = frame.dropna(subset="value")
    if known.empty:
        return ""
    if known["value"].nunique() == 1:
        names = named_most(known, label="area_name", value="value")
        every = "いずれも" if len(known) > 1 else ""
        return f"{names}の{every}{known['value'].iloc[0]:,.10g}です。"
    total = f"合計{known['value'].sum():,.10g}、" if question.type == "count" else ""
    low, high = (
        f"{named_most(known, label='area_name', value='value', least=least)}"
        for least in (True, False)
    )
    return (
        f"{total}中央値{known['value'].median():,.10g}。"
        f"最も多いのは{high}の{known['value'].max():,.10g}、"
        f"最も少ないのは{low}の{known['value'].min():,.10g}です。"
    )


def _gaps(own: pd.DataFrame) -> str:
    counts = own["category"].value_counts()
    told = [f"{KINDS[gap]}{int(counts[gap]):,}" for gap in GAPS if counts.get(gap, 0)]
    return f"{'、'.join(told)}は、回答に入れていません。" if told else ""
