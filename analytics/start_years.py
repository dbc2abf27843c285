"""In which fiscal year each municipality began the programme, and how many began in each."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import answers_to
from data.era import fiscal_year_label

QUESTION = "start_fy"
NOT_BEGUN = "not_applicable"
LATER = "later"
# The words of each reason for no start year.
START_WORDS = {
    "not_applicable": "未着手",
    "later": "不明（調査より後の年度）",
    "unanswered": "未回答",
    "suppressed": "秘匿",
    "missing": "欠測",
    "not_published": "未公表",
    "absent": "回答票なし",
}


def start_years(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return area_code, area_name, kind and start_year of every municipality asked in a year.

    `kind` is year where a fiscal year was answered, later where that lies after the survey and so
    cannot be true, else why there is none; start_year is null unless kind is year.
    """
    answers = answers_to(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=(QUESTION,)
    )
    years = pd.to_numeric(answers["value"], errors="coerce")
    kind = answers["status"].where(years.isna(), "year").where(~(years > fiscal_year), LATER)
    return pd.DataFrame(
        {
            "area_code": answers["area_code"],
            "area_name": answers["area_name"],
            "kind": kind,
            "start_year": years.where(kind == "year").astype("Int64"),
        }
    )


def start_kinds(starts: pd.DataFrame) -> pd.Series:
    """Return of each municipality its start year as text, else why there is none."""
    kinds: pd.Series = starts["start_year"].astype("string").fillna(starts["kind"]).astype("str")
    return kinds


def starts_sentence(starts: pd.DataFrame, *, area_name: str, year_label: str) -> str:
    """Say in which year most municipalities began, by when half had, and how many did not say."""
    years = starts["start_year"].dropna().astype(int)
    opening = f"{year_label}の調査で{area_name}の着手年度を答えたのは"
    if years.empty:
        return f"{opening}、対象の{len(starts):,}市町村のうち一つもありません。"
    counts = years.value_counts().sort_index()
    most = int(counts.index.to_numpy()[counts.to_numpy().argmax()])
    half = int(years.sort_values().iloc[(len(years) - 1) // 2])
    silent = len(starts) - len(years)
    tail = f"ほかの{silent:,}市町村は着手年度の回答がありません。" if silent else ""
    return (
        f"{opening}対象の{len(starts):,}市町村のうち{len(years):,}で、最も多い着手年度は"
        f"{fiscal_year_label(most)}の{int(counts.max()):,}市町村です。"
        f"{fiscal_year_label(half)}までに半数が着手しています。{tail}"
    )
