"""What the tables by insurer of the annual care insurance report have in common."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Collection
from typing import Any

from data.era import fiscal_year_label
from data.errors import UnreadableFile
from data.extract import RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

SOURCE_KEY = "ltc_report"
NOT_GUESSED = "公表元の様式が変わったようです。ほかの列で代えることはしません。"

_TITLE_ROWS = 5
_PRINTED_YEAR = re.compile(r"令和(元|\d+)年度")
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>(\d{4})-(\d{2})")


def title_of(file: RawFile, head: bytes) -> str:
    """Return the folded first line of the first sheet, or nothing when the file is no workbook."""
    if not head.startswith(WORKBOOK_MARK):
        return ""
    names = sheet_names(file.path)
    rows = sheet_rows(file.path, names[0], limit=_TITLE_ROWS) if names else []
    titles = (plain("".join(str(cell) for cell in row)) for row in rows)
    return next(filter(None, titles), "")


def columns_of(
    rows: list[list[Any]], *, needed: Collection[str], file: RawFile, sheet: str
) -> tuple[int, list[str]]:
    """Return the index of the first data row and the lower labels, else the upper ones.

    A sheet that prints a needed label not at all, or twice, is refused by that label.
    """
    for index, row in enumerate(rows[:12]):
        if [plain(cell) for cell in row[:2]] == ["都道府県", "保険者"]:
            lower = rows[index + 1]
            labels = [plain(low) or plain(high) for high, low in zip(row, lower, strict=True)]
            place = {"file": file.name, "sheet": sheet, "cell": f"{index + 1}〜{index + 2}行"}
            _require_once(labels, needed, **place)
            return index + 2, labels
    raise UnreadableFile(
        "「都道府県」「保険者」の見出しがありません。", file=file.name, sheet=sheet
    )


def _require_once(labels: list[str], needed: Collection[str], **place: str) -> None:
    missing = [label for label in needed if label not in labels]
    if missing:
        message = f"必要な列がありません：{'、'.join(missing)}。"
        raise UnreadableFile(message, NOT_GUESSED, **place)
    twice = [label for label in needed if labels.count(label) > 1]
    if twice:
        message = f"同じ見出しの列が二つ以上あります：{'、'.join(twice)}。"
        raise UnreadableFile(message, NOT_GUESSED, **place)


def require_prefectures(rows: list[list[Any]], first: int, *, file: RawFile, sheet: str) -> None:
    """Refuse a table with an insurer of no prefecture: the sum of its own would lack it."""
    for line, row in enumerate(rows[first:], start=first + 1):
        if printed(row[1]) and not printed(row[0]):
            message = f"保険者「{printed(row[1])}」の都道府県が空欄です。"
            action = "公表元から取得し直してください。"
            raise UnreadableFile(message, action, file=file.name, sheet=sheet, cell=f"A{line}")


def number(cell: object) -> float | None:
    """Return a printed number; a hyphen is zero in these tables, anything else is None."""
    if isinstance(cell, int | float):
        return float(cell)
    text = plain(cell).replace(",", "")
    if text in {"-", "－", "‐", "―"}:
        return 0.0
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def fiscal_year(file: RawFile, rows: list[list[Any]]) -> tuple[int, list[RowIssue]]:
    """Return the year of the report: as printed, else from the day the workbook was last saved.

    The tables print no year. The report of a fiscal year is made in the summer two years on.
    """
    for cell in (cell for row in rows[:6] for cell in row):
        found = _PRINTED_YEAR.search(plain(cell))
        if found:
            return 2018 + (1 if found[1] == "元" else int(found[1])), []
    with zipfile.ZipFile(file.path) as archive:
        names = [name for name in archive.namelist() if name == "docProps/core.xml"]
        saved = _MODIFIED.search(archive.read(names[0])) if names else None
    if saved is None:
        raise UnreadableFile(
            "何年度の報告か分かりません。",
            action="1行目の表題に「令和○年度」と書き加えてから取り込んでください。",
            file=file.name,
        )
    year, month = int(saved[1]), int(saved[2])
    report_year = year - 2 if month >= 4 else year - 3
    reason = (
        f"年度の記載がないため、ブックの更新年月から{fiscal_year_label(report_year)}としました。"
    )
    return report_year, [RowIssue("表題", "年度", f"{year}年{month}月", reason, set_aside=False)]


def printed(cell: object) -> str:
    """Return a name as printed, without the spaces that only spread it."""
    return "".join(unicodedata.normalize("NFC", str(cell)).split())
