"""国土地理院 面積調: names with districts, and land area, as a CP932 CSV."""

from __future__ import annotations

from data.extract import Extract, RawFile
from data.extract.text_table import header_of, read_text_table

NAME = "全国都道府県市区町村別面積調"

NEEDED = {"land_area": ("行政コード", "都道府県", "市郡", "区町村")}


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header."""
    header = header_of(head)
    return header[:2] == ["行政コード", "都道府県"] and "市郡" in header and "区町村" in header


def read(file: RawFile) -> Extract:
    """Read all rows as text; a single space stands for blank in the source."""
    frame = read_text_table(file)
    for column in frame.columns.drop("source_ref"):
        frame[column] = frame[column].str.strip()
    areas = [column for column in frame.columns if "面積値" in column]
    vintage = areas[0].split("・")[0] if areas else ""
    return Extract(NAME, "land_area", vintage, {"land_area": frame}, len(frame))
