"""Cells whose value is not what is seen: errors, formulas without a result, per cent."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from xlsxwriter.utility import xl_cell_to_rowcol

NO_RESULT = "計算結果のない数式"
_BOOK, _LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_BUILT_IN_PERCENT = {"9", "10"}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_START, _END = "start", "end"
_Event = Callable[[str, str, Mapping[str, str]], None]


def as_seen(path: Path, sheet: str, rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows of a sheet with errors, missing results and percentages as they look."""
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if part is None:  # no .xlsx
            return rows
        cells = _Cells(_percent_styles(archive))
        _read(archive, part, cells.event, cells.letters)
    seen = [list(row) for row in rows]
    for (row, column), text in cells.texts.items():
        if row < len(seen) and column < len(seen[row]):
            seen[row][column] = text
    for row, column in cells.percent:
        if row < len(seen) and column < len(seen[row]) and isinstance(seen[row][column], float):
            seen[row][column] = f"{seen[row][column] * 100:.12g}%"
    return seen


def _read(
    archive: zipfile.ZipFile, part: str, event: _Event, letters: Callable[[str], None] | None = None
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, own: event(_START, name.rpartition(" ")[2], own)
    parser.EndElementHandler = lambda name: event(_END, name.rpartition(" ")[2], {})
    if letters:
        parser.CharacterDataHandler = letters
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the part that holds a sheet, through the relationships of the workbook."""
    names = set(archive.namelist())
    if not {_BOOK, _LINKS} <= names:
        return None
    keys: dict[str, str] = {}
    targets: dict[str, str] = {}

    def take(event: str, name: str, own: Mapping[str, str]) -> None:
        if event == _START and name == "sheet":
            key = next((v for k, v in own.items() if k.endswith("relationships id")), "")
            keys[own.get("name", "")] = key
        elif event == _START and name == "Relationship":
            targets[own.get("Id", "")] = own.get("Target", "")

    _read(archive, _BOOK, take)
    _read(archive, _LINKS, take)
    target = targets.get(keys.get(sheet, ""), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in names else None


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles whose format prints a per cent sign."""
    formats: dict[str, bool] = {}
    styles: list[str] = []
    inside: list[str] = []

    def take(event: str, name: str, own: Mapping[str, str]) -> None:
        if name == "cellXfs":
            inside[:] = [name] if event == _START else []
        elif event == _START and name == "numFmt":
            code = _LITERAL.sub("", own.get("formatCode", ""))
            formats[own.get("numFmtId", "")] = "%" in code
        elif event == _START and name == "xf" and inside:
            styles.append(own.get("numFmtId", ""))

    if _STYLES in archive.namelist():
        _read(archive, _STYLES, take)
    return {
        str(number)
        for number, key in enumerate(styles)
        if formats.get(key, key in _BUILT_IN_PERCENT)
    }


class _Cells:
    """What the XML of a sheet says of its cells; a cell without its place follows the last."""

    def __init__(self, percent_styles: set[str]) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self.percent: list[tuple[int, int]] = []
        self._styles = percent_styles
        self._row = self._column = -1
        self._own: Mapping[str, str] = {}
        self._is_formula = self._is_reading = False
        self._value: list[str] = []

    def event(self, event: str, name: str, own: Mapping[str, str]) -> None:
        if event == _END:
            self._is_reading = False
            if name == "c":
                self._close()
        elif name == "row":
            self._row, self._column = int(own.get("r", self._row + 2)) - 1, -1
        elif name == "c":
            place = (self._row, self._column + 1)
            self._row, self._column = xl_cell_to_rowcol(own["r"]) if "r" in own else place
            self._own, self._is_formula, self._value = own, False, []
        elif name == "f":
            self._is_formula = True
        elif name == "v":
            self._is_reading = True

    def letters(self, text: str) -> None:
        if self._is_reading:
            self._value.append(text)

    def _close(self) -> None:
        place, kind = (self._row, self._column), self._own.get("t", "")
        if kind == "e":
            self.texts[place] = "".join(self._value)
        elif self._is_formula and not self._value and kind != "str":
            self.texts[place] = NO_RESULT
        elif self._own.get("s", "") in self._styles:
            self.percent.append(place)
