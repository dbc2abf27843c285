"""圏域と市区町村の対応表: our own plain layout for areas that no publisher offers as a table."""

from __future__ import annotations

from data.extract import Extract, RawFile
from data.extract.text_table import header_of, read_text_table

NAME = "圏域と市区町村の対応表"
COLUMNS = ("団体コード", "市区町村名", "圏域種別", "圏域コード", "圏域名", "適用開始", "適用終了")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header."""
    return set(header_of(head)) >= set(COLUMNS)


def read(file: RawFile) -> Extract:
    """Read all rows as text."""
    frame = read_text_table(file)
    return Extract(NAME, "area_membership", "", {"memberships": frame}, len(frame))
