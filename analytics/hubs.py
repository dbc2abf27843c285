"""Who holds the cooperation together: hub, medical association and coordinators, as answered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import CATEGORIES
from data.catalogue import load_catalogue
from data.catalogue.survey import Question
from data.derive.parts import WITHOUT_RESIDENTS

MUNICIPAL = (
    "kyoten_link",
    "coord_count",
    "coord_fte",
    "coord_affil",
    "coord_cover",
    "coord_level",
    "council",
    "council_area",
)
PREFECTURAL = ("p_kyoten", "p_coord", "p_council", "p_council_area")
ITEMS = ("a", "i", "u", "e", "o", "ka", "ki", "ku")
CONTRACTORS = tuple(f"item_{item}_contractor" for item in ITEMS)
ASSOCIATION = "ishikai"
LINKED = ("same", "linked")
NOT_ASKED = "この年度は設問なし"
_WORDS = {category.key: category.label for category in CATEGORIES} | {"not_asked": NOT_ASKED}
_UNITS = {"coord_count": "人", "coord_fte": "人", "p_coord": "人", "p_kyoten": "か所"}

_ANSWERS = """
with answer as (
    select
        area_code,
        question_id,
        value,
        status
    from survey_answer
    where
        survey_id = $survey_id
        and fiscal_year = $fiscal_year
),

expected as (
    select distinct
        area.area_code,
        area.name as area_name
    from area_descendant as inside
    inner join area
        on area.area_code = inside.descendant_code
    where
        (inside.ancestor_code = $area_code or area.area_code = $area_code)
        and inside.level = $level
        and coalesce(inside.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(inside.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and coalesce(area.valid_from, date '1900-01-01') <= make_date($fiscal_year, 10, 1)
        and coalesce(area.valid_to, date '9999-12-31') >= make_date($fiscal_year, 10, 1)
        and area.area_code not in (select unnest($without_office::varchar[]))
),

question as (
    select
        unnest($question_ids) as question_id,
        generate_subscripts($question_ids, 1) as question_order
),

asked as (
    select distinct question_id
    from answer
),

final as (
    select
        expected.area_code,
        expected.area_name,
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


def hub_answers(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return what each municipality of an area answered on hub, coordinators and contractors.

    One row per municipality of that year and question. status is that of the answer; absent where
    the form has no row, and not_asked where nobody was asked in that year.
    """
    return _answers(
        con,
        survey_id="municipal_form",
        level="municipality",
        area_code=area_code,
        fiscal_year=fiscal_year,
        question_ids=[*MUNICIPAL, *CONTRACTORS],
    )


def prefecture_hub_answers(
    con: DuckDBPyConnection, *, prefecture_code: str, fiscal_year: int
) -> pd.DataFrame:
    """Return what a prefecture answered on its own hubs, coordinators and council."""
    return _answers(
        con,
        survey_id="prefectural_form",
        level="prefecture",
        area_code=prefecture_code,
        fiscal_year=fiscal_year,
        question_ids=list(PREFECTURAL),
    )


def _answers(con: DuckDBPyConnection, **bound: object) -> pd.DataFrame:
    values = {**bound, "without_office": list(WITHOUT_RESIDENTS)}
    frame: pd.DataFrame = con.execute(_ANSWERS, values).df()
    return frame


def answer_words(question_id: str, value: str | None, status: str) -> str:
    """Return an answer as printed: labels of its codes, a number with its unit, or the gap."""
    if status != "observed" or value is None:
        return _WORDS.get(status, status)
    question = _question(question_id)
    if question.allowed:
        codes = value.split(";")
        return "、".join(question.allowed.get(code, code) for code in codes)
    decimals = 1 if question.type == "number" else 0
    return f"{float(value):,.{decimals}f}{_UNITS.get(question_id, '')}"


def _question(question_id: str) -> Question:
    form = "prefectural_form" if question_id.startswith("p_") else "municipal_form"
    return load_catalogue().surveys[form].question(question_id)


def question_label(question_id: str) -> str:
    """Return the words of the question."""
    return _question(question_id).label


def hub_table(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality: every answer in words, and numbers beside them.

    contracted lists the items that go to the medical association, contracted_items counts them;
    both are missing where none of the questions on contractors was answered.
    """
    rows = []
    for (code, name), group in answers.groupby(["area_code", "area_name"], sort=False):
        found = _by_question(group)
        row: dict[str, object] = {"area_code": code, "area_name": name}
        for question_id in MUNICIPAL:
            row[question_id] = answer_words(question_id, *found[question_id])
        row["coordinators"] = _number(found["coord_count"])
        row["full_time"] = _number(found["coord_fte"])
        row["is_linked"] = _linked(found["kyoten_link"])
        rows.append(row | _contracted(found))
    frame = pd.DataFrame(rows)
    numbers = ["coordinators", "full_time", "contracted_items"]
    return frame.astype(dict.fromkeys(numbers, "float64")) if rows else frame


Answer = tuple[str | None, str]


def _by_question(group: pd.DataFrame) -> dict[str, Answer]:
    columns = (group[name].tolist() for name in ("question_id", "value", "status"))
    return {
        str(question_id): (value if isinstance(value, str) else None, str(status))
        for question_id, value, status in zip(*columns, strict=True)
    }


def _number(answer: Answer) -> float:
    value, status = answer
    return float(value) if status == "observed" and value is not None else float("nan")


def _linked(answer: Answer) -> bool | None:
    value, status = answer
    return value in LINKED if status == "observed" else None


def _contracted(found: dict[str, Answer]) -> dict[str, object]:
    """Return the items that the medical association carries out under contract."""
    pairs = {question_id: found[question_id] for question_id in CONTRACTORS}
    answered = [q for q, (_, status) in pairs.items() if status in ("observed", "not_applicable")]
    if not answered:
        gaps: Sequence[str] = [status for _, status in pairs.values() if status != "not_asked"]
        words = _WORDS.get(gaps[0], gaps[0]) if gaps else NOT_ASKED
        return {"contracted": words, "contracted_items": None}
    given = [q for q in answered if ASSOCIATION in (pairs[q][0] or "").split(";")]
    names = [question_label(question_id).partition("：")[0] for question_id in given]
    return {"contracted": "、".join(names) or "なし", "contracted_items": len(given)}
