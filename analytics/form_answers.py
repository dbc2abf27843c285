"""Answers of the municipal form, one row a municipality of that year and question, gaps told."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import CATEGORIES
from data.catalogue import load_catalogue
from data.catalogue.survey import Question
from data.derive.parts import WITHOUT_RESIDENTS

FORM = "municipal_form"
NOT_ASKED = "not_asked"
NAMED = 8
GAP_WORDS = {category.key: category.label for category in CATEGORIES if not category.answering}
GAP_WORDS |= {NOT_ASKED: "この年度は設問なし"}

# For queries that bind area_code, level (of the respondents), fiscal_year, without_office.
EXPECTED_NAMED = """
expected as (
    select distinct
        area.area_code,
        area.name as area_name,
        regexp_extract(area.area_code, '[0-9]{2}') as prefecture_code,
        prefecture.name as prefecture_name
    from area_descendant as inside
    inner join area
        on area.area_code = inside.descendant_code
    left join area as prefecture
        on prefecture.area_code = regexp_extract(area.area_code, '[0-9]{2}')
    where
        (inside.ancestor_code = $area_code or area.area_code = $area_code)
        and inside.level = $level
        and coalesce(inside.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(inside.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and coalesce(area.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(area.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and area.area_code not in (select unnest($without_office::varchar[]))
),
"""

_ANSWERS = (
    "with"  # noqa: S608
    + EXPECTED_NAMED
    + """
question as (
    select
        unnest($question_ids::varchar[]) as question_id,
        generate_subscripts($question_ids::varchar[], 1) as question_order
),

answer as materialized (
    select
        area_code,
        question_id,
        value,
        status
    from survey_answer
    where
        survey_id = $survey_id
        and fiscal_year = $fiscal_year
        and question_id in (select question_id from question)
),

asked as (
    select distinct question_id
    from answer
),

final as (
    select
        expected.area_code,
        expected.area_name,
        expected.prefecture_code,
        expected.prefecture_name,
        question.question_id,
        answer.value,
        case
            when answer.status is not null then answer.status
            when asked.question_id is null then 'not_asked'
            else 'absent'
        end as status
    from expected
    cross join question
    left join asked
        on asked.question_id = question.question_id
    left join answer
        on
            answer.area_code = expected.area_code
            and answer.question_id = question.question_id
    order by
        expected.area_code,
        question.question_order
)

select * from final
"""
)


def form_answers(
    con: DuckDBPyConnection,
    *,
    area_code: str,
    fiscal_year: int,
    question_ids: tuple[str, ...],
    survey_id: str = FORM,
    level: str = "municipality",
) -> pd.DataFrame:
    """Return the answers of the municipalities that existed in an area on 1 October of the year.

    status is that of the answer; absent where the form has no row of the municipality, and
    not_asked where nobody was asked that question in that year. With the prefectural form, level
    is prefecture.
    """
    bound = {
        "survey_id": survey_id,
        "level": level,
        "area_code": area_code,
        "fiscal_year": fiscal_year,
        "question_ids": list(question_ids),
        "without_office": list(WITHOUT_RESIDENTS),
    }
    answers: pd.DataFrame = con.execute(_ANSWERS, bound).df()
    return answers


def answers_to(
    con: DuckDBPyConnection, *, area_code: str, fiscal_year: int, question_ids: tuple[str, ...]
) -> pd.DataFrame:
    """Return form_answers without the questions that nobody was asked in the year."""
    answers = form_answers(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=question_ids
    )
    return answers[answers["status"] != NOT_ASKED].reset_index(drop=True)


def wide_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality: for every question its value, and its status as *_status."""
    keys = ["area_code", "area_name", "prefecture_code", "prefecture_name"]
    if answers.empty:
        return pd.DataFrame(columns=keys)
    questions = list(dict.fromkeys(answers["question_id"]))
    values = answers.pivot(index=keys, columns="question_id", values="value")[questions]
    status = answers.pivot(index=keys, columns="question_id", values="status")[questions]
    joined = values.join(status.add_suffix("_status"))
    return joined.reset_index().rename_axis(columns=None)


@lru_cache(maxsize=512)
def question_of(question_id: str, survey_id: str = FORM) -> Question:
    """Return a question of a form, of the municipal one where none is named."""
    return load_catalogue().surveys[survey_id].question(question_id)


def in_words(question_id: str, value: object, status: str, survey_id: str = FORM) -> str:
    """Return an answer as printed: the words of its codes, the number, or the kind of gap."""
    if status != "observed" or not isinstance(value, str):
        return GAP_WORDS.get(status, status)
    question = question_of(question_id, survey_id)
    if not question.allowed:
        return f"{float(value):,.10g}" if question.type in ("count", "number") else value
    return "、".join(question.allowed.get(code, code) for code in value.split(";"))


def counts_of_code(
    answers: pd.DataFrame, *, question_id: str, survey_id: str = FORM
) -> pd.DataFrame:
    """Return one row per allowed code: municipalities naming it, answering, expected and the rate.

    The rate is naming ÷ answering in per cent, null where nobody answered; a municipality that
    names several codes counts once in each.
    """
    asked = answers[answers["question_id"] == question_id]
    known = asked.loc[asked["status"] == "observed", "value"].str.split(";")
    answering = len(known)
    named = known.explode().value_counts()
    allowed = question_of(question_id, survey_id).allowed
    frame = pd.DataFrame({"code": list(allowed), "label": list(allowed.values())})
    frame["municipalities"] = frame["code"].map(named).fillna(0).astype(int)
    rate = 100 * frame["municipalities"] / answering if answering else float("nan")
    return frame.assign(answering=answering, expected=len(asked), rate=rate)


def named_most(
    frame: pd.DataFrame,
    *,
    label: str = "label",
    value: str = "municipalities",
    least: bool = False,
) -> str:
    """Return the names of the rows with the most of a column in brackets, all that are equal.

    Of more than eight the first are named and their number told.
    """
    names = list(_extreme(frame, value, least=least)[label])
    told = "".join(f"「{name}」" for name in names[:NAMED])
    return f"{told}など{len(names):,}件" if len(names) > NAMED else told


def extreme_rate(frame: pd.DataFrame, *, least: bool, unit: str = "") -> str:
    """Name all rows of the highest or lowest rate, with its counts where they share them."""
    rows = _extreme(frame, "rate", least=least)
    counts = rows[["answering", "done"]].drop_duplicates().astype(int).to_numpy().tolist()
    told = f"（回答{counts[0][0]:,}{unit}のうち{counts[0][1]:,}）" if len(counts) == 1 else ""
    return f"{named_most(rows, value='rate')}で{rows['rate'].iloc[0]:.1f}％{told}"


def _extreme(frame: pd.DataFrame, value: str, *, least: bool) -> pd.DataFrame:
    values = frame[value].astype(float).round(9)
    return frame[values == (values.min() if least else values.max())]
