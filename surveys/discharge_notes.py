"""What is to be said of the sheets and columns of a foreign care managers' form."""

from __future__ import annotations

from data.catalogue.survey import SurveyDefinition
from surveys.content import SheetContent
from surveys.discharge_cells import CountSheet
from surveys.discharge_titles import SCALED, UNIT, scaled_unit
from surveys.discharge_wording import read_wording
from surveys.matching import ColumnMatch
from surveys.notes import Notes
from surveys.problems import Level
from surveys.tables import PrintedCell


class DischargeNotes(Notes):
    """The problems of one foreign form."""

    def __init__(self, definition: SurveyDefinition, *, file: str) -> None:
        super().__init__(definition, file=file)
        self._said: set[tuple[str, ...]] = set()

    def sheet(self, sheet: SheetContent, found: CountSheet) -> None:
        """Say what stands in the way of a sheet as a whole."""
        for clash in dict.fromkeys(found.clashes):
            self.say("error", "表題", clash, "どちらかを直してください。")
        if found.months:
            (first, begins), (last, ends) = found.months[0], found.months[-1]
            message = f"「{first.text}」から「{last.text}」を{begins}から{ends}と読みました。"
            self.say("mended", "月", message, printed=first)
        for cell in found.merged:
            message = "件数のセルが結合されていて、どの月・どの列の件数か分かりません。"
            self.say("error", "結合", message, "結合を解いて書き直してください。", cell)
        if found.unread:
            message = f"表の外の数を読みませんでした（ほか{len(found.unread) - 1}か所）。"
            action = "件数でないことを確かめてください。"
            self.say("warning", "表の外の数", message, action, found.unread[0])
        if found.cells and (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns):
            message = "非表示行があります。非表示の行・列・シートも読みました。"
            self.say("warning", "非表示", message, "表示して中身を確かめてください。")
        if not found.cells and any(cell != "" for row in sheet.rows for cell in row):
            self.say("mended", "シート", "件数の表がないので読みませんでした。")

    def column(self, match: ColumnMatch) -> None:
        """Ask about a column of which nobody is sure."""
        header = PrintedCell(" ".join(match.column.levels), match.column.cell)
        labels = "・".join(self._labels[key] for key in match.candidates)
        unit = scaled_unit(match.column)
        if match.how == "decision" and match.question_id and unit:
            action = "1件を単位に書き直すか、この列を「使わない」にしてください。"
            self.say("error", UNIT, SCALED.format(unit), action, header)
        elif match.how == "proposed":
            message = "どの設問の列かを確かめてください。"
            if match.note:
                message = f"「{match.note}」とあります。単位・時期・範囲が設問と同じですか。"
            self.say("asked", "列名", message, f"候補：{labels}", header)
        elif match.how == "ignored" and read_wording(match.column.levels).is_ratio:
            self.say("mended", "列名", "率・割合・平均の列なので件数にしません。", printed=header)
        elif not match.sure:
            message = "この様式の設問に見当たらない列です。"
            self.say("asked", "列名", message, "設問を選ぶか「使わない」にします。", header)

    def once(
        self,
        level: Level,
        rule: str,
        message: str,
        action: str = "",
        printed: PrintedCell | None = None,
        *,
        key: tuple[str, ...] = (),
    ) -> None:
        """Say a thing once for each cell of a sheet, or for each key."""
        told = (self.where, rule, message, *(key or (printed.cell if printed else "",)))
        if told not in self._said:
            self._said.add(told)
            self.say(level, rule, message, action, printed)
