"""Measures that are published as rates, and rates by age held fixed on projected people."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.catalogue.indicator import AgeBand

_PUBLISHED = """
with final as (
    select
        area_code,
        period,
        value as numerator,
        null::double as denominator
    from measure
    where measure_id = $measure and status = 'observed'
)
select * from final
"""

_PROJECTED = """
with band as (
    select
        unnest($numerators) as numerator,
        unnest($denominators) as denominator,
        unnest($groups) as age_group,
        unnest($olders) as older_group
),
newest as (
    select max(period) as period
    from quantity
    where subject = 'measure' and item in (select numerator from band)
),
rate as (
    select
        counted.area_code,
        band.age_group,
        band.older_group,
        counted.value / nullif(insured.value, 0) as rate
    from band
    inner join quantity as counted
        on counted.item = band.numerator and counted.subject = 'measure'
    inner join newest
        on newest.period = counted.period
    inner join quantity as insured
        on insured.item = band.denominator
        and insured.subject = 'measure'
        and insured.area_code = counted.area_code
        and insured.period = counted.period
),
people as (
    select
        rate.area_code,
        persons.period,
        rate.rate * (persons.value - case when rate.older_group is null then 0 else older.value end)
            as certified
    from rate
    inner join quantity as persons
        on persons.area_code = rate.area_code
        and persons.subject = $edition
        and persons.item = rate.age_group
    left join quantity as older
        on older.area_code = rate.area_code
        and older.subject = $edition
        and older.item = rate.older_group
        and older.period = persons.period
),
final as (
    select
        area_code,
        period,
        sum(certified) as numerator,
        null::double as denominator
    from people
    group by area_code, period
    having count(certified) = len($numerators)
)
select * from final
"""


def published_input(con: duckdb.DuckDBPyConnection, *, measure: str) -> pd.DataFrame:
    """Return the values of a measure that cannot be added up, only where they are published."""
    return con.execute(_PUBLISHED, {"measure": measure}).df()


def projected_input(
    con: duckdb.DuckDBPyConnection, *, bands: Sequence[AgeBand], edition: str
) -> pd.DataFrame:
    """Return by area and projected year the sum over age bands of persons times the area's rate.

    The rates are those of the newest period, persons those of one edition (`population:…`).
    """
    bound = {
        "numerators": [band.numerator for band in bands],
        "denominators": [band.denominator for band in bands],
        "groups": [band.group for band in bands],
        "olders": [band.older for band in bands],
        "edition": edition,
    }
    return con.execute(_PROJECTED, bound).df()
