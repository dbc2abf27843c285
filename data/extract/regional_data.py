"""厚生労働省 在宅医療にかかる地域別データ集: a sheet a year, a row for each municipality."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.ipss_workbook import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "在宅医療にかかる地域別データ集"
SOURCE_KEY = "regional_homecare"
CLINICS = 19
_ITEMS = {CLINICS: ("訪問診療", "診療所")}
_SHEET = re.compile(r"(?:R|令和)(\d{1,2})年度?")
_OF_ACTS = re.compile(r"件数|回数|人数|患者数")
_ACT_UNITS = frozenset({"件", "回", "人"})
_KEY = "市区町村コード"
_LABEL_ROWS, _UNIT_ROW = range(2, 6), 7
_FIRST_ROW = _UNIT_ROW + 1
_TOP_ROWS = 15
_OTHER_NAME = (
    "市区町村コードがありますが、名前が「R５年」の形でなく、何年の値か分からないため読みません。"
)
_NO_CODE = "市区町村コードが数字ではないため除きました。"


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by a sheet such as R５年 that names the municipality's code near its top."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    sheets = _sheets(file)
    if not sheets:
        return False
    rows = sheet_rows(file.path, sheets[0][0], limit=_TOP_ROWS)
    return any(plain(cell) == _KEY for row in rows for cell in row)


def read(file: RawFile) -> Extract:
    """Read the medical area of each municipality and the numbered items, year by year."""
    members: list[dict[str, str]] = []
    items: list[dict[str, object]] = []
    issues: list[RowIssue] = []
    sheets = _sheets(file)
    for sheet, year in sheets:
        rows = sheet_rows(file.path, sheet)
        at = _key_column(rows, file=file, sheet=sheet)
        body = [
            (number, row)
            for number, row in enumerate(rows[_FIRST_ROW:], start=_FIRST_ROW + 1)
            if _whole(row[at])
        ]
        _require_codes(body, at, file=file, sheet=sheet)
        issues += [
            RowIssue(f"{sheet}!{number}行", _KEY, plain(row[at]), _NO_CODE)
            for number, row in enumerate(rows[_FIRST_ROW:], start=_FIRST_ROW + 1)
            if _whole(row[at - 1]) and not _whole(row[at])
        ]
        members += [_member(row, at, f"{sheet}!A{number}", year) for number, row in body]
        items += _item_rows(rows, body, at, sheet=sheet, year=year, issues=issues)
    frames = {"memberships": pd.DataFrame(members), "items": pd.DataFrame(items)}
    issues += [RowIssue(name, "シート", name, _OTHER_NAME) for name in _undated(file, sheets)]
    latest = max(year for _, year in sheets)
    vintage = f"令和{latest - 2018}年({latest}年)まで"
    return Extract(NAME, SOURCE_KEY, vintage, frames, len(members), issues)


def _sheets(file: RawFile) -> list[tuple[str, int]]:
    """Return the sheets of a year, which is written with full-width digits, and that year."""
    found = []
    for name in sheet_names(file.path):
        match = _SHEET.fullmatch(unicodedata.normalize("NFKC", name).strip())
        if match:
            found.append((name, 2018 + int(match[1])))
    return found


def _undated(file: RawFile, sheets: list[tuple[str, int]]) -> list[str]:
    """Return the sheets of municipalities whose names tell no year."""
    others = [name for name in sheet_names(file.path) if name not in {one for one, _ in sheets}]
    return [
        name
        for name in others
        for rows in [sheet_rows(file.path, name, limit=_TOP_ROWS)]
        if any(plain(cell) == _KEY for row in rows for cell in row)
    ]


def _key_column(rows: list[list[Any]], *, file: RawFile, sheet: str) -> int:
    """Return the column of the municipality's code, which must stand in the eighth row."""
    labels = [plain(cell) for cell in rows[_UNIT_ROW]] if len(rows) > _UNIT_ROW else []
    if _KEY not in labels:
        raise UnreadableFile(
            f"「{_KEY}」が{_UNIT_ROW + 1}行目にありません。",
            action="行の並びが変わったようです。様式の説明を確かめてください。",
            file=file.name,
            sheet=sheet,
        )
    return labels.index(_KEY)


def _whole(cell: object) -> str:
    """Return the digits of a code that may be a number or text, or nothing."""
    text = plain(cell).removesuffix(".0")
    return text if text.isdecimal() else ""


def _require_codes(
    body: list[tuple[int, list[Any]]], at: int, *, file: RawFile, sheet: str
) -> None:
    """Refuse a sheet where prefecture and medical area do not stand before the municipality."""
    for number, row in body:
        prefecture = _whole(row[at]).zfill(5)[:2]
        zone = _whole(row[at - 1]).zfill(4)
        if at < 2 or _whole(row[at - 2]).zfill(2) != prefecture or zone[:2] != prefecture:
            raise UnreadableFile(
                "都道府県コード・二次医療圏コードが、市区町村コードの前の列にありません。",
                action="列の並びが変わったようです。様式の説明を確かめてください。",
                file=file.name,
                sheet=sheet,
                cell=f"{number}行",
            )


def _member(row: list[Any], at: int, ref: str, year: int) -> dict[str, str]:
    zone = _whole(row[at - 1]).zfill(4)
    return {
        "団体コード": _whole(row[at]).zfill(5),
        "市区町村名": str(row[at + 2]).strip(),
        "圏域種別": "二次医療圏",
        "圏域コード": zone,
        "圏域名": f"二次医療圏{zone}",
        "適用開始": "",
        "適用終了": "",
        "as_of": f"{year}-04-01",
        "source_ref": ref,
    }


def _item_rows(
    rows: list[list[Any]],
    body: list[tuple[int, list[Any]]],
    at: int,
    *,
    sheet: str,
    year: int,
    issues: list[RowIssue],
) -> list[dict[str, object]]:
    """Return the cells of the items that are used; one whose labels say otherwise is named."""
    numbers = {_whole(cell): column for column, cell in enumerate(rows[0]) if column > at}
    found: list[dict[str, object]] = []
    for item, words in _ITEMS.items():
        column = numbers.get(str(item))
        label = "" if column is None else _label(rows, column)
        if column is None or not all(word in label for word in words) or _of_acts(rows, column):
            reason = f"見出しが {'・'.join(words)} の数でないため、この項目は読みません。"
            issues.append(RowIssue(f"{sheet}!1行", f"項目{item}", label, reason))
            continue
        found += [
            {
                "code": _whole(row[at]).zfill(5),
                "year": year,
                "item": item,
                "value": str(row[column]).strip(),
                "source_ref": f"{sheet}!{number}行 項目{item}",
            }
            for number, row in body
        ]
    return found


def _of_acts(rows: list[list[Any]], column: int) -> bool:
    """Tell whether a column counts what was done, or to whom, and not the institutions."""
    own = [text for line in _LABEL_ROWS if (text := plain(rows[line][column]))]
    return bool(_OF_ACTS.search(own[-1] if own else "")) or (
        plain(rows[_UNIT_ROW][column]) in _ACT_UNITS
    )


def _label(rows: list[list[Any]], column: int) -> str:
    """Return the labels above a column; a merged cell prints its text in its first column only."""
    parts = []
    for line in _LABEL_ROWS:
        cells = [plain(cell) for cell in rows[line][: column + 1]]
        parts.append(next((text for text in reversed(cells) if text), ""))
    return "／".join(parts)
