"""The totals that a foreign sheet prints, beside the sums of its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.checked import TotalRead
from surveys.discharge_wording import CARE
from surveys.month_labels import months_of_total

Place = tuple[str, int, str]  # health-centre area, month, question


@dataclass(frozen=True)
class PrintedTotal:
    """A printed sum: what is blank in it is what it runs over."""

    sheet: str
    cell: str
    label: str
    area: str
    month: int
    questions: tuple[str, ...]
    number: float
    block: str
    row: int


@dataclass(frozen=True)
class ReadCount:
    """A count that was read; number is none for a gap, open where somebody has to be asked."""

    place: Place
    number: float | None
    is_open: bool
    block: str
    row: int


def questions_of_sum(kind: str, care: str) -> tuple[str, ...]:
    """Return the questions that a total's header means, both levels of care where it names none."""
    return (f"{kind}_{care}",) if care else tuple(f"{kind}_{one}" for one in CARE)


def compare_totals(totals: list[PrintedTotal], counts: list[ReadCount]) -> list[TotalRead]:
    """Return each total whose parts can all be read, with the sum of its parts."""
    found = []
    for total in totals:
        added = _sum(total, counts)
        if added is not None:
            question = total.questions[0]
            found.append(TotalRead(total.sheet, total.cell, question, total.number, added))
    return found


def _sum(total: PrintedTotal, counts: list[ReadCount]) -> float | None:
    parts = [one for one in counts if _is_part(total, one)]
    if not total.month and not months_of_total(total.label):
        parts = _run_above(total, parts)
    if not parts or any(one.is_open for one in parts):
        return None
    by_place: Mapping[Place, float | None] = {one.place: one.number for one in parts}
    numbers = [number for number in by_place.values() if number is not None]
    return sum(numbers) if numbers else None


def _is_part(total: PrintedTotal, one: ReadCount) -> bool:
    area, month, question = one.place
    months = (total.month,) if total.month else months_of_total(total.label)
    return (
        total.block in ("", one.block)  # blank: the sheet adds up the others
        and area == (total.area or area)
        and question in total.questions
        and (month in months or not months)
    )


def _run_above(total: PrintedTotal, parts: list[ReadCount]) -> list[ReadCount]:
    """Return the rows right above a subtotal that does not say which months it adds.

    One row alone is no run: other rows stand between those of the question.
    """
    rows = sorted({one.row for one in parts if one.row < total.row}, reverse=True)
    run: list[int] = []
    for row in rows:
        if row != total.row - 1 - len(run):
            break
        run.append(row)
    return [one for one in parts if one.row in run] if len(run) > 1 else []
