"""Care managers' forms as health centres send them, each with the counts that its sender meant.

A truth maps health-centre area, month and question to the count (a gap is its status in brackets);
asked counts the truths that nobody can be sure of without asking.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import xlsxwriter

Rows = list[list[object]]
Truth = dict[tuple[str, int, str], str]
NAMES = {
    "81": "見本県",
    "hc-8101": "中北保健所",
    "hc-8102": "峡ケ崎保健所",
    "hc-8103": "富沢保健所",
    "hc-8201": "隣県東保健所",
}
NORTH, GORGE = "hc-8101", "hc-8102"
ASKED = ("known", "told", "late")
CARES = ("support", "care")
YEAR = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


@dataclass(frozen=True)
class Messy:
    """One workbook by its sheets, what it means, and how much of that has to be asked."""

    sheets: Mapping[str, Rows]
    truth: Truth
    asked: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    name: str = "調査.xlsx"
    year: int = 2024

    def content(self) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for line, row in enumerate(rows):
                    sheet.write_row(line, 0, row)
                for top, left, bottom, right in self.merged:
                    sheet.merge_range(top, left, bottom, right, rows[top][left])
        return buffer.getvalue()


def counts(area: int, month: int, scale: int = 1) -> tuple[int, int, int]:
    """Return known, told and late of a month; no two months are alike."""
    known = 20 * scale + 10 * area + month
    return known, known - 5 - month % 3, 2 + month % 4


def line(area: int, month: int) -> list[object]:
    return [*counts(area, month), *counts(area, month, 3)]


def meant(*places: tuple[str, int]) -> Truth:
    """Return the truth of whole months: discharges of both levels of care."""
    return {
        (code, month, f"discharges_{kind}_{care}"): str(value)
        for code, month in places
        for care, scale in zip(CARES, (1, 3), strict=True)
        for kind, value in zip(ASKED, counts(int(code[-1]), month, scale), strict=True)
    }


def months(code: str, *which: int) -> Truth:
    return meant(*((code, month) for month in which))


def total(area: int, which: tuple[int, ...]) -> list[object]:
    rows = [line(area, month) for month in which]
    return [sum(int(str(row[n])) for row in rows) for n in range(6)]


GROUPS: list[object] = ["", "", "要支援", "", "", "要介護", "", ""]
KINDS: list[object] = ["退院を把握した件数", "連絡あり", "うち退院直前"] * 2
QUARTER = (4, 5, 6)

TITLED = Messy(
    {
        "Sheet1": [
            ["令和６年度　退院調整状況調査（ケアマネジャー）"],
            ["※ 件数は保健所管内の居宅介護支援事業所の合計"],
            ["", "", "", "", "", "", "", "（単位：件）"],
            [],
            ["保健所名", "月", *GROUPS[2:]],
            ["", "", *KINDS],
            ["中北", "４月", *line(1, 4)],
            ["", "５月", *line(1, 5)],
            ["", "６月", *line(1, 6)],
            ["", "第１四半期計", *total(1, QUARTER)],
            ["峡ヶ崎保健福祉事務所", "４月", *line(2, 4)],
            ["", "５月", *line(2, 5)],
            ["", "６月", *line(2, 6)],
            ["", "計", *total(2, QUARTER)],
            ["うち峡ケ崎市保健所", "４月", 1, 1, 1, 1, 1, 1],
            [],
            ["注：直前とは退院の2日前から当日まで"],
        ]
    },
    months(NORTH, *QUARTER) | months(GORGE, *QUARTER),
    merged=((4, 2, 4, 4), (4, 5, 4, 7), (6, 0, 9, 0)),
)

ACROSS = Messy(
    {
        "入力": [
            ["入退院連携に関する調査", "", "", "令和6年度"],
            ["保健所：中 北 保 健 所"],
            [],
            ["区分", "項目", *[f"R{6 if m > 3 else 7}.{m}" for m in YEAR], "合計"],
            *[
                [
                    care if not place else "",
                    kind,
                    *[counts(1, m, scale)[place] for m in YEAR],
                    sum(counts(1, m, scale)[place] for m in YEAR),
                ]
                for care, scale in (("要支援１・２", 1), ("要介護１～５", 3))
                for place, kind in enumerate(("退院の把握", "退院前に連絡有", "連絡が退院直前"))
            ],
        ]
    },
    months(NORTH, *YEAR),
)

_MONTH_SHEET: Rows = [
    ["要支援・要介護別の退院連絡"],
    ["", "退院（要支援）", "", "", "退院（要介護）", "", ""],
    [
        "保健所名",
        "把握件数",
        "連絡あり件数",
        "直前の件数",
        "把握件数",
        "連絡あり件数",
        "直前の件数",
    ],
]
BY_MONTH = Messy(
    {
        **{
            f"{month}月": [
                *_MONTH_SHEET,
                ["見本県中北保健所", *line(1, month)],
                ["峡ケ崎保健所管内", *line(2, month)],
                ["県計", *(a + b for a, b in zip(line(1, month), line(2, month), strict=True))],  # type: ignore[operator]
            ]
            for month in (10, 11, 12)
        },
        "集計": [
            *_MONTH_SHEET,
            ["中北保健所", *total(1, (10, 11, 12))],
            ["峡ケ崎保健所", *total(2, (10, 11, 12))],
        ],
    },
    months(NORTH, 10, 11, 12) | months(GORGE, 10, 11, 12),
    name="令和6年度_退院調査.xlsx",
)

BY_CENTRE = Messy(
    {
        name: [
            ["様式２　2024年度 ケアマネジャー調査"],
            [],
            ["年月", "退院（要支援）", "", "", "退院（要介護）", "", ""],
            ["", "把握", "連絡あり", "うち直前", "把握", "連絡あり", "うち直前"],
            *[[f"2024-{month:02d}-01", *line(area, month)] for month in (4, 5)],
            ["6月", *([""] * 6)],
            ["合計", *total(area, (4, 5))],
        ]
        for area, name in ((1, "中北"), (2, "峡ヶ崎"))
    },
    months(NORTH, 4, 5) | months(GORGE, 4, 5),
)

STACKED = Messy(
    {
        "調査": [
            ["令和6年度"],
            ["【要支援】"],
            ["保健所", "年月", "退院把握", "連絡あり", "直前"],
            ["中北保健所", "令和6年4月", *counts(1, 4)],
            ["中北保健所", "令和7年1月", *counts(1, 1)],
            [],
            ["【要介護】"],
            ["保健所", "年月", "退院把握", "連絡あり", "直前"],
            ["中北保健所", "令和6年4月", *counts(1, 4, 3)],
            ["中北保健所", "令和7年1月", *counts(1, 1, 3)],
        ]
    },
    months(NORTH, 4, 1),
)

_SIGNS = {
    (NORTH, 4, "discharges_known_support"): "12",
    (NORTH, 4, "discharges_told_support"): "10",
    (NORTH, 4, "discharges_late_support"): "[not_applicable]",
    (NORTH, 4, "discharges_known_care"): "1234",
    (NORTH, 4, "discharges_told_care"): "[suppressed]",
    (NORTH, 4, "discharges_late_care"): "[unanswered]",
}
SIGNS = Messy(
    {
        "調査": [
            ["2024年度 退院調整"],
            ["", "", *GROUPS[2:]],
            ["保健所", "月", *KINDS],
            ["中北保健所", "4月", "１２件", "約10", "－", "1,234", "***", ""],
        ]
    },
    _SIGNS,
    asked=1,
)

OPEN_HEADERS = Messy(
    {
        "調査": [
            ["令和6年度 入退院連携調査"],
            ["", "", "要支援", "", "要介護", ""],
            ["保健所", "月", "把握件数", "連絡あり", "把握件数", "連絡あり"],
            ["中北保健所", "4月", *counts(1, 4)[:2], *counts(1, 4, 3)[:2]],
            ["なかぎた", "5月", *counts(2, 5)[:2], *counts(2, 5, 3)[:2]],
        ]
    },
    {
        key: value
        for key, value in (months(NORTH, 4) | months(GORGE, 5)).items()
        if "late" not in key[2]
    },
    asked=6,
)

HONEST = {
    "titles, merged headers, quarters": TITLED,
    "months across": ACROSS,
    "a sheet a month": BY_MONTH,
    "a sheet a health centre": BY_CENTRE,
    "a table a level of care": STACKED,
    "widths, units and signs": SIGNS,
    "headers and names left open": OPEN_HEADERS,
}


def form(*rows: list[object], title: str = "令和6年度 退院調整") -> Messy:
    head: Rows = [[title], ["", "", *GROUPS[2:]], ["保健所", "月", *KINDS]]
    return Messy({"調査": [*head, *rows]}, {})


DISHONEST: dict[str, tuple[Messy, str, str, str]] = {
    "more told than known": (
        form(["中北保健所", "4月", 10, 12, 2, 30, 20, 5]),
        "件数",
        "D4",
        "全体の件数より多く",
    ),
    "one month twice": (
        form(["中北保健所", "4月", *line(1, 4)], ["中北", "４月", *line(1, 5)]),
        "重複",
        "C5",
        "調査!C4 にもあります",
    ),
    "another year in the title": (
        form(["中北保健所", "令和5年4月", *line(1, 4)]),
        "年度",
        "A1",
        "表題は令和6年度(2024年度)、月は令和5年度(2023年度)",
    ),
    "another prefecture's centre": (
        form(["隣県東保健所", "4月", *line(1, 4)]),
        "保健所名",
        "A4",
        "他の都道府県の保健所",
    ),
    "one count for two months": (
        Messy(
            {
                "調査": [
                    *form().sheets["調査"],
                    ["中北保健所", "4月", *line(1, 4)],
                    ["中北保健所", "5月", "", 9, 2, 30, 20, 5],
                ]
            },
            {},
            merged=((3, 2, 4, 2),),
        ),
        "結合",
        "C4",
        "結合されていて",
    ),
}
