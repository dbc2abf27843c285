"""Where the counts of a care managers' form stand on a foreign sheet, and what labels them."""

from __future__ import annotations

from dataclasses import dataclass, field

from surveys.cells import address
from surveys.discharge_headings import ASIDE, HEADERS, Role, is_field, is_number
from surveys.discharge_wording import read_wording
from surveys.grid import SheetGrid
from surveys.health_centres import HealthCentres
from surveys.month_labels import fiscal_years_in, is_total, read_month
from surveys.tables import NUMBERING, PrintedCell
from surveys.values import gap_of
from surveys.wording import normal


@dataclass
class Block:
    """One table: its header rows and body rows, and the titles above that speak of all of it."""

    headers: list[int]
    body: list[int] = field(default_factory=list)
    context: list[PrintedCell] = field(default_factory=list)


@dataclass
class Layout:
    """A part of a sheet: columns of labels by role, columns of counts, and its tables."""

    grid: SheetGrid
    labels: dict[int, Role]
    data: range
    blocks: list[Block] = field(default_factory=list)
    aside: list[PrintedCell] = field(default_factory=list)


def layouts_of(grid: SheetGrid, centres: HealthCentres) -> list[Layout]:
    """Return the tables of a sheet, those that stand side by side apart."""
    parts = []
    for left, right in _segments(grid, centres):
        finder = _Finder(grid, centres, left, right)
        if (layout := finder.layout()) is not None:
            parts.append(layout)
    return parts


def _segments(grid: SheetGrid, centres: HealthCentres) -> list[tuple[int, int]]:
    """Return the column ranges between blank columns that have labels of their own."""
    edges = [c for c in range(grid.width) if not any(row[c] for row in grid.filled)]
    found: list[tuple[int, int]] = []
    left = 0
    for edge in [*edges, grid.width]:
        if edge > left:
            labelled = _Finder(grid, centres, left, edge).has_labels()
            if labelled or not found:
                found.append((left, edge))
            else:
                found[-1] = (found[-1][0], edge)
        left = edge + 1
    return found


