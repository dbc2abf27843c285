"""Councils of the municipalities: whether there is one, and over which area it meets."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import counts_of_code, form_answers, in_words, named_most, wide_answers

COUNCIL, AREA = "council", "council_area"


def council_answers(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return the answers on councils and their areas."""
    return form_answers(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=(COUNCIL, AREA)
    )


def council_shares(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per prefecture: with a council ÷ answering in per cent; null without any."""
    asked = answers[answers["question_id"] == COUNCIL]
    known = asked["status"] == "observed"
    marked = asked.assign(has=(asked["value"] == "1").astype(int), known=known.astype(int))
    sums = marked.groupby(["prefecture_code", "prefecture_name"], as_index=False).agg(
        with_council=("has", "sum"), answering=("known", "sum"), expected=("known", "size")
    )
    rate = (100 * sums["with_council"] / sums["answering"]).where(sums["answering"] > 0)
    return sums.assign(rate=rate).rename(
        columns={"prefecture_code": "area_code", "prefecture_name": "area_name"}
    )


def council_areas(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per kind of area: municipalities naming it among those with a council.

    An area named without a council is left out here, and told by `contradictions`.
    """
    wide = wide_answers(answers)
    with_council = set(wide.loc[wide.get(COUNCIL, pd.Series(dtype=object)) == "1", "area_code"])
    return counts_of_code(answers[answers["area_code"].isin(with_council)], question_id=AREA)


def council_table(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality with both answers in words."""
    wide = wide_answers(answers)
    if wide.empty:
        return wide
    for question in (COUNCIL, AREA):
        pairs = zip(wide[question], wide[f"{question}_status"], strict=True)
        wide[question] = [in_words(question, value, status) for value, status in pairs]
    return wide.drop(columns=[f"{COUNCIL}_status", f"{AREA}_status"])


def contradictions(answers: pd.DataFrame) -> list[str]:
    """Name the municipalities that have no council and yet name its area."""
    wide = wide_answers(answers)
    if wide.empty:
        return []
    odd = (wide[COUNCIL] == "0") & wide[AREA].notna()
    return [str(name) for name in wide.loc[odd, "area_name"]]


def council_sentence(
    shares: pd.DataFrame, areas: pd.DataFrame, *, area_name: str, year_label: str
) -> str:
    """Say how many municipalities have a council, and over which area most of them meet."""
    answering, count = int(shares["answering"].sum()), int(shares["with_council"].sum())
    if not answering:
        return f"{area_name}の{year_label}は、協議体の有無を答えた市町村がありません。"
    opening = (
        f"{area_name}の{year_label}は、回答{answering:,}市町村のうち{count:,}"
        f"（{100 * count / answering:.1f}％）に協議体があります。"
    )
    answered = int(areas["answering"].max())
    if not answered:
        return opening
    top = areas.nlargest(1, "municipalities").iloc[0]
    return (
        f"{opening}開催圏域は{named_most(areas)}が最も多く、圏域を答えた{answered:,}のうち"
        f"{int(top['municipalities']):,}（{top['rate']:.1f}％）です。"
    )
