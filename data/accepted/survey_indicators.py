"""The indicators that come from survey answers, computed anew inside a generation."""

from __future__ import annotations

import duckdb

from data.catalogue import Catalogue
from data.catalogue.indicator import IndicatorEntry
from data.derive.cited_source import SURVEY_RECIPES, with_source
from data.derive.denominator import stored_denominator
from data.derive.observations import indicator_values, suppress_small
from data.derive.recipe_inputs import Basis
from data.derive.redrawn import redrawn_areas
from data.tables import insert_frame

# A temporary table comes before the table of the same name, so that recipes read one year only.
_ONE_YEAR = """
create or replace temp table survey_answer as
with final as (
    select *
    from main.survey_answer
    where fiscal_year = $fiscal_year
)
select * from final
"""


def compute_survey_indicators(
    con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue, fiscal_year: int
) -> None:
    """Replace one year's observations of every indicator whose recipe reads survey answers.

    An indicator that the catalogue got after this generation was built waits for the next build.
    """
    chosen = stored_denominator(con, catalogue=catalogue)
    basis = Basis(
        chosen.edition if chosen else None,
        chosen.year if chosen else None,
        chosen.full_label if chosen else "資料なし",
        {},
        redrawn_areas(con),
    )
    known = set(con.execute("select area_code from area").df()["area_code"])
    listed = set(con.execute("select indicator_id from indicator").df()["indicator_id"])
    con.execute(_ONE_YEAR, {"fiscal_year": fiscal_year})
    for indicator in catalogue.indicators.values():
        if indicator.key in listed and isinstance(indicator.recipe, SURVEY_RECIPES):
            con.execute(
                "delete from observation where indicator_id = $key and period = $period",
                {"key": indicator.key, "period": f"FY{fiscal_year}"},
            )
            _compute(con, indicator, basis=basis, known=known)
    con.execute("drop table temp.survey_answer")


def _compute(
    con: duckdb.DuckDBPyConnection,
    indicator: IndicatorEntry,
    *,
    basis: Basis,
    known: set[str],
) -> None:
    frame = indicator_values(con, indicator=indicator, basis=basis)
    if frame.empty:
        _wait_again(con, indicator)
        return
    frame = frame[[code in known for code in frame["area_code"]]]
    if indicator.disclosure == "persons":
        members = con.execute(
            "select ancestor_code, descendant_code from area_descendant where valid_to is null"
        ).df()
        frame = suppress_small(frame, members)
    insert_frame(con, "observation", with_source(con, frame, indicator=indicator, basis=basis))
    con.execute(
        "update indicator set waiting_for = null where indicator_id = $key", {"key": indicator.key}
    )


def _wait_again(con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry) -> None:
    """Say what an indicator waits for once no year of it is left."""
    con.execute(
        "update indicator set waiting_for = $wanted where indicator_id = $key"
        " and indicator_id not in (select indicator_id from observation)",
        {"key": indicator.key, "wanted": indicator.waiting_for or indicator.source_title},
    )
