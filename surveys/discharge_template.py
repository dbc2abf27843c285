"""The care managers' form to fill in: a row for each health-centre area and month."""

from __future__ import annotations

import io

import xlsxwriter
from duckdb import DuckDBPyConnection

from access.roles import Action, Actor, require
from analytics.survey_intake import places_in_year, published_answers
from data.catalogue import load_catalogue
from data.extract.discharge_workbook import RESPONDENT, SHEET, SURVEY_ID
from data.harmonise.discharge_months import MONTH_MARK
from surveys.answer_words import printed_answer
from surveys.table_comparison import month_questions
from surveys.target import SurveyError

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
_HEADS = ("保健所コード", "保健所", "月")
_HEADER_ROW, _FIRST_ROW = 4, 6
_WIDTH = 16


def discharge_template(
    con: DuckDBPyConnection, *, actor: Actor, fiscal_year: int, prefecture: str
) -> bytes:
    """Return the form of a prefecture (of all, where blank), with the counts that are published."""
    require(actor, Action.UPLOAD)
    places = places_in_year(con, fiscal_year=fiscal_year)
    zones = places[
        (places["area_type"] == "health_center_area")
        & places["valid_to"].isna()
        & places["area_code"].str[3:].str.startswith(prefecture)
    ]
    if zones.empty:
        action = "「圏域と市区町村の対応表」で保健所の区域を入れてください。"
        raise SurveyError("保健所の区域がまだありません。", action)
    published = published_answers(con, survey_id=SURVEY_ID, fiscal_year=fiscal_year)
    questions = month_questions()
    cells = {
        (area, key): printed_answer(
            questions[key], value if isinstance(value, str) else None, status
        )
        for area, key, value, status in published.astype("object").itertuples(index=False)
    }
    named = list(zones[["area_code", "name"]].itertuples(index=False, name=None))
    return _book(fiscal_year, named, cells)


def _book(year: int, zones: list[tuple[str, str]], cells: dict[tuple[str, str], str]) -> bytes:
    questions = load_catalogue().surveys[SURVEY_ID].questions
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        wrapped = book.add_format({"text_wrap": True, "bold": True})
        sheet.write_row(0, 0, ["様式", SURVEY_ID])
        sheet.write_row(1, 0, ["年度", year])
        heads = [*_HEADS, *(question.label for question in questions)]
        sheet.write_row(_HEADER_ROW, 0, heads, wrapped)
        sheet.write_row(_HEADER_ROW + 1, 0, [*RESPONDENT, *(q.id for q in questions)])
        sheet.set_column(0, len(heads) - 1, _WIDTH)
        sheet.freeze_panes(_FIRST_ROW, len(_HEADS))
        line = _FIRST_ROW
        for code, name in zones:
            for month in MONTHS:
                keys = [q.id + MONTH_MARK.format(month) for q in questions]
                counts = [cells.get((code, key), "") for key in keys]
                values = [int(text) if text.isdecimal() else text for text in counts]
                sheet.write_row(line, 0, [code, name, f"{month}月", *values])
                line += 1
    return buffer.getvalue()
