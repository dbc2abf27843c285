"""Projections by which present supply is carried on into the future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from analytics.scope import Scope, part_codes
from data.catalogue import load_catalogue
from data.derive.denominator import pick_year

TARGETS = (2030, 2040, 2050)

_COVERAGE = """
with asked as (
    select distinct unnest($area_codes) as area_code
),

final as (
    select
        population_total.edition,
        population_total.year,
        count(*) as covered
    from population_total
    inner join asked
        on asked.area_code = population_total.area_code
    where population_total.age_75_plus is not null
    group by
        population_total.edition,
        population_total.year
    order by
        population_total.edition,
        population_total.year
)

select * from final
"""


@dataclass(frozen=True)
class OutlookEdition:
    """The projection by which supply is carried on: its base year, and the years to look at.

    covered of asked areas have people aged 75 and over in the base year and in the last year.
    """

    edition: str
    base_year: int
    years: tuple[int, ...]
    targets: tuple[int, ...]
    covered: int
    asked: int


def outlook_editions(
    con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]
) -> tuple[OutlookEdition, ...]:
    """Return the projections that have people aged 75 and over, those of most areas first.

    Of two that cover as many areas, the newer one comes first; the base year of each follows the
    rule of the catalogue's denominators.
    """
    found = con.execute(_COVERAGE, {"area_codes": list(area_codes)}).fetchall()
    covered: dict[str, dict[int, int]] = {}
    for edition, year, areas in found:
        covered.setdefault(edition, {})[year] = areas
    asked = len(set(area_codes))
    entries = sorted(load_catalogue().editions.values(), key=lambda entry: entry.order)
    made = [
        _edition(entry.key, covered[entry.key], asked)
        for entry in entries
        if entry.has_projection and entry.key in covered
    ]
    usable = [edition for edition in made if edition is not None]
    return tuple(sorted(usable, key=lambda edition: -edition.covered))


def _edition(edition: str, covered: dict[int, int], asked: int) -> OutlookEdition | None:
    rules = {entry.edition: entry.year_rule for entry in load_catalogue().denominators}
    base_year = pick_year(rules.get(edition, "nearest:2025"), list(covered))
    years = tuple(year for year in sorted(covered) if year >= base_year)
    later = years[1:]
    if not later:
        return None
    wanted = {year for year in TARGETS if year in later}
    if later[-1] < TARGETS[-1]:
        wanted.add(later[-1])
    targets = tuple(sorted(wanted)) or later[-1:]
    both = min(covered[base_year], covered[targets[-1]])
    return OutlookEdition(edition, base_year, years, targets, both, asked)


def editions_in_view(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> tuple[OutlookEdition, ...]:
    """Return the projections for the parts of a scope, those of most parts first.

    Where no part has any, those of the area itself: an edition may hold a prefecture only.
    """
    found = outlook_editions(con, area_codes=part_codes(con, scope=scope))
    return found or outlook_editions(con, area_codes=[scope.own_code or scope.parent_code])
