"""Certified persons by insurer, age and care level (介護保険事業状況報告 年報 第4-1-1表)."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from data.era import fiscal_year_label
from data.extract import Extract, RawFile
from data.extract.delimited import plain
from data.extract.insurer_tables import (
    SOURCE_KEY,
    columns_of,
    fiscal_year,
    number,
    printed,
    title_of,
)
from data.extract.sheets import sheet_names, sheet_rows

NAME = "介護保険事業状況報告 第4-1-1表（要介護・要支援認定者数）"

_AGES = re.compile(r"(\d+)歳以上(?:(\d+)歳未満)?")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the table by its title."""
    title = title_of(file, head)
    return "保険者別" in title and "認定者数" in title and "男女計" in title


def read(file: RawFile) -> Extract:
    """Read every sheet: persons by insurer, group (総数, 第1号, 65-69, …, 第2号) and level."""
    frames = []
    for sheet in sheet_names(file.path):
        rows = sheet_rows(file.path, sheet)
        first, labels = columns_of(rows, file=file, sheet=sheet)
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
        frames.append(pd.DataFrame(records).assign(区分=_group(rows[first - 2])))
    frame = pd.concat(frames, ignore_index=True)
    year, issues = fiscal_year(file, rows)
    frame["fiscal_year"] = year
    vintage = f"{fiscal_year_label(year)}末"
    return Extract(NAME, SOURCE_KEY, vintage, {"certified": frame}, len(frame), issues)


def _group(header: list[Any]) -> str:
    """Return the group that the upper header prints: 総数, 第1号, 第2号 or ages such as 65-69."""
    label = plain("".join(str(cell) for cell in header[2:]))
    ages = _AGES.search(label)
    if ages:
        return f"{ages[1]}-{int(ages[2]) - 1}" if ages[2] else f"{ages[1]}-"
    for insured in ("第1号", "第2号"):
        if insured in label:
            return insured
    return "総数"
