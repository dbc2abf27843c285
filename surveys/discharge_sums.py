"""The sums that a foreign form prints: held against their parts, told where they stand alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.survey import SurveyDefinition
from surveys.checked import TotalRead
from surveys.discharge_cells import CountCell
from surveys.discharge_counts import Count
from surveys.discharge_notes import DischargeNotes
from surveys.discharge_totals import PrintedTotal, ReadCount, compare_totals, questions_of_sum
from surveys.discharge_wording import read_wording
from surveys.health_centres import HealthCentres
from surveys.matching import ColumnMatch
from surveys.values import ColumnReader

_SUM = "合計の行・列なので件数にしません。"
_PART = "再掲・内訳なので足しません。"
_BY_MONTH = "この調査は、保健所ごと・月ごとの件数で取り込みます。"
TO_MONTHS = "保健所と月ごとに書き直すか、「ひな型・書き出し」のひな型に書いて、選び直してください。"
_LABELS = 4


@dataclass(frozen=True)
class LeftOut:
    """One cell that is no count of its own: a sum, a part, or a count of a sheet of sums."""

    cell: CountCell
    match: ColumnMatch | None
    sheet: str
    is_summary: bool


class PrintedSums:
    """The sums of one file, gathered sheet by sheet."""

    def __init__(
        self, definition: SurveyDefinition, centres: HealthCentres, notes: DischargeNotes
    ) -> None:
        self._definition, self._centres, self._notes = definition, centres, notes
        self._known = {question.id for question in definition.questions}
        self._reader = ColumnReader(definition.questions[0], [], survey_year=0)
        self._left: list[LeftOut] = []

    def add(self, left: LeftOut) -> None:
        """Keep a cell that is left out."""
        self._left.append(left)

    def of_centres(self, counts: Sequence[Count]) -> list[LeftOut]:
        """Take out the sums of a month of a health centre of which there are no other counts."""
        covered = {count.place[:2] for count in counts}
        alone = [one for one in self._left if self._stands_for_centre(one, covered)]
        self._left = [one for one in self._left if one not in alone]
        return alone

    def _stands_for_centre(self, one: LeftOut, covered: set[tuple[str, int]]) -> bool:
        cell = one.cell
        if not cell.month or not cell.total or cell.is_part or one.is_summary:
            return False
        own = self._centres.find_sum(cell.total)[0]
        code = own.code or next(iter(own.candidates), "")
        has_question = one.match is not None and bool(one.match.question_id)
        return bool(code) and (code, cell.month.month) not in covered and has_question

    def compare(self, counts: Sequence[Count], *, open_blocks: set[str]) -> list[TotalRead]:
        """Return each sum whose parts can all be read, beside their sum."""
        reads = [
            ReadCount(
                one.place,
                float(one.reading.value) if one.reading.value is not None else None,
                one.reading.status in ("", "suppressed"),
                one.cell.block,
                one.cell.row,
            )
            for one in counts
        ]
        totals = [total for one in self._left if (total := self._total(one))]
        # the sum over health centres is not known while one of them is asked
        sure = [one for one in totals if one.area or one.block not in open_blocks]
        return compare_totals(sure, reads)

    def _total(self, one: LeftOut) -> PrintedTotal | None:
        cell = one.cell
        whole = self._number(one)
        asked = self._asked(one)
        who = self._centres.find(cell.code.text, cell.zone.text)[0]
        is_open = who.kind == "asked" and cell.zone.text
        if whole is None or not asked or cell.is_part or is_open:
            return None
        month = cell.month.month if cell.month else 0
        block = "" if one.is_summary else cell.block
        where = (one.sheet, cell.printed.cell, cell.total or "合計", self._area(cell), month)
        return PrintedTotal(*where, asked, whole, block, cell.row)

    def _area(self, cell: CountCell) -> str:
        """Return the health centre that a sum is of, blank where it runs over several."""
        code = self._centres.find(cell.code.text, cell.zone.text)[0].code
        own = self._centres.find_sum(cell.total)[0]
        return code or own.code or next(iter(own.candidates), "")

    def _number(self, one: LeftOut) -> float | None:
        value = self._reader.read(one.cell.printed.text).value
        return float(value) if value is not None else None

    def _asked(self, one: LeftOut) -> tuple[str, ...]:
        """Return the questions whose counts a printed sum adds up."""
        if one.match and one.match.question_id:
            return (one.match.question_id,)
        wording = read_wording(one.cell.header.levels)
        flow = wording.flow or wording.natural_flow
        asked = questions_of_sum(f"{flow}_{wording.kind}", wording.care)
        return asked if set(asked) <= self._known else ()

    def tell(self, counts: Sequence[Count], *, is_open: bool) -> None:
        """Say what was left out; an error where nothing else is there. is_open: names are asked."""
        areas = {count.place[0] for count in counts}
        alone: dict[tuple[str, str, str], list[CountCell]] = defaultdict(list)
        for one in self._left:
            cell, self._notes.where = one.cell, one.sheet
            if not one.is_summary and self._number(one) is not None:
                code = self._area(cell)
                if (code not in areas) if code else not (areas or is_open):
                    alone[(one.sheet, cell.block, _kind(cell))].append(cell)
                    continue
            told = _PART if cell.is_part else _SUM
            key = (cell.block, cell.total)
            self._notes.once("mended", "合計", told, printed=cell.printed, key=key)
        for (sheet, _, kind), cells in alone.items():
            self._notes.where = sheet
            labels = "・".join(list(dict.fromkeys(c.total for c in cells if c.total))[:_LABELS])
            message = kind.format(f"（{labels}）" if labels else "") + _BY_MONTH
            self._notes.say("error", "月", message, TO_MONTHS, cells[0].printed)


def _kind(cell: CountCell) -> str:
    if cell.is_part:
        return "再掲・内訳の件数{}だけです。"
    if cell.month:
        return "保健所ごとの件数がなく、合わせた件数{}だけです。"
    return "月ごとの件数がなく、期間の合計{}だけです。"
