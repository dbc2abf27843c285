"""The frames that the page of programme items draws and prints, ready to be kept."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import item_rates, municipal_answers, prefecture_rates
from analytics.activities_table import framework_columns, item_labels, labelled_rates


def rates_view(con: DuckDBPyConnection, *, area_code: str, framework: str) -> pd.DataFrame:
    """Return the rates of a framework by year and item with their labels."""
    rates = item_rates(con, area_code=area_code, framework=framework)
    return labelled_rates(rates, framework=framework)


def prefectures_view(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return the rates of a year by prefecture and item with the labels of the items."""
    rates = prefecture_rates(con, area_code=area_code, framework=framework, fiscal_year=fiscal_year)
    return rates.assign(
        item_label=rates["item_key"].map(item_labels(framework)),
        item_short=rates["item_key"].map(item_labels(framework, short=True)),
        **framework_columns(framework, fiscal_year),
    )


def answers_view(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return the answers of a year by municipality and item with the short labels of the items."""
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    return answers.assign(item_short=answers["item_key"].map(item_labels(framework, short=True)))
