"""The frames that the page of programme items draws and prints, ready to be kept."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import item_rates, municipal_answers, prefecture_rates
from analytics.activities_sentence import activities_sentence
from analytics.activities_table import (
    counts_by_kind,
    implemented_word,
    item_labels,
    labelled_rates,
    printed_answers,
    sorted_answers,
)
from data.catalogue import load_catalogue


def rates_view(con: DuckDBPyConnection, *, area_code: str, framework: str) -> pd.DataFrame:
    """Return the rates of a framework by year and item with their labels."""
    rates = item_rates(con, area_code=area_code, framework=framework)
    return labelled_rates(rates, framework=framework)


def all_rates_view(con: DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the rates of every framework one below the other, each row naming its framework."""
    frames = [
        rates_view(con, area_code=area_code, framework=framework)
        for framework in load_catalogue().programme.frameworks
    ]
    found = [frame for frame in frames if not frame.empty]
    return pd.concat(found or frames[:1], ignore_index=True)


def kinds_view(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return how many municipalities gave each kind of answer to each item of a year."""
    rates = rates_view(con, area_code=area_code, framework=framework)
    return counts_by_kind(rates[rates["fiscal_year"] == fiscal_year], framework=framework)


def statement_view(
    con: DuckDBPyConnection, *, area_code: str, area_name: str, framework: str, fiscal_year: int
) -> str:
    """Return the sentence about the rates of a year."""
    rates = rates_view(con, area_code=area_code, framework=framework)
    return activities_sentence(
        rates[rates["fiscal_year"] == fiscal_year],
        area_name=area_name,
        fiscal_year=fiscal_year,
        labels=item_labels(framework),
        word=implemented_word(framework),
    )


def prefectures_view(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return the rates of a year by prefecture and item with the labels of the items."""
    rates = prefecture_rates(con, area_code=area_code, framework=framework, fiscal_year=fiscal_year)
    return rates.assign(
        item_label=rates["item_key"].map(item_labels(framework)),
        item_short=rates["item_key"].map(item_labels(framework, short=True)),
    )


def answers_view(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int, order: str
) -> pd.DataFrame:
    """Return the answers of a year by municipality and item, sorted."""
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    return sorted_answers(answers, framework=framework, order=order)


def printed_view(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int, order: str
) -> pd.DataFrame:
    """Return one row per municipality with its answers in words, sorted."""
    answers = answers_view(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year, order=order
    )
    return printed_answers(answers, framework=framework)
