"""An export of the 「見える化」 system on its way in."""

from __future__ import annotations

from collections.abc import Sequence

from data.extract import RowIssue
from data.extract.mieruka_export import NO_ROWS, from_rows, is_export
from data.extract.mieruka_repeats import repeats
from data.harmonise.area_index import AreaIndex
from data.harmonise.mieruka_export import (
    NO_CODE,
    NO_INDICATOR,
    NO_TIME,
    NOT_COMPARABLE,
    harmonise_mieruka,
)
from data.harmonise.mieruka_places import ELSEWHERE, NO_PREFECTURE, UNKNOWN
from surveys.checked_table import CheckedTable
from surveys.content import SheetContent
from surveys.problems import Level, Problem
from surveys.uploads import ReadFile

# what is left out as the layout has it is told, and what may be a slip has to be confirmed
_TOLD = (NO_INDICATOR, NO_TIME, NOT_COMPARABLE)
_CONFIRMED = (ELSEWHERE, UNKNOWN)
_ACTIONS = {
    NO_CODE: "名前を直して入れ直してください。",
    NO_PREFECTURE: "画面の上の「地域」で都道府県か市区町村を選んでください。",
}
_CHECK = "名前と範囲を確かめてください。"
_SOURCE = "元の書き出しを確かめてください。"


def check_mieruka(
    sheet: SheetContent, *, file: str, areas: AreaIndex, prefecture: str
) -> CheckedTable:
    """Return the quantities of one export, and what of it is not used."""
    extract = from_rows(sheet.rows, sheet=sheet.name, file=file)
    if not extract.frames:
        why = extract.issues[0].reason
        empty = Problem("error", "値の行", NO_ROWS, why.removeprefix(NO_ROWS), file, sheet.name)
        return CheckedTable(problems=[empty])
    made = harmonise_mieruka(extract, source_id="", areas=areas, prefecture=prefecture)
    found = CheckedTable(cited={"vintage": extract.vintage})
    if "measure" in made.tables:
        found.measures = made.tables["measure"].drop(columns="source_id").assign(file=file)
    found.problems = [_problem(issue, file=file, sheet=sheet.name) for issue in made.issues]
    return found


def repeated_exports(read: Sequence[ReadFile]) -> dict[str, str]:
    """Return the files that repeat an export of the others, and the one used for each."""
    found = {
        file.name: from_rows(sheet.rows, sheet=sheet.name, file=file.name)
        for file in read
        for sheet in file.sheets
        if is_export(sheet.rows, sheet=sheet.name)
    }
    return repeats(found)


def _problem(issue: RowIssue, *, file: str, sheet: str) -> Problem:
    level: Level = "error"
    if issue.reason in _TOLD:
        level = "mended"
    if issue.reason in _CONFIRMED or (issue.field, issue.reason) == ("指標", NO_INDICATOR):
        level = "warning"
    action = _ACTIONS.get(issue.reason, {"mended": "", "warning": _CHECK}.get(level, _SOURCE))
    cell = issue.source_ref.rpartition(" ")[2]
    return Problem(level, issue.field, issue.reason, action, file, sheet, cell, issue.found)
