"""The tables of each file of an upload, checked one by one."""

from __future__ import annotations

from data.extract.mieruka_repeats import REPEATED
from surveys.checked_table import CheckedTable
from surveys.discharge_proposal import ForeignReading, is_foreign
from surveys.problems import Problem
from surveys.table_checking import TableCheck
from surveys.table_kinds import MIERUKA, TableKind, find_table
from surveys.table_mieruka import repeated_exports
from surveys.uploads import ReadFile

_OTHER = "この表の様式ではないシートなので読みませんでした。"


def check_files(
    check: TableCheck, kind: TableKind, read: list[ReadFile], foreign: ForeignReading | None
) -> tuple[list[CheckedTable], list[Problem]]:
    """Return what each table of one kind holds, and what is to be said of the files."""
    checked: list[CheckedTable] = []
    problems: list[Problem] = []
    repeated = repeated_exports(read) if kind == MIERUKA else {}
    for file in read:
        if file.name in repeated:
            told = REPEATED.format(repeated[file.name])
            problems.append(Problem("mended", "ファイル", told, "", file.name))
            continue
        if foreign and is_foreign(file):
            checked.append(foreign.run(file))
            problems += checked[-1].problems
            continue
        found = {sheet.name: find_table(sheet) for sheet in file.sheets}
        tables = [one for one in found.values() if one and one.kind == kind]
        if not tables and file.refusal is None:
            message = "ほかのファイルと様式の違うファイルです。"
            action = "このファイルを外し、別に取り込んでください。"
            problems.append(Problem("error", "ファイル", message, action, file.name))
        for one in tables:
            checked.append(check.run(one, file=file.name))
            problems += checked[-1].problems
        if tables:
            problems += [
                Problem("mended", "シート", _OTHER, "", file.name, name)
                for name, one in found.items()
                if one is None or one.kind != kind
            ]
    return checked, problems
