"""All derived tables of a generation, in the order in which they need each other."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.catalogue import Catalogue
from data.catalogue.indicator import IndicatorEntry
from data.derive.cited_source import with_source
from data.derive.denominator import stored_denominator
from data.derive.facility_counts import add_facility_counts, write_facility_counts
from data.derive.facility_numerators import add_facility_numerator
from data.derive.observations import (
    choose_editions,
    indicator_values,
    is_from_facilities,
    per_75_plus,
    period_of,
    suppress_small,
)
from data.derive.parts import prepare_quantities, sum_upwards
from data.derive.population_totals import add_population_groups, write_population_totals
from data.derive.recipe_inputs import Basis
from data.derive.redrawn import redrawn_areas
from data.tables import insert_frame

_MEASURES = """
insert into quantity
with final as (
    select
        area_code,
        'measure' as subject,
        measure_id as item,
        period,
        value,
        'source' as basis
    from measure
    where status = 'observed'
)
select * from final
"""


def derive_tables(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue) -> None:
    """Fill population_total, facility_count, indicator and observation from the loaded tables."""
    derive_sums(con, catalogue=catalogue)
    _write_observations(con, catalogue)


def derive_sums(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue) -> None:
    """Add up all quantities, and fill population_total and facility_count."""
    prepare_quantities(con)
    add_quantities(con, catalogue=catalogue)
    sum_upwards(con)
    write_population_totals(con)
    write_facility_counts(con)


def add_quantities(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue) -> None:
    """Put into quantity what the loaded tables say of each area itself."""
    add_population_groups(con)
    con.execute(_MEASURES)
    add_facility_counts(con, facility_types=tuple(catalogue.facility_types))
    facility_indicators = [i for i in catalogue.indicators.values() if is_from_facilities(i)]
    for indicator in facility_indicators:
        period = _facility_period(con, indicator)
        add_facility_numerator(con, indicator=indicator, period=period)


def _write_observations(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    basis = basis_of(con, catalogue)
    members = con.execute(
        "select ancestor_code, descendant_code from area_descendant where valid_to is null"
    ).df()
    known = set(con.execute("select area_code from area").df()["area_code"])
    rows: list[dict[str, object]] = []
    computed: dict[str, bool] = {}
    for indicator in catalogue.indicators.values():
        frame = pd.DataFrame()
        if indicator.recipe is not None:
            frame = indicator_values(con, indicator=indicator, basis=basis)
        if not frame.empty:
            frame = frame[frame["area_code"].isin(known)]
            if indicator.disclosure == "persons":
                frame = suppress_small(frame, members)
            insert_frame(
                con, "observation", with_source(con, frame, indicator=indicator, basis=basis)
            )
        computed[indicator.key] = not frame.empty
    for indicator in catalogue.indicators.values():
        family = [computed[key] for key in indicator.shown_as]
        is_computed = computed[indicator.key] or (bool(family) and all(family))
        rows.append(indicator_row(indicator, is_computed=is_computed))
    insert_frame(con, "indicator", pd.DataFrame(rows))


def basis_of(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> Basis:
    """Return the denominator and editions of a generation, once its quantities are added up."""
    chosen = stored_denominator(con, catalogue=catalogue)
    editions = choose_editions(con, catalogue=catalogue)
    if chosen is None:
        return Basis(None, None, "資料なし", editions, redrawn_areas(con))
    label = chosen.full_label
    return Basis(chosen.edition, chosen.year, label, editions, redrawn_areas(con))


def _facility_period(con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry) -> str:
    vintages = con.execute(
        "select max(source.vintage) from source_coverage"
        " inner join source using (source_id)"
        " where subject in (select unnest($types))",
        {"types": getattr(indicator.recipe, "facility_types", [])},
    ).fetchone()
    return period_of(str(vintages[0] if vintages else ""))


def indicator_row(indicator: IndicatorEntry, *, is_computed: bool) -> dict[str, object]:
    """Return an indicator as a row of its table; it waits where nothing was computed."""
    return {
        "indicator_id": indicator.key,
        "title": indicator.title,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "polarity": indicator.polarity,
        "dimension": indicator.dimension,
        "domain": indicator.domain,
        "smallest_level": indicator.smallest_level,
        "source_title": indicator.source_title,
        "cycle": indicator.cycle,
        "caveat": indicator.caveat,
        "disclosure": indicator.disclosure,
        "per_75plus": per_75_plus(indicator),
        "waiting_for": None if is_computed else indicator.waiting_for or indicator.source_title,
    }
