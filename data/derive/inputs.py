"""Numerator and denominator of every indicator, for every area that has them."""

from __future__ import annotations

import duckdb
import pandas as pd

_RATIO = """
with numerator as (
    select
        area_code,
        period,
        sum(value) as numerator
    from quantity
    where subject = $numerator_subject and item in (select unnest($numerator_items))
    group by area_code, period
    having count(*) = len($numerator_items)
),
denominator as (
    select
        area_code,
        period,
        sum(value) as denominator
    from quantity
    where subject = $denominator_subject and item in (select unnest($denominator_items))
    group by area_code, period
    having count(*) = len($denominator_items)
),
final as (
    select
        numerator.area_code,
        numerator.period,
        numerator.numerator,
        denominator.denominator
    from numerator
    inner join denominator using (area_code, period)
)
select * from final
"""

_BY_75_PLUS = """
with numerator as (
    select
        area_code,
        period,
        sum(value) as numerator
    from quantity
    where subject = $numerator_subject and item in (select unnest($numerator_items))
    group by area_code, period
    having count(*) = len($numerator_items)
),
final as (
    select
        numerator.area_code,
        numerator.period,
        numerator.numerator,
        population_total.age_75_plus as denominator
    from numerator
    left join population_total
        on numerator.area_code = population_total.area_code
        and population_total.edition = $edition
        and population_total.year = $year
)
select * from final
"""

_COUNT = """
with final as (
    select
        area_code,
        period,
        value as numerator,
        null::double as denominator
    from quantity
    where subject = $subject and item = $item
)
select * from final
"""

_GROWTH = """
with series as (
    select
        area_code,
        period,
        value as numerator,
        first_value(value) over (partition by area_code order by period) as denominator
    from quantity
    where subject = $subject and item = $item
),
first_period as (
    select min(period) as period
    from quantity
    where subject = $subject and item = $item
),
complete as (
    select area_code
    from quantity
    inner join first_period using (period)
    where subject = $subject and item = $item
),
final as (
    select
        series.area_code,
        series.period,
        series.numerator,
        series.denominator
    from series
    semi join complete using (area_code)
    anti join first_period using (period)
)
select * from final
"""


def ratio_input(
    con: duckdb.DuckDBPyConnection,
    *,
    numerator: tuple[str, list[str]],
    denominator: tuple[str, list[str]],
) -> pd.DataFrame:
    """Return area_code, period, numerator, denominator from two lists of (subject, items)."""
    bound = {
        "numerator_subject": numerator[0],
        "numerator_items": numerator[1],
        "denominator_subject": denominator[0],
        "denominator_items": denominator[1],
    }
    return con.execute(_RATIO, bound).df()


def by_75_plus_input(
    con: duckdb.DuckDBPyConnection,
    *,
    numerator: tuple[str, list[str]],
    edition: str,
    year: int,
) -> pd.DataFrame:
    """Return the same with people aged 75 and over of one edition and year as denominator."""
    bound = {
        "numerator_subject": numerator[0],
        "numerator_items": numerator[1],
        "edition": edition,
        "year": year,
    }
    return con.execute(_BY_75_PLUS, bound).df()


def count_input(con: duckdb.DuckDBPyConnection, *, subject: str, item: str) -> pd.DataFrame:
    """Return a plain count; it has no denominator."""
    return con.execute(_COUNT, {"subject": subject, "item": item}).df()


def growth_input(con: duckdb.DuckDBPyConnection, *, subject: str, item: str) -> pd.DataFrame:
    """Return every later year beside the first year of the same edition."""
    return con.execute(_GROWTH, {"subject": subject, "item": item}).df()
