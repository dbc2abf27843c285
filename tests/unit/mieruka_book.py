"""Small books in the layout of the 「見える化」 system's exports."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

Line = Sequence[object]
BY_AREA = "B5-a_調整済み認定率（要介護度別）_2026_地域別.xlsx"
BY_PERIOD = "B5-a_調整済み認定率（要介護度別）_時系列.xlsx"
TOTAL = "合計調整済み認定率"
PLACES = ("架橋市", "浜辺市", "見本県", "全国")


def export(lines: Sequence[Line], *, shape: str, day: str = "2026年7月22日") -> bytes:
    """Return a book with a sheet of a chart and the sheet of the table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet(f"グラフ（{shape}）").write(0, 0, "調整済み認定率")
        page = book.add_worksheet(f"表形式（{shape}）")
        page.write(0, 0, f"出力日:{day}")
        for number, line in enumerate(lines, start=1):
            page.write_row(number, 0, line)
    return buffer.getvalue()


def by_area(
    *rows: Line, places: Line = PLACES, day: str = "2026年7月22日", unit: str = "（％）"
) -> bytes:
    """Return one year: a line for each series, of its label and a value for each place."""
    header = ["", "", "", *places, "列5", "列6"]
    lines = [["", label, unit, *values] for label, *values in rows]
    filler = [["", "行8", ""], ["", "（注）出典は介護保険事業状況報告", ""]]
    return export([header, *lines, *filler], shape="地域別", day=day)


def by_period(*rows: Line, periods: Line, day: str = "2026年7月22日") -> bytes:
    """Return periods: a line for each place and series, of both and a value for each period."""
    lines = [["", place, label, "（％）", *values] for place, label, *values in rows]
    return export([["", "", "", "", *periods], *lines, ["", "行9"]], shape="時系列", day=day)
