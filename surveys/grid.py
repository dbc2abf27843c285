"""A sheet as a grid of texts, and the columns in which it names municipalities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from data.extract.delimited import plain
from surveys.content import SheetContent, text_of

NAME_HEADERS = frozenset(
    ["area_name", "市町村名", "市区町村名", "区市町村名", "自治体名", "団体名", "市町村",
     "市区町村", "自治体", "回答市町村", "回答団体", "都道府県名", "都道府県"]
)  # fmt: skip
CODE_HEADERS = frozenset(
    ["area_code", "団体コード", "市町村コード", "市区町村コード", "自治体コード", "コード",
     "全国地方公共団体コード", "地方公共団体コード"]
)  # fmt: skip
# An answer may be 市町村, never 市町村名.
_SPLITTING = frozenset(
    header
    for header in NAME_HEADERS | CODE_HEADERS
    if header.endswith(("名", "_name", "_code"))
    or (header.endswith("コード") and header != "コード")
)

# The first column of a table may be headed so; nobody is called that.
_HEADING_WORDS = NAME_HEADERS | CODE_HEADERS | {"区分", "団体", "名称", "圏域", "地域", "no", "no."}
_NUMBER = re.compile(r"[+\-△▲]?[0-9][0-9,.]*\D{0,2}")
_APART = 2

Anchors = tuple[int, int]


class Respondents(Protocol):
    """Those who may answer, told by a cell."""

    def is_named(self, text: str) -> bool:
        """Tell whether a cell is surely one of their names, or a total."""
        ...

    def is_coded(self, text: str) -> bool:
        """Tell whether a cell is the code of one of them."""
        ...

    def is_municipality(self, text: str) -> bool:
        """Tell whether a cell is surely the name of one of them."""
        ...


class SheetGrid:
    """The texts of a sheet, as printed and with merged cells filled.

    is_header tells whether a text is the header of a question.
    """

    def __init__(
        self,
        sheet: SheetContent,
        places: Respondents,
        *,
        is_header: Callable[[str], bool] = lambda text: False,
    ) -> None:
        self.sheet = sheet
        self.places = places
        self._is_header = is_header
        self.width = max(map(len, sheet.rows), default=0)
        self.printed = [
            [text_of(cell) for cell in row] + [""] * (self.width - len(row)) for row in sheet.rows
        ]
        self.filled = [row[:] for row in self.printed]
        self._counted: dict[tuple[int, int, int], Counter[str]] = {}
        self.vertical: set[tuple[int, int]] = set()
        for top, left, bottom, right in sheet.merged:
            self._fill(top, left, bottom, right)

    def _fill(self, top: int, left: int, bottom: int, right: int) -> None:
        for row in range(top, min(bottom + 1, len(self.filled))):
            for column in range(left, min(right + 1, self.width)):
                self.filled[row][column] = self.printed[top][left]
                if row > top and column == left:
                    self.vertical.add((row, column))

    def segments(self) -> list[tuple[int, int]]:
        """Return the column ranges of tables that stand side by side."""
        edges = [
            column for column in range(self.width) if not any(row[column] for row in self.filled)
        ]
        found: list[tuple[int, int]] = []
        left = 0
        for edge in [*edges, self.width]:
            if edge > left and (self.anchors(left, edge) or not found):
                found.append((left, edge))
            elif found:
                found[-1] = (found[-1][0], edge)
            left = edge + 1
        return found

    def anchors(self, left: int, right: int, *, rows: range | None = None) -> Anchors | None:
        """Return the columns of code and name (-1 where there is none) of a part of the sheet."""
        part = range(len(self.printed)) if rows is None else rows
        name = self._best((left, right), part, self._names, NAME_HEADERS)
        code = self._best((left, right), part, self.places.is_coded, CODE_HEADERS)
        return None if name == code == -1 else (code, name)

    def _names(self, text: str) -> int:
        """Return how surely a text names a respondent; a total or whole prefecture less so."""
        return self.places.is_named(text) + self.places.is_municipality(text)

    def _best(
        self,
        bounds: tuple[int, int],
        rows: range,
        wanted: Callable[[str], int],
        headers: frozenset[str],
    ) -> int:
        counts = {}
        for column in range(*bounds):
            texts = self._texts(column, rows)
            headings = {plain(text).lower() for text in texts} & headers
            weight = 4 if headings & _SPLITTING else 2 * bool(headings)
            counts[column] = weight + sum(wanted(text) * cells for text, cells in texts.items())
        best = max(counts, key=lambda column: (counts[column], -column))
        return best if counts[best] else -1

    def _texts(self, column: int, rows: range) -> Counter[str]:
        """Return how often each text is printed in some rows of a column; it is asked for twice."""
        key = (column, rows.start, rows.stop)
        if key not in self._counted:
            printed = self.printed[rows.start : rows.stop]
            self._counted[key] = Counter([row[column] for row in printed])
        return self._counted[key]

    def is_place(self, row: int, code: int, name: int) -> bool:
        """Tell whether a row names a municipality or a total."""
        texts = self.printed[row]
        return (name >= 0 and self.places.is_named(texts[name])) or (
            code >= 0 and self.places.is_coded(texts[code])
        )

    def headings(self, left: int, right: int) -> list[range]:
        """Return the runs of rows that print the headers of a table.

        A run without rows stands for a table at the top that has none.
        """
        anchors = self.anchors(left, right)
        runs: list[range] = []
        for row, texts in enumerate(self.filled):
            part = texts[left:right]
            if any(map(self.places.is_municipality, set(part))):
                continue
            names_respondents = any(plain(text).lower() in _SPLITTING for text in set(part))
            if not names_respondents and not (anchors and self._asks(row, left, right, anchors)):
                continue
            if runs and (runs[-1].stop == row or self._goes_on(runs[-1], row, left, right)):
                runs[-1] = range(runs[-1].start, row + 1)
            else:
                runs.append(range(row, row + 1))
        if runs and self._has_places(range(runs[0].start), left, right):
            runs.insert(0, range(0))
        return runs

    def _asks(self, row: int, left: int, right: int, anchors: Anchors) -> bool:
        """Tell whether a row that names nobody prints questions instead of answers."""
        texts = self.filled[row]
        named = [plain(texts[column]).lower() for column in anchors if column >= 0]
        others = [texts[c] for c in range(left, right) if c not in anchors and texts[c]]
        if not others or any(_NUMBER.fullmatch(plain(text)) for text in others):
            return False
        asked = sum(map(self._is_header, others))
        if any(named):
            heads = all(text in _HEADING_WORDS for text in named if text)
            return heads or (asked > 1 and 2 * asked >= len(others))
        return asked > 0

    def _goes_on(self, run: range, row: int, left: int, right: int) -> bool:
        """Tell whether a row goes on with headers over a row or two that are neither."""
        between = range(run.stop, row)
        above = [text for line in run for text in self.filled[line][left:right]]
        repeated = any(plain(text).lower() in _SPLITTING for text in set(above))
        again = any(plain(text).lower() in _SPLITTING for text in self.filled[row][left:right])
        blank = any(not any(self.filled[line][left:right]) for line in between)
        apart = len(between) > _APART or blank or (repeated and again)
        return not apart and not self._has_places(between, left, right)

    def _has_places(self, rows: range, left: int, right: int) -> bool:
        return any(
            self.places.is_municipality(text) or self.places.is_coded(text)
            for row in rows
            for text in self.printed[row][left:right]
            if text
        )
