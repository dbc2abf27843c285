"""The plain tables that an upload can bring beside answers, told by their header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.extract import Extract, area_membership, common_table
from data.extract.delimited import plain
from data.extract.own_layout import HEAD_ROWS, OwnTable, as_text, own_table
from surveys.content import SheetContent
from surveys.uploads import ReadFile

CSV = "CSV"
_BRACES = str.maketrans("{}", "()")


@dataclass(frozen=True)
class TableKind:
    """A layout of ours: its columns, and how a table of it becomes an extract."""

    key: str
    columns: tuple[str, ...]
    extract: Callable[[OwnTable], Extract]


@dataclass(frozen=True)
class FoundTable:
    """A table on a sheet of an uploaded file."""

    kind: TableKind
    sheet: SheetContent
    table: OwnTable


KINDS = (
    TableKind("common_table", common_table.COLUMNS, common_table.from_own),
    TableKind("area_membership", area_membership.COLUMNS, area_membership.from_own),
)


def find_table(sheet: SheetContent) -> FoundTable | None:
    """Return the table of a sheet, none where it has the header of no layout."""
    kind = _kind(sheet)
    if kind is None:
        return None
    lines = [as_text(row) for row in sheet.rows]
    names = {plain(name): name for name in kind.columns}
    for number, row in enumerate(lines[:HEAD_ROWS]):
        lines[number] = [names.get(plain(cell), cell) for cell in row]
    place = "行 {}" if sheet.name == CSV else sheet.name.translate(_BRACES) + " {}行"
    table = own_table(lines, columns=kind.columns, place=place)
    return FoundTable(kind, sheet, table) if table else None


def _kind(sheet: SheetContent) -> TableKind | None:
    """Tell the layout by the first lines alone, since it is asked at every action."""
    for row in sheet.rows[:HEAD_ROWS]:
        printed = {plain(cell) for cell in row if isinstance(cell, str)}
        for kind in KINDS:
            if printed >= set(map(plain, kind.columns)):
                return kind
    return None


def kind_of(read: Sequence[ReadFile]) -> TableKind | None:
    """Return the layout of the first table in the files, none where they hold answers only."""
    found = (_kind(sheet) for file in read for sheet in file.sheets)
    return next(filter(None, found), None)
