"""Honest workbooks as offices send them, each with the answers that its sender meant.

A truth maps municipality and question to the value meant (a gap is written as its status in
brackets); asked counts the truths that nobody can be sure of without asking.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import xlsxwriter

Rows = list[list[object]]
Truth = dict[tuple[str, str], str]
HEAD: list[object] = ["団体コード", "市町村名", "協議体の設置", "多職種研修の回数"]
YAMATE, KAWABE, TAKI = "81201", "81202", "81204"
MEANT: Truth = {
    (YAMATE, "council"): "1",
    (YAMATE, "training_n"): "12",
    (KAWABE, "council"): "0",
    (KAWABE, "training_n"): "0",
}

TWO_COUNTS: Truth = {
    (YAMATE, "consult_n"): "100",
    (YAMATE, "coord_count"): "1",
    (KAWABE, "consult_n"): "200",
    (KAWABE, "coord_count"): "2",
}


@dataclass(frozen=True)
class Messy:
    """One workbook, what it means, and how much of that has to be asked."""

    rows: Rows
    truth: Truth = field(default_factory=lambda: dict(MEANT))
    asked: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    framework: str = "r3"
    csv: str = ""

    def content(self) -> bytes:
        if self.csv:
            lines = [",".join(f'"{cell}"' for cell in row) for row in self.rows]
            return "\r\n".join(lines).encode(self.csv)
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet("回答")
        for line, row in enumerate(self.rows):
            sheet.write_row(line, 0, row)
        for top, left, bottom, right in self.merged:
            sheet.merge_range(top, left, bottom, right, self.rows[top][left])
        book.close()
        return buffer.getvalue()


def two(head: list[object], yamate: list[object], kawabe: list[object]) -> Rows:
    return [head, [81201, "山手市", *yamate], [81202, "川辺市", *kawabe]]


def plain(yamate: list[object], kawabe: list[object]) -> Rows:
    return two(HEAD, yamate, kawabe)


PLAIN = plain([1, 12], [0, 0])
SCENES: Truth = {
    (YAMATE, "scene_daily_goal"): "1",
    (YAMATE, "scene_eol_goal"): "0",
    (KAWABE, "scene_daily_goal"): "0",
    (KAWABE, "scene_eol_goal"): "1",
}
ITEMS: Truth = {
    (YAMATE, "item_e_status"): "done",
    (YAMATE, "item_e_mode"): "direct",
    (KAWABE, "item_e_status"): "none",
    (KAWABE, "item_e_mode"): "[not_applicable]",
}

EXAMPLES: dict[str, Messy] = {
    "clean": Messy(PLAIN),
    "title, date and blank rows": Messy(
        [["令和5年度 調査票"], ["", "", "令和5年10月1日現在"], [], *PLAIN]
    ),
    "notes below": Messy([*PLAIN, [], ["※ 川辺市は見込み"], ["（注）回数は延べ"]]),
    "circles and crosses": Messy(plain(["○", 12], ["×", 0])),
    "other circles": Messy(plain(["◯", 12], ["✕", 0])),
    "words": Messy(plain(["設置済み", 12], ["未設置", 0])),
    "has and has not": Messy(plain(["有", 12], ["無", 0])),
    "full-width": Messy(plain(["１", "１２"], ["０", "０"])),
    "units": Messy(plain([1, "12回"], [0, "0 回"])),
    "about": Messy(plain([1, "約12回"], [0, 0]), asked=1),
    "range": Messy(plain([1, "10〜12"], [0, 0]), asked=1),
    "strange unit": Messy(plain([1, "12人"], [0, 0]), asked=1),
    "triangle": Messy(plain(["△", 12], [0, 0]), asked=1),
    "one and two": Messy(plain([1, 12], [2, 0]), asked=2),
    "total row": Messy([*PLAIN, ["", "合計", 1, 12]]),
    "totals of areas": Messy([*PLAIN, ["", "東部圏域", "", 12], ["", "県計", "", 12]]),
    "subset and union rows": Messy(
        [*PLAIN, ["", "（再掲）山手市", 1, 2], ["", "山郡広域連合", 1, 9]]
    ),
    "no codes": Messy([row[1:] for row in PLAIN]),
    "no names": Messy([[row[0], *row[2:]] for row in PLAIN]),
    "codes with check digit": Messy([HEAD, [812013, "山手市", 1, 12], [812021, "川辺市", 0, 0]]),
    "spaced names": Messy([HEAD, [81201, "山　手　市", 1, 12], [81202, "東見本県川辺市", 0, 0]]),
    "kana names": Messy([HEAD, ["", "やまてし", 1, 12], ["", "ｶﾜﾍﾞｼ", 0, 0]]),
    "old name": Messy(
        [HEAD, ["", "滝沢村", 1, 12]], {(TAKI, "council"): "1", (TAKI, "training_n"): "12"}
    ),
    "short name of two": Messy([HEAD, [81201, "山手市", 1, 12], ["", "川辺", 0, 0]], asked=2),
    "misspelt name": Messy([HEAD, ["", "山出市", 1, 12], ["", "川辺市", 0, 0]], asked=2),
    "merged-away town": Messy([HEAD, ["", "旧里町", 1, 12], ["", "川辺市", 0, 0]], asked=2),
    "code against name": Messy([HEAD, [81204, "山手市", 1, 12], [81202, "川辺市", 0, 0]], asked=2),
    "variant letters": Messy(
        [HEAD, ["", "竜ヶ崎市", "有", 3]], {("81203", "council"): "1", ("81203", "training_n"): "3"}
    ),
    "synonyms": Messy(
        two(["団体コード", "自治体名", "協議体の有無", "研修回数（回）"], [1, 12], [0, 0])
    ),
    "numbered headers": Messy(
        two(["コード", "市町村名", "問1 協議体の設置", "(2) 研修回数"], [1, 12], [0, 0])
    ),
    "broken headers": Messy(
        two(["団体\nコード", "市町村　名", "協議体の\n設置", "多職種研修\nの回数"], [1, 12], [0, 0])
    ),
    "near header": Messy(
        two(["団体コード", "市町村名", "協議体の設置", "多職種連携研修会の回数"], [1, 12], [0, 0]),
        asked=2,
    ),
    "last year beside": Messy(
        [
            ["団体コード", "市町村名", "協議体の設置", "前年度", "今年度"],
            ["", "", "", "研修回数", "研修回数"],
            [81201, "山手市", 1, 11, 12],
            [81202, "川辺市", 0, 1, 0],
        ],
        asked=2,
    ),
    "merged headers": Messy(
        [
            ["団体コード", "市町村名", "目指す姿", ""],
            ["", "", "日常の療養支援", "看取り"],
            [81201, "山手市", "○", "×"],
            [81202, "川辺市", "×", "○"],
        ],
        SCENES,
        merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)),
    ),
    "merged headers by scene": Messy(
        [
            ["団体コード", "市町村名", "日常の療養支援", "", "看取り", ""],
            ["", "", "目指す姿", "現状把握", "目指す姿", "現状把握"],
            [81201, "山手市", "○", "", "×", ""],
            [81202, "川辺市", "×", "", "○", ""],
        ],
        {
            **SCENES,
            **{
                (area, f"scene_{scene}_current"): "[unanswered]"
                for area in (YAMATE, KAWABE)
                for scene in ("daily", "eol")
            },
        },
        merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)),
    ),
    "look-alike letters": Messy(
        two(
            ["団体コード", "市町村名", "工 情報共有：実施状況", "工 情報共有：実施方法"],
            ["実施済", "直営"],
            ["未実施", "－"],
        ),
        ITEMS,
        framework="h27r2",
    ),
    "circle for a state": Messy(
        two(
            ["団体コード", "市町村名", "エ 情報共有：実施状況", "エ 情報共有：実施方法"],
            ["○", "直営"],
            ["×", "－"],
        ),
        ITEMS,
        asked=2,
        framework="h27r2",
    ),
    "gaps": Messy(
        plain(["***", "…"], ["", "－"]),
        {
            (YAMATE, "council"): "[suppressed]",
            (YAMATE, "training_n"): "[missing]",
            (KAWABE, "council"): "[unanswered]",
            (KAWABE, "training_n"): "[not_applicable]",
        },
    ),
    "years": Messy(
        two(["団体コード", "市町村名", "着手年度"], ["H29"], ["平成31年度"]),
        {(YAMATE, "start_fy"): "2017", (KAWABE, "start_fy"): "2019"},
    ),
    "dates for years": Messy(
        two(["団体コード", "市町村名", "着手年度"], ["平成30年3月"], [43191]),
        {(YAMATE, "start_fy"): "2017", (KAWABE, "start_fy"): "2018"},
        asked=1,
    ),
    "several answers": Messy(
        two(["団体コード", "市町村名", "開催圏域"], ["市町村、2次医療圏"], ["保健所管内"]),
        {(YAMATE, "council_area"): "muni;iryoken2", (KAWABE, "council_area"): "hokenjo"},
    ),
    "answers merged over rows": Messy(
        [HEAD, [81201, "山手市", 1, 12], [81202, "川辺市", "", 0]],
        {**MEANT, (KAWABE, "council"): "1"},
        merged=((1, 2, 2, 2),),
    ),
    "two tables stacked": Messy(
        [
            ["表1"],
            ["市町村名", "協議体の設置"],
            ["山手市", 1],
            ["川辺市", 0],
            [],
            ["表2"],
            ["市町村名", "研修回数"],
            ["山手市", 12],
            ["川辺市", 0],
        ]
    ),
    "two tables side by side": Messy(
        [
            ["市町村名", "協議体の設置", "", "市町村名", "研修回数"],
            ["山手市", 1, "", "川辺市", 0],
            ["川辺市", 0, "", "山手市", 12],
        ]
    ),
    "columns that are no question": Messy(
        [
            ["No", "圏域", *HEAD, "備考"],
            [1, "東部", 81201, "山手市", 1, 12, ""],
            [2, "東部", 81202, "川辺市", 0, 0, "12月に開始"],
        ]
    ),
    "numbers of columns": Messy([HEAD, ["(1)", "(2)", "(3)", "(4)"], *PLAIN[1:]]),
    "csv of an office": Messy(PLAIN, csv="cp932"),
    "csv in UTF-8": Messy(PLAIN, csv="utf-8-sig"),
    "harmless asides": Messy(
        two(
            ["団体コード", "市町村名", "協議体の設置（有・無）", "研修回数（回）（令和5年度）"],
            ["有", 12],
            ["無", 0],
        )
    ),
    "answers turned round": Messy(
        two(["団体コード", "市町村名", "協議体の設置（0:あり 1:なし）"], [0], [1]),
        {(YAMATE, "council"): "1", (KAWABE, "council"): "0"},
        asked=2,
    ),
    "thousands in the header": Messy(
        two(["団体コード", "市町村名", "相談件数（千件）"], [3], [5]),
        {(YAMATE, "consult_n"): "3000", (KAWABE, "consult_n"): "5000"},
        asked=2,
    ),
    "thousands above the header": Messy(
        [["", "", "", "単位：千回"], *PLAIN],
        {**MEANT, (YAMATE, "training_n"): "12000"},
        asked=2,
    ),
    "last year in the header": Messy(
        two(["団体コード", "市町村名", "協議体の設置", "研修回数（R4）"], [1, 12], [0, 0]), asked=2
    ),
    "last year beside this": Messy(
        [
            ["団体コード", "市町村名", "協議体の設置", "多職種研修の回数", ""],
            ["", "", "", "令和4年度", "令和5年度"],
            [81201, "山手市", 1, 11, 12],
            [81202, "川辺市", 0, 1, 0],
        ],
        merged=((0, 3, 0, 4),),
    ),
    "planned": Messy(
        two(
            ["団体コード", "市町村名", "協議体の設置（予定）", "研修回数（計画）"], [1, 12], [0, 0]
        ),
        asked=4,
    ),
    "second table without a header for names": Messy(
        [
            ["市町村名", "協議体の設置", "研修回数"],
            ["山手市", 1, 12],
            ["川辺市", 0, 0],
            [],
            ["表2"],
            ["", "相談件数", "コーディネーター人数"],
            ["山手市", 100, 1],
            ["川辺市", 200, 2],
        ],
        {**MEANT, **TWO_COUNTS},
    ),
    "both tables headed 市町村": Messy(
        [
            ["市町村", "協議体の設置", "研修回数"],
            ["山手市", 1, 12],
            ["川辺市", 0, 0],
            ["市町村", "相談件数", "コーディネーター人数"],
            ["山手市", 100, 1],
            ["川辺市", 200, 2],
        ],
        {**MEANT, **TWO_COUNTS},
    ),
    "second table of sections": Messy(
        [
            ["市町村名", "協議体の設置", "研修回数"],
            ["山手市", 1, 12],
            ["川辺市", 0, 0],
            [],
            ["区分", "看取り", ""],
            ["", "目指す姿", "現状把握"],
            ["山手市", "○", "×"],
            ["川辺市", "×", "○"],
        ],
        {
            **MEANT,
            (YAMATE, "scene_eol_goal"): "1",
            (YAMATE, "scene_eol_current"): "0",
            (KAWABE, "scene_eol_goal"): "0",
            (KAWABE, "scene_eol_current"): "1",
        },
    ),
    "row without a name": Messy([*PLAIN[:2], ["", "", 1, 99], PLAIN[2]]),
    "blank row of a town": Messy([*PLAIN, [81204, "滝沢市", "", ""]]),
    "title of another year": Messy([["令和3年度 調査票"], [], *PLAIN]),
    "numbered names": Messy([HEAD, ["", "１．山手市", 1, 12], ["", "② 川辺市", 0, 0]]),
    "thousands in the title": Messy(
        [["研修回数（単位：千回）"], *PLAIN], {**MEANT, (YAMATE, "training_n"): "12000"}, asked=2
    ),
    "thousands below": Messy(
        [*PLAIN, ["単位：千回"]], {**MEANT, (YAMATE, "training_n"): "12000"}, asked=2
    ),
    "two numbers in a cell": Messy(plain([1, "12\n15"], [0, 0]), asked=1),
    "number of a note": Messy(plain([1, "12¹"], [0, 0]), asked=1),
    "part of a town": Messy(
        [HEAD, ["", "山手市（旧里町分）", 1, 12], ["", "川辺市（R4）", 0, 0]], asked=4
    ),
    "form with units behind": Messy(
        [["市町村名", "山手市"], ["研修回数", 12, "千回"], ["相談件数", 100, "件"]],
        {(YAMATE, "training_n"): "12000", (YAMATE, "consult_n"): "100"},
        asked=1,
    ),
    "form with other numbers behind": Messy(
        [
            ["市町村名", "山手市"],
            ["協議体の設置", 1, "1.なし 2.あり"],
            ["コーディネーターの所属", 1, "①自治体　②関係団体"],
        ],
        {(YAMATE, "council"): "0", (YAMATE, "coord_affil"): "2"},
        asked=2,
    ),
    "form with its numbers behind": Messy(
        [["市町村名", "山手市"], ["協議体の設置", 1, "1：あり 0：なし"]], {(YAMATE, "council"): "1"}
    ),
    "other numbers below": Messy(
        [["市町村名", "コーディネーターの所属"], ["山手市", 1], [], ["※ 1 自治体 2 関係団体"]],
        {(YAMATE, "coord_affil"): "2"},
        asked=1,
    ),
    "prefecture beside the town": Messy(
        [["都道府県名", *HEAD[1:]]] + [["東見本県", *row[1:]] for row in PLAIN[1:]]
    ),
    "form with the prefecture": Messy(
        [["都道府県名", "東見本県"], ["市町村名", "山手市"], ["協議体の設置", "有"]],
        {(YAMATE, "council"): "1"},
    ),
    "sections between rows": Messy(
        [["圏域", *HEAD], ["東部", "", "", "", ""], ["", *PLAIN[1]], ["西部"], ["", *PLAIN[2]]]
    ),
}
