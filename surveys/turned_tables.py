"""Tables with municipalities side by side and a question in each row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from data.extract.delimited import plain
from surveys.cells import address
from surveys.choice_cells import QUESTION_HEADS
from surveys.form_rows import labelled_rows, printed_at, with_units, year_headings
from surveys.grid import CODE_HEADERS, NAME_HEADERS, SheetGrid
from surveys.matching import QuestionMatcher
from surveys.places import Places
from surveys.tables import PrintedCell, Said, SurveyTable, TableColumn, TableRow

_BESIDE = frozenset(
    ["備考", "単位", "選択肢", "回答方法", "記入方法", "書き方", "説明", "注", "注記", "補足",
     "摘要"]
)  # fmt: skip
_PARTS = re.compile(r"[/＼\\・→×]")
_HEADED = 20
_TITLES = ("調査", "調査票", "一覧", "一覧表", "集計表")


@dataclass(frozen=True)
class _Heads:
    """The rows that print names and codes over the columns, and the first such column."""

    rows: frozenset[int]
    name: int
    code: int
    start: int


def find_turned(grid: SheetGrid, *, places: Places, matcher: QuestionMatcher) -> list[SurveyTable]:
    """Return the tables of a sheet whose columns are municipalities and whose rows questions."""
    heads = [row for row, texts in enumerate(grid.printed) if _towns(texts, places) > 1]
    heads = heads or _only_town(grid, places) or _codes_alone(grid, places)
    if not heads or not _may_head(grid, heads[0], places, matcher):
        return []
    first = _heads_of(grid, heads[0], places)
    blocks = [first]
    for row in range(heads[0] + 1, len(grid.printed)):
        if _heads_again(grid, row, first, places):
            blocks.append(_heads_of(grid, row, places))
    ends = [min(block.rows) for block in blocks[1:]] + [len(grid.printed)]
    found = []
    for block, end in zip(blocks, ends, strict=True):
        table = _table(grid, block, range(max(block.rows) + 1, end), places, matcher)
        if table is None:
            return []
        found.append(table)
    return found


def _towns(texts: list[str], places: Places) -> int:
    """Return how many different municipalities a row names."""
    named = {text for text in set(texts) if text and places.is_municipality(text)}
    return len({places.find("", text).code for text in named} - {""}) if len(named) > 1 else 0


def _may_head(grid: SheetGrid, row: int, places: Places, matcher: QuestionMatcher) -> bool:
    """Tell whether names in a row can head columns, and are no answer of a form."""
    texts = grid.printed[row]
    start = _first(texts, places)
    corner = [part for text in texts[:start] for part in _PARTS.split(plain(text)) if part]
    heads = all(
        part in QUESTION_HEADS | _BESIDE
        or part.lower() in NAME_HEADERS | CODE_HEADERS
        or part.endswith(_TITLES)
        for part in corner
    )
    above = grid.printed[:row]
    asked = any(matcher.is_asked(filter(None, line[:start])) for line in above)
    return heads and not asked and not any(map(places.is_municipality, chain(*above)))


def _heads_again(grid: SheetGrid, row: int, first: _Heads, places: Places) -> bool:
    """Tell whether a row heads another block of columns, as the first such row does."""
    texts, corner = grid.printed[row], grid.printed[first.name][: first.start]
    named = any(map(places.is_municipality, texts[first.start :]))
    apart = any(corner) or not any(grid.printed[row - 1])
    return named and apart and texts[: first.start] == corner and row not in first.rows


def _only_town(grid: SheetGrid, places: Places) -> list[int]:
    """Return the row of the only name on a sheet that has no header for names."""
    rows = [row for row, line in enumerate(grid.printed) if any(map(places.is_municipality, line))]
    if len(rows) != 1:
        return []
    texts = {plain(text).lower() for line in grid.printed for text in line if text}
    return [] if texts & (NAME_HEADERS | CODE_HEADERS) else rows


def _codes_alone(grid: SheetGrid, places: Places) -> list[int]:
    """Return the rows near the top that print codes without names, and say that they do."""
    return [
        row
        for row, texts in enumerate(grid.printed[:_HEADED])
        if any(plain(text).lower() in CODE_HEADERS for text in texts)
        and len({text for text in texts if places.is_coded(text)}) > 1
    ]


def _first(texts: list[str], places: Places) -> int:
    """Return the first column of a row that names a municipality, or has its code."""
    named = (c for c, text in enumerate(texts) if places.is_municipality(text))
    return next(named, next((c for c, text in enumerate(texts) if places.is_coded(text)), 0))


def _heads_of(grid: SheetGrid, row: int, places: Places) -> _Heads:
    """Return the rows that head the columns: that of the names, and that of the codes beside it."""
    start = _first(grid.printed[row], places)
    if not places.is_municipality(grid.printed[row][start]):
        return _Heads(frozenset([row]), row, row, start)
    beside = [r for r in (row - 1, row + 1) if 0 <= r < len(grid.printed)]
    coded = {r: sum(map(places.is_coded, grid.printed[r][start:])) for r in beside}
    code = max(coded, key=lambda r: coded[r], default=-1)
    if not coded.get(code, 0) > 1:
        return _Heads(frozenset([row]), row, -1, start)
    return _Heads(frozenset([row, code]), row, code, start)


def _table(
    grid: SheetGrid, heads: _Heads, rows: range, places: Places, matcher: QuestionMatcher
) -> SurveyTable | None:
    """Return one table; None where no row below the names asks a question."""
    start = heads.start
    headings = year_headings(grid, start, rows=rows, is_asked=matcher.is_asked)
    choice, own = None, dict.fromkeys(range(start, grid.width), "")
    if headings:
        row, years = next(iter(headings.items()))
        if any(other != years for other in headings.values()):
            return None
        choice = matcher.choose_year(list(years.values()), cell=address(row, min(years)))
        chosen = choice.chosen or choice.headings[0]
        own = {c: "" for c in own if years.get(c, chosen) == chosen}
    names = {c: _name_over(grid, heads, c, years=bool(headings)) for c in own}
    beside = [c for c, name in names.items() if not name.text or plain(name.text) in _BESIDE]
    towns = {c: name for c, name in names.items() if c not in beside}
    corner = enumerate(grid.printed[heads.name][:start])
    beside += [c for c, text in corner if plain(text) in _BESIDE]
    labels = labelled_rows(grid, [start, *towns], rows=rows, heads=headings, beside=beside)
    if not towns or not start or not any(map(matcher.is_known, labels)):
        return None
    titles = [
        PrintedCell(text, address(row, column))
        for row in range(min(heads.rows))
        for column, text in enumerate(grid.printed[row])
        if text
    ]
    table = SurveyTable(grid.sheet.name, [], titles=titles, notes=titles[:], years=choice)
    _add_questions(table, grid, labels, towns, start, matcher)
    for column, name in towns.items():
        _add_town(table, grid, heads, column, name)
        left = [c for c in range(start, grid.width) if headings and c not in own]
        same = [c for c in left if _name_over(grid, heads, c, years=True).cell == name.cell]
        _say_other_year(table, grid, heads, column, same)
    table.columns = with_units(table.columns, grid, rows=range(rows.stop))
    _say(table, grid, heads, [c for c, name in names.items() if not name.text], rows)
    return table


def _name_over(grid: SheetGrid, heads: _Heads, column: int, *, years: bool) -> PrintedCell:
    """Return the name over a column; one over several years stands at the first of them."""
    texts = grid.printed[heads.name]
    while years and column > heads.start and not texts[column]:
        column -= 1
    return PrintedCell(texts[column], address(heads.name, column))


def _cell(grid: SheetGrid, row: int, column: int, start: int) -> PrintedCell:
    """Return an answer, that of a merged cell too, but no label that is merged over answers."""
    text = grid.filled[row][column]
    if text == grid.filled[row][start - 1]:
        text = grid.printed[row][column]
    return PrintedCell(text, address(row, column))


def _add_questions(
    table: SurveyTable,
    grid: SheetGrid,
    labels: list[TableColumn],
    towns: Iterable[int],
    start: int,
    matcher: QuestionMatcher,
) -> None:
    """Add the rows that are a question or hold an answer; the others are notes."""
    for label in labels:
        given = any(_cell(grid, label.position, column, start).text for column in towns)
        if given or matcher.is_known(label) or matcher.match([label])[0].sure:
            table.columns.append(label)
        else:
            table.notes.append(PrintedCell(" ".join(label.levels), label.cell))


def _add_town(
    table: SurveyTable, grid: SheetGrid, heads: _Heads, column: int, name: PrintedCell
) -> None:
    cells = {}
    for row in (question.position for question in table.columns):
        cells[row] = _cell(grid, row, column, heads.start)
        if cells[row].text != grid.printed[row][column]:
            table.filled.append(cells[row].cell)
    code = printed_at(grid, (heads.code, column) if heads.code >= 0 else None)
    name = PrintedCell("", name.cell) if heads.code == heads.name else name
    table.rows.append(TableRow(code, name, cells))


def _say_other_year(
    table: SurveyTable, grid: SheetGrid, heads: _Heads, column: int, others: list[int]
) -> None:
    """Warn of a municipality that answers a question in the column of another year only."""
    for row in (question.position for question in table.columns):
        given = [_cell(grid, row, other, heads.start) for other in others]
        at = next((cell for cell in given if cell.text), None)
        if at and not _cell(grid, row, column, heads.start).text:
            message = "別の年度の欄にだけ記入があります。"
            action = "この年度が未回答でよいかを確かめてください。"
            table.said.append(Said("warning", "年度の列", message, action, at))


def _say(
    table: SurveyTable, grid: SheetGrid, heads: _Heads, unnamed: list[int], rows: range
) -> None:
    """Say that rows and columns changed places, and which columns of answers name nobody."""
    message = "行と列が入れ替わった表として読みました（設問が行、市町村が列）。"
    first = PrintedCell(grid.printed[heads.name][heads.start], address(heads.name, heads.start))
    table.said.append(Said("mended", "表", message, "", first))
    for column in unnamed:
        asked = {question.position for question in table.columns}
        given = [row for row in rows if row in asked and grid.printed[row][column]]
        if given:
            at = PrintedCell(grid.printed[given[0]][column], address(given[0], column))
            message = "市町村名のない列なので読みませんでした。"
            action = "回答なら市町村名を書いてください。"
            table.said.append(Said("warning", "名前のない列", message, action, at))
