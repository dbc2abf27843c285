"""Care managers' survey of admissions and discharges: a row a health-centre area and month."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

import pandas as pd

from data.era import fiscal_year_label, read_period
from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.delimited import plain
from data.extract.doubtful_cells import as_seen
from data.extract.form_sheets import form_head, is_form_sheet
from data.extract.sheets import sheet_rows

NAME = "ケアマネジャー入退院調査（保健所・月別）"
SURVEY_ID = "discharge_form"
SHEET = "入退院"
RESPONDENT = ("area_code", "area_name", "month")
FIRST_YEAR = 2015  # the programme began
_HEADER_ROW, _FIRST_ROW = 5, 6


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the sheet 入退院 and its first cell."""
    return is_form_sheet(file, head, sheet=SHEET)


def read(file: RawFile) -> Extract:
    """Read the counts in long form, as printed, and the year that they belong to."""
    rows = as_seen(file.path, SHEET, sheet_rows(file.path, SHEET))
    year = fiscal_year_of(form_head(rows), file.name)
    ids = [plain(cell) for cell in rows[_HEADER_ROW]] if len(rows) > _FIRST_ROW else []
    missing = [name for name in RESPONDENT if name not in ids]
    if missing:
        raise UnreadableFile(
            f"6行目に {'、'.join(missing)} の列がないか、回答が0件です。",
            action="6行目に設問の記号、7行目から保健所と月ごとの件数を書いてください。",
            file=file.name,
            sheet=SHEET,
            cell="A6",
        )
    counts = _counts(rows, ids)
    form = {
        "survey_id": SURVEY_ID,
        "fiscal_year": year,
        "file_name": file.name,
        "sha256": hashlib.sha256(file.path.read_bytes()).hexdigest(),
        "source_ref": f"{SHEET}!B1",
    }
    frames = {"counts": counts, "form": pd.DataFrame([form])}
    respondents = int(counts["area_code"].nunique())
    vintage = f"{fiscal_year_label(year)}調査"
    return Extract(NAME, "survey_discharge", vintage, frames, respondents)


def fiscal_year_of(head: dict[str, str], name: str) -> int:
    """Return the year that the lines above the table say; UnreadableFile when they do not."""
    survey_id, printed = head.get("様式", ""), head.get("年度", "")
    if survey_id != SURVEY_ID:
        raise UnreadableFile(
            f"様式「{survey_id}」はありません。",
            action=f"B1 に {SURVEY_ID} と書いてください。",
            file=name,
            sheet=SHEET,
            cell="B1",
        )
    period = read_period(re.sub(r"\.0$|年度?$", "", unicodedata.normalize("NFKC", printed)))
    if period is None or int(period) < FIRST_YEAR:
        raise UnreadableFile(
            f"年度「{printed}」を読み取れないか、{FIRST_YEAR}年度より前です。",
            action="B2 に 2024 のように西暦で書いてください。",
            file=name,
            sheet=SHEET,
            cell="B2",
        )
    return int(period)


def _counts(rows: list[list[Any]], ids: list[str]) -> pd.DataFrame:
    """Return one row per health-centre area, month and question; rows without a code are notes."""
    records = []
    for line, row in enumerate(rows[_FIRST_ROW:], start=_FIRST_ROW + 1):
        cells = dict(zip(ids, map(_text, row), strict=False))
        if not cells.get("area_code"):
            continue
        who = [cells.get(name, "") for name in RESPONDENT]
        for column, question in enumerate(ids):
            if question and question not in RESPONDENT:
                ref = f"{SHEET}!{chr(ord('A') + column)}{line}"
                records.append((*who, question, cells.get(question, ""), ref))
    columns = [*RESPONDENT, "question_id", "value", "source_ref"]
    return pd.DataFrame(records, columns=columns, dtype="str")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
