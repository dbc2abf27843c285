"""What present resources give per person aged 75 and over in years to come, if nothing changes."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from analytics.asked import AREAS, TYPES
from analytics.scope import Scope, benchmark_codes, part_codes
from analytics.supply_outlook_editions import OutlookEdition

PER = 10_000
REMAINDER = 1e-9  # below 1 / persons for any area

_OUTLOOK = (
    "with"  # noqa: S608
    + AREAS
    + TYPES
    + """
years as (
    select unnest($years::integer[]) as year
),

people as (
    select
        area_code,
        year,
        age_75_plus
    from population_total
    where edition = $edition
),

supply as (
    select
        area_code,
        facility_type,
        facilities,
        capacity_known,
        case
            when $quantity = 'facilities' then facilities
            when facilities = 0 then 0
            else capacity
        end as quantity
    from facility_count
),

joined as (
    select
        area.area_code,
        area.name as area_name,
        types.facility_type,
        years.year,
        supply.facilities,
        supply.capacity_known,
        supply.quantity::double as quantity,
        base.age_75_plus as people_now,
        people.age_75_plus as people,
        areas.area_order,
        types.type_order
    from areas
    cross join types
    cross join years
    inner join area
        on area.area_code = areas.area_code
    left join supply
        on
            supply.area_code = areas.area_code
            and supply.facility_type = types.facility_type
    left join people as base
        on
            base.area_code = areas.area_code
            and base.year = $base_year
    left join people
        on
            people.area_code = areas.area_code
            and people.year = years.year
),

final as (
    select
        * exclude (area_order, type_order),
        $per * quantity / nullif(people_now, 0) as per_10k_now,
        $per * quantity / nullif(people, 0) as per_10k,
        quantity * (people - people_now) / nullif(people_now, 0) as more_exact,
        case
            when facilities is null then 'not_covered'
            when quantity is null then 'not_entered'
            when people is null or coalesce(people_now, 0) = 0 then 'no_projection'
            when quantity = 0 then 'none_now'
            else 'observed'
        end as status
    from joined
    order by
        area_order,
        type_order,
        year
)

select * from final
"""
)


def supply_outlook(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    facility_types: Sequence[str],
    edition: OutlookEdition,
    quantity: str = "facilities",
) -> pd.DataFrame:
    """Return one row per area, type and year of the edition, from its base year on.

    Parameters
    ----------
    quantity : str
        facilities, or capacity (of the facilities that state it).

    Returns
    -------
    frame with quantity (present number S), people_now and people (aged 75 and over in the base
    year P0 and in the year P, of the same edition), per_10k_now = 10 000 S / P0, per_10k =
    10 000 S / P, more_exact = S (P - P0) / P0, more = more_exact rounded up, never below 0, and
    status: observed, none_now (no facility today: there is no level to keep, more is missing),
    not_covered, not_entered (capacity) or no_projection.

    Raises
    ------
    ValueError
        quantity is neither of the two.
    """
    if quantity not in ("facilities", "capacity"):
        raise ValueError("quantity must be facilities or capacity")
    bound = {
        "area_codes": list(area_codes),
        "facility_types": list(facility_types),
        "years": list(edition.years),
        "edition": edition.edition,
        "base_year": edition.base_year,
        "quantity": quantity,
        "per": float(PER),
    }
    frame: pd.DataFrame = con.execute(_OUTLOOK, bound).df()
    return frame.assign(more=more_to_keep(frame["more_exact"].where(frame["status"] == "observed")))


def more_to_keep(more_exact: pd.Series) -> pd.Series:
    """Return whole numbers that are enough: rounded up, 0 where the level holds by itself."""
    # what remains of a division is not one more facility
    return pd.Series(np.ceil(more_exact.astype("float64") - REMAINDER)).clip(lower=0) + 0.0


def outlook_in_view(
    con: duckdb.DuckDBPyConnection,
    *,
    scope: Scope,
    facility_types: Sequence[str],
    edition: OutlookEdition,
    quantity: str = "facilities",
) -> pd.DataFrame:
    """Return the outlook of the larger areas and the parts; is_part tells them apart."""
    parts = part_codes(con, scope=scope)
    larger = benchmark_codes(con, parent_code=scope.parent_code)
    frame = supply_outlook(
        con,
        area_codes=list(dict.fromkeys([*larger, *parts])),
        facility_types=facility_types,
        edition=edition,
        quantity=quantity,
    )
    frame["is_part"] = frame["area_code"].isin(parts)
    return frame
