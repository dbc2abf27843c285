"""The sheets of our own workbooks: a row for each respondent, or a row for each question."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.catalogue.survey import Question
from data.harmonise.codes import official_code6
from surveys.answer_words import choices
from surveys.definitions import definition_table, type_label, version_of
from surveys.marks import DEFINITIONS
from surveys.target import Target

COLLECTED, SINGLE = "回答", "回答票"
_HEADER_ROW, _FIRST_ROW = 4, 6
_LONGEST_LIST = 250
_WIDTH = 18


@dataclass
class Sheet:
    """What a workbook is to hold: respondents as (code, name), cells by respondent and question."""

    target: Target
    questions: Sequence[Question]
    respondents: Sequence[tuple[str, str]]
    headers: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    locked: bool = True


def printed_code(area_code: str) -> str:
    """Return a code as printed: municipalities and prefectures with their check digit."""
    if area_code.isdecimal() and len(area_code) in (2, 5):
        return official_code6(area_code.ljust(5, "0"))
    return area_code


def collected_workbook(sheet: Sheet) -> bytes:
    """Return a workbook with a row for each respondent."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        _write_collected(book, sheet)
        _write_definitions(book, sheet)
    return buffer.getvalue()


def single_workbook(sheet: Sheet) -> bytes:
    """Return a workbook in which one respondent answers a question in each row."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        _write_single(book, sheet)
        _write_definitions(book, sheet)
    return buffer.getvalue()


def _mark(target: Target) -> list[tuple[str, str]]:
    return [
        ("様式", target.survey_id),
        ("枠組", target.framework),
        ("年度", str(target.fiscal_year)),
        ("都道府県", target.prefecture),
    ]


def _write_mark(page: Worksheet, target: Target) -> None:
    for row, (label, value) in enumerate(_mark(target)):
        page.write_string(row, 0, label)
        page.write_string(row, 1, value)
    page.write_string(0, 2, "版")
    page.write_string(0, 3, version_of(target.survey_id))


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    head = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format(head),
        "id": book.add_format({"font_color": "#666666", "font_size": 8, "border": 1}),
        "fixed": book.add_format({"bg_color": "#F2F2F2", "border": 1, "num_format": "@"}),
        "open": book.add_format({"locked": False, "border": 1, "num_format": "@"}),
    }


def _write_collected(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page, formats = book.add_worksheet(COLLECTED), _formats(book)
    _write_mark(page, sheet.target)
    labels = ["団体コード", "団体名", *(sheet.headers.get(q.id, q.label) for q in sheet.questions)]
    ids = ["area_code", "area_name", *(q.id for q in sheet.questions)]
    for column, (label, key) in enumerate(zip(labels, ids, strict=True)):
        page.write_string(_HEADER_ROW, column, label, formats["head"])
        page.write_string(_HEADER_ROW + 1, column, key, formats["id"])
    last = _FIRST_ROW + len(sheet.respondents) - 1
    for column, question in enumerate(sheet.questions, start=2):
        page.write_comment(_HEADER_ROW, column, _explained(question), {"x_scale": 2.5})
        _restrict(page, question, (_FIRST_ROW, column, max(last, _FIRST_ROW), column))
    for row, (code, name) in enumerate(sheet.respondents, start=_FIRST_ROW):
        page.write_string(row, 0, printed_code(code), formats["fixed"])
        page.write_string(row, 1, name, formats["fixed"])
        for column, question in enumerate(sheet.questions, start=2):
            text = sheet.cells.get((code, question.id), "")
            _write_answer(page, row, column, text, formats["open"])
    page.set_column(0, 0, 10)
    page.set_column(1, 1 + len(sheet.questions), _WIDTH)
    page.freeze_panes(_FIRST_ROW, 2)
    _protect(page, sheet)


def _write_single(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page, formats = book.add_worksheet(SINGLE), _formats(book)
    code, name = sheet.respondents[0]
    for row, (label, text) in enumerate((("団体コード", printed_code(code)), ("市町村名", name))):
        page.write_string(row, 1, label, formats["head"])
        page.write_string(row, 2, text, formats["fixed"])
    for column, label in ((2, "回答"), (3, "選択肢・書き方")):
        page.write_string(3, column, label, formats["head"])
    for row, question in enumerate(sheet.questions, start=4):
        label = sheet.headers.get(question.id, question.label)
        page.write_string(row, 0, question.id, formats["id"])
        page.write_string(row, 1, label, formats["head"])
        _write_answer(page, row, 2, sheet.cells.get((code, question.id), ""), formats["open"])
        page.write_string(row, 3, _hint(question))
        page.write_comment(row, 1, _explained(question), {"x_scale": 2.5})
        _restrict(page, question, (row, 2, row, 2))
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 44)
    page.set_column(2, 2, 30)
    page.set_column(3, 3, 70)
    page.freeze_panes(4, 0)
    _protect(page, sheet)


def _write_answer(page: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    if text:
        page.write_string(row, column, text, style)
    else:
        page.write_blank(row, column, None, style)


def _restrict(page: Worksheet, question: Question, place: tuple[int, int, int, int]) -> None:
    words = choices(question)
    if question.type in ("bool", "enum") and len(",".join(words)) <= _LONGEST_LIST:
        source = [*words, "－"]
        options = {"validate": "list", "source": source, "error_type": "warning"}
        page.data_validation(*place, options)


def _hint(question: Question) -> str:
    if question.allowed:
        joined = "（複数は ; でつなぐ）" if question.type == "multi" else ""
        return f"選択肢{joined}：{'・'.join(choices(question))}"
    return f"書き方：{type_label(question.type)}"


def _explained(question: Question) -> str:
    lines = [question.label, f"記号：{question.id}", _hint(question)]
    lines.append("該当なしは「－」、答えないときは空のままにします。0 とは区別します。")
    return "\n".join(lines)


def _protect(page: Worksheet, sheet: Sheet) -> None:
    if sheet.locked:
        page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_definitions(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page, formats = book.add_worksheet(DEFINITIONS), _formats(book)
    _write_mark(page, sheet.target)
    table = definition_table(sheet.target.survey_id, framework=sheet.target.framework)
    for column, label in enumerate(table.columns):
        page.write_string(_HEADER_ROW, column, label, formats["head"])
    for row, record in enumerate(table.itertuples(index=False), start=_HEADER_ROW + 1):
        for column, text in enumerate(record):
            page.write_string(row, column, str(text))
    page.set_column(0, 0, 24)
    page.set_column(1, 3, 40)
    page.protect()
