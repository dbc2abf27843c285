"""The people aged 75 and over to whom resources are related: one choice for all areas in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data.catalogue import load_catalogue
from data.catalogue.records import DenominatorEntry
from data.era import calendar_year_label, fiscal_year_label


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
    def year_label(self) -> str:
        """The year as printed: fiscal for insured persons, calendar for all else."""
        if self.edition == "ltc_insured":
            return f"{fiscal_year_label(self.year)}末"
        return calendar_year_label(self.year) + ("推計" if self.is_projection else "")

    @property
    def full_label(self) -> str:
        """Name and year, for the screen."""
        return f"{self.label}（{self.year_label}）"


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


def _year_for(rule: str, years: Sequence[int]) -> int:
    if rule == "latest":
        return max(years)
    target = int(rule.removeprefix("nearest:"))
    return min(years, key=lambda year: (abs(year - target), year))


def _candidate(
    entry: DenominatorEntry, coverage: dict[int, tuple[int, bool]], asked: int
) -> Denominator | None:
    if not coverage:
        return None
    year = _year_for(entry.year_rule, list(coverage))
    covered, is_projection = coverage[year]
    return Denominator(entry.key, entry.edition, year, entry.label, covered, asked, is_projection)


def choose_denominator(
    con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]
) -> Denominator | None:
    """Return the first choice of the catalogue that covers all areas, else the widest; or None."""
    rows = con.execute(_COVERAGE, {"area_codes": list(area_codes)}).fetchall()
    coverage: dict[str, dict[int, tuple[int, bool]]] = {}
    for edition, year, covered, is_projection in rows:
        coverage.setdefault(edition, {})[year] = (covered, is_projection)
    asked = len(set(area_codes))
    candidates = [
        candidate
        for entry in load_catalogue().denominators
        if (candidate := _candidate(entry, coverage.get(entry.edition, {}), asked))
    ]
    return max(candidates, key=lambda candidate: candidate.covered, default=None)
