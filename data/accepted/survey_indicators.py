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
    own = [
        indicator
        for indicator in catalogue.indicators.values()
        if indicator.key in listed and isinstance(indicator.recipe, SURVEY_RECIPES)
    ]
    con.execute(_ONE_YEAR, {"fiscal_year": fiscal_year})
    con.execute(
        "delete from observation where indicator_id in (select unnest($keys)) and period = $period",
        {"keys": [indicator.key for indicator in own], "period": f"FY{fiscal_year}"},
    )
    empty = [each for each in own if not _compute(con, each, basis=basis, known=known)]
    _wait_again(con, empty)
    con.execute("drop table temp.survey_answer")


def _compute(
    con: duckdb.DuckDBPyConnection,
    indicator: IndicatorEntry,
    *,
    basis: Basis,
    known: set[str],
) -> bool:
    """Write an indicator's observations of the year, and tell whether there are any."""
    frame = indicator_values(con, indicator=indicator, basis=basis)
    if frame.empty:
        return False
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
    return True


def _wait_again(con: duckdb.DuckDBPyConnection, indicators: list[IndicatorEntry]) -> None:
    """Say what indicators wait for of which no year is left."""
    con.execute(
        "update indicator set waiting_for = wanted.title"
        " from (select unnest($keys::varchar[]) as indicator_id,"
        " unnest($titles::varchar[]) as title) as wanted"
        " where indicator.indicator_id = wanted.indicator_id"
        " and wanted.indicator_id not in (select distinct indicator_id from observation)",
        {
            "keys": [indicator.key for indicator in indicators],
            "titles": [each.waiting_for or each.source_title for each in indicators],
        },
    )
