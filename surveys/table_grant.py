"""The national table of the incentive grant on its way in."""

from __future__ import annotations

import re

from data.errors import UnreadableFile
from data.extract import RowIssue
from data.extract.incentive_grant import from_rows
from data.harmonise.area_index import AreaIndex
from data.harmonise.incentive_grant import NO_SCORE, UNKNOWN, harmonise_incentives
from surveys.checked_table import CheckedTable
from surveys.content import SheetContent
from surveys.problems import Level, Problem

_LEVELS: dict[str, Level] = {NO_SCORE: "mended", UNKNOWN: "warning"}
_ACTIONS = {
    "mended": "",
    "warning": "名前を確かめてください。",
    "error": "元の表を確かめてください。",
}


def check_grant(sheet: SheetContent, *, file: str, areas: AreaIndex) -> CheckedTable:
    """Return the points of every municipality, and what stands in the way of the others."""
    try:
        extract = from_rows(sheet.rows, sheet=sheet.name)
    except UnreadableFile as error:
        wrong = Problem("error", "見出し", error.message, error.action, file, sheet.name)
        return CheckedTable(problems=[wrong])
    made = harmonise_incentives(extract, source_id="", areas=areas)
    return CheckedTable(
        measures=made.tables["measure"].drop(columns="source_id").assign(file=file),
        problems=[_problem(issue, file=file, sheet=sheet.name) for issue in made.issues],
        cited={"vintage": extract.vintage},
    )


def _problem(issue: RowIssue, *, file: str, sheet: str) -> Problem:
    level = _LEVELS.get(issue.reason, "error")
    row = re.sub(r"\D", "", issue.source_ref.rpartition(" ")[2])
    return Problem(
        level, "市町村", issue.reason, _ACTIONS[level], file, sheet, f"A{row}", issue.found
    )
