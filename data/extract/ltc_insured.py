"""Insured persons aged 65 and over by insurer (介護保険事業状況報告 年報 第2表)."""

from __future__ import annotations

import pandas as pd

from data.era import fiscal_year_label
from data.extract import Extract, RawFile
from data.extract.insurer_tables import (
    SOURCE_KEY,
    columns_of,
    fiscal_year,
    number,
    printed,
    require_prefectures,
    title_of,
)
from data.extract.sheets import sheet_names, sheet_rows

NAME = "介護保険事業状況報告 第2表（第1号被保険者数）"
COUNTS = ("計", "65歳以上75歳未満", "75歳以上85歳未満", "85歳以上")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the table by its title."""
    title = title_of(file, head)
    return "保険者別" in title and "第1号被保険者数" in title


def read(file: RawFile) -> Extract:
    """Read one row for each insurer and the row of the nation."""
    sheet = sheet_names(file.path)[0]
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
    frame = pd.DataFrame(records)
    year, issues = fiscal_year(file, rows)
    frame["fiscal_year"] = year
    vintage = f"{fiscal_year_label(year)}末"
    return Extract(NAME, SOURCE_KEY, vintage, {"insured": frame}, len(frame), issues)
