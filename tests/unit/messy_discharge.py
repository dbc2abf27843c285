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
    "82": "隣県",
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
    """One workbook by its sheets, what it means, what has to be asked, and the sums it prints."""

    sheets: Mapping[str, Rows]
    truth: Truth
    asked: int = 0
    totals: int = 0
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
    "two years side by side": (
        Messy(
            {
                "調査": [
                    ["退院調整"],
                    ["", "", "令和5年度", "", "", "", "", "", "令和6年度"],
                    ["", "", *GROUPS[2:], *GROUPS[2:]],
                    ["保健所", "月", *KINDS, *KINDS],
                    ["中北保健所", "4月", *line(2, 4), *line(1, 4)],
                ]
            },
            {},
        ),
        "年度",
        "I5",
        "年度が二つあります",
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
