"""Write hospitals, clinics, dental clinics and pharmacies in the layout of 医療情報ネット."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from data.demo.facilities import records
from data.demo.headers import MEDICAL_HEADER

_COLUMNS = (
    "prefecture_code", "division", "serial", "name", "name_kana", "area_code", "prefecture",
    "district", "place", "street", "lat", "lon", "beds_general", "beds_long_term", "beds_mental",
    "beds",
)  # fmt: skip
OPEN_DAYS = (*"1111100", *("1" * 35), "0", "12月31日，01月01日")


def _medical_table(rows: pd.DataFrame) -> list[list[str]]:
    unplaced = np.zeros(len(rows), dtype=bool)
    if len(rows) and rows["division"].iloc[0] == "1":
        unplaced = rows["serial"].to_numpy() % 29 == 0
    table = []
    for row, is_unplaced in zip(records(rows, _COLUMNS), unplaced.tolist(), strict=True):
        lat, lon = ("0.0", "0.0") if is_unplaced else (f"{row['lat']:.6f}", f"{row['lon']:.6f}")
        address = f"{row['prefecture']}{row['district'] or ''}{row['place']}{row['street']}"
        table.append(
            [
                f"{row['prefecture_code']}{row['division']}{row['serial']:06d}0010",
                row["name"],
                row["name_kana"],
                "",
                "",
                "",
                row["division"],
                row["area_code"][:2],
                row["area_code"][2:],
                address,
                lat,
                lon,
                "",
                *OPEN_DAYS,
                *_bed_cells(
                    row["beds_general"], row["beds_long_term"], row["beds_mental"], row["beds"]
                ),
            ]
        )
    if unplaced.any():
        table[0][-1] = ""
    return table


def _bed_cells(general: int, long_term: int, mental: int, total: int) -> list[str]:
    if total == 0:
        return [""] * 8
    return [str(general), str(long_term), str(long_term), "0", str(mental), "0", "0", str(total)]


def write_institutions(rows: pd.DataFrame, path: Path, member: str) -> None:
    """Write the institutions of one kind as a zip file with one CSV file in it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(MEDICAL_HEADER)
    writer.writerows(_medical_table(rows.sort_values(["area_code", "serial"])))
    entry = zipfile.ZipInfo(member, date_time=(2025, 12, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, text.getvalue().encode("utf-8-sig"), compresslevel=3)
