"""社人研 令和5(2023)年推計 結果表 kekkahyo1, 2_1〜2_4: one age group by area and year."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.ipss_headers import require_persons
from data.extract.ipss_workbook import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "社人研 令和5年推計（結果表）"
KEYS = ("コード", "市などの別", "都道府県", "市区町村")
_GROUPS = {
    "0-14": re.compile(r"(?<!\d)0[~〜\-]14歳"),
    "15-64": re.compile(r"(?<!\d)15[~〜\-]64歳"),
    "65-": re.compile(r"(?<!\d)65歳以上"),
    "75-": re.compile(r"(?<!\d)75歳以上"),
}
_NUMBERING = re.compile(r"結果表\s*\d+(?:\s*[\-‐―−ー]\s*\d+)?")
_NO_PERSONS = re.compile(r"指数|割合")
_YEAR = re.compile(r"(20\d{2})(?:\.0)?年?")
_TOP_ROWS = 8


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header: the four keys followed by years, and no column of years."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    names = sheet_names(file.path)
    return bool(names) and _header(sheet_rows(file.path, names[0], limit=_TOP_ROWS)) is not None


def read(file: RawFile) -> Extract:
    """Read a row for each area and year, in the columns of the nationwide workbook."""
    sheet = sheet_names(file.path)[0]
    rows = sheet_rows(file.path, sheet)
    top = _header(rows)
    if top is None:
        raise UnreadableFile("見出しの行がありません。", file=file.name, sheet=sheet)
    require_persons(
        [[plain(cell) for cell in row] for row in rows[:top]], file=file.name, sheet=sheet
    )
    column = f"total:{_group(rows[:top], file)}"
    header = [plain(cell) for cell in rows[top]]
    years = _years(header)
    _require_no_index(rows[:top], header, years, file=file, sheet=sheet)
    _require_all_years(rows, top, years, file=file, sheet=sheet)
    records = [
        {
            **{key: row[header.index(key)] for key in KEYS},
            "年": year,
            column: row[at],
            "source_ref": f"{sheet}!A{number}",
        }
        for number, row in enumerate(rows[top + 1 :], start=top + 2)
        if str(row[header.index("コード")]).strip()
        for year, at in years.items()
    ]
    frame = pd.DataFrame(records).assign(edition="ipss2023")
    return Extract(NAME, "ipss2023", "令和5(2023)年推計", {"population": frame}, len(frame))


def _header(rows: list[list[Any]]) -> int | None:
    for number, row in enumerate(rows[:_TOP_ROWS]):
        labels = [plain(cell) for cell in row]
        if labels[:1] == ["コード"] and set(labels) >= set(KEYS) and "年" not in labels:
            return number if len(_years(labels)) > 1 else None
    return None


def _years(labels: list[str]) -> dict[int, int]:
    """Return the columns of persons; the same years come again over the index numbers."""
    found: dict[int, int] = {}
    for at, label in enumerate(labels):
        year = _YEAR.fullmatch(label)
        if year and found and int(year[1]) <= max(found):
            break
        if year:
            found[int(year[1])] = at
    return found


def _require_all_years(
    rows: list[list[Any]], top: int, years: dict[int, int], *, file: RawFile, sheet: str
) -> None:
    """Refuse a header where a column of persons has no year, or where only the indices have it."""
    labels = [plain(cell) for cell in rows[top]]
    first = max(labels.index(key) for key in KEYS) + 1
    among = [at for at in range(first, max(years.values())) if at not in years.values()]
    bare = [at for at in among if any(isinstance(row[at], int | float) for row in rows[top + 1 :])]
    printed = {int(found[1]) for found in map(_YEAR.fullmatch, labels) if found}
    if not bare and printed == set(years):
        return
    lacking = "、".join(f"{year}年" for year in sorted(printed - set(years)))
    raise UnreadableFile(
        f"人口の列に年が読み取れないものがあります{f'（{lacking}）' if lacking else ''}。",
        action="公表元から取得し直してください。ほかの列で代えることはしません。",
        file=file.name,
        sheet=sheet,
        cell=xl_rowcol_to_cell(top, bare[0] if bare else max(years.values()) + 1),
    )


def _require_no_index(
    titles: list[list[Any]], header: list[str], years: dict[int, int], *, file: RawFile, sheet: str
) -> None:
    """Refuse a table that says of its first years that they are index numbers or shares."""
    first = min(years.values())
    after = max(header.index(key) for key in KEYS) + 1
    for row in titles:
        above = next((text for cell in row[first : after - 1 : -1] if (text := plain(cell))), "")
        if _NO_PERSONS.search(above) and "人口" not in above:
            raise UnreadableFile(
                f"人口の列の見出しが「{above}」です。",
                action="公表元の様式が変わったようです。ほかの列で代えることはしません。",
                file=file.name,
                sheet=sheet,
            )


def _unnumbered(title: object) -> str:
    """Return a title without 結果表2-3, whose digits would run into those of the ages."""
    return plain(_NUMBERING.sub("", unicodedata.normalize("NFKC", str(title))))


def _group(titles: list[list[Any]], file: RawFile) -> str:
    """Return the age group that the titles name; a table without one is refused."""
    text = "／".join(_unnumbered(cell) for row in titles for cell in row)
    found = [ages for ages, pattern in _GROUPS.items() if pattern.search(text)]
    if len(found) == 1:
        return found[0]
    if not found and "総人口" in text:
        return "0-"
    raise UnreadableFile(
        "どの年齢の人口の表かが、題から分かりません。",
        action="題に 総人口、0～14歳、15～64歳、65歳以上、75歳以上 のどれか一つが要ります。",
        file=file.name,
    )
