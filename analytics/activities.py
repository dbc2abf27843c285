"""Programme items: how many municipalities carry each out, by fiscal year and one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import ANSWERING_KEYS, CATEGORY_KEYS
from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

# Answers of the framework's items, and the municipalities that existed on 1 October of each year.
_ANSWERS = """
with item as (
    select
        unnest($item_keys::varchar[]) as item_key,
        unnest($question_ids::varchar[]) as question_id,
        unnest($implemented_values::varchar[][]) as implemented_values,
        unnest(range(len($item_keys::varchar[]))) as item_order
),
answer as materialized (
    select
        fiscal_year,
        area_code,
        question_id,
        value,
        status
    from survey_answer
    where
        survey_id = 'municipal_form'
        and framework = $framework
        and question_id in (select question_id from item)
        and fiscal_year between $first_year and $last_year
),
asked as (
    select distinct
        fiscal_year,
        question_id
    from answer
),
expected as materialized (
    select distinct
        asked_year.fiscal_year,
        member.descendant_code as area_code
    from (
        select distinct
            fiscal_year,
            make_date(fiscal_year, 10, 1) as reference_date
        from asked
    ) as asked_year
    inner join area_descendant as member
        on coalesce(member.valid_from, date '1900-01-01') <= asked_year.reference_date
        and coalesce(member.valid_to, date '9999-12-31') >= asked_year.reference_date
    inner join area
        on area.area_code = member.descendant_code
        and coalesce(area.valid_from, date '1900-01-01') <= asked_year.reference_date
        and coalesce(area.valid_to, date '9999-12-31') >= asked_year.reference_date
    where
        member.ancestor_code = $area_code
        and member.level = 'municipality'
        and member.descendant_code not in (select unnest($without_office::varchar[]))
),
"""

# Counted by printed answer first, so that each kind is told once and not for every municipality;
# the first digits of the code are kept, two for prefectures, none for the whole area.
_COUNTS = (
    _ANSWERS
    + """
answer_count as (
    select
        fiscal_year,
        left(area_code, $digits) as prefecture_code,
        question_id,
        value,
        status,
        count(*) as municipalities
    from answer
    semi join expected using (fiscal_year, area_code)
    group by all
),
expected_count as (
    select
        fiscal_year,
        left(area_code, $digits) as prefecture_code,
        count(*) as municipalities
    from expected
    group by all
),
absent_count as (
    select
        asked.fiscal_year,
        expected_count.prefecture_code,
        asked.question_id,
        null as value,
        null as status,
        any_value(expected_count.municipalities)
        - coalesce(sum(answer_count.municipalities), 0) as municipalities
    from asked
    inner join expected_count using (fiscal_year)
    left join answer_count using (fiscal_year, prefecture_code, question_id)
    group by
        asked.fiscal_year,
        expected_count.prefecture_code,
        asked.question_id
),
counted as (
    from answer_count
    union all
    from absent_count
),
final as (
    select
        counted.fiscal_year,
        counted.prefecture_code,
        area.name as area_name,
        item.item_key,
        counted.municipalities,
        case
            when status is null then 'absent'
            when status <> 'observed' then status
            when list_has_any(string_split(value, ';'), implemented_values) then 'done'
            when value in ('partial', 'planned', 'unknown') then value
            else 'none'
        end as category
    from counted
    inner join item using (question_id)
    left join area on area.area_code = counted.prefecture_code
    order by
        counted.fiscal_year,
        counted.prefecture_code,
        item.item_order
)
select * from final
"""
)

_MUNICIPALITIES = (
    _ANSWERS
    + """
final as (
    select
        expected.fiscal_year,
        expected.area_code,
        area.name as area_name,
        item.item_key,
        case
            when status is null then 'absent'
            when status <> 'observed' then status
            when list_has_any(string_split(value, ';'), implemented_values) then 'done'
            when value in ('partial', 'planned', 'unknown') then value
            else 'none'
        end as category
    from expected
    inner join asked using (fiscal_year)
    inner join item using (question_id)
    inner join area using (area_code)
    left join answer
        on answer.fiscal_year = expected.fiscal_year
        and answer.area_code = expected.area_code
        and answer.question_id = asked.question_id
    order by
        expected.fiscal_year,
        expected.area_code,
        item.item_order
)
select * from final
"""
)


def _values(
    area_code: str, framework: str, fiscal_year: int | None, item_key: str | None = None
) -> dict[str, Any]:
    items = load_catalogue().programme.items_of(framework)
    items = [item for item in items if item_key in (None, item.key)]
    return {
        "area_code": area_code,
        "framework": framework,
        "first_year": fiscal_year or 0,
        "last_year": fiscal_year or 9999,
        "item_keys": [item.key for item in items],
        "question_ids": [item.question_id for item in items],
        "implemented_values": [list(item.implemented_values) for item in items],
        "without_office": list(WITHOUT_RESIDENTS),
    }


def with_rate(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Spread kinds of answer over columns and add answering, expected and the rate in per cent."""
    wide = counts.pivot_table(
        index=keys, columns="category", values="municipalities", aggfunc="sum", sort=False
    )
    wide = wide.reindex(columns=list(CATEGORY_KEYS)).fillna(0).astype(int)
    wide["answering"] = wide[list(ANSWERING_KEYS)].sum(axis=1)
    wide["expected"] = wide[list(CATEGORY_KEYS)].sum(axis=1)
    wide["rate"] = (100 * wide["done"] / wide["answering"]).where(wide["answering"] > 0)
    return wide.reset_index().rename_axis(columns=None)


def item_rates(con: DuckDBPyConnection, *, area_code: str, framework: str) -> pd.DataFrame:
    """Return one row per fiscal year and item: counts by kind of answer and the rate.

    The rate is done ÷ answering in per cent; it is null where nobody answered. Respondents
    expected are the municipalities that existed in the area on 1 October of the fiscal year.
    """
    counts = con.execute(_COUNTS, _values(area_code, framework, None) | {"digits": 0}).df()
    frame = with_rate(counts, ["fiscal_year", "item_key"])
    frame.insert(1, "framework", framework)
    return frame


def municipal_answers(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return one row per municipality and item of a fiscal year with the kind of its answer."""
    answers = answers_by_year(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year, item_key=None
    )
    return answers.drop(columns="fiscal_year")


def answers_by_year(
    con: DuckDBPyConnection,
    *,
    area_code: str,
    framework: str,
    fiscal_year: int | None,
    item_key: str | None,
) -> pd.DataFrame:
    """Return one row per fiscal year, municipality and item; of one year or item, or of all."""
    values = _values(area_code, framework, fiscal_year, item_key)
    answers: pd.DataFrame = con.execute(_MUNICIPALITIES, values).df()
    return answers


def prefecture_rates(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return one row per prefecture and item of a fiscal year, with counts and the rate."""
    values = _values(area_code, framework, fiscal_year) | {"digits": 2}
    frame = with_rate(
        con.execute(_COUNTS, values).df(), ["prefecture_code", "area_name", "item_key"]
    )
    return frame.rename(columns={"prefecture_code": "area_code"})
