"""Which editions have a measure, and in which years: for an area, and for the parts of one."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from analytics.population_groups import group_persons
from analytics.scope import Scope, part_codes
from data.catalogue import load_catalogue
from data.catalogue.population_measures import load_population_measures

Held = dict[str, dict[str, tuple[int, ...]]]

_EDITIONS = """
with final as (
    select distinct edition
    from population_total
    where area_code in (select unnest($area_codes))
)
select * from final
"""


def measure_years(con: duckdb.DuckDBPyConnection, *, area_code: str) -> Held:
    """Return for every measure the editions that have it for the area, newest first, with years."""
    return _held(con, (area_code,))


def measure_years_inside(con: duckdb.DuckDBPyConnection, *, area_code: str, level: str) -> Held:
    """Return the same for the parts of an area on a level: years in which any of them has it."""
    return _held(con, part_codes(con, scope=Scope(area_code, "", level, None)))


def _held(con: duckdb.DuckDBPyConnection, area_codes: Sequence[str]) -> Held:
    order = {key: entry.order for key, entry in load_catalogue().editions.items()}
    found = con.execute(_EDITIONS, {"area_codes": list(area_codes)}).df()["edition"]
    entries = load_population_measures()
    groups = list(dict.fromkeys(group for entry in entries.values() for group in entry.groups))
    held: Held = {key: {} for key in entries}
    for edition in sorted(found, key=lambda edition: order.get(edition, 99)):
        frame = group_persons(con, area_codes=area_codes, edition=edition, groups=groups)
        for key, entry in entries.items():
            needed = entry.groups if entry.is_ratio else (entry.numerator,)
            years = frame.dropna(subset=list(needed))["year"].unique()
            if len(years):
                held[key][edition] = tuple(sorted(int(year) for year in years))
    return held
