"""Rates of items by larger area or size band: answers counted, never rates averaged."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import answers_by_year
from analytics.activities import with_rate as rates_of_counts
from analytics.activities_members import NO_GROUP, group_members

WITHOUT_GROUP = "区分の記録なし"


def grouped(answers: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return answers with the group of each municipality in its year.

    A municipality without a group is kept in one of its own, last in the order.
    """
    keys = ["fiscal_year", "area_code"]
    whole = answers.merge(members, on=keys, how="left")
    unknown = whole["group_code"].isna()
    return whole.assign(
        group_code=whole["group_code"].mask(unknown, NO_GROUP),
        group_name=whole["group_name"].mask(unknown, WITHOUT_GROUP),
        last=unknown,
    ).sort_values(["last", "group_code"], kind="stable")


def group_rates(
    con: DuckDBPyConnection,
    *,
    area_code: str,
    framework: str,
    unit: str,
    fiscal_year: int | None = None,
    item_key: str | None = None,
) -> pd.DataFrame:
    """Return one row per group, fiscal year and item: counts by kind of answer and the rate.

    The rate is done ÷ answering in per cent of the municipalities of the group that existed on
    1 October of the year; null where nobody answered. Of one year or all, one item or all.
    """
    answers = answers_by_year(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year, item_key=item_key
    )
    years = tuple(sorted({int(year) for year in answers["fiscal_year"]}))
    if not years:
        return pd.DataFrame()
    whole = grouped(answers, group_members(con, unit=unit, years=years))
    keys = ["group_code", "group_name", "fiscal_year", "item_key"]
    counts = whole.groupby([*keys, "category"], sort=False).size().rename("municipalities")
    return rates_of_counts(counts.reset_index(), keys).rename(
        columns={"group_code": "area_code", "group_name": "area_name"}
    )
