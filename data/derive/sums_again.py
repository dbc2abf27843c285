"""The sums of the areas whose ground changed, made anew inside a generation."""

from __future__ import annotations

import duckdb

from data.catalogue import Catalogue
from data.catalogue.indicator import MeasurePer75Plus, MeasureRatio, MeasureValue, PublishedValue
from data.derive.cited_source import SURVEY_RECIPES
from data.derive.facility_counts import write_facility_counts
from data.derive.measure_gaps import measures_of
from data.derive.parts import sum_upwards
from data.derive.population_totals import write_population_totals
from data.derive.run import add_quantities

_COUNTED_WITHOUT_PEOPLE = (
    MeasureRatio, MeasurePer75Plus, MeasureValue, PublishedValue, *SURVEY_RECIPES,
)  # fmt: skip

# Whose sums are made: those that changed and whoever they consist of.
_SUMMED = """
create or replace temp table summed_area as
with recursive needed as (
    select area_code from changed_area where not is_regrouped
    union
    select area_code from area where $all_of_them
    union
    select area_part.part_code
    from area_part
    inner join needed using (area_code)
)
select area_code from needed
"""

# The sources show only what is asked for: a temporary table comes before the one of the same name.
# Counts of few persons are needed of every area, since they hide others.
_NARROWED = {
    "area": "where area_code in (select area_code from summed_area)",
    "population": "where area_code in (select area_code from summed_area)",
    "facility": "where area_code in (select area_code from summed_area)"
    " or ward_code in (select area_code from summed_area)",
    "measure": "where area_code in (select area_code from summed_area)"
    " or measure_id in (select measure_id from everywhere)",
}

# A larger area around them may have rows of its own, which were not read.
_BEYOND = """
delete from quantity
where area_code not in (select area_code from summed_area)
    and not (subject = 'measure' and item in (select measure_id from everywhere))
"""

_FORGOTTEN = (
    "delete from {table} where area_code in (select area_code from summed_area)"
    " or area_code in (select area_code from changed_area where not is_regrouped)"
)

# Some recipes look for the first or the last period of all areas.
_PERIODS = """
insert into quantity
with person as (
    unpivot (select * exclude (is_projection, basis) from population_total)
    on total, age_0_14, age_15_64, age_65_plus, age_75_plus, age_85_plus
    into name item value value
),
known as (
    select
        'population:' || edition as subject,
        item,
        year::varchar as period,
        min(area_code) as area_code,
        arg_min(value, area_code)::double as value
    from person
    group by all
    union all
    select
        'measure',
        measure_id,
        period,
        min(area_code),
        arg_min(value, area_code)
    from measure
    where status = 'observed'
    group by measure_id, period
),
final as (
    select
        area_code,
        subject,
        item,
        period,
        value,
        'source' as basis
    from known
    anti join (select distinct subject, item, period from quantity) as own
        using (subject, item, period)
)
select * from final
"""


def derive_sums_of_changed(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue) -> None:
    """Add up, in the empty table quantity, what the areas in changed_area follow from.

    Their rows of population_total and facility_count are replaced. Quantity then also has the
    counts of few persons of all areas, and one row of every other item and period that exists.
    """
    few = [i for i in catalogue.indicators.values() if i.recipe and i.disclosure == "persons"]
    is_about_people = any(not isinstance(i.recipe, _COUNTED_WITHOUT_PEOPLE) for i in few)
    con.execute(_SUMMED, {"all_of_them": is_about_people})
    con.execute(
        "create or replace temp table everywhere as select unnest($measures::varchar[]) measure_id",
        {"measures": sorted({name for i in few for name in measures_of(i)})},
    )
    for table, chosen in _NARROWED.items():
        con.execute(f"create temp table {table} as select * from main.{table} {chosen}")  # noqa: S608
    add_quantities(con, catalogue=catalogue)
    for table in _NARROWED:
        con.execute(f"drop table temp.{table}")
    sum_upwards(con)
    con.execute(_BEYOND)
    for table in ("population_total", "facility_count"):
        con.execute(_FORGOTTEN.format(table=table))
    write_population_totals(con)
    write_facility_counts(con)
    con.execute(_PERIODS)
    for table in ("summed_area", "everywhere"):
        con.execute(f"drop table temp.{table}")
