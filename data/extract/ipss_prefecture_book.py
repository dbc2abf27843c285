"""社人研 令和5(2023)年推計 Municipalities/{01..47}.xlsx: one sheet for each municipality."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.ipss_headers import SEXES, require_persons, require_sex
from data.extract.ipss_workbook import band, plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "社人研 令和5年推計（県別ブック）"
_SHEET = re.compile(r"(?P<code>\d{3,5})_(?P<name>.+)")
_YEAR = re.compile(r"(20\d{2})(?:\.0)?年?")
_SPECIAL_WARDS, _COASTAL_REGION = "13100", "07999"
_TOP_ROWS = 12
Block = dict[int, int]


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its sheets, each named with a code and a place."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    names = sheet_names(file.path)
    if len(names) < 2 or not all(_SHEET.fullmatch(folded(name)) for name in names):
        return False
    return _year_row(sheet_rows(file.path, names[0], limit=_TOP_ROWS)) is not None


def folded(name: str) -> str:
    """Return a sheet's name with its digits and marks in half width."""
    return unicodedata.normalize("NFKC", name).strip()


def read(file: RawFile) -> Extract:
    """Read a row for each place and year, in the columns of the nationwide workbook."""
    names = sheet_names(file.path)
    codes = _codes(names, file)
    records: list[dict[str, object]] = []
    issues: list[RowIssue] = []
    prefecture = _own_name(names[0])
    for name, code in zip(names, codes, strict=True):
        if code == _SPECIAL_WARDS:
            reason = "区ごとのシートと重なる合計のため除きました。"
            issues.append(RowIssue(name, "コード", code, reason))
            continue
        keys = {
            "コード": code,
            "市などの別": _kind(code),
            "都道府県": prefecture,
            "市区町村": _own_name(name),
        }
        records += [keys | row for row in _one_place(file, name)]
    frame = pd.DataFrame(records).assign(edition="ipss2023")
    tables = {"population": frame}
    return Extract(NAME, "ipss2023", "令和5(2023)年推計", tables, len(frame), issues)


def _own_name(sheet: str) -> str:
    return folded(sheet).partition("_")[2].strip()


def _codes(names: list[str], file: RawFile) -> list[str]:
    """Return five-digit codes; the first sheet, of the prefecture, has the code that ends in 000.

    Its printed code (1900) does not say by itself where the prefecture's number ends.
    """
    printed = [folded(name).partition("_")[0].zfill(5) for name in names[1:]]
    prefectures = {code[:2] for code in printed}
    if len(prefectures) != 1:
        raise UnreadableFile(
            "シートの名前のコードが、一つの都道府県のものではありません。", file=file.name
        )
    return [f"{prefectures.pop()}000", *printed]


def _kind(code: str) -> str:
    if code.endswith("000"):
        return "a"
    return "9" if code == _COASTAL_REGION else ""


def _one_place(file: RawFile, sheet: str) -> list[dict[str, object]]:
    rows = sheet_rows(file.path, sheet)
    top = _year_row(rows)
    if top is None:
        raise UnreadableFile(
            "年の見出しが、男女計・男・女の三組ありません。", file=file.name, sheet=sheet
        )
    blocks = _blocks(rows[top])
    ages = _ages(rows, label_column=min(blocks[0].values()) - 1)
    _require_labels(rows[: top + 1], blocks, file=file, sheet=sheet)
    _require_sum(rows, blocks, ages, file=file, sheet=sheet)
    return [
        {
            "年": year,
            **{
                f"{sex}:{label}": rows[line][block[year]]
                for sex, block in zip(SEXES, blocks, strict=True)
                for label, line in ages.items()
            },
            "source_ref": f"{sheet}!{top + 1}行 {year}年",
        }
        for year in blocks[0]
    ]


def _year_row(rows: list[list[Any]]) -> int | None:
    """Return the row in which the years stand three times."""
    for number, row in enumerate(rows[:_TOP_ROWS]):
        if len(_blocks(row)) == len(SEXES):
            return number
    return None


def _blocks(row: list[Any]) -> list[Block]:
    """Return the columns of each year, block by block; a year that comes back opens the next."""
    blocks: list[Block] = []
    for column, cell in enumerate(row):
        found = _YEAR.fullmatch(plain(cell))
        if not found:
            continue
        year = int(found[1])
        if not blocks or year in blocks[-1]:
            blocks.append({})
        blocks[-1][year] = column
    same = all(list(block) == list(blocks[0]) for block in blocks)
    return blocks if same else []


def _ages(rows: list[list[Any]], *, label_column: int) -> dict[str, int]:
    """Return the rows of the total and of every five-year band, down to （再掲）."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows):
        label = plain(row[label_column]) if 0 <= label_column < len(row) else ""
        if "再掲" in label:
            break
        ages = band(label)
        if label == "総数":
            found["0-"] = number
        elif ages is not None:
            found[f"{ages[0]}-{'' if ages[1] is None else ages[1]}"] = number
    return found


def _require_labels(
    header: list[list[Any]], blocks: list[Block], *, file: RawFile, sheet: str
) -> None:
    """Refuse a sheet whose titles name another unit, or another order of the sexes."""
    labels = [[plain(cell) for cell in row] for row in header]
    require_persons(labels, file=file.name, sheet=sheet)
    for sex, block in zip(SEXES, blocks, strict=True):
        first, last = min(block.values()) - 1, max(block.values())
        require_sex(sex, labels, first=first, last=last, file=file.name, sheet=sheet)


def _require_sum(
    rows: list[list[Any]], blocks: list[Block], ages: dict[str, int], *, file: RawFile, sheet: str
) -> None:
    """Refuse a sheet whose blocks are not both sexes, men and women, in this order."""
    if "0-" not in ages or "95-" not in ages:
        raise UnreadableFile("総数か95歳～の行がありません。", file=file.name, sheet=sheet)
    lacking = [age for age in range(0, 95, 5) if f"{age}-{age + 4}" not in ages]
    if lacking:
        named = "、".join(f"{age}〜{age + 4}歳" for age in lacking)
        raise UnreadableFile(f"必要な行がありません：{named}。", file=file.name, sheet=sheet)
    line = rows[ages["0-"]]
    _require_years(line, blocks, file=file, sheet=sheet)
    year = next(iter(blocks[0]))
    cells = [pd.to_numeric(line[block[year]], errors="coerce") for block in blocks]
    both, men, women = (float(cell) for cell in cells)
    if not abs(both - men - women) <= 2:
        raise UnreadableFile(
            "男と女の和が男女計になりません（男女計・男・女の順に並んでいません）。",
            file=file.name,
            sheet=sheet,
        )


def _require_years(line: list[Any], blocks: list[Block], *, file: RawFile, sheet: str) -> None:
    """Refuse a sheet where a column of persons, up to the next block, has no year."""
    starts = [min(block.values()) - 1 for block in blocks[1:]]
    for block, end in zip(blocks, [*starts, len(line)], strict=True):
        columns = sorted(block.values())
        bare = sorted(set(range(columns[0], end)) - set(columns))
        for column in bare:
            if isinstance(line[column], int | float):
                message = f"{column + 1}列目の年の見出しが読み取れません。"
                raise UnreadableFile(message, file=file.name, sheet=sheet)
