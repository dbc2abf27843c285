"""All that is known of one facility, and of the facilities of one area beside larger areas."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.denominators import Denominator
from analytics.facility_conditions import Conditions
from analytics.name_search import search_pattern
from analytics.rates import compare_with_benchmark
from analytics.resources import PER, facility_counts
from analytics.scope import NATION, benchmark_codes

_SERVICES = """
with final as (
    select
        facility.facility_id,
        facility.facility_type,
        facility.name,
        facility.area_code,
        facility.ward_code,
        area.name as area_name,
        ward.name as ward_name,
        facility.address,
        facility.capacity,
        facility.attributes,
        facility.lon,
        facility.lat,
        facility.location_quality,
        source.title as source_title,
        source.vintage,
        source.licence,
        source.file_name,
        facility.source_ref
    from facility
    left join area
        on area.area_code = facility.area_code
    left join area as ward
        on ward.area_code = facility.ward_code
    left join source
        on source.source_id = facility.source_id
    where facility.facility_id = $facility_id
    order by facility.facility_type
)

select * from final
"""

_NAMESAKES = """
with final as (
    select
        facility.facility_id,
        facility.facility_type,
        facility.name,
        facility.address
    from facility
    where
        facility.area_code = $area_code
        and facility.facility_id <> $facility_id
        and regexp_full_match(trim(facility.name), $pattern)
    order by
        facility.facility_id,
        facility.facility_type
)

select * from final
"""


def facility_services(con: duckdb.DuckDBPyConnection, *, facility_id: str) -> pd.DataFrame:
    """Return one row per service of a facility, as its register lists them; none if unknown."""
    frame: pd.DataFrame = con.execute(_SERVICES, {"facility_id": facility_id}).df()
    return frame


def namesakes(
    con: duckdb.DuckDBPyConnection, *, facility_id: str, name: str, area_code: str
) -> pd.DataFrame:
    """Return entries of the same municipality with the same name and another number.

    Registers number facilities each in its own way, so these may be the same facility.
    """
    frame: pd.DataFrame = con.execute(
        _NAMESAKES,
        {
            "facility_id": facility_id,
            "area_code": area_code,
            "pattern": search_pattern(name),
        },
    ).df()
    return frame


def area_beside_larger(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    facility_types: Sequence[str],
    denominator: Denominator | None,
    filters: Conditions = (),
    search: str = "",
) -> pd.DataFrame:
    """Return the counts of an area, its city and prefecture and the nation, the area first.

    outcome compares the rate of the area with that of the row's area by the interval of the
    former (95 %, Byar): higher, lower, similar or not_compared.
    """
    codes = [area_code, *reversed(benchmark_codes(con, parent_code=area_code))]
    frame = facility_counts(
        con,
        area_codes=list(dict.fromkeys([*codes, NATION])),
        facility_types=facility_types,
        edition=denominator.edition if denominator else "",
        year=denominator.year if denominator else 0,
        filters=filters,
        search=search,
    )
    return _with_outcome(frame, frame[frame["area_code"] == area_code])


def area_beside_group(
    own: pd.DataFrame, members: pd.DataFrame, *, area_code: str, name: str
) -> pd.DataFrame:
    """Return per type what several areas have together, as one row like those of own.

    The rate is the sum of facilities by the sum of people, over the areas that have both;
    known and asked say how many those are. own and members hold facility counts.
    """
    both = members.dropna(subset=["facilities", "age_75_plus"])
    both = both.astype({"facilities": "float64", "age_75_plus": "float64"})
    sums = both.groupby("facility_type")[["facilities", "age_75_plus"]].sum()
    rows = sums.reindex(own["facility_type"]).reset_index()
    rows["per_10k_75plus"] = PER * rows["facilities"] / rows["age_75_plus"]
    known = both.groupby("facility_type")["area_code"].nunique()
    rows["known"] = rows["facility_type"].map(known).fillna(0).astype(int)
    rows["asked"] = members["area_code"].nunique()
    return _with_outcome(rows.assign(area_code=area_code, area_name=name), own)


def _with_outcome(rows: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Add how the rate of the area compares with that of each row."""
    limits = own.set_index("facility_type").reindex(rows["facility_type"]).set_axis(rows.index)
    outcome = compare_with_benchmark(
        limits["per_10k_75plus"],
        limits["lower_ci"],
        limits["upper_ci"],
        benchmark=rows["per_10k_75plus"],
    )
    return rows.assign(outcome=outcome)
