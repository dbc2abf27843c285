"""People by age class, for areas that a source prints and for those added up from their parts."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.scope import Scope, part_codes
from data.catalogue.demand_rates import Band

_ADDED_UP = ("prefecture", "municipality", "designated_city", "ward")

_PERSONS = """
with recursive wanted as (
    select distinct unnest($area_codes) as area_code
),
printed as (
    select distinct area_code
    from population
    where edition = $edition
),
part as (
    select
        area_code,
        area_code as part_code
    from wanted
    union all
    select
        part.area_code,
        member.area_code
    from part
    join area_membership as member on member.parent_area_code = part.part_code
    join area on area.area_code = member.area_code
    anti join printed on part.part_code = printed.area_code
    where
        member.valid_to is null
        and area.valid_to is null
        and area.area_type in (select unnest($added_up))
),
banded as (
    select
        part.area_code,
        part.part_code,
        population.year,
        population.age_from,
        population.age_to,
        case
            when count(*) filter (where population.sex = 'total') > 0
                then sum(population.persons) filter (where population.sex = 'total')
            when count(*) filter (where population.sex in ('male', 'female')) = 2
                then sum(population.persons) filter (where population.sex in ('male', 'female'))
        end as persons
    from part
    join population
        on population.area_code = part.part_code and population.edition = $edition
    group by all
),
class as (
    select
        unnest($names) as name,
        unnest($firsts) as first,
        unnest($lasts) as last
),
of_part as (
    select
        banded.area_code,
        banded.part_code,
        banded.year,
        class.name,
        case
            when
                bool_or(banded.age_from = class.first)
                and bool_or(banded.age_to is not distinct from class.last)
                then sum(banded.persons)
        end as persons
    from banded
    join class
        on
            banded.age_from >= class.first
            and (class.last is null or banded.age_to <= class.last)
            and not (banded.age_from = 0 and banded.age_to is null)
    group by all
),
summed as (
    select
        area_code,
        year,
        name,
        case when count(*) = count(persons) then sum(persons) end as persons
    from of_part
    group by all
),
final as (
    select
        total.area_code,
        area.name as area_name,
        area.area_type,
        total.year,
        total.is_projection,
        total.basis,
        total.age_65_plus as stored_65_plus,
        class.name as age_class,
        summed.persons
    from population_total as total
    join wanted using (area_code)
    join area using (area_code)
    cross join class
    left join summed
        on
            summed.area_code = total.area_code
            and summed.year = total.year
            and summed.name = class.name
    where total.edition = $edition
)
select * from final
"""

_AREAS = """
with final as (
    select
        area_code,
        name as area_name,
        area_type
    from area
    where area_code in (select unnest($area_codes))
)
select * from final
"""

_KEYS = ["area_code", "area_name", "area_type", "year", "is_projection", "basis"]
_OLD: Band = (65, None)
_ROUNDING = 0.5  # persons


def band_name(band: Band) -> str:
    """Return the column of an age class: age_65_69, age_85_plus."""
    first, last = band
    return f"age_{first}_{'plus' if last is None else last}"


def band_words(band: Band) -> str:
    """Return the words of an age class: 65～69歳, 85歳以上."""
    first, last = band
    return f"{first}歳以上" if last is None else f"{first}～{last}歳"


def age_persons(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    edition: str,
    bands: Sequence[Band],
) -> pd.DataFrame:
    """Return a row per area and year with the persons of each age class in a column.

    A class is null where the source's bands do not make it up, or where the parts of an area that
    is added up do not give the total stored for it.
    """
    asked = list(dict.fromkeys([*bands, _OLD]))
    names = [band_name(band) for band in asked]
    values = {
        "area_codes": list(area_codes),
        "edition": edition,
        "added_up": list(_ADDED_UP),
        "names": names,
        "firsts": [first for first, _ in asked],
        "lasts": [last for _, last in asked],
    }
    long = con.execute(_PERSONS, values).df()
    facts = long.drop_duplicates(["area_code", "year"]).set_index(["area_code", "year"])
    wide = long.pivot(index=["area_code", "year"], columns="age_class", values="persons")
    wide = wide.reindex(columns=names)
    agrees = (wide[band_name(_OLD)] - facts["stored_65_plus"]).abs() < _ROUNDING
    columns = list(dict.fromkeys(map(band_name, bands)))
    known = wide[columns].astype("float64").where(agrees.reindex(wide.index), axis=0)
    joined = facts.drop(columns=["age_class", "persons", "stored_65_plus"]).join(known)
    found: pd.DataFrame = joined.reset_index().sort_values(["area_code", "year"], ignore_index=True)
    return found[[*_KEYS, *columns]]


def age_persons_inside(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    level: str,
    edition: str,
    bands: Sequence[Band],
) -> pd.DataFrame:
    """Return the same for every part of an area on a level, null in each year of what has none."""
    codes = part_codes(con, scope=Scope(area_code, "", level, None))
    found = age_persons(con, area_codes=codes, edition=edition, bands=bands)
    absent = sorted(set(codes) - set(found["area_code"]))
    if not absent or found.empty:
        return found
    known = con.execute(_AREAS, {"area_codes": absent}).df()
    years = found[["year", "is_projection"]].drop_duplicates("year")
    rows = pd.concat([found, known.merge(years, how="cross")], ignore_index=True)
    return rows.sort_values(["area_code", "year"], ignore_index=True)
