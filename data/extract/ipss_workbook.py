"""社人研 令和5(2023)年推計 suikei_kekka.xlsx: 84 columns under a two-row header."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.ipss_headers import SEXES, require_persons, require_sex
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "社人研 令和5年推計（男女・5歳階級別ブック）"
DEMO_MARK = "演習データ"
KEYS = ("コード", "市などの別", "都道府県", "市区町村", "年")
NEEDED = {"population": KEYS}
_BAND = re.compile(
    r"(?P<low>\d{1,3})(?:歳)?[~〜～\-](?P<high>\d{1,3})?(?:歳)?|(?P<open>\d{1,3})歳以上"
)


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its key columns and the first age band within the first rows."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    names = sheet_names(file.path)
    if not names:
        return False
    labels = {plain(cell) for row in sheet_rows(file.path, names[0], limit=8) for cell in row}
    return labels >= set(KEYS) and any(band(label) == (0, 4) for label in labels)


def plain(cell: object) -> str:
    """Return a header cell without spaces, line breaks and width differences."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(cell)))


def band(label: str) -> tuple[int, int | None] | None:
    """Return the ages that a header names: 0～4歳, 95歳～, 90歳以上."""
    found = _BAND.fullmatch(unicodedata.normalize("NFKC", label))
    if not found:
        return None
    if found["open"]:
        return int(found["open"]), None
    return int(found["low"]), int(found["high"]) if found["high"] else None


def read(file: RawFile) -> Extract:
    """Read the keys, totals and five-year bands; columns are named total:0-4, female:95- etc."""
    sheet = sheet_names(file.path)[0]
    rows = sheet_rows(file.path, sheet)
    top = next(n for n, row in enumerate(rows) if "コード" in {plain(cell) for cell in row})
    titles = [[plain(cell) for cell in row] for row in rows[:top]]
    require_persons(titles, file=file.name, sheet=sheet)
    columns = _columns(rows[top : top + 2], file, sheet=sheet)
    body = rows[top + 2 :]
    first_row = top + 3
    frame = pd.DataFrame({name: [row[at] for row in body] for name, at in columns.items()})
    frame["source_ref"] = [f"{sheet}!A{first_row + n}" for n in range(len(body))]
    frame = frame[frame["コード"].astype(str).str.strip() != ""].reset_index(drop=True)
    title = "".join(str(cell) for row in rows[:top] for cell in row)
    edition = "demo" if DEMO_MARK in title else "ipss2023"
    vintage = "演習データ（架空）" if edition == "demo" else "令和5(2023)年推計"
    frame["edition"] = edition
    return Extract(
        NAME,
        "demo" if edition == "demo" else "ipss2023",
        vintage,
        {"population": frame},
        len(frame),
    )


def _columns(header: list[list[Any]], file: RawFile, *, sheet: str) -> dict[str, int]:
    labels = [plain(low) or plain(high) for high, low in zip(*header, strict=True)]
    tops = [plain(high) for high in header[0]]
    keys = {key: _position(key, tops, labels, file) for key in KEYS}
    starts = [n for n, label in enumerate(labels) if band(label) == (0, 4)]
    if len(starts) < len(SEXES):
        raise UnreadableFile("年齢階級の列が男女計・男・女の三組そろっていません。", file=file.name)
    found = dict(keys)
    for sex, start in zip(SEXES, starts, strict=False):
        own = _one_sex(sex, start, labels)
        if not any(name.endswith("-") and name != f"{sex}:0-" for name in own):
            raise UnreadableFile(
                f"年齢階級の列が途中で切れています（{max(own.values()) + 1}列目まで）。",
                action="公表元の様式が変わったようです。ほかの列で代えることはしません。",
                file=file.name,
            )
        if sex == "total" and f"{sex}:0-" not in own:
            raise UnreadableFile(
                f"総数の列がありません（{start}列目の見出しは「{labels[start - 1]}」です）。",
                action="公表元の様式が変わったようです。ほかの列で代えることはしません。",
                file=file.name,
            )
        last = max(own.values())
        require_sex(sex, (tops, labels), first=start - 1, last=last, file=file.name, sheet=sheet)
        found |= own
    return found


def _position(key: str, tops: list[str], labels: list[str], file: RawFile) -> int:
    for row in (tops, labels):
        if key in row:
            return row.index(key)
    raise UnreadableFile(f"列「{key}」がありません。", file=file.name)


def _one_sex(sex: str, start: int, labels: list[str]) -> dict[str, int]:
    """Take the total before the first band and the bands that follow one another."""
    found = {f"{sex}:0-": start - 1} if "総数" in labels[start - 1] else {}
    expected = 0
    for at in range(start, len(labels)):
        ages = band(labels[at])
        if ages is None or ages[0] != expected:
            break
        low, high = ages
        found[f"{sex}:{low}-{'' if high is None else high}"] = at
        if high is None:
            break
        expected = high + 1
    return found
