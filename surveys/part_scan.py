"""One pass over the XML of a workbook: what is forbidden, and what the reader would not tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.parsers import expat

from surveys.cells import address, column_number
from surveys.limits import Limits
from surveys.refusals import refused
from surveys.struck_text import Run
from surveys.text_runs import TextRuns

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DDE = re.compile(r"[\w.]+\|.*!")
_FETCHES = re.compile(r"\b(WEBSERVICE|RTD|CALL|REGISTER\.ID)\s*\(", re.IGNORECASE)
_HYPERLINK = "/hyperlink"
_NO_RUNS: Mapping[str, list[Run]] = MappingProxyType({})


@dataclass
class PartNotes:
    """What the XML of one part says beside its values."""

    errors: dict[str, str] = field(default_factory=dict)
    uncached: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    styled: dict[str, str] = field(default_factory=dict)
    runs: dict[str, list[Run]] = field(default_factory=dict)
    hides_zeros: bool = False


class PartScan:
    """A streaming check of one XML part, that builds no tree.

    The cells of the given styles are noted, and the runs of texts whose letters differ, by cell or
    by their place in the list of shared texts, of which those of other parts are given.
    """

    def __init__(
        self,
        *,
        limits: Limits,
        styles: Collection[str] = (),
        shared: Mapping[str, list[Run]] = _NO_RUNS,
    ) -> None:
        self.notes = PartNotes()
        self._limits = limits
        self._depth = self._cells = self._texts = self._row = self._column = 0
        self._cell = self._type = ""
        self._formula: list[str] | None = None
        self._value: list[str] | None = None
        self._text: list[str] | None = None
        self._styles, self._shared = styles, shared
        self._runs = TextRuns()
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._forbid
        self._parser.EntityDeclHandler = self._forbid
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.buffer_text = True
        self._starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "f": self._start_formula,
            "v": self._start_value,
            "si": self._start_shared,
            "is": self._start_inline,
            "r": self._runs.start_run,
            "rPr": self._runs.start_properties,
            "strike": self._runs.strike,
            "vertAlign": self._runs.align,
            "t": self._start_letters,
            "sheetView": self._start_view,
            "col": self._start_column,
            "sheet": self._start_sheet,
            "Relationship": self._start_relationship,
        }
        self._ends = {
            "f": self._end_letters,
            "v": self._end_letters,
            "t": self._end_letters,
            "r": self._runs.end_run,
            "si": self._end_shared,
            "is": self._end_inline,
            "c": self._end_cell,
        }

    def run(self, pieces: Iterable[bytes]) -> PartNotes:
        """Read the part to its end."""
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refused("broken") from error
        return self.notes

    def _forbid(self, *_: object) -> None:
        raise refused("forbidden_markup")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise refused("forbidden_markup")
        start = self._starts.get(name.rpartition(" ")[2])
        if start:
            start(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        end = self._ends.get(name.rpartition(" ")[2])
        if end:
            end()

    def _end_letters(self) -> None:
        self._text = None

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if self._row > self._limits.rows:
            raise refused("too_large")
        if attributes.get("hidden") in ("1", "true"):
            self.notes.hidden_rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        found = _CELL.fullmatch(attributes.get("r", ""))
        if "r" in attributes and not found:
            raise refused("structure")
        self._column = column_number(found[1]) if found else self._column + 1
        row = int(found[2]) if found else self._row
        self._cells += 1
        limits = self._limits
        if self._column > limits.columns or row > limits.rows or self._cells > limits.cells:
            raise refused("too_large")
        self._cell = found[0] if found else address(row - 1, self._column - 1)
        self._type = attributes.get("t", "")
        self._formula = self._value = None
        style = attributes.get("s", "")
        if style in self._styles:
            self.notes.styled[self._cell] = style

    def _start_formula(self, _: dict[str, str]) -> None:
        self._formula = self._text = []

    def _start_value(self, _: dict[str, str]) -> None:
        self._value = self._text = []

    def _end_cell(self) -> None:
        if self._formula is not None:
            formula = "".join(self._formula)
            if _DDE.search(formula) or _FETCHES.search(formula):
                raise refused("external", cell=self._cell)
            if not self._value and self._type != "str":
                self.notes.uncached.append(self._cell)
        if self._type == "e" and self._value:
            self.notes.errors[self._cell] = "".join(self._value)
        if self._type == "s" and self._shared and self._value:
            runs = self._shared.get("".join(self._value))
            if runs:
                self.notes.runs[self._cell] = runs

    def _start_letters(self, _: dict[str, str]) -> None:
        self._text = self._runs.pieces()

    def _start_inline(self, _: dict[str, str]) -> None:
        self._runs.start()

    def _end_inline(self) -> None:
        runs = self._runs.end()
        if runs:
            self.notes.runs[self._cell] = runs

    def _start_shared(self, _: dict[str, str]) -> None:
        self._runs.start()
        self._texts += 1
        if self._texts > self._limits.texts:
            raise refused("too_large")

    def _end_shared(self) -> None:
        runs = self._runs.end()
        if runs:
            self.notes.runs[str(self._texts - 1)] = runs

    def _start_view(self, attributes: dict[str, str]) -> None:
        self.notes.hides_zeros = attributes.get("showZeros") in ("0", "false")

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") and {"min", "max"} <= attributes.keys():
            last = min(int(attributes["max"]), self._limits.columns)
            self.notes.hidden_columns += range(int(attributes["min"]), last + 1)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        key = next((v for k, v in attributes.items() if k.endswith("relationships id")), "")
        self.notes.sheets.append((attributes.get("name", ""), key))

    def _start_relationship(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "")
        if attributes.get("TargetMode") == "External" and not kind.endswith(_HYPERLINK):
            raise refused("external")
        self.notes.targets[attributes.get("Id", "")] = attributes.get("Target", "")
