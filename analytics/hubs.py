"""Who holds the cooperation together: hub, medical association and coordinators, as answered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.form_answers import form_answers
from analytics.survey_status import CATEGORIES
from data.catalogue import load_catalogue
from data.catalogue.survey import Question

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


def hub_answers(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return what each municipality of an area answered on hub, coordinators and contractors.

    One row per municipality of that year and question. status is that of the answer; absent where
    the form has no row, and not_asked where nobody was asked in that year.
    """
    return form_answers(
        con,
        area_code=area_code,
        fiscal_year=fiscal_year,
        question_ids=(*MUNICIPAL, *CONTRACTORS),
    )


def prefecture_hub_answers(
    con: DuckDBPyConnection, *, prefecture_code: str, fiscal_year: int
) -> pd.DataFrame:
    """Return what a prefecture answered on its own hubs, coordinators and council."""
    return form_answers(
        con,
        area_code=prefecture_code,
        fiscal_year=fiscal_year,
        question_ids=PREFECTURAL,
        survey_id="prefectural_form",
        level="prefecture",
    )


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
