"""Runs of months that a sheet prints without 月: 4 to 3, 6.4 to 7.3, 202404 to 202503."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from surveys.grid import SheetGrid
from surveys.month_labels import APRIL, MONTHS, read_month
from surveys.wording import normal

_COMPACT = re.compile(r"(20[1-4][0-9])(0[1-9]|1[0-2])")
_PARTED = re.compile(r"([0-9]{1,4})[./\-]([0-9]{1,2})")
_FEWEST = 2
_OCTOBER = 10

Place = tuple[int, int]


def name_months(grid: SheetGrid) -> list[tuple[Place, str, str]]:
    """Write 月 into the cells of each run; return where, what was printed, and what it means.

    Without 月 only twelve months in their order are surely months, or two with a year in full.
    """
    lines = [
        *[[(row, column) for column in range(grid.width)] for row in range(len(grid.printed))],
        *[[(row, column) for row in range(len(grid.printed))] for column in range(grid.width)],
    ]
    found = []
    for line in lines:
        for place, meant in _runs([(place, grid.printed[place[0]][place[1]]) for place in line]):
            row, column = place
            found.append((place, grid.printed[row][column], meant))
            grid.printed[row][column] = grid.filled[row][column] = meant
    return found


def holds_run(texts: Sequence[str]) -> bool:
    """Tell whether a line of texts holds such a run."""
    return any(_runs([((0, place), text) for place, text in enumerate(texts)]))


def _runs(line: Sequence[tuple[Place, str]]) -> Iterable[tuple[Place, str]]:
    filled = [(place, normal(text)) for place, text in line if text]
    start = 0
    while start < len(filled):
        texts = [text for _, text in filled[start:]]
        run = _dated(texts) or _whole_year(texts[: len(MONTHS)])
        for (place, _), meant in zip(filled[start:], run, strict=False):
            yield place, meant
        start += max(len(run), 1)


def _dated(texts: Sequence[str]) -> list[str]:
    """Return the months of leading texts such as 202404, 202405 that follow each other."""
    run: list[tuple[int, int]] = []
    for text in texts:
        found = _COMPACT.fullmatch(text)
        if not found:
            break
        now = int(found[1]), int(found[2])
        if run and now != _after(*run[-1]):
            break
        run.append(now)
    return [f"{year}/{month:02d}" for year, month in run] if len(run) >= _FEWEST else []


def _after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == len(MONTHS) else (year, month + 1)


def _whole_year(texts: Sequence[str]) -> list[str]:
    """Return twelve months where the texts are those of a fiscal year, in order."""
    bare = [f"{month}" for month in MONTHS]
    if list(texts) == bare or [text.lstrip("0") for text in texts] == bare:
        return [f"{month}月" for month in MONTHS]
    parted = [_PARTED.fullmatch(text) for text in texts]
    if len(texts) < len(MONTHS) or not all(parted) or read_month(texts[0]):
        return []
    first = int(parted[0][1]) if parted[0] else 0
    for month, found in zip(MONTHS, parted, strict=True):
        year = first + (month < APRIL)
        # as a number, 6.10 is printed 6.1
        shown = {month, 1} if month == _OCTOBER else {month}
        if found is None or int(found[1]) != year or int(found[2]) not in shown:
            return []
    is_full = first > 999
    return [f"{first + (m < APRIL)}/{m:02d}" if is_full else f"{m}月" for m in MONTHS]
