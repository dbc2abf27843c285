"""Honest workbooks in which cells look otherwise than their values; answers as in the others."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import xlsxwriter

from tests.unit.messy_workbooks import KAWABE, YAMATE, Messy, Rows, two

Runs = list[tuple[str, dict[str, object]]]
STRUCK: dict[str, object] = {"font_strikeout": True}
RAISED: dict[str, object] = {"font_script": 1}
_HEAD = [
    "団体コード", "市町村名", "協議体の設置", "多職種研修の回数", "相談件数", "普及啓発回数",
    "コーディネーター人数", "着手年度",
]  # fmt: skip
_IDS = ["council", "training_n", "consult_n", "awareness_n", "coord_count", "start_fy"]


@dataclass(frozen=True)
class Cell:
    """A value with its format, or runs of letters with theirs."""

    value: object = ""
    look: dict[str, object] = field(default_factory=dict)
    runs: Runs = field(default_factory=list)


@dataclass(frozen=True)
class Looking(Messy):
    """A workbook some cells of which are formatted, with a legend on a sheet of its own."""

    legend: Rows = field(default_factory=list)

    def content(self) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            sheet = book.add_worksheet("回答")
            for line, row in enumerate(self.rows):
                for place, cell in enumerate(row):
                    one = cell if isinstance(cell, Cell) else Cell(cell)
                    look = book.add_format(one.look)
                    runs = [
                        part
                        for text, own in one.runs
                        for part in ([book.add_format(own), text] if own else [text])
                    ]
                    if runs:
                        sheet.write_rich_string(line, place, *runs, look)
                    else:
                        sheet.write(line, place, one.value, look)
            if self.legend:
                explained = book.add_worksheet("凡例")
                for line, row in enumerate(self.legend):
                    explained.write_row(line, 0, row)
        return buffer.getvalue()


def _shown(value: object, code: str) -> Cell:
    return Cell(value, {"num_format": code})


def _book(yamate: list[object], kawabe: list[object], meant: list[list[str]], asked: int) -> Messy:
    rows: Rows = [list(_HEAD), [81201, "山手市", *yamate], [81202, "川辺市", *kawabe]]
    truth = {
        (area, question): value
        for area, values in zip((YAMATE, KAWABE), meant, strict=True)
        for question, value in zip(_IDS, values, strict=True)
    }
    return Looking(rows, truth, asked)


LOOKS: dict[str, Messy] = {
    "looks that are sure": _book(
        [
            Cell(runs=[("有", {}), ("・", {}), ("無", STRUCK)]),
            Cell(runs=[("25", STRUCK), ("30", {})]),
            _shown(1234, '#,##0"件"'),
            _shown(0, '#,##0;-#,##0;"－"'),
            _shown(3, "[DBNum3]0"),
            _shown(43556, 'yyyy"年度"'),
        ],
        [True, _shown(12, '0"回";@'), _shown(5, "#,##0_ "), 2, _shown(0, '0"名"'), "H30"],
        [["1", "30", "1234", "0", "3", "2019"], ["1", "12", "5", "2", "0", "2018"]],
        0,
    ),
    "looks that are asked": _book(
        [
            Cell(1, STRUCK),
            Cell(runs=[("12", {}), ("1", RAISED)]),
            _shown(5, '0"千"'),
            _shown(3, '0"人（概数）"'),
            _shown(2, '"("0")"'),
            _shown(43497, 'ggge"年度"'),
        ],
        [
            _shown("有", '@"（予定）"'),
            True,
            _shown(45678, "#,##0,"),
            _shown(0, "#,###"),
            Cell(2, RAISED),
            _shown(43497, 'yyyy"年度"'),
        ],
        [["[unanswered]", "12", "5000", "3", "2", "2019"], ["0", "1", "45", "0", "2", "2019"]],
        12,
    ),
    "numbers explained on another sheet": Looking(
        two(["団体コード", "市町村名", "協議体の設置", "コーディネーターの所属"], [1, 1], [1, 2]),
        {
            (YAMATE, "council"): "0",
            (KAWABE, "council"): "0",
            (YAMATE, "coord_affil"): "1",
            (KAWABE, "coord_affil"): "2",
        },
        asked=2,
        legend=[
            ["協議体の設置", "1：なし 2：あり"],
            ["コーディネーターの所属"],
            [1, "関係団体"],
            [2, "自治体"],
        ],
    ),
    "numbers explained with others": Looking(
        two(["団体コード", "市町村名", "コーディネーターの所属"], [1], [2]),
        {(YAMATE, "coord_affil"): "1", (KAWABE, "coord_affil"): ""},
        asked=1,
        legend=[["番号", "意味"], [1, "関係団体"], [2, "予定"]],
    ),
}
