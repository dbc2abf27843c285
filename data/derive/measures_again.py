"""The indicators of some measures, computed anew inside a generation."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.catalogue import Catalogue
from data.catalogue.indicator import IndicatorEntry
from data.derive.cited_source import with_source
from data.derive.measure_gaps import measures_of
from data.derive.observations import indicator_values, suppress_small
from data.derive.parts import forget_quantities, prepare_quantities, sum_upwards
from data.derive.recipe_inputs import Basis
from data.derive.run import basis_of
from data.tables import insert_frame

_MEASURES = """
insert into quantity
select
    area_code,
    'measure' as subject,
    measure_id as item,
    period,
    value,
    'source' as basis
from measure
where status = 'observed' and measure_id in (select unnest($measures))
"""

# what a projected indicator multiplies is already added up
_PEOPLE = """
insert into quantity
with total as (
    select
        area_code,
        edition,
        year,
        total,
        age_0_14,
        age_15_64,
        age_65_plus,
        age_75_plus,
        age_85_plus
    from population_total
),
long as (
    unpivot total
    on total, age_0_14, age_15_64, age_65_plus, age_75_plus, age_85_plus
    into name item value value
),
final as (
    select
        area_code,
        'population:' || edition as subject,
        item,
        year::varchar as period,
        value::double as value,
        'sum' as basis
    from long
)
select * from final
"""


def indicators_of(catalogue: Catalogue, measures: set[str]) -> list[IndicatorEntry]:
    """Return the indicators whose recipe reads one of the measures."""
    return [i for i in catalogue.indicators.values() if measures & set(measures_of(i))]


def compute_measure_indicators(
    con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue, measures: set[str]
) -> None:
    """Replace the observations of every indicator that reads one of the measures.

    An indicator that the catalogue got after this generation was built waits for the next build.
    """
    listed = set(con.execute("select indicator_id from indicator").df()["indicator_id"])
    chosen = [i for i in indicators_of(catalogue, measures) if i.key in listed]
    if not chosen:
        return
    prepare_quantities(con)
    needed = sorted({name for indicator in chosen for name in measures_of(indicator)})
    con.execute(_MEASURES, {"measures": needed})
    sum_upwards(con)
    con.execute(_PEOPLE)
    basis = basis_of(con, catalogue)
    members = con.execute(
        "select ancestor_code, descendant_code from area_descendant where valid_to is null"
    ).df()
    for indicator in chosen:
        _replace(con, indicator, basis, members)
    forget_quantities(con)
    _mark_families(con, catalogue)


def _replace(
    con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry, basis: Basis, members: pd.DataFrame
) -> None:
    key = {"key": indicator.key}
    con.execute("delete from observation where indicator_id = $key", key)
    frame = indicator_values(con, indicator=indicator, basis=basis)
    known = set(con.execute("select area_code from area").df()["area_code"])
    if not frame.empty:
        frame = frame[frame["area_code"].isin(known)]
        if indicator.disclosure == "persons":
            frame = suppress_small(frame, members)
        insert_frame(con, "observation", with_source(con, frame, indicator=indicator, basis=basis))
    wanted = None if len(frame) else indicator.waiting_for or indicator.source_title
    con.execute(
        "update indicator set waiting_for = $wanted where indicator_id = $key",
        {**key, "wanted": wanted},
    )


def _mark_families(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Say of indicators that are shown as several whether all of them have values."""
    have = {code for (code,) in con.execute("select indicator_id from observation").fetchall()}
    for indicator in catalogue.indicators.values():
        if indicator.shown_as and indicator.recipe is None:
            is_complete = set(indicator.shown_as) <= have
            wanted = None if is_complete else indicator.waiting_for or indicator.source_title
            con.execute(
                "update indicator set waiting_for = $wanted where indicator_id = $key",
                {"key": indicator.key, "wanted": wanted},
            )
