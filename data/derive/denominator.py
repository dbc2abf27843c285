"""Which count of people aged 75 and over rates are related to, for one set of areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data.catalogue import Catalogue
from data.catalogue.records import DenominatorEntry
from data.era import calendar_year_label, fiscal_year_label

_COVERAGE = """
with asked as (
    select distinct unnest($area_codes) as area_code
),

final as (
    select
        population_total.edition,
        population_total.year,
        count(distinct population_total.area_code) as covered,
        bool_or(population_total.is_projection) as is_projection
    from population_total
    inner join asked
        on asked.area_code = population_total.area_code
    where population_total.age_75_plus is not null
    group by
        population_total.edition,
        population_total.year
)

select * from final
"""

_TODAYS_MUNICIPALITIES = """
select area_code
from area
where
    area_type in ('municipality', 'designated_city')
    and valid_to is null
"""


@dataclass(frozen=True)
class Denominator:
    """People aged 75 and over of one edition and year; covered of asked areas have them."""

    key: str
    edition: str
    year: int
    label: str
    covered: int
    asked: int
    is_projection: bool

    @property
    def period(self) -> str:
        """The year as periods are stored: FY2023 of insured persons, 2025 of all else."""
        return f"FY{self.year}" if self.edition == "ltc_insured" else str(self.year)

    @property
    def year_label(self) -> str:
        """The year as printed: fiscal for insured persons, calendar for all else."""
        if self.edition == "ltc_insured":
            return f"{fiscal_year_label(self.year)}末"
        return calendar_year_label(self.year) + ("推計" if self.is_projection else "")

    @property
    def full_label(self) -> str:
        """Name and year, for the screen."""
        return f"{self.label}、{self.year_label}"


def pick_year(rule: str, years: Sequence[int]) -> int:
    """Return the year that a rule of the catalogue asks for: latest, or nearest:2025."""
    if rule == "latest":
        return max(years)
    target = int(rule.removeprefix("nearest:"))
    return min(years, key=lambda year: (abs(year - target), year))


def widest_denominator(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    order: Sequence[DenominatorEntry],
) -> Denominator | None:
    """Return the first of the order that covers all areas, else the widest; or nothing."""
    rows = con.execute(_COVERAGE, {"area_codes": list(area_codes)}).fetchall()
    coverage: dict[str, dict[int, tuple[int, bool]]] = {}
    for edition, year, covered, is_projection in rows:
        coverage.setdefault(edition, {})[year] = (covered, is_projection)
    asked = len(set(area_codes))
    candidates = [
        _candidate(entry, coverage[entry.edition], asked)
        for entry in order
        if entry.edition in coverage
    ]
    return max(candidates, key=lambda candidate: candidate.covered, default=None)


def _candidate(
    entry: DenominatorEntry, years: dict[int, tuple[int, bool]], asked: int
) -> Denominator:
    year = pick_year(entry.year_rule, list(years))
    covered, is_projection = years[year]
    return Denominator(entry.key, entry.edition, year, entry.label, covered, asked, is_projection)


def stored_denominator(
    con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue
) -> Denominator | None:
    """Return the choice for all municipalities of today, to which stored rates are related."""
    codes = [row[0] for row in con.execute(_TODAYS_MUNICIPALITIES).fetchall()]
    return widest_denominator(con, area_codes=codes, order=catalogue.denominators)
