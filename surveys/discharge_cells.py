"""Every count of a foreign sheet with what its row, its column and the titles say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from surveys.cells import address
from surveys.content import SheetContent
from surveys.discharge_headings import is_number, says_nothing
from surveys.discharge_labels import column_labels, row_labels, with_year
from surveys.discharge_layout import Block, Layout, layouts_of
from surveys.discharge_wording import CARE, FLOWS, care_in, flow_in, read_wording
from surveys.grid import SheetGrid
from surveys.health_centres import HealthCentres
from surveys.month_labels import MonthLabel, is_provisional, month_in
from surveys.month_runs import name_months
from surveys.tables import PrintedCell, TableColumn

_NOWHERE = PrintedCell("", "")


@dataclass(frozen=True)
class CountCell:
    """One printed count; total is the label of the sum that it is, blank for a count itself."""

    printed: PrintedCell
    header: TableColumn
    code: PrintedCell
    zone: PrintedCell
    month: MonthLabel | None
    total: str
    is_part: bool
    block: str
    row: int
    year: str = ""


@dataclass
class CountSheet:
    """The counts of one sheet, the titles and other texts around them, and numbers in no table."""

    name: str
    cells: list[CountCell] = field(default_factory=list)
    texts: list[PrintedCell] = field(default_factory=list)
    remarks: list[PrintedCell] = field(default_factory=list)
    months: list[tuple[PrintedCell, str]] = field(default_factory=list)
    unread: list[PrintedCell] = field(default_factory=list)
    merged: list[PrintedCell] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)


def count_cells(sheet: SheetContent, *, file: str, centres: HealthCentres) -> CountSheet:
    """Unfold the tables of a sheet, whatever stands down and whatever across.

    The names of sheet and file say what the titles leave open.
    """
    grid = SheetGrid(sheet, centres)
    found = CountSheet(sheet.name)
    found.months = [
        (PrintedCell(text, address(*place)), meant) for place, text, meant in name_months(grid)
    ]
    number = 0
    layouts = layouts_of(grid, centres)
    for layout in layouts:
        found.texts += layout.aside
        for block in layout.blocks:
            number += 1
            around = _Around(block.context, centres, found, file.rpartition(".")[0])
            found.texts += block.context
            found.cells += map(around.complete, _of_block(layout, block, f"{sheet.name}#{number}"))
    found.merged = _merged_counts(sheet, found.cells)
    found.remarks = _remarks(grid, layouts, found)
    found.unread = _unread(grid, layouts, found)
    return found


def _of_block(layout: Layout, block: Block, number: str) -> Iterable[CountCell]:
    columns = column_labels(layout, block)
    rows = row_labels(layout, block)
    for row, down in rows.items():
        for column, across in columns.items():
            text = layout.grid.printed[row][column]
            words = (*down.words, *across.words)
            place = across.cell or address(row, column)
            if down.words and not across.words:
                place = down.cell
            total = down.total or across.total
            month = down.month or across.month
            if down.month and across.month and down.month != across.month:
                month = None
            yield CountCell(
                PrintedCell(text, address(row, column)),
                TableColumn(column, words, place),
                down.code,
                across.zone if across.zone.text else down.zone,
                month,
                total,
                down.is_part or across.is_part,
                number,
                row,
                down.year or across.year,
            )


class _Around:
    """What the titles above a table and the name of its sheet say of all its counts."""

    def __init__(
        self, context: list[PrintedCell], centres: HealthCentres, found: CountSheet, file: str
    ) -> None:
        sheet = found.name
        self._month = next(filter(None, (month_in(c.text) for c in reversed(context))), None)
        by_sheet = month_in(sheet)
        if self._month and by_sheet and self._month.month != by_sheet.month:
            found.clashes.append(
                f"シートの名前は{by_sheet.month}月、表題は{self._month.month}月です。"
            )
        self._month = self._month or by_sheet
        texts = [found.name, *(cell.text for cell in context)]
        # a sheet for each question says in its name which one it is
        self._named = (sheet,) if read_wording([sheet]).kind else ()
        self._care = next(filter(None, map(care_in, reversed(texts))), "")
        self._flow = next(filter(None, map(flow_in, reversed(texts))), "")
        titled = [zone for cell in context for zone in _zones_in(cell, centres)][-1:]
        named = _zones_in(PrintedCell(sheet, ""), centres)
        self._zone = [_NOWHERE, *_zones_in(PrintedCell(file, ""), centres), *named, *titled][-1]
        codes = {centres.find("", zone.text)[0].code for zone in (*titled, *named)}
        if len(codes - {""}) > 1:
            found.clashes.append("シートの名前と表題で、保健所が違います。")

    def complete(self, cell: CountCell) -> CountCell:
        """Fill in what the row and the column of a count leave open."""
        levels = cell.header.levels or self._named
        wording = read_wording(levels)
        if not wording.flow and wording.kind == "known" and self._flow:
            levels = (FLOWS[self._flow], *levels)
        has_zone = cell.zone.text or cell.code.text or (self._zone.text and not cell.total)
        is_sum_of_levels = cell.total and cell.month and has_zone
        if levels and not care_in("".join(levels)) and self._care and not is_sum_of_levels:
            levels = (CARE[self._care], *levels)
        month = cell.month or (None if cell.total else self._month)
        return replace(
            cell,
            header=replace(cell.header, levels=levels),
            month=with_year(month, cell.year) if month else None,
            zone=cell.zone if cell.zone.text or cell.code.text else self._zone,
        )


def _zones_in(cell: PrintedCell, centres: HealthCentres) -> list[PrintedCell]:
    """Return the health centres that a title or the name of a sheet speaks of."""
    pieces = [cell.text, *re.split(r"[：:_]", cell.text), *re.split(r"[：:_\s]", cell.text)]
    found = [piece for piece in pieces if centres.is_office(piece)]
    known = [piece for piece in found if centres.is_named(piece)]
    codes = {centres.find("", piece)[0].code for piece in known}
    first = next((cell.text.index(piece) for piece in known if piece in cell.text), 0)
    if found and (len(codes) > 1 or centres.is_branch(cell.text[first:])):
        return [PrintedCell(cell.text[first:], cell.cell)]
    return [PrintedCell([*known, found[-1]][0], cell.cell)] if found else []


def _merged_counts(sheet: SheetContent, cells: list[CountCell]) -> list[PrintedCell]:
    """Return the counts that are printed once in a cell joined over several."""
    tops = {
        address(top, left)
        for top, left, bottom, right in sheet.merged
        if (bottom, right) != (top, left)
    }
    return [one.printed for one in cells if one.printed.cell in tops and one.printed.text]


def _remarks(grid: SheetGrid, layouts: list[Layout], found: CountSheet) -> list[PrintedCell]:
    """Return the texts beside titles and rows: units, notes, months whose counts may change."""
    heads = {row for one in layouts for block in one.blocks for row in block.headers}
    bodies = {row for one in layouts for block in one.blocks for row in block.body}
    return [
        cell
        for row, texts in enumerate(grid.printed)
        for column, text in enumerate(texts)
        if text and not is_number(text)
        if is_provisional(text) or (row not in bodies and (row not in heads or says_nothing(text)))
        if (cell := PrintedCell(text, address(row, column))) not in found.texts
    ]


def _unread(grid: SheetGrid, layouts: list[Layout], found: CountSheet) -> list[PrintedCell]:
    """Return the numbers that stand in no table and beside no title."""
    read = {cell.printed.cell for cell in found.cells}
    read |= {cell.cell for layout in layouts for cell in layout.aside}
    labels = {c for layout in layouts for c in layout.labels}
    heads = {row for one in layouts for block in one.blocks for row in block.headers}
    return [
        PrintedCell(text, address(row, column))
        for row, texts in enumerate(grid.printed)
        for column, text in enumerate(texts)
        if is_number(text)
        and column not in labels
        and row not in heads
        and address(row, column) not in read
    ]
