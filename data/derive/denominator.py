"""Which count of people aged 75 and over a generation relates its stored rates to."""

from __future__ import annotations

import duckdb

from data.catalogue import Catalogue

_COVERAGE = """
with municipality as (
    select area_code
    from area
    where area_type in ('municipality', 'designated_city') and valid_to is null
),
final as (
    select
        population_total.edition,
        population_total.year,
        count(*) as covered
    from population_total
    inner join municipality using (area_code)
    where population_total.age_75_plus is not null
    group by all
)
select * from final
"""


def pick_year(rule: str, years: list[int]) -> int:
    """Return the year that a rule of the catalogue asks for: latest, or nearest:2025."""
    if rule == "latest":
        return max(years)
    target = int(rule.removeprefix("nearest:"))
    return min(years, key=lambda year: (abs(year - target), year))


def stored_denominator(
    con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue
) -> tuple[str, int, str] | None:
    """Return edition, year and label: the first of the order with the widest coverage."""
    covered: dict[str, dict[int, int]] = {}
    for edition, year, count in con.execute(_COVERAGE).fetchall():
        covered.setdefault(edition, {})[year] = count
    best: tuple[int, str, int, str] | None = None
    for entry in catalogue.denominators:
        years = covered.get(entry.edition)
        if not years:
            continue
        year = pick_year(entry.year_rule, list(years))
        if best is None or years[year] > best[0]:
            best = (years[year], entry.edition, year, f"{entry.label} {year}年")
    return best[1:] if best else None
