"""What is to be said of the sheets, columns and cells of a file with answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from data.catalogue.survey import Question
from surveys.content import SheetContent
from surveys.header_asides import is_scaled
from surveys.matching import ColumnMatch
from surveys.notes import Notes
from surveys.personal_marks import may_be_personal
from surveys.places import Respondent, RowKind
from surveys.problems import Level
from surveys.readings import Reading
from surveys.tables import PrintedCell, SurveyTable
from surveys.unnamed_rows import unnamed_rows
from surveys.wording import normal

COLUMN_ACTION = "列名を確認してください。"
_LEFT_OUT: dict[RowKind, str] = {
    "total": "合計の行なので回答にしません。",
    "subset": "再掲・内訳の行なので足しません。",
    "union": "広域連合・組合の行なので市町村の回答にしません。",
    "note": "注記の行なので回答にしません。",
}
_LISTED = 12
_NAMED = 10
# A note that gives a colour or a kind of letters a meaning, unless it says where to write.
_LOOK = re.compile(
    r"([赤青黄緑橙紫桃灰]色?|色付き|色つき|着色|太字|斜体|下線|網掛け?|網かけ|塗りつぶし)"
    r"(字|文字|枠|背景)?(の|した|された)?(数字|数値|数|文字|部分|箇所|セル|欄|行|列|市町村)?[はが=:]"
)
_WHERE_TO_WRITE = re.compile(r"入力|記入|記載|自動|計算|選択|必須|任意")


class FileNotes(Notes):
    """The problems of one file with answers."""

    def sheet(self, sheet: SheetContent, *, is_read: bool) -> None:
        """Say that a sheet was not read, or that parts of it are hidden."""
        if not is_read and any(cell != "" for row in sheet.rows for cell in row):
            self.say("mended", "シート", "回答の表がないので読みませんでした。")
        if is_read and (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns):
            message = "非表示行があります。非表示の行・列・シートも読みました。"
            self.say("warning", "非表示", message, "表示して中身を確かめてください。")
        if is_read:
            self._looks(sheet)
        if is_read and sheet.hides_zeros and any(0 in row for row in sheet.rows):
            message = "0を表示しない設定のシートです。見えない0も、0という回答として読みました。"
            self.say("warning", "見えない0", message, "空欄のつもりの0がないかを確かめてください。")

    def _looks(self, sheet: SheetContent) -> None:
        """Say that a note explains colours or letters, whose meaning is not read."""
        texts = {cell for row in sheet.rows for cell in row if isinstance(cell, str)}
        for text in sorted(texts):
            found = _LOOK.search(normal(text))
            if found and not _WHERE_TO_WRITE.search(text):
                message = f"「{text[:40]}」とあります。色や書体の意味は読み取りません。"
                action = "その色や書体の値が、この年度の確かな回答かを確かめてください。"
                self.say("warning", "色や書体の注記", message, action)

    def table(self, table: SurveyTable, *, counts: Collection[int]) -> None:
        """Say what of a table belongs to nobody or to no question, and what was carried down.

        counts are the places of the columns that count something.
        """
        unnamed, interrupting = unnamed_rows(table)
        for cell in unnamed:
            message = "市町村名も団体コードもない行なので読みませんでした。"
            action = "回答なら市町村名を書いてください。"
            self.say("warning", "名前のない行", message, action, printed=cell)
        for cell in interrupting:
            message = "表の途中に、見出しのような行があります。"
            action = "別の表なら、その見出しに「市町村名」と書いてください。"
            self.say("error", "表", message, action, printed=cell)
        for column in table.columns:
            cells = (row.cells[column.position] for row in table.rows)
            filled = None if column.levels else next((cell for cell in cells if cell.text), None)
            if filled:
                message = "見出しのない列なので読みませんでした。"
                action = "回答なら見出しを書いてください。"
                self.say("warning", "見出しのない列", message, action, printed=filled)
        if not table.filled:
            return
        counted = {
            cell.cell: cell
            for row in table.rows
            for place, cell in row.cells.items()
            if place in counts
        }
        for place in table.filled:
            self.carried(place, counted.get(place))

    def unseen(self, table: SurveyTable, sheet: SheetContent) -> None:
        """Say that answers were read that nobody sees for what they are."""
        if not sheet.faint and not sheet.dashed:
            return
        cells = {cell.cell: cell for row in table.rows for cell in row.cells.values()}
        faint = [cells[place] for place in sheet.faint if place in cells]
        dashed = [cells[place] for place in sheet.dashed if place in cells]
        if faint:
            message = f"背景と同じ色で書かれて見えない値があります{_others(faint)}。読みました。"
            action = "文字の色を直して、中身を確かめてください。"
            self.say("warning", "見えない値", message, action, printed=faint[0])
        if dashed:
            message = f"0を横線で表示する書式です{_others(dashed)}。0という回答として読みました。"
            self.say("mended", "0の表示", message, printed=dashed[0])

    def carried(self, place: str, count: PrintedCell | None) -> None:
        """Say that a merged cell's value counts for a row; a count may be that of all its rows."""
        if count is None:
            self.say("mended", "結合", "結合されたセルの値を各行の回答としました。", cell=place)
            return
        message = "結合されたセルの数を、各行の回答としました。"
        action = "数行を合わせた数なら、結合を解いて、行ごとに書き直してください。"
        self.say("warning", "結合された数", message, action, printed=count)

    def respondent(self, who: Respondent, named: Collection[str], printed: PrintedCell) -> None:
        """Say how the name of a row was read; named are the places it may be."""
        if who.kind == "asked":
            action = (
                f"候補：{'・'.join(named)}" if named else "市町村名と団体コードを確かめてください。"
            )
            self.say("asked", "市町村名", who.doubt, action, printed=printed)
        elif who.kind != "respondent":
            self.say("mended", "行", _LEFT_OUT[who.kind], printed=printed)
        elif who.mended:
            self.say("mended", "市町村名", who.mended, printed=printed)

    def column(self, match: ColumnMatch, question: Question | None) -> None:
        """Ask about a column of which nobody is sure; question is what it was taken for."""
        words = (*match.column.levels, *match.column.remarks)
        header = PrintedCell(" ".join(words), match.column.cell)
        labels = "・".join(self._labels[key] for key in match.candidates)
        if question and question.type in ("count", "number") and match.how == "decision":
            self._scale(header)
        elif match.how == "ignored" and match.note:
            self.say("mended", "列名", f"{match.note}の列なので使いません。", printed=header)
        elif match.how == "proposed":
            message = "どの設問の列かを確かめてください。"
            if match.note:
                message = f"「{match.note}」とあります。単位・時期・範囲・番号が設問と同じですか。"
            self.say("asked", "列名", message, f"候補：{labels}", printed=header)
        elif match.how == "other_framework":
            message = f"この枠組にない設問の列です（{labels}）。"
            self.say("error", "列名", message, "調査年度と様式を確かめてください。", printed=header)
        elif match.how == "none":
            message = "この様式の設問に見当たらない列です。"
            self.say("asked", "列名", message, "設問を選ぶか「使わない」にします。", printed=header)

    def _scale(self, header: PrintedCell) -> None:
        pieces = header.text.replace("(", " ").replace("（", " ").replace(")", " ")
        scaled = [one for one in pieces.replace("）", " ").split() if is_scaled(one)]
        if scaled:
            message = f"数が「{scaled[0]}」で書かれています。"
            action = "1件・1回・1人を単位に書き直すか、この列を「使わない」にしてください。"
            self.say("error", "単位", message, action, printed=header)

    def missing(self, missing: list[str], present: list[str]) -> None:
        """Say in one line which questions have no column, or which few have one."""
        if not missing:
            return
        total = len(missing) + len(present)
        listed = f"列がないのは：{_joined(missing)}"
        if len(missing) > max(len(present), 3):
            listed = f"列があるのは：{_joined(present)}"
        message = f"{total}問のうち{len(missing)}問の列がありません（{listed}）。"
        self.say("warning", "列名", message, COLUMN_ACTION)

    def blank_rows(self, names: Sequence[str], cell: str) -> None:
        """Say that rows without any answer leave what is published as it is."""
        listed = "・".join(names[:_NAMED])
        more = f" ほか{len(names) - _NAMED}" if len(names) > _NAMED else ""
        message = f"すべて空欄の{len(names)}行は、いまの回答を残します（{listed}{more}）。"
        self.say("mended", "空欄の行", message, cell=cell)

    def free_text(self, cell: str) -> None:
        """Say that a column may name persons and is left out."""
        self.say("mended", "個人情報", "自由記載の列なので取り込みません。", cell=cell)

    def personal(self, cell: PrintedCell) -> None:
        """Warn of a text that may name a person."""
        if may_be_personal(cell.text):
            message, action = "個人情報らしい記述があります。", "消すか、確かめてください。"
            self.say("warning", "個人情報", message, action, printed=cell)

    def formula(self, cell: PrintedCell, sheet: SheetContent) -> None:
        """Say that a formula has no value that can be read."""
        error = sheet.errors.get(cell.cell)
        message = f"{cell.cell}がエラー値です（{error}）。" if error else "計算結果のない数式です。"
        action = "値を書き直してください。" if error else "値として貼り付けてください。"
        self.say("error", "数式", message, action, cell=cell.cell)

    def reading(self, reading: Reading, cell: PrintedCell, label: str) -> None:
        """Say how an answer was read that is not as the form prints it."""
        if reading.how == "mended":
            self.say("mended", label, reading.note, printed=cell)
        elif reading.how != "as_printed":
            level: Level = "asked" if reading.how == "asked" else "error"
            self.say(level, label, reading.note, reading.action, printed=cell)


def _joined(labels: list[str]) -> str:
    more = f" ほか{len(labels) - _LISTED}問" if len(labels) > _LISTED else ""
    return "・".join(labels[:_LISTED]) + more


def _others(cells: list[PrintedCell]) -> str:
    return f"（ほか{len(cells) - 1}か所）" if len(cells) > 1 else ""
