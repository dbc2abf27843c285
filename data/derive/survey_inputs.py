"""Indicators from survey answers: only those who answered count, whatever the area."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.catalogue.indicator import SurveyItemsShare

# respondents of a year, as they existed on its first of October
_MEMBER = """
create or replace temp table survey_member as
with respondent as (
    select distinct
        fiscal_year,
        area_code
    from survey_answer
    where question_id in (select unnest($questions))
),
final as (
    select
        respondent.fiscal_year,
        respondent.area_code,
        area_descendant.ancestor_code as group_code
    from respondent
    inner join area_descendant
        on respondent.area_code = area_descendant.descendant_code
        and area_descendant.level = 'municipality'
        and coalesce(area_descendant.valid_from, date '0001-01-01')
            <= make_date(respondent.fiscal_year, 10, 1)
        and coalesce(area_descendant.valid_to, date '9999-12-31')
            >= make_date(respondent.fiscal_year, 10, 1)
    union all
    select
        fiscal_year,
        area_code,
        area_code
    from respondent
)
select * from final
"""

_ITEMS = """
with answered as (
    select
        area_code,
        fiscal_year,
        count(*) filter (
            where status = 'observed' and value in (select unnest($values))
        ) as items_done
    from survey_answer
    where question_id in (select unnest($questions))
    group by area_code, fiscal_year
    having count(*) = len($questions)
        and bool_and(status in ('observed', 'not_applicable'))
        and bool_or(status = 'observed')
),
final as (
    select
        survey_member.group_code as area_code,
        'FY' || answered.fiscal_year as period,
        sum(answered.items_done)::double as numerator,
        count(*)::double as denominator
    from answered
    inner join survey_member using (area_code, fiscal_year)
    group by all
)
select * from final
"""

_SHARE = """
with answered as (
    select
        area_code,
        fiscal_year,
        value in (select unnest($values)) as is_counted
    from survey_answer
    where question_id in (select unnest($questions)) and status = 'observed'
),
final as (
    select
        survey_member.group_code as area_code,
        'FY' || answered.fiscal_year as period,
        (count(*) filter (where answered.is_counted))::double as numerator,
        count(*)::double as denominator
    from answered
    inner join survey_member using (area_code, fiscal_year)
    where survey_member.group_code <> survey_member.area_code
    group by all
)
select * from final
"""

_ITEMS_SHARE = """
with pair as (
    select
        unnest($items) as item,
        unnest($companions) as companion
),
counted as (
    select
        done.area_code,
        done.fiscal_year,
        count(*) as items_done,
        count(*) filter (where told.value in (select unnest($values))) as items_told
    from pair
    inner join survey_answer as done
        on done.question_id = pair.item
        and done.status = 'observed'
        and done.value in (select unnest($among))
    inner join survey_answer as told
        on told.question_id = pair.companion
        and told.area_code = done.area_code
        and told.fiscal_year = done.fiscal_year
        and told.survey_id = done.survey_id
        and told.status = 'observed'
    group by done.area_code, done.fiscal_year
),
final as (
    select
        survey_member.group_code as area_code,
        'FY' || counted.fiscal_year as period,
        sum(counted.items_told)::double as numerator,
        sum(counted.items_done)::double as denominator
    from counted
    inner join survey_member using (area_code, fiscal_year)
    group by all
)
select * from final
"""

_NUMBER = """
with final as (
    select
        area_code,
        'FY' || fiscal_year as period,
        try_cast(value as double) as numerator,
        null::double as denominator
    from survey_answer
    where question_id in (select unnest($questions))
        and status = 'observed'
        and try_cast(value as double) is not null
)
select * from final
"""


def _prepare_members(con: duckdb.DuckDBPyConnection, questions: list[str]) -> None:
    con.execute(_MEMBER, {"questions": questions})


def items_input(
    con: duckdb.DuckDBPyConnection, *, items: list[str], values: list[str]
) -> pd.DataFrame:
    """Return items done and respondents; a respondent that left an item open is not counted."""
    _prepare_members(con, items)
    return con.execute(_ITEMS, {"questions": items, "values": values}).df()


def items_share_input(con: duckdb.DuckDBPyConnection, *, recipe: SurveyItemsShare) -> pd.DataFrame:
    """Return, of the items answered with `among`, those whose companion has one of the values.

    An item whose companion was left open is in neither count.
    """
    _prepare_members(con, recipe.items)
    bound = {
        "items": recipe.items,
        "among": recipe.among,
        "companions": recipe.companions,
        "values": recipe.values,
    }
    return con.execute(_ITEMS_SHARE, bound).df()


def share_input(
    con: duckdb.DuckDBPyConnection, *, question: str, values: list[str]
) -> pd.DataFrame:
    """Return respondents with one of the values, and respondents that answered, by group."""
    _prepare_members(con, [question])
    return con.execute(_SHARE, {"questions": [question], "values": values}).df()


def number_input(con: duckdb.DuckDBPyConnection, *, question: str) -> pd.DataFrame:
    """Return the number that each respondent gave."""
    return con.execute(_NUMBER, {"questions": [question]}).df()
