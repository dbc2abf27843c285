"""What follows from memberships, computed anew inside a generation once these change."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.catalogue import Catalogue
from data.catalogue.indicator import IndicatorEntry, PublishedValue
from data.derive.changed_areas import Before, note_changed_areas
from data.derive.cited_source import with_source
from data.derive.observations import suppress_small, values_of
from data.derive.parts import derive_descendants, forget_quantities, prepare_quantities
from data.derive.recipe_inputs import Basis, recipe_inputs
from data.derive.run import basis_of, derive_tables, indicator_row
from data.derive.sums_again import derive_sums_of_changed
from data.tables import columns_of, insert_frame

_EMPTY_SUMS = (
    "delete from population_total",
    "delete from facility_count",
    "delete from area_descendant",
)
_EMPTY_INDICATORS = ("delete from indicator", "delete from observation")

_OWN = """
create or replace temp table own_area as
select area_code from changed_area
where $is_hidden or not is_regrouped
"""

# Recipes see only what is asked for: a temporary table comes before the table of the same name.
# One row of every quantity and period stays, since some recipes look for the first or the last
# period of all. Answers are counted by group, so those of all members are needed.
_NARROWED = (
    """
create or replace temp table kept_quantity as
with first_row as (
    select min(rowid) as place
    from quantity
    group by subject, item, period
),
final as (
    select *
    from quantity
    where area_code in (select area_code from own_area)
        or rowid in (select place from first_row)
)
select * from final
""",
    "drop table temp.quantity",
    "alter table temp.kept_quantity rename to quantity",
    """
create temp table survey_answer as
with asked as (
    select area_code from own_area
    union
    select area_descendant.descendant_code
    from area_descendant
    inner join own_area on area_descendant.ancestor_code = own_area.area_code
)
select * from main.survey_answer
where area_code in (select area_code from asked)
""",
)

# Of measures only signs and printed rows of the areas themselves are asked for, and what is
# published as it is, of which those of few persons hide others.
_MEASURES = """
create or replace temp table measure as
select * from main.measure
where area_code in (select area_code from own_area)
    or measure_id in (select unnest($hiding::varchar[]))
"""

# A citation asks for the smallest source of an item and period, and of an area where there are
# several, which these have just as well.
_CONDENSED = (
    "create temp table measure as"
    " with several as (select measure_id, period from measure group by all"
    " having min(source_id) <> max(source_id))"
    " select measure.measure_id, measure.period, min(measure.source_id) as source_id,"
    " case when several.period is not null then measure.area_code end as area_code"
    " from measure left join several using (measure_id, period) group by all",
    "create temp table survey_answer as"
    " select distinct survey_id, fiscal_year, question_id from survey_answer",
    "create temp table population as"
    " select edition, min(source_id) as source_id from population group by all",
    "create temp table facility as"
    " select facility_type, min(source_id) as source_id from facility group by all",
)
_SPREAD = (
    "drop table temp.measure",
    "drop table temp.survey_answer",
    "drop table temp.population",
    "drop table temp.facility",
)

_REPLACED = """
delete from observation
where area_code in (select area_code from changed_area where not is_regrouped)
    or area_code not in (select area_code from area)
    or area_code in (select area_code from changed_area)
    and indicator_id in (select unnest($few_persons))
