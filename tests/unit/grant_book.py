"""A small book in the layout of the incentive grant: 18 header rows, 1,563 columns."""

from __future__ import annotations

import io

import xlsxwriter

COLUMNS = 1_563
ROWS = [
    # serial, prefecture, insurer, name, structure, activity, total
    (1, 85, "851001", "架橋市", 60, 20, 80),
    (2, 85, "", "浜辺市", 40, 12, 52),
    (3, 85, "", "見本広域連合", "", "", ""),
    (4, 85, "", "峠町", 30, 10, 41),
    (5, 85, "", "どこか町", 30, 10, 40),
    (6, 13, "131016", "千代田区", 30, 10, 40),
]
LABELS = {
    (1, 0): "通し\n番号", (1, 1): "都道府県番号", (1, 3): "保険者番号", (1, 6): "都道府県名",
    (1, 7): "市町村名", (1, 12): "R7評価指標\n合計得点", (1, 13): "R7評価指標 合計得点順位",
    (1, 14): "保険者機能強化推進交付金", (2, 14): "目標Ⅰ", (6, 105): "Ⅲ（ⅰ）計", (5, 106): "Ⅲ（ⅱ）計",
    (2, 107): "Ⅲ合計", (1, 141): "推進合計", (1, 142): "介護保険保険者努力支援交付金",
    (2, 267): "目標Ⅲ　在宅医療・在宅介護連携の体制を構築する", (2, 298): "Ⅲ（ⅰ）計",
    (2, 299): "Ⅲ（ⅱ）計", (1, 300): "Ⅲ合計", (1, 334): "支援合計", (0, 335): "推進・支援合計",
    (0, 1_562): "備考",
}  # fmt: skip


def grant_book(
    rows: list[tuple[object, ...]] | None = None,
    *,
    without: str = "",
    sheet: str = "全国集計（市町村）",
) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for (row, column), text in LABELS.items():
            if text != without:
                page.write(row, column, text)
        for number, label in enumerate(("配点", "全国合計", "平均点"), start=8):
            page.write(number, 13, label)
        page.write(8, 300, 100)
        page.write(9, 300, 92_000)
        for line, values in enumerate(rows if rows is not None else ROWS, start=18):
            serial, prefecture, insurer, name, structure, activity, total = values
            for column, value in (
                (0, serial), (1, prefecture), (3, insurer), (7, name), (107, 99), (298, structure),
                (299, activity), (300, total), (COLUMNS - 1, "○"),
            ):  # fmt: skip
                page.write(line, column, value)
    return stream.getvalue()
