"""What titles, notes and headers of a care managers' form say that changes what its counts mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from surveys.discharge_cells import CountSheet
from surveys.discharge_wording import is_of_which
from surveys.header_asides import is_scaled, split_aside
from surveys.named_years import fiscal_years_in
from surveys.problems import Problem
from surveys.sheet_titles import title_problems
from surveys.tables import PrintedCell, SurveyTable, TableColumn
from surveys.wording import normal

_PARTIAL = re.compile(r"抽出|標本|再掲|試行|参考値|仮集計|暫定|推計|モデル(地区|事業)|一部の")
_EXTENT = re.compile(r"[上下]半期|四半期|速報|見込|月平均|累計")
_SCALED = re.compile(r"単位[:は]?[十百千万億割%][件人回名]?")
UNIT, SCALED = "単位", "件数が「{}」で書かれています。"
_OF_A_YEAR, _OF_ALL = "この年度1年分の回答か", "この年度の月ごとの件数の全部か"
_RULE = "表題"
_ACTION = "件数の全部かを確かめ、違うシートや表は消してから選び直してください。"
REWRITE = "1件を単位に書き直して選び直してください。"


def discharge_title_problems(
    sheets: Sequence[CountSheet],
    *,
    file: str,
    fiscal_year: int,
    names: Mapping[str, str],
    own: str,
) -> list[Problem]:
    """Return what the texts outside the counts say of unit, extent, year and prefecture.

    names are those of the prefectures by code, own the one whose health centres were read.
    """
    tables = [
        SurveyTable(found.name, [], titles=[*found.texts, *found.remarks])
        for found in sheets
        if found.cells
    ]
    found = title_problems(
        tables,
        file=file,
        fiscal_year=fiscal_year,
        prefectures=names.values(),
        own=names.get(own, ""),
    )
    found = [
        replace(one, message=one.message.replace(_OF_A_YEAR, _OF_ALL), action=_ACTION)
        if _OF_A_YEAR in one.message
        else one
        for one in found
    ]
    places = [("", PrintedCell(file, ""))]
    for table in tables:
        places.append((table.sheet, PrintedCell(table.sheet, "")))
        places += [(table.sheet, title) for title in table.titles]
    found += [one for sheet, cell in places for one in _of_text(cell, file=file, sheet=sheet)]
    return list(dict.fromkeys(found))


def _of_text(cell: PrintedCell, *, file: str, sheet: str) -> list[Problem]:
    if unit := scaled_unit(TableColumn(0, (cell.text,), cell.cell)):
        message = SCALED.format(unit)
        return [Problem("error", UNIT, message, REWRITE, file, sheet, cell.cell, cell.text)]
    if partial := _PARTIAL.search(normal(cell.text)):
        message = f"「{partial[0]}」とあります。件数の全部かを確かめてください。"
        return [Problem("warning", _RULE, message, _ACTION, file, sheet, cell.cell, cell.text)]
    return []


def narrowing(column: TableColumn, *, fiscal_year: int) -> str:
    """Return the words of a header that give another unit or year, or only a part of the counts."""
    if unit := scaled_unit(column):
        return unit
    for level in column.levels:
        years = fiscal_years_in(level, short=True)
        if fiscal_year and years and fiscal_year not in years:
            return level
    for level in (normal(text) for text in column.levels if not is_of_which(text)):
        if found := _PARTIAL.search(level) or _EXTENT.search(level):
            return found[0]
    return ""


def scaled_unit(column: TableColumn) -> str:
    """Return the unit of a header that counts in thousands, per cent and the like."""
    for level in column.levels:
        for text in (level, split_aside(level)[1]):
            if is_scaled(text):
                return text
        if found := _SCALED.search(normal(level)):
            return found[0]
    return ""
