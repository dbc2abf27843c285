"""Workbooks to fill in, and clean answers in the same layout."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from duckdb import DuckDBPyConnection

from access.roles import Action, Actor, require
from analytics.survey_intake import published_answers
from data.accepted.reading import last_columns
from data.catalogue.survey import Question
from exports.columns import ColumnLabel
from exports.csv_file import to_csv
from surveys.answer_sheet import Sheet, collected_workbook, printed_code, single_workbook
from surveys.answer_words import printed_answer
from surveys.proposal import places_of
from surveys.target import SurveyError, Target

Kind = Literal["municipality", "prefecture"]


def template(
    con: DuckDBPyConnection,
    *,
    actor: Actor,
    target: Target,
    kind: Kind,
    area_code: str = "",
    filled: bool = False,
) -> bytes:
    """Return a workbook to fill in, in last year's order and headers.

    kind municipality has a question in each row and needs area_code; prefecture has a row for
    each respondent. filled puts last year's answers in.
    """
    require(actor, Action.UPLOAD)
    sheet = _sheet(con, target, area_code)
    if filled:
        year = target.fiscal_year - 1
        sheet.cells = _cells(con, target, year=year)
    if kind == "municipality" and not area_code:
        raise SurveyError("市町村が選ばれていません。", "市町村を選んでください。")
    return single_workbook(sheet) if kind == "municipality" else collected_workbook(sheet)


def clean_export(
    con: DuckDBPyConnection, *, actor: Actor, target: Target, kind: Literal["xlsx", "csv"]
) -> bytes:
    """Return the answers in force of a form and year, in the layout of the templates."""
    require(actor, Action.UPLOAD)
    sheet = _sheet(con, target, target.only)
    sheet.cells = _cells(con, target, year=target.fiscal_year)
    sheet.locked = False
    return collected_workbook(sheet) if kind == "xlsx" else _csv(sheet)


def _sheet(con: DuckDBPyConnection, target: Target, area_code: str) -> Sheet:
    places = places_of(con, target)
    wanted = [area_code] if area_code else sorted(places.names)
    if area_code and area_code not in places.names:
        raise SurveyError("この年度の回答者ではありません。", "団体を選び直してください。")
    layout = last_columns(con, survey_id=target.survey_id, before=target.fiscal_year)
    headers = dict(zip(layout["question_id"], layout["header"], strict=True))
    return Sheet(
        target,
        _in_order(target.questions(), list(headers)),
        [(code, places.names[code]) for code in wanted],
        headers=headers,
    )


def _in_order(questions: list[Question], order: list[str]) -> list[Question]:
    """Return the questions in last year's order, those that are new at the end."""
    known = {question.id: question for question in questions}
    first = [known[key] for key in order if key in known]
    return [*first, *(question for question in questions if question.id not in order)]


def _cells(con: DuckDBPyConnection, target: Target, *, year: int) -> dict[tuple[str, str], str]:
    published = published_answers(con, survey_id=target.survey_id, fiscal_year=year)
    questions = {question.id: question for question in target.questions()}
    rows = published[published["question_id"].isin(list(questions))].astype("object")
    return {
        (area, question): printed_answer(
            questions[question], value if isinstance(value, str) else None, status
        )
        for area, question, value, status in rows.itertuples(index=False)
    }


def _csv(sheet: Sheet) -> bytes:
    records = [
        [printed_code(code), name, *(sheet.cells.get((code, q.id), "") for q in sheet.questions)]
        for code, name in sheet.respondents
    ]
    ids = ["area_code", "area_name", *(question.id for question in sheet.questions)]
    labels = ["団体コード", "団体名", *(sheet.headers.get(q.id, q.label) for q in sheet.questions)]
    frame = pd.DataFrame(records, columns=ids, dtype="str")
    columns = {key: ColumnLabel(label) for key, label in zip(ids, labels, strict=True)}
    return to_csv(frame, columns=columns)