class _Finder:
    """The search for labels and counts in one range of columns."""

    def __init__(self, grid: SheetGrid, centres: HealthCentres, left: int, right: int) -> None:
        self._grid, self._centres = grid, centres
        self._left, self._right = left, right
        self._month_rows = {
            row for row in range(len(grid.filled)) if len(self._months(grid.filled[row])) > 1
        }

    def has_labels(self) -> bool:
        """Tell whether the range has a column that says of what its rows are."""
        roles = self._roles()
        return bool(roles) and any(role in ("zone", "month", "words") for role in roles.values())

    def layout(self) -> Layout | None:
        """Return the tables of the range, none where it holds no counts."""
        labels = self._roles()
        first = max(labels, default=self._left - 1) + 1
        if first >= self._right or not any(self._is_counted(c) for c in range(first, self._right)):
            return None
        layout = Layout(self._grid, labels, range(first, self._right))
        self._divide(layout)
        return layout if layout.blocks else None

    def _months(self, texts: list[str]) -> set[int]:
        texts = texts[self._left : self._right]
        bare = any(normal(text) in ("月", "年月") for text in texts)
        found = (read_month(text, bare=bare and text.isdecimal()) for text in texts)
        return {month.month for month in found if month}

    def _roles(self) -> dict[int, Role]:
        """Return the columns of labels: all that stand left of the first counts."""
        roles: dict[int, Role] = {}
        for column in range(self._left, self._right):
            role = self._role(column)
            if role is None:
                return roles
            roles[column] = role
        return roles

    def _role(self, column: int) -> Role | None:
        """Return what a column of labels is about, nothing for a column of counts."""
        rows = [r for r in range(len(self._grid.filled)) if r not in self._month_rows]
        texts = [self._grid.filled[row][column] for row in rows]
        heads = [
            HEADERS[key]
            for row, text in zip(rows, texts, strict=True)
            if (key := normal(text)) in HEADERS and not self._is_field(row, column)
        ]
        if len({month for text in texts if (month := read_month(text))}) > 1:
            return "month"
        if heads and not self._is_under_numbers(column):
            return heads[-1]
        beside = [self._grid.filled[row][column] for row in rows if self._has_numbers(row)]
        named = [text for text in beside if text]
        if named and 2 * sum(map(self._centres.is_office, named)) >= len(named):
            return "zone"
        if self._is_numbering(column):
            return "skip"
        return None if self._is_counted(column) else "words"

    def _is_numbering(self, column: int) -> bool:
        """Tell whether a column only numbers what the words right of it name."""
        rows = [r for r in range(len(self._grid.printed)) if r not in self._month_rows]
        numbers = [normal(t) for r in rows if is_number(t := self._grid.printed[r][column])]
        in_order = numbers == [str(place) for place in range(1, len(numbers) + 1)]
        beside = column + 1
        return (
            in_order
            and len(numbers) > 1
            and beside < self._right
            and bool(
                any(self._grid.printed[row][beside] for row in rows)
                and not self._is_counted(beside)
            )
        )

    def _is_field(self, row: int, column: int) -> bool:
        """Tell whether the value of a word that heads columns elsewhere stands beside it."""
        beside = [text for text in self._grid.printed[row][column + 1 : self._right] if text]
        role = HEADERS[normal(self._grid.filled[row][column])]
        is_year = role == "year" and bool(beside) and bool(fiscal_years_in(beside[0]))
        return is_year or (role == "zone" and any(map(self._centres.is_office, beside[:1])))

    def _has_numbers(self, row: int) -> bool:
        return any(map(is_number, self._grid.printed[row][self._left : self._right]))

    def _is_under_numbers(self, column: int) -> bool:
        """Tell whether the word that heads a column of labels also heads counts here."""
        texts = [normal(row[column]) for row in self._grid.printed]
        heads = {text for text in texts if text in HEADERS}
        return heads <= {"年", "地域"} and self._is_counted(column)

    def _is_counted(self, column: int) -> bool:
        rows = [r for r in range(len(self._grid.printed)) if r not in self._month_rows]
        return any(is_number(self._grid.printed[row][column]) for row in rows)

    def _divide(self, layout: Layout) -> None:
        """Go down the rows: headers open a table, banners and titles speak of what follows."""
        pending: list[int] = []
        context: list[PrintedCell] = []
        for row in range(len(self._grid.printed)):
            if not any(self._grid.filled[row][self._left : self._right]):
                continue
            if not self._is_body(layout, row):
                pending.append(row)
                continue
            heads = self._headers(layout, pending)
            titles = self._texts([one for one in pending if one not in heads])
            told = [cell for cell in titles if not ASIDE.search(normal(cell.text))]
            context = [*context, *told]
            if heads or (told and layout.blocks):
                headers = heads or layout.blocks[-1].headers
                layout.blocks.append(Block(headers, context=context))
            if layout.blocks:
                layout.blocks[-1].body.append(row)
            else:
                layout.aside += self._texts([row])
            pending = []

    def _headers(self, layout: Layout, pending: list[int]) -> list[int]:
        """Return the unbroken run of header rows that stands right above a body."""
        found: list[int] = []
        for row in reversed(pending):
            if found and found[0] - row > 1:
                break
            if self._is_header(layout, row):
                found.insert(0, row)
            elif found:
                break
        return found

    def _texts(self, rows: list[int]) -> list[PrintedCell]:
        return [
            PrintedCell(text, address(row, column))
            for row in rows
            for column, text in enumerate(self._grid.printed[row])
            if self._left <= column < self._right and text
        ]

    def _is_header(self, layout: Layout, row: int) -> bool:
        """Tell a row of headers from a title: different texts, or words of the form over counts."""
        texts = self._grid.filled[row]
        over = [texts[column] for column in layout.data if texts[column]]
        if row in self._month_rows:
            return True
        if not over or all(NUMBERING.fullmatch(normal(text)) for text in over):
            return False
        left = {texts[column] for column in layout.labels} - {""}
        if set(over) <= left:  # one merged line across the sheet
            return False
        wording = read_wording(over)
        if wording.kind or wording.flow or wording.care:
            return True
        is_filled_in = any(map(is_field, texts)) or any(map(self._centres.is_office, left))
        return len(set(over)) > 1 and not is_filled_in

    def _is_dated(self, layout: Layout, column: int, text: str) -> bool:
        role = layout.labels[column]
        return role == "year" or (role == "month" and read_month(text, bare=True) is not None)

    def _is_body(self, layout: Layout, row: int) -> bool:
        if row in self._month_rows:
            return False
        printed, filled = self._grid.printed[row], self._grid.filled[row]
        counts = [printed[c] for c in layout.data if printed[c]]
        named = {c: filled[c] for c in layout.labels if filled[c]}
        dated = {c for c, text in named.items() if self._is_dated(layout, c, text)}
        others = [t for c, t in named.items() if c not in dated and layout.labels[c] != "skip"]
        if all(NUMBERING.fullmatch(normal(text)) for text in others) and (others or not dated):
            return False
        numbers = [text for text in counts if is_number(text) or gap_of(text)]
        if numbers:
            return True
        own = {layout.labels[c]: text for c, text in named.items() if printed[c]}
        month = read_month(own.get("month", ""), bare=True)
        by_month = "month" in layout.labels.values()
        if any(normal(text) in HEADERS for text in named.values()) or {
            filled[c] for c in layout.data if filled[c]
        } & set(named.values()):
            return False
        zone = not by_month and self._centres.is_office(own.get("zone", ""))
        return bool(month or zone) or (by_month and any(map(is_total, own.values())))
