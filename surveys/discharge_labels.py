"""What the rows and columns of a foreign care managers' form say of the counts in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.era import read_period
from surveys.cells import address
from surveys.discharge_headings import says_nothing
from surveys.discharge_layout import Block, Layout
from surveys.discharge_wording import read_wording, retold
from surveys.grid import SheetGrid
from surveys.month_labels import MonthLabel, fiscal_year_of, is_total, read_month
from surveys.tables import PrintedCell, spread
from surveys.wording import normal

_NOWHERE = PrintedCell("", "")


@dataclass(frozen=True)
class Labels:
    """What the labels of a row or of a column say."""

    code: PrintedCell = _NOWHERE
    zone: PrintedCell = _NOWHERE
    month: MonthLabel | None = None
    total: str = ""
    is_part: bool = False
    year: str = ""
    words: tuple[str, ...] = ()
    cell: str = ""


def with_year(month: MonthLabel, printed: str) -> MonthLabel:
    """Add the year of a column 年 or 年度 beside the months."""
    unit, _, text = printed.partition(":")
    period = read_period(normal(text).upper())
    if month.fiscal_year or period is None:
        return month
    year = int(period.removeprefix("FY"))
    return replace(month, fiscal_year=fiscal_year_of(year, month.month, unit))


def column_labels(layout: Layout, block: Block) -> dict[int, Labels]:
    """Return what the header rows say of each column of counts; a group's label is carried."""
    rows = [
        ["" if says_nothing(text) and not _is_month(text) else text for text in line]
        for line in (_slice(layout, row) for row in block.headers)
    ]
    for upper, line in enumerate(rows[:-1]):
        spread(line, rows[upper + 1])
    found = {}
    bare = any(
        normal(layout.grid.printed[row][c]) in ("月", "年月")
        for row in block.headers
        for c in layout.labels
    )
    for place, column in enumerate(layout.data):
        levels = [line[place] for line in rows]
        cells = [
            PrintedCell(text, address(row, column))
            for row, text in zip(block.headers, levels, strict=True)
            if text
        ]
        if cells:
            found[column] = _labels(dict.fromkeys(cells, "words"), layout.grid, bare=bare)
    return found


def _is_month(text: str) -> bool:
    return read_month(text, bare=True) is not None


def _slice(layout: Layout, row: int) -> list[str]:
    return layout.grid.filled[row][layout.data.start : layout.data.stop]


def row_labels(layout: Layout, block: Block) -> dict[int, Labels]:
    """Return what each row says of itself; a label holds for the rows below until the next."""
    found = {}
    carried: dict[int, PrintedCell] = {}
    heads = _year_heads(layout, block)
    for row in block.body:
        printed = {
            c: PrintedCell(layout.grid.filled[row][c], address(row, c))
            for c in layout.labels
            if layout.grid.filled[row][c]
        }
        first = min(printed, default=0)
        kept = {c: cell for c, cell in carried.items() if c < first and c not in printed}
        own = {**kept, **printed}
        carried = dict(own)
        roles = {cell: layout.labels[c] for c, cell in sorted(own.items())}
        labels = _labels(roles, layout.grid, bare=False)
        years = [f"{heads}:{c.text}" for c, role in roles.items() if role == "year"]
        found[row] = replace(labels, year=[labels.year, *years][-1])
    return found


def _year_heads(layout: Layout, block: Block) -> str:
    places = [c for c, role in layout.labels.items() if role == "year"]
    texts = {normal(layout.grid.filled[row][c]) for row in block.headers for c in places}
    return "年度" if "年度" in texts else "年"


def _labels(roles: Mapping[PrintedCell, str], grid: SheetGrid, *, bare: bool) -> Labels:
    found = Labels()
    for cell, role in roles.items():
        month = read_month(cell.text, bare=bare or role == "month")
        if retold([cell.text]):
            found = replace(found, is_part=True)
        if role == "code":
            found = replace(found, code=cell)
        elif month and role in ("month", "words"):
            found = replace(found, month=month, cell=found.cell or cell.cell)
        elif is_total(cell.text) and role != "skip" and not grid.places.is_named(cell.text):
            found = replace(found, total=cell.text, words=(*found.words, *_kept(cell.text)))
        elif role == "zone" or (role == "words" and grid.places.is_municipality(cell.text)):
            found = replace(found, zone=cell)
        elif role == "words" and (unit := _unit_of_year(cell.text)):
            found = replace(found, year=f"{unit}:{cell.text}")
        elif role == "words":
            found = replace(found, words=_with(found.words, cell.text), cell=cell.cell)
    return found


def _unit_of_year(text: str) -> str:
    """Return 年度 or 年 where a text is a year and nothing else."""
    plain = normal(text)
    period = read_period(plain.upper()) or ""
    if period.startswith("FY"):
        return "年度"
    return "年" if period and plain.endswith("年") else ""


def _kept(text: str) -> tuple[str, ...]:
    """Return a total's label as a word of its question, where it names a part of one."""
    wording = read_wording([text])
    return (text,) if wording.care or wording.flow or wording.kind else ()


def _with(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    return words if text in words else (*words, text)
