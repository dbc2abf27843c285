"""The process in which one workbook is opened; it may die without harm to anyone."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from surveys.container import Container, check_kind
from surveys.content import Cell, SheetContent, to_json
from surveys.limits import Limits
from surveys.part_scan import PartNotes, PartScan
from surveys.refusals import WorkbookRefused, refused
from surveys.wide_sheets import WIDEST, is_wide, narrowed

_SHEET_FOLDER = "xl/"
_WORKBOOK = "xl/workbook.xml"
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
    notes: dict[str, PartNotes] = {}
    for name in sorted(container.names(), key=lambda name: name != _WORKBOOK):
        if name.lower().endswith(_XML):
            notes[name] = PartScan(limits=limits).run(container.chunks(name))
            if name == _WORKBOOK and any(is_wide(sheet) for sheet, _ in notes[name].sheets):
                limits = replace(limits, columns=WIDEST)
        else:
            for _ in container.chunks(name):
                pass
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            _sheet(book, meta.name, meta.visible, _notes_of(notes, meta.name), widest)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except CalamineError as error:
        raise refused("broken") from error
    if not sheets:
        raise refused("no_sheet")
    return sheets


def _sheet(
    book: CalamineWorkbook, name: str, visible: SheetVisibleEnum, notes: PartNotes, widest: int
) -> SheetContent:
    sheet = book.get_sheet_by_name(name)
    rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
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
    )


def _notes_of(notes: dict[str, PartNotes], name: str) -> PartNotes:
    """Return the notes of a sheet by its name, through the relationships of the workbook."""
    keys = dict(notes[_WORKBOOK].sheets)
    targets = notes.get("xl/_rels/workbook.xml.rels", PartNotes()).targets
    target = targets.get(keys.get(name, ""), "")
    path = target.lstrip("/") if target.startswith("/") else _SHEET_FOLDER + target
    if path not in notes:
        raise refused("structure")
    return notes[path]


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
