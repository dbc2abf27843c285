"""The people aged 75 and over to whom resources are related: one choice for all areas in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from analytics.scope import Scope, part_codes
from data.catalogue import load_catalogue
from data.catalogue.records import DenominatorEntry
from data.derive.denominator import pick_year
from data.derive.intervals import byar_interval
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


# For queries that bind edition and year: observations with rates per person aged 75 and over
# related to the people of that choice, whatever the build related them to.
RELATED = """
with people as (
    select
        area_code,
        age_75_plus
    from population_total
    where
        edition = $edition
        and year = $year
),

related as (
    select
        observation.area_code,
        observation.indicator_id,
        observation.period,
        observation.numerator,
        observation.lower_ci,
        observation.upper_ci,
        observation.source_id,
        observation.source_ref,
        indicator.per_75plus,
        case
            when indicator.per_75plus is null then observation.value
            else indicator.per_75plus * observation.numerator / nullif(people.age_75_plus, 0)
        end as value,
        case
            when indicator.per_75plus is null then observation.denominator
            else people.age_75_plus
        end as denominator,
        case
            when indicator.per_75plus is null then observation.status
            when observation.status not in ('observed', 'missing') then observation.status
            when observation.numerator is not null and people.age_75_plus > 0 then 'observed'
            else 'missing'
        end as status
    from observation
    inner join indicator
        on indicator.indicator_id = observation.indicator_id
    left join people
        on people.area_code = observation.area_code
),
"""

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


def _candidate(
    entry: DenominatorEntry, coverage: dict[int, tuple[int, bool]], asked: int
) -> Denominator | None:
    if not coverage:
        return None
    year = pick_year(entry.year_rule, list(coverage))
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


def denominator_of(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> Denominator | None:
    """Return the choice for the parts of a scope."""
    return choose_denominator(con, area_codes=part_codes(con, scope=scope))


def bound_denominator(denominator: Denominator | None) -> dict[str, object]:
    """Return the values that RELATED binds."""
    return {
        "edition": denominator.edition if denominator else None,
        "year": denominator.year if denominator else None,
    }


def restate(
    frame: pd.DataFrame, *, has_interval: pd.Series, denominator: Denominator | None
) -> pd.DataFrame:
    """Return related rows with their intervals and source_ref made anew for the denominator."""
    rates = frame["per_75plus"].notna()
    if not rates.any():
        return frame
    counted = rates & has_interval & frame["value"].notna()
    lower, upper = byar_interval(
        frame["numerator"].where(counted), frame["denominator"].where(counted), per=1
    )
    result = frame.copy()
    result["lower_ci"] = (frame["per_75plus"] * lower).where(rates, frame["lower_ci"])
    result["upper_ci"] = (frame["per_75plus"] * upper).where(rates, frame["upper_ci"])
    if denominator is not None:
        recipe = frame["source_ref"].str.replace(r"（分母：.*）$", "", regex=True)
        named = recipe + f"（分母：{denominator.full_label}）"
        result["source_ref"] = named.where(rates, frame["source_ref"])
    return result
