"""Programme items: how many municipalities carry each out, by fiscal year and one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import ANSWERING_KEYS, CATEGORY_KEYS
from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

# Kinds of answer, told the same way for one municipality and for a count of them.
_ANSWERS = """
with item as (
    select
        unnest($item_keys::varchar[]) as item_key,
        unnest($question_ids::varchar[]) as question_id,
        unnest($implemented_values::varchar[][]) as implemented_values,
        unnest(range(len($item_keys::varchar[]))) as item_order
),
answer as (
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
        and ($fiscal_year::smallint is null or fiscal_year = $fiscal_year)
),
asked as (
    select distinct
        answer.fiscal_year,
        item.item_key,
        item.item_order,
        item.question_id,
        item.implemented_values,
        make_date(answer.fiscal_year, 10, 1) as reference_date
    from answer
    inner join item using (question_id)
),
expected as (
    select distinct
        asked_year.fiscal_year,
        d.descendant_code as area_code
    from (select distinct fiscal_year, reference_date from asked) as asked_year
    inner join area_descendant as d
        on coalesce(d.valid_from, date '1900-01-01') <= asked_year.reference_date
        and coalesce(d.valid_to, date '9999-12-31') >= asked_year.reference_date
    inner join area as a
        on a.area_code = d.descendant_code
        and coalesce(a.valid_from, date '1900-01-01') <= asked_year.reference_date
        and coalesce(a.valid_to, date '9999-12-31') >= asked_year.reference_date
    where
        d.ancestor_code = $area_code
        and d.level = 'municipality'
        and d.descendant_code not in (select unnest($without_office::varchar[]))
),
categorised as (
    select
        expected.fiscal_year,
        expected.area_code,
        asked.item_key,
        asked.item_order,
        case
            when answer.status is null then 'absent'
            when answer.status <> 'observed' then answer.status
            when list_has_any(string_split(answer.value, ';'), asked.implemented_values) then 'done'
            when answer.value in ('partial', 'planned', 'unknown') then answer.value
            else 'none'
        end as category
    from expected
    inner join asked using (fiscal_year)
    left join answer
        on answer.fiscal_year = expected.fiscal_year
        and answer.area_code = expected.area_code
        and answer.question_id = asked.question_id
),
"""

_COUNTS = (
    _ANSWERS
    + """
final as (
    select
        fiscal_year,
        item_key,
        item_order,
        category,
        count(*) as municipalities
    from categorised
    group by
        fiscal_year,
        item_key,
        item_order,
        category
)
select * from final
order by
    fiscal_year,
    item_order
"""
)

_MUNICIPALITIES = (
    _ANSWERS
    + """
final as (
    select
        categorised.area_code,
        area.name as area_name,
        categorised.item_key,
        categorised.category
    from categorised
    inner join area using (area_code)
    order by
        categorised.area_code,
        categorised.item_order
)
select * from final
"""
)


def _values(area_code: str, framework: str, fiscal_year: int | None) -> dict[str, Any]:
    items = load_catalogue().programme.items_of(framework)
    return {
        "area_code": area_code,
        "framework": framework,
        "fiscal_year": fiscal_year,
        "item_keys": [item.key for item in items],
        "question_ids": [item.question_id for item in items],
        "implemented_values": [list(item.implemented_values) for item in items],
        "without_office": list(WITHOUT_RESIDENTS),
    }


def _with_rate(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
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
    counts = con.execute(_COUNTS, _values(area_code, framework, None)).df()
    frame = _with_rate(counts, ["fiscal_year", "item_key"])
    frame.insert(1, "framework", framework)
    return frame


def municipal_answers(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return one row per municipality and item of a fiscal year with the kind of its answer."""
    values = _values(area_code, framework, fiscal_year)
    answers: pd.DataFrame = con.execute(_MUNICIPALITIES, values).df()
    return answers


def prefecture_rates(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return one row per prefecture and item of a fiscal year, with counts and the rate."""
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    answers["prefecture_code"] = answers["area_code"].str[:2]
    keys = ["prefecture_code", "item_key", "category"]
    counts = answers.groupby(keys, sort=False).size().reset_index(name="municipalities")
    frame = _with_rate(counts, ["prefecture_code", "item_key"])
    names = con.execute("select area_code, name from area where area_type = 'prefecture'").df()
    frame = frame.merge(names, left_on="prefecture_code", right_on="area_code")
    return frame.rename(columns={"name": "area_name"}).drop(columns="prefecture_code")


def answers_by_municipality(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality: items done, items answered, and its answers by item."""
    wide = answers.pivot(index=["area_code", "area_name"], columns="item_key", values="category")
    wide = wide[list(dict.fromkeys(answers["item_key"]))]
    done = (wide == "done").sum(axis=1)
    answered = wide.isin(ANSWERING_KEYS).sum(axis=1)
    wide.insert(0, "done_items", done.where(answered > 0).astype("Int64"))
    wide.insert(1, "answered_items", answered)
    return wide.reset_index().rename_axis(columns=None)
