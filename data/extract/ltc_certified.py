"""Certified persons by insurer, age and care level (介護保険事業状況報告 年報 第4-1-1表)."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from data.era import fiscal_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.delimited import plain
from data.extract.insurer_tables import (
    NOT_GUESSED,
    SOURCE_KEY,
    columns_of,
    fiscal_year,
    number,
    printed,
    require_prefectures,
    title_of,
)
from data.extract.sheets import sheet_names, sheet_rows

NAME = "介護保険事業状況報告 第4-1-1表（要介護・要支援認定者数）"
COUNTS = (*(f"要支援{n}" for n in (1, 2)), *(f"要介護{n}" for n in range(1, 6)), "合計")
FIRST = "第1号"
AGE_GROUPS = ("65-69", "70-74", "75-79", "80-84", "85-89", "90-")

_AGES = re.compile(r"(\d+)歳以上(?:(\d+)歳未満)?")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the table by its title."""
    title = title_of(file, head)
    return "保険者別" in title and "認定者数" in title and "男女計" in title


def read(file: RawFile) -> Extract:
    """Read every sheet: persons by insurer, group (総数, 第1号, 65-69, …, 第2号) and level."""
    frames = []
    groups: dict[str, list[str]] = {}
    for sheet in sheet_names(file.path):
        rows = sheet_rows(file.path, sheet)
        first, labels = columns_of(rows, needed=COUNTS, file=file, sheet=sheet)
        require_prefectures(rows, first, file=file, sheet=sheet)
        records = [
            {
                "都道府県": printed(row[0]),
                "保険者": printed(row[1]),
                **{label: number(cell) for label, cell in zip(labels[2:], row[2:], strict=True)},
                "source_ref": f"{sheet}!A{line}",
            }
            for line, row in enumerate(rows[first:], start=first + 1)
            if printed(row[0])
        ]
        group = _group(rows[first - 2])
        groups.setdefault(group, []).append(sheet)
        frames.append(pd.DataFrame(records).assign(区分=group))
    _require_groups(groups, file)
    frame = pd.concat(frames, ignore_index=True)
    year, issues = fiscal_year(file, rows)
    frame["fiscal_year"] = year
    vintage = f"{fiscal_year_label(year)}末"
    return Extract(NAME, SOURCE_KEY, vintage, {"certified": frame}, len(frame), issues)


def _group(header: list[Any]) -> str:
    """Return 総数, 第1号, 第2号 or ages such as 65-69, else the upper header as printed."""
    label = plain("".join(str(cell) for cell in header[2:])).removeprefix("(再掲)")
    within = label.removeprefix("第1号被保険者")
    ages = _AGES.fullmatch(within.strip("-－"))
    if ages:
        return f"{ages[1]}-{int(ages[2]) - 1}" if ages[2] else f"{ages[1]}-"
    if label.removesuffix("被保険者") in {"第1号", "第2号", "総数"}:
        return label.removesuffix("被保険者")
    return label


def _require_groups(groups: dict[str, list[str]], file: RawFile) -> None:
    """Refuse a book where a group that is used has no sheet, or several."""
    wanted = (FIRST, *AGE_GROUPS)
    twice = [group for group in wanted if len(groups.get(group, [])) > 1]
    if twice:
        sheets = "、".join(sheet for group in twice for sheet in groups[group])
        message = f"同じ区分のシートが二つ以上あります：{'、'.join(map(_printed, twice))}。"
        raise UnreadableFile(message, NOT_GUESSED, file=file.name, sheet=sheets)
    missing = [_printed(group) for group in wanted if group not in groups]
    if missing:
        known = {"総数", "第2号", *wanted}
        other = "、".join(f"{groups[label][0]}は「{label}」" for label in groups.keys() - known)
        message = f"必要な区分のシートがありません：{'、'.join(missing)}。"
        raise UnreadableFile(
            f"{message}（{other}）" if other else message, NOT_GUESSED, file=file.name
        )


def _printed(group: str) -> str:
    low, _, high = group.partition("-")
    if group == FIRST:
        return "第1号被保険者"
    return f"{low}歳以上{int(high) + 1}歳未満" if high else f"{low}歳以上"