"""


def derive_changed(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue, before: Before) -> None:
    """Make anew the sums and the observations of the areas whose figures are others now.

    All observations where the catalogue is not the one that the generation was built with, or
    where an indicator gets its first value or loses its last.
    """
    if not _is_catalogue_of(con, catalogue):
        derive_all_again(con, catalogue=catalogue)
        return
    known = _observed(con)
    con.execute("delete from area_descendant")
    derive_descendants(con)
    prepare_quantities(con)
    note_changed_areas(con, before=before, facility_types=catalogue.facility_types)
    derive_sums_of_changed(con, catalogue=catalogue)
    basis = basis_of(con, catalogue)
    indicators = [i for i in catalogue.indicators.values() if i.recipe]
    found = _values(con, indicators, basis, known)
    few = [each.key for each in indicators if each.disclosure == "persons"]
    con.execute(_REPLACED, {"few_persons": few})
    if found:
        insert_frame(con, "observation", _cited(con, found, basis))
    con.execute("drop table temp.changed_area")
    forget_quantities(con)
    if _observed(con) != known:
        derive_all_again(con, catalogue=catalogue)


def derive_all_again(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue) -> None:
    """Compute anew, in a generation that has them, all tables that follow from memberships."""
    for statement in (*_EMPTY_SUMS, *_EMPTY_INDICATORS):
        con.execute(statement)
    derive_descendants(con)
    derive_tables(con, catalogue=catalogue)
    forget_quantities(con)


def _is_catalogue_of(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> bool:
    """Tell whether the indicators are defined as when the generation was built."""
    columns = [name for name in columns_of(con, "indicator") if name != "waiting_for"]
    rows = con.table("indicator").select(*columns).fetchall()
    own = [indicator_row(entry, is_computed=True) for entry in catalogue.indicators.values()]
    return set(rows) == {tuple(row[name] for name in columns) for row in own}


def _observed(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {
        key for (key,) in con.execute("select distinct indicator_id from observation").fetchall()
    }


def _values(
    con: duckdb.DuckDBPyConnection,
    indicators: list[IndicatorEntry],
    basis: Basis,
    known: set[str],
) -> list[tuple[IndicatorEntry, pd.DataFrame]]:
    """Return the observations of the changed areas, without source_id.

    Those of few persons come first: they need the counts of every member.
    """
    found = []
    for is_hidden in (True, False):
        con.execute(_OWN, {"is_hidden": is_hidden})
        own = [i for i in indicators if (i.disclosure == "persons") == is_hidden]
        published = [i.recipe.measure for i in own if isinstance(i.recipe, PublishedValue)]
        con.execute(_MEASURES, {"hiding": published if is_hidden else []})
        if not is_hidden:
            for statement in _NARROWED:
                con.execute(statement)
        found += _values_of_some(con, own, basis, known)
    for table in ("measure", "survey_answer", "own_area"):
        con.execute(f"drop table temp.{table}")
    return [(indicator, frame) for indicator, frame in found if len(frame)]


def _values_of_some(
    con: duckdb.DuckDBPyConnection,
    indicators: list[IndicatorEntry],
    basis: Basis,
    known: set[str],
) -> list[tuple[IndicatorEntry, pd.DataFrame]]:
    rows = con.execute(
        "select area_code from own_area where area_code in (select area_code from area)"
    )
    changed = [code for (code,) in rows.fetchall()]
    members = con.execute(
        "select ancestor_code, descendant_code from area_descendant where valid_to is null"
    ).df()
    found = []
    for indicator in indicators:
        counts = recipe_inputs(con, indicator, basis)
        inputs = counts[counts["area_code"].isin(changed)]
        if inputs.empty and indicator.key not in known:
            continue
        frame = values_of(con, inputs, indicator=indicator, basis=basis)
        frame = frame[frame["area_code"].isin(changed)]
        if indicator.disclosure == "persons":
            frame = suppress_small(frame, members, counts=counts)
        found.append((indicator, frame))
    return found


def _cited(
    con: duckdb.DuckDBPyConnection,
    found: list[tuple[IndicatorEntry, pd.DataFrame]],
    basis: Basis,
) -> pd.DataFrame:
    """Return all observations in one frame, each with its source."""
    for statement in _CONDENSED:
        con.execute(statement)
    cited = [with_source(con, frame, indicator=own, basis=basis) for own, frame in found]
    for statement in _SPREAD:
        con.execute(statement)
    return pd.concat(cited, ignore_index=True)
