"""Write a prefecture's filings of facility standards in the layout of the regional bureaus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from data.demo.facilities import records
from data.demo.headers import STANDARDS_HEADER
from data.demo.workbook import write_book

_COLUMNS = (
    "prefecture_code", "prefecture", "institution", "institution_number", "serial", "name",
    "district", "place", "street", "beds_general", "beds_long_term", "beds_mental", "grades",
)  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


def _filings(institution: str, grades: str) -> list[tuple[str, str]]:
    """Return the (title, symbol) of every filing of an institution."""
    hospital = institution == "hospital"
    section, symbol = ("第14の２", "支援病") if hospital else ("第９", "支援診")
    kind = "病院" if hospital else "診療所"
    filed = [("時間外対応加算１", "時間外１")]
    for grade in (value for value in grades.split(",") if value):
        wide = grade.translate(_FULL_WIDTH)
        title = f"別添１の「{section}」の１の({wide})に規定する在宅療養支援{kind}"
        filed.append((title, f"{symbol}{wide}"))
    return filed


def _bed_text(general: int, long_term: int, mental: int) -> str:
    parts = (("一般", general), ("療養", long_term), ("精神", mental))
    return "／".join(f"{kind}　　{beds}" for kind, beds in parts if beds)


def _standards_table(rows: pd.DataFrame) -> list[Sequence[str]]:
    table: list[Sequence[str]] = []
    filing_number = 0
    for order, row in enumerate(records(rows, _COLUMNS), start=1):
        street = str(row["street"]).translate(_FULL_WIDTH)
        for title, symbol in _filings(row["institution"], row["grades"]):
            filing_number += 1
            table.append(
                (
                    str(order),
                    row["prefecture_code"],
                    row["prefecture"],
                    "医科",
                    row["institution_number"],
                    "",
                    f"見医{row['serial']}",
                    row["name"],
                    "000-0000",
                    f"{row['district'] or ''}{row['place']}{street}",
                    f"000-0000-{row['serial'] % 10_000:04d}",
                    "",
                    _bed_text(row["beds_general"], row["beds_long_term"], row["beds_mental"]),
                    title,
                    symbol,
                    f"第{filing_number}号",
                    "令和 4年10月 1日",
                )
            )
            if order % 10 == 0:
                table.append((*table[-1], "", "備考見出し", "見本"))
    return table


def write_standards(rows: pd.DataFrame, path: Path) -> None:
    """Write one row for each filing and remark of the institutions that filed any."""
    wanted = rows["institution"].isin(["hospital", "clinic"]) & (
        (rows["grades"] != "") | (rows["serial"] % 40 == 0)
    )
    title = "[令和７年１０月１日 現在 ]令和７年１０月２日作成　演習データ（架空）"
    ordered = rows[wanted].sort_values(["institution_number"])
    lines = [[], [title], [], STANDARDS_HEADER, *_standards_table(ordered)]
    write_book(path, "Sheet1", lines)
