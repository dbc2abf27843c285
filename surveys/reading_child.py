"""The process in which one workbook is opened; it may die without harm to anyone."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from surveys.cell_looks import show_looks
from surveys.container import Container, check_kind
from surveys.content import Cell, SheetContent, to_json
from surveys.limits import Limits
from surveys.part_scan import PartNotes, PartScan
from surveys.refusals import WorkbookRefused, refused
from surveys.struck_text import Run
from surveys.style_scan import CellStyle, StyleScan
from surveys.wide_sheets import WIDEST, is_wide, narrowed

_SHEET_FOLDER = "xl/"
_WORKBOOK = "xl/workbook.xml"
_STYLES, _TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
_FIRST = (_WORKBOOK, _STYLES, _TEXTS)
_XML = (".xml", ".rels", ".vml")


def main() -> None:
    """Read limits (one JSON line) and a workbook from standard input; write sheets or a refusal."""
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    hold(limits)
    content = sys.stdin.buffer.read()
    try:
        answer = to_json(read_sheets(content, limits=limits))
    except WorkbookRefused as refusal:
        answer = json.dumps({"code": refusal.code, "cell": refusal.cell}).encode("ascii")
    sys.stdout.buffer.write(answer)


def read_sheets(content: bytes, *, limits: Limits) -> list[SheetContent]:
    """Check the container and every XML part, then read the worksheets."""
    check_kind(content, limits=limits)
    container = Container(content, limits=limits)
    widest = limits.columns
    parts = Parts()
    for name in sorted(container.names(), key=lambda name: (name not in _FIRST, name != _WORKBOOK)):
        if name.lower().endswith(_XML):
            parts.scan(name, container, limits)
            if name == _WORKBOOK and any(is_wide(sheet) for sheet, _ in parts.sheets()):
                limits = replace(limits, columns=WIDEST)
        else:
            for _ in container.chunks(name):
                pass
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            _sheet(book, meta.name, meta.visible, parts, widest)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except CalamineError as error:
        raise refused("broken") from error
    if not sheets:
        raise refused("no_sheet")
    return sheets


class Parts:
    """What the XML parts of a workbook say beside its values."""

    def __init__(self) -> None:
        self._notes: dict[str, PartNotes] = {}
        self._texts: dict[str, list[Run]] = {}
        self.styles: dict[str, CellStyle] = {}

    def scan(self, name: str, container: Container, limits: Limits) -> None:
        """Check one part; styles and shared texts come before the sheets that use them."""
        if name == _STYLES:
            styles = StyleScan(limits=limits)
            self._notes[name] = styles.run(container.chunks(name))
            self.styles = styles.styles()
            return
        scan = PartScan(limits=limits, styles=self.styles, shared=self._texts)
        self._notes[name] = scan.run(container.chunks(name))
        if name == _TEXTS:
            self._texts = self._notes[name].runs

    def sheets(self) -> list[tuple[str, str]]:
        """Return the names of the sheets and the keys of their parts."""
        return self._notes[_WORKBOOK].sheets

    def of_sheet(self, name: str) -> PartNotes:
        """Return the notes of a sheet by its name, through the relationships of the workbook."""
        targets = self._notes.get("xl/_rels/workbook.xml.rels", PartNotes()).targets
        target = targets.get(dict(self.sheets()).get(name, ""), "")
        path = target.lstrip("/") if target.startswith("/") else _SHEET_FOLDER + target
        if path not in self._notes:
            raise refused("structure")
        return self._notes[path]


def _sheet(
    book: CalamineWorkbook, name: str, visible: SheetVisibleEnum, parts: Parts, widest: int
) -> SheetContent:
    sheet, notes = book.get_sheet_by_name(name), parts.of_sheet(name)
    values = sheet.to_python(skip_empty_area=False)
    unseen = show_looks(values, notes, parts.styles)
    rows = [[_plain(cell) for cell in row] for row in values]
    if is_wide(name):
        rows = narrowed(rows, columns=widest)
    elif max(map(len, rows), default=0) > widest:
        raise refused("too_large")
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    return SheetContent(
        name=name,
        rows=rows,
        hidden=visible != SheetVisibleEnum.Visible,
        merged=merged,
        hidden_rows=notes.hidden_rows,
        hidden_columns=notes.hidden_columns,
        errors=notes.errors,
        uncached=notes.uncached,
        faint=unseen.faint,
        dashed=unseen.dashed,
        percentages=unseen.percentages,
        hides_zeros=notes.hides_zeros,
    )


def _plain(cell: object) -> Cell:
    if isinstance(cell, (str, bool, float)):
        return cell
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return float(cell) if isinstance(cell, int) else _duration(cell)


def _duration(cell: object) -> str:
    return str(cell) if isinstance(cell, timedelta) else ""


def hold(limits: Limits) -> None:
    """Bound this process from within where the system can (not on Windows)."""
    if find_spec("resource") is None:
        return
    import resource  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
