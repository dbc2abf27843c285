"""Deaths to be expected at home: a loaded forecast of deaths times a share that stays as it is."""

from __future__ import annotations

import duckdb
import pandas as pd

FORECAST = "deaths_projected"
SHARE = "death_home_rate"
YEARS_OF_SHARE = 3  # the share swings from year to year in small areas

_DEATHS = """
with forecast as (
    select
        period::integer as year,
        value as deaths
    from observation
    where area_code = $area_code and indicator_id = $forecast and status = 'observed'
),
recent as (
    select
        period::integer as year,
        numerator,
        denominator
    from observation
    where area_code = $area_code and indicator_id = $share and status = 'observed'
    qualify row_number() over (order by period desc) <= $years_of_share
),
share as (
    select
        min(year) as share_from,
        max(year) as share_to,
        100 * sum(numerator) / nullif(sum(denominator), 0) as home_percent
    from recent
),
final as (
    select
        forecast.year,
        forecast.deaths,
        share.home_percent,
        share.share_from,
        share.share_to,
        forecast.deaths * share.home_percent / 100 as at_home,
        forecast.deaths * (1 - share.home_percent / 100) as elsewhere
    from forecast
    cross join share
    order by forecast.year
)
select * from final
"""


def deaths_series(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return forecast deaths a year by the place of death, where both tables are loaded.

    Columns: year, deaths (persons a year), home_percent (deaths at home ÷ all deaths of the last
    three years together), share_from, share_to (those years), at_home and elsewhere (persons a
    year; null without a share). No rows where no forecast is loaded.
    """
    values = {"area_code": area_code, "forecast": FORECAST, "share": SHARE,
              "years_of_share": YEARS_OF_SHARE}  # fmt: skip
    found: pd.DataFrame = con.execute(_DEATHS, values).df()
    return found
