"""Collected survey forms: one sheet 回答 with a row for each respondent (our own layout)."""

from __future__ import annotations

import hashlib
import re
from typing import Any, get_args

import pandas as pd

from data.catalogue.survey import Framework
from data.era import fiscal_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.doubtful_cells import as_seen
from data.extract.form_sheets import form_head, is_form_sheet
from data.extract.sheets import sheet_rows

NAME = "在宅医療・介護連携推進事業 実施状況調査（回答一覧）"
SOURCE_KEYS = {"municipal_form": "survey_municipal", "prefectural_form": "survey_prefectural"}
SHEET = "回答"

_FIRST_YEARS = {"平成": 1988, "令和": 2018}
_HEADER_ROW, _FIRST_ROW = 5, 6
_RESPONDENT = ("area_code", "area_name", "response")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the sheet 回答 and its first cell."""
    return is_form_sheet(file, head, sheet=SHEET)


def read(file: RawFile) -> Extract:
    """Read the answers in long form, as printed, and the form that they belong to."""
    rows = as_seen(file.path, SHEET, sheet_rows(file.path, SHEET))
    form = _form(rows, file)
    questions = {
        column: plain(cell)
        for column, cell in enumerate(rows[_HEADER_ROW])
        if plain(cell) and plain(cell) not in _RESPONDENT
    }
    answers, issues = _answers(rows, questions)
    respondents = answers["area_code"].nunique()
    frames = {"answers": answers, "form": pd.DataFrame([form])}
    source_key = SOURCE_KEYS[str(form["survey_id"])]
    vintage = f"{fiscal_year_label(int(str(form['fiscal_year'])))}調査"
    return Extract(NAME, source_key, vintage, frames, respondents, issues)


def _form(rows: list[list[Any]], file: RawFile) -> dict[str, object]:
    head = form_head(rows)
    survey_id = head.get("様式", "")
    if survey_id not in SOURCE_KEYS:
        raise UnreadableFile(
            f"様式「{survey_id}」はありません。",
            action=f"B1 に {' か '.join(SOURCE_KEYS)} と書いてください。"
            "そのほかの調査は、画面の「調査の取り込み」から入れます。",
            file=file.name,
            sheet=SHEET,
            cell="B1",
        )
    framework = head.get("枠組", "").lower()
    if framework not in get_args(Framework):
        raise UnreadableFile(
            f"枠組「{head.get('枠組', '')}」はありません。",
            action=f"B2 に {' か '.join(get_args(Framework))} と書いてください。",
            file=file.name,
            sheet=SHEET,
            cell="B2",
        )
    if len(rows) <= _FIRST_ROW:
        raise UnreadableFile("回答が0件です。", file=file.name, sheet=SHEET)
    return {
        "survey_id": survey_id,
        "framework": framework,
        "fiscal_year": _year(head.get("年度", ""), file),
        "file_name": file.name,
        "sha256": hashlib.sha256(file.path.read_bytes()).hexdigest(),
        "source_ref": f"{SHEET}!B1",
    }


def _year(text: str, file: RawFile) -> int:
    found = re.match(r"(平成|令和)?(元|\d+)(?:\.0)?(?:年度?)?$", text)
    if not found:
        raise UnreadableFile(
            f"年度「{text}」を読み取れません。",
            action="B3 に 2024 のように西暦で書いてください。",
            file=file.name,
            sheet=SHEET,
            cell="B3",
        )
    number = 1 if found[2] == "元" else int(found[2])
    return _FIRST_YEARS.get(found[1] or "", 0) + number


def _answers(
    rows: list[list[Any]], questions: dict[int, str]
) -> tuple[pd.DataFrame, list[RowIssue]]:
    ids = [plain(cell) for cell in rows[_HEADER_ROW]]
    records: list[tuple[str, ...]] = []
    issues: list[RowIssue] = []
    seen: set[str] = set()
    for line, row in enumerate(rows[_FIRST_ROW:], start=_FIRST_ROW + 1):
        cells = [_text(cell) for cell in row]
        who = {name: cells[ids.index(name)] if name in ids else "" for name in _RESPONDENT}
        if not any(cells):
            continue
        if not who["area_code"] or who["area_code"] in seen:
            reason = "団体コードが重複" if who["area_code"] else "団体コードがない行（合計など）"
            found = who["area_code"] or who["area_name"]
            issues.append(
                RowIssue(f"{SHEET}!A{line}", "area_code", found, f"{reason}のため除きました。")
            )
            continue
        seen.add(who["area_code"])
        records += [
            (*who.values(), question, cells[column], f"{SHEET}!{_letters(column)}{line}")
            for column, question in questions.items()
        ]
    columns = [*_RESPONDENT, "question_id", "value", "source_ref"]
    return pd.DataFrame(records, columns=columns, dtype="str"), issues


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
