"""The plain tables that an upload can bring beside answers, told by their header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_cell_to_rowcol

from data.accepted.table_record import TABLE_LABELS
from data.catalogue import load_catalogue
from data.extract import (
    area_membership,
    common_table,
    discharge_workbook,
    incentive_grant,
    mieruka_export,
)
from data.extract.delimited import plain
from data.extract.own_layout import HEAD_ROWS, OwnTable, as_text, own_table
from surveys.content import SheetContent
from surveys.uploads import ReadFile

CSV = "CSV"
_BRACES = str.maketrans("{}", "()")
_RESPONDENT = {
    "保健所コード": "area_code",
    "圏域コード": "area_code",
    "区域コード": "area_code",
    "保健所": "area_name",
    "保健所名": "area_name",
    "区域名": "area_name",
    "月": "month",
    "調査月": "month",
    "年月": "month",
}


@dataclass(frozen=True)
class TableKind:
    """A layout of ours: the columns that tell it, and what other headers mean one of them."""

    key: str
    columns: tuple[str, ...]
    synonyms: Callable[[], dict[str, str]]

    @property
    def label(self) -> str:
        """What the layout is called."""
        return table_labels()[self.key]


@dataclass(frozen=True)
class FoundTable:
    """A table on a sheet of an uploaded file, with its columns in the order of its rows."""

    kind: TableKind
    sheet: SheetContent
    columns: tuple[str, ...]
    table: OwnTable


def table_labels() -> dict[str, str]:
    """Return what each import that is no questionnaire is called, by its key."""
    survey_id = discharge_workbook.SURVEY_ID
    return {**TABLE_LABELS, survey_id: load_catalogue().surveys[survey_id].label}


def _of_discharge() -> dict[str, str]:
    questions = load_catalogue().surveys[discharge_workbook.SURVEY_ID].questions
    labels = {plain(question.label): question.id for question in questions}
    return labels | {question.id: question.id for question in questions} | _RESPONDENT


KINDS = (
    TableKind("common_table", common_table.COLUMNS, dict),
    TableKind("area_membership", area_membership.COLUMNS, dict),
    TableKind(discharge_workbook.SURVEY_ID, discharge_workbook.RESPONDENT, _of_discharge),
)


# told by the name of its sheet; its header is read by incentive_grant
GRANT = TableKind(incentive_grant.SOURCE_KEY, (), dict)
# told by its first cell; the rest of its layout is read by mieruka_export
MIERUKA = TableKind(mieruka_export.SOURCE_KEY, (), dict)
_EMPTY = OwnTable(head={}, rows=[], places=[], numbers=[], positions=[])


def find_table(sheet: SheetContent) -> FoundTable | None:
    """Return the table of a sheet, none where it has the header of no layout.

    Where a header is printed in words and again in identifiers, the lower line counts.
    """
    if published := _published(sheet):
        return FoundTable(published, sheet, (), _EMPTY)
    header = _header(sheet)
    if header is None:
        return None
    kind, at, names = header
    lines = _lines(sheet)
    others = (name for name in names if name and name not in kind.columns)
    columns = (*kind.columns, *dict.fromkeys(others))
    lines[at] = names
    for above in range(at):  # a line of labels above is no header and no row
        if set(lines[above]) >= set(columns):
            lines[above] = []
    place = "行 {}" if sheet.name == CSV else sheet.name.translate(_BRACES) + " {}行"
    table = own_table(lines, columns=columns, place=place)
    return FoundTable(kind, sheet, columns, table) if table else None


def _lines(sheet: SheetContent) -> list[list[str]]:
    """Return the cells as text, percentages as they are printed."""
    lines = [as_text(row) for row in sheet.rows]
    for cell in sheet.percentages:
        row, column = xl_cell_to_rowcol(cell)
        value = sheet.rows[row][column]
        if isinstance(value, float):
            lines[row][column] = f"{value * 100:.12g}%"
    return lines


def _published(sheet: SheetContent) -> TableKind | None:
    """Return the layout of a publisher's table that has a reader of its own."""
    if incentive_grant.is_sheet(sheet.name):
        return GRANT
    return MIERUKA if mieruka_export.is_export(sheet.rows, sheet=sheet.name) else None


def _header(sheet: SheetContent) -> tuple[TableKind, int, list[str]] | None:
    """Tell the layout by the first lines alone, since it is asked at every action."""
    found: tuple[TableKind, int, list[str]] | None = None
    for number, row in enumerate(sheet.rows[:HEAD_ROWS]):
        for kind in KINDS if found is None else (found[0],):
            names = _names(kind, [plain(cell) for cell in row if isinstance(cell, str)])
            if names >= set(kind.columns) and (found is None or number == found[1] + 1):
                found = (kind, number, _in_order(kind, row))
    return found


def _names(kind: TableKind, printed: list[str]) -> set[str]:
    own = {plain(name): name for name in kind.columns} | kind.synonyms()
    return {own[text] for text in printed if text in own}


def _in_order(kind: TableKind, row: Sequence[object]) -> list[str]:
    own = {plain(name): name for name in kind.columns} | kind.synonyms()
    return [own.get(plain(cell), "") for cell in row]


def kind_of(read: Sequence[ReadFile]) -> TableKind | None:
    """Return the layout of the first table in the files, none where they hold answers only."""
    for sheet in (sheet for file in read for sheet in file.sheets):
        if published := _published(sheet):
            return published
        if header := _header(sheet):
            return header[0]
    return None
