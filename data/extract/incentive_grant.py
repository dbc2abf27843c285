"""交付金 全国集計（市町村分）: 18 header rows and well over a thousand columns of points.

Its columns move from year to year, so every column is found by its header, and the total of the
goal is held against the sums of its two groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.era import fiscal_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "保険者機能強化推進交付金等 全国集計（市町村分）"
SOURCE_KEY = "incentive_grant"
SHEET = plain("全国集計（市町村）")
HEADER_ROWS = 18
_LABEL_ROWS, _FULL_ROW = 8, 8  # labels stand in rows 1 to 8, the full points in row 9
_NAMES = ("市町村名", "市区町村名", "市町村", "市区町村", "保険者名")
_ACTION = "公表元から取得し直すか、得点を「指標の表（共通様式）」に写してください。"


def is_sheet(name: str) -> bool:
    """Tell the table by the name of its sheet."""
    return plain(name).startswith(SHEET)


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the name of a sheet."""
    return head.startswith(WORKBOOK_MARK) and any(map(is_sheet, sheet_names(file.path)))


def read(file: RawFile) -> Extract:
    """Read the points of the goal 在宅医療・在宅介護連携 of every municipality."""
    sheet = next(filter(is_sheet, sheet_names(file.path)))
    return from_rows(sheet_rows(file.path, sheet), sheet=sheet, file=file.name)


def from_rows(rows: Sequence[Sequence[Any]], *, sheet: str, file: str = "") -> Extract:
    """Return serial, prefecture, name, points, their two groups and the full points by row."""
    columns = _Columns(rows, sheet=sheet, file=file)
    full = rows[_FULL_ROW][columns.total]
    records = [
        (
            str(row[columns.prefecture]).removesuffix(".0"),
            str(row[columns.name]).strip(),
            row[columns.total],
            row[columns.structure],
            row[columns.activity],
            full,
            f"{sheet} {number}行",
        )
        for number, row in enumerate(rows[HEADER_ROWS:], start=HEADER_ROWS + 1)
        if len(row) > columns.total and _is_number(row[columns.serial])
    ]
    names = ["prefecture", "name", "points", "structure", "activity", "full", "source_ref"]
    frame = pd.DataFrame(records, columns=names, dtype="object").assign(fiscal_year=columns.year)
    vintage = fiscal_year_label(columns.year)
    return Extract(NAME, SOURCE_KEY, vintage, {"points": frame}, len(frame))


class _Columns:
    """Where the columns are, by their headers; UnreadableFile names those that are not there."""

    def __init__(self, rows: Sequence[Sequence[Any]], *, sheet: str, file: str) -> None:
        self._labels: dict[str, list[int]] = {}
        self._place = {"file": file, "sheet": sheet}
        for row in rows[:_LABEL_ROWS]:
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    self._labels.setdefault(plain(cell), []).append(column)
        self.serial, self.prefecture = self._first("通し番号"), self._first("都道府県番号")
        self.name = self._first(*_NAMES)
        inside = range(self._first("推進合計"), self._first("支援合計"))
        self.total = self._only("Ⅲ合計", inside)
        self.structure = self._only("Ⅲ（ⅰ）計", inside)
        self.activity = self._only("Ⅲ（ⅱ）計", inside)
        self.year = self._year()
        if len(rows) <= HEADER_ROWS:
            raise self._lacks("得点の行（19行目から）")

    def _first(self, *labels: str) -> int:
        for label in labels:
            if plain(label) in self._labels:
                return min(self._labels[plain(label)])
        raise self._lacks("」か「".join(labels[:2]))

    def _only(self, label: str, inside: range) -> int:
        found = {c for c in self._labels.get(plain(label), []) if c in inside}
        if len(found) != 1:
            raise self._lacks(f"支援交付金の{label}")
        return found.pop()

    def _year(self) -> int:
        """Return the year of the grant; the header names the year before beside its total."""
        for label in self._labels:
            found = re.match(r"R(\d+)評価指標合計得点", label)
            if found:
                return 2018 + int(found[1]) + 1
        raise self._lacks("R○評価指標 合計得点")

    def _lacks(self, label: str) -> UnreadableFile:
        message = f"交付金の全国集計の見出し「{label}」がありません。"
        return UnreadableFile(message, _ACTION, **self._place)


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
