"""Which fiscal year a foreign care managers' form is about: its months, its titles, its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.era import fiscal_year_label, read_period
from data.extract.discharge_workbook import FIRST_YEAR
from surveys.discharge_cells import CountSheet
from surveys.month_labels import fiscal_years_in
from surveys.problems import Problem
from surveys.wording import normal

_HEADS = ("年度", "調査年度", "対象年度", "実施年度")
_TWO = "月ごとか年度ごとに分けてください。"


def fiscal_year_of_file(
    sheets: Iterable[CountSheet], *, file: str, said: int
) -> tuple[int, list[Problem]]:
    """Return the only fiscal year that a file names, else the one that a person said (0: none)."""
    printed: dict[int, tuple[str, str]] = {}
    dated: dict[int, tuple[str, str]] = {}
    for sheet in sheets:
        for year, cell in [*_titled(sheet), *((y, "") for y in fiscal_years_in(sheet.name))]:
            printed.setdefault(year, (sheet.name, cell))
        for one in sheet.cells:
            if one.month and one.month.fiscal_year:
                dated.setdefault(one.month.fiscal_year, (sheet.name, one.printed.cell))
    if len(dated) > 1:
        place = list(dated.values())[-1]
        return 0, [_wrong(f"年度が二つあります（{_words(dated)}）。", _TWO, file, place)]
    if dated and printed and not set(dated) <= set(printed):
        message = f"表題は{_words(printed)}、月は{_words(dated)}です。"
        place = next(iter(printed.values()))
        return 0, [_wrong(message, "どちらかを直してください。", file, place)]
    named = fiscal_years_in(file)
    if not dated and not printed:
        return _outside_the_sheets(named, file, said)
    if not dated and len(printed) > 1:
        return _one_of(printed, file, said)
    year = [*dated, *printed][0]
    if year < FIRST_YEAR:
        message = f"{fiscal_year_label(year)}は、事業の始まる前です。"
        place = [*dated.values(), *printed.values()][0]
        return 0, [_wrong(message, "年度を確かめてください。", file, place)]
    return year, []


def _one_of(
    printed: Mapping[int, tuple[str, str]], file: str, said: int
) -> tuple[int, list[Problem]]:
    """Return the one of several printed years that a person said, or ask for it."""
    if said in printed:
        return said, []
    message = f"年度が二つ書かれています（{_words(printed)}）。"
    sheet, cell = list(printed.values())[-1]
    return 0, [
        Problem("asked", "年度", message, "どちらの件数かを選んでください。", file, sheet, cell)
    ]


def _outside_the_sheets(named: set[int], file: str, said: int) -> tuple[int, list[Problem]]:
    if len(named) == 1:
        year = next(iter(named))
        message = f"ファイルの名前から{fiscal_year_label(year)}としました。"
        return year, [Problem("mended", "年度", message, "", file)]
    if said:
        return said, []
    action = "「年度」で選ぶか、表題に 令和6年度 のように書いてください。"
    return 0, [Problem("asked", "年度", "年度が書かれていません。", action, file)]


def _titled(sheet: CountSheet) -> Iterable[tuple[int, str]]:
    for number, cell in enumerate(sheet.texts):
        for year in fiscal_years_in(cell.text):
            yield year, cell.cell
        if normal(cell.text).rstrip(":") in _HEADS and number + 1 < len(sheet.texts):
            period = read_period(normal(sheet.texts[number + 1].text).upper())
            if period:
                yield int(period.removeprefix("FY")), sheet.texts[number + 1].cell


def _words(years: Iterable[int]) -> str:
    return "と".join(map(fiscal_year_label, sorted(years)))


def _wrong(message: str, action: str, file: str, place: tuple[str, str]) -> Problem:
    return Problem("error", "年度", message, action, file, *place)
