"""What is to be said where columns of several years stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from data.era import fiscal_year_label
from surveys.matching import ColumnMatch
from surveys.tables import PrintedCell, Said, SurveyTable
from surveys.year_choice import YearChoice

_RULE = "年度の列"


def choices_of(table: SurveyTable, matches: Iterable[ColumnMatch]) -> list[YearChoice]:
    """Return the different choices between columns of years that a table needs."""
    found = [table.years, *(match.years for match in matches)]
    return list({choice.key: choice for choice in found if choice}.values())


def year_note(choice: YearChoice, *, fiscal_year: int) -> Said:
    """Return what is said of a choice: the column taken, the question which, or that none is."""
    at = PrintedCell("｜".join(choice.headings), choice.cell)
    year = fiscal_year_label(fiscal_year)
    if choice.chosen:
        message = f"「{choice.chosen}」の列を{year}の回答とし、ほかの年度の列は使いません。"
        return Said("mended", _RULE, message, "", at)
    if choice.options:
        message = f"年度の違う列が並んでいます。どれが{year}の回答かを確かめてください。"
        return Said("asked", _RULE, message, "「列」の手順で選びます。", at)
    message = f"{year}の列が見当たらないか、二つ以上あります。"
    action = f"{year}の回答の列だけを残すか、取り込み先の年度を選び直してください。"
    return Said("error", _RULE, message, action, at)
