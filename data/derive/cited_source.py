"""The source that an indicator cites for its numerator: the file of the value's own period."""

from __future__ import annotations

import re

import duckdb
import pandas as pd

from data.catalogue.indicator import (
    IndicatorEntry,
    MeasurePer75Plus,
    MeasureProjected,
    MeasureRatio,
    MeasureValue,
    PopulationCount,
    PopulationGrowth,
    PopulationShare,
    PublishedValue,
    SurveyItems,
    SurveyItemsShare,
    SurveyNumber,
    SurveyPer75Plus,
    SurveyRecipe,
    SurveyShare,
)
from data.derive.recipe_inputs import Basis

_NATION = "00"
_PREFECTURE = re.compile(r"(?:[a-z0-9]+-)?(\d{2})")

SURVEY_RECIPES = (SurveyItems, SurveyItemsShare, SurveyNumber, SurveyPer75Plus, SurveyShare)

_FORMS = """
with asked as (
    select distinct
        survey_id,
        fiscal_year
    from survey_answer
    where question_id in (select unnest($keys))
),
final as (
    select
        concat('FY', asked.fiscal_year) as period,
        min(source_coverage.source_id) as source_id
    from asked
    inner join source_coverage
        on source_coverage.subject = concat('survey:', asked.survey_id, ':', asked.fiscal_year)
    group by asked.fiscal_year
)
select * from final
"""

_MEASURES = """
with final as (
    select
        period,
        min(source_id) as source_id
    from measure
    where measure_id in (select unnest($keys))
    group by period
)
select * from final
"""

# where the files of a period are several, such as one a prefecture: the own row's, else a part's
_OF_AREAS = """
with own as (
    select
        area_code,
        period,
        source_id
    from measure
    where measure_id in (select unnest($keys))
),
several as (
    select period
    from own
    group by period
    having min(source_id) <> max(source_id)
),
printed as (
    select
        area_code,
        period,
        min(source_id) as source_id
    from own
    semi join several using (period)
    group by area_code, period
),
summed as (
    select
        area_descendant.ancestor_code as area_code,
        printed.period,
        min(printed.source_id) as source_id
    from printed
    inner join area_descendant on area_descendant.descendant_code = printed.area_code
    where area_descendant.valid_to is null
    group by all
),
final as (
    select * from printed
    union all
    select * from summed
    anti join printed using (area_code, period)
)
select * from final
"""

_LISTS = """
with final as (
    select
        area_code,
        min(source_id) as source_id
    from source_coverage
    where subject in (select unnest($keys))
    group by area_code
)
select * from final
"""

_ANY_PERIOD = {
    "facility": "select min(source_id) from facility where facility_type in (select unnest($keys))",
    "measure": "select arg_max(source_id, period) from (select period, min(source_id) as source_id"
    " from measure where measure_id in (select unnest($keys)) group by period)",
    "population": "select min(source_id) from population where edition in (select unnest($keys))",
}


def with_source(
    con: duckdb.DuckDBPyConnection,
    frame: pd.DataFrame,
    *,
    indicator: IndicatorEntry,
    basis: Basis,
) -> pd.DataFrame:
    """Return observations with source_id: by period where sources are yearly, by area for lists.

    Where several files have measures of a period, an area cites the one with its own row, else
    the first of those with its parts; of several survey files of a year one stands for all. A
    projected value cites the newest file, and a count of an area that no list of its own reaches
    the first, such as the nation where lists are of prefectures.
    """
    table, keys = _numerator(indicator, basis)
    if table == "survey":
        by_period, otherwise = _by_period(con, _FORMS, keys), indicator.source_title
    else:
        row = con.execute(_ANY_PERIOD[table], {"keys": keys}).fetchone()
        otherwise = str(row[0]) if row and row[0] else indicator.source_title
        if table == "facility":
            lists = dict(con.execute(_LISTS, {"keys": keys}).fetchall())
            areas = frame["area_code"].to_numpy(dtype=object)
            cited = [_list_of(area, lists) or otherwise for area in areas]
            return frame.assign(source_id=cited)
        if table == "measure":
            return frame.assign(source_id=_files_of(con, frame, keys, otherwise))
        by_period = {}
    periods = frame["period"].to_numpy(dtype=object)
    return frame.assign(source_id=[by_period.get(period, otherwise) for period in periods])


def _files_of(
    con: duckdb.DuckDBPyConnection, frame: pd.DataFrame, keys: list[str], otherwise: str
) -> list[str]:
    by_period = _by_period(con, _MEASURES, keys)
    rows = con.execute(_OF_AREAS, {"keys": keys}).fetchall()
    own = {(area, period): source for area, period, source in rows}
    periods = frame["period"].to_numpy(dtype=object)
    if not own:
        return [by_period.get(period, otherwise) for period in periods]
    places = zip(frame["area_code"].to_numpy(dtype=object), periods, strict=True)
    return [own.get(place) or by_period.get(place[1], otherwise) for place in places]


def _list_of(area_code: str, lists: dict[str, str]) -> str | None:
    """Return the list that reaches an area: its own, its prefecture's or the nation's."""
    found = _PREFECTURE.match(area_code)
    reaching = (area_code, found[1] if found else _NATION, _NATION)
    return next((lists[code] for code in reaching if code in lists), None)


def _by_period(con: duckdb.DuckDBPyConnection, query: str, keys: list[str]) -> dict[str, str]:
    return dict(con.execute(query, {"keys": keys}).fetchall())


def _numerator(indicator: IndicatorEntry, basis: Basis) -> tuple[str, list[str]]:
    """Return the kind of table that holds the numerator, and which of its items."""
    recipe = indicator.recipe
    match recipe:
        case PopulationCount() | PopulationGrowth():
            return "population", [_edition(basis, recipe.group)]
        case PopulationShare():
            return "population", [_edition(basis, recipe.numerator)]
        case MeasureValue() | PublishedValue():
            return "measure", [recipe.measure]
        case MeasureProjected():
            return "measure", [band.numerator for band in recipe.bands]
        case MeasureRatio() | MeasurePer75Plus():
            return "measure", list(recipe.numerator)
        case _ if isinstance(recipe, SURVEY_RECIPES):
            return "survey", _questions(recipe)
    return "facility", list(getattr(recipe, "facility_types", []))


def _edition(basis: Basis, group: str) -> str:
    return basis.edition_of_group.get(group, "").removeprefix("population:")


def _questions(recipe: SurveyRecipe) -> list[str]:
    if isinstance(recipe, SurveyItems | SurveyItemsShare):
        return list(recipe.items)
    return [recipe.question]
