"""Municipalities without visiting nursing around the clock, from counts by municipality.

No register says of a station whether it stands by for 24 hours, so there is no place to measure a
way to; neighbours across a common border are named instead.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.blanks import ABSENT, PRESENT, UNKNOWN, neighbours_with
from analytics.denominators import Denominator
from analytics.resources import facility_counts
from analytics.scope import Scope, part_codes

NIGHT_NURSING = "vns_24h"
BESIDE, ALONE = "beside", "alone"

_COUNTS = """
with newest as (
    select max(period) as period
    from observation
    where
        indicator_id = $indicator
        and status = 'observed'
),

final as (
    select
        observation.area_code,
        observation.numerator as facilities,
        observation.period,
        source.title as source_title
    from observation
    inner join newest
        on newest.period = observation.period
    inner join area
        on
            area.area_code = observation.area_code
            and area.valid_to is null
    left join source
        on source.source_id = observation.source_id
    where
        observation.indicator_id = $indicator
        and observation.status = 'observed'
        and observation.numerator is not null
        and area.area_type in ('municipality', 'designated_city', 'ward')
    order by observation.area_code
)

select * from final
"""

_NAMES = """
with final as (
    select
        area_code,
        name as area_name
    from area
    where area_code in (select unnest($area_codes::varchar[]))
    order by area_code
)

select * from final
"""


def night_nursing(
    con: duckdb.DuckDBPyConnection, *, scope: Scope, denominator: Denominator | None
) -> pd.DataFrame:
    """Return every municipality or ward of the scope and how many stations stand by for 24 hours.

    One row per part: area_code, area_name, people (aged 75+), facilities (missing where no source
    counts the area), state (present, absent or unknown), shade (as state; an absent one is beside
    where a neighbour has a station, else alone), neighbours (names of those), distance_km (always
    missing), period and source_title (of the newest period loaded).
    """
    codes = part_codes(con, scope=scope)
    counts: pd.DataFrame = con.execute(_COUNTS, {"indicator": NIGHT_NURSING}).df()
    names: pd.DataFrame = con.execute(_NAMES, {"area_codes": codes}).df()
    frame = names.merge(counts, on="area_code", how="left")
    frame["people"] = frame["area_code"].map(_people(con, codes, denominator))
    frame["state"] = ABSENT
    frame["state"] = frame["state"].mask(frame["facilities"] > 0, PRESENT)
    frame["state"] = frame["state"].mask(frame["facilities"].isna(), UNKNOWN)
    held = counts.loc[counts["facilities"] > 0].set_index("area_code")["facilities"]
    neighbours = neighbours_with(con, held)
    frame["neighbours"] = [neighbours.get(code, "") for code in frame["area_code"]]
    shade = frame["state"].mask(frame["state"] == ABSENT, ALONE)
    has_beside = (frame["state"] == ABSENT) & (frame["neighbours"] != "")
    return frame.assign(shade=shade.mask(has_beside, BESIDE), distance_km=float("nan"))


def _people(
    con: duckdb.DuckDBPyConnection, codes: list[str], denominator: Denominator | None
) -> dict[str, float]:
    if denominator is None:
        return {}
    counts = facility_counts(
        con,
        area_codes=codes,
        facility_types=("visiting_nurse_station",),
        edition=denominator.edition,
        year=denominator.year,
    )
    return dict(zip(counts["area_code"], counts["age_75_plus"], strict=True))
