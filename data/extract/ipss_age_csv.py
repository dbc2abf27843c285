"""社人研 平成30(2018)年推計, five-year ages by sex, as one CSV with a flattened header."""

from __future__ import annotations

from data.extract import Extract, RawFile
from data.extract.text_table import header_of, read_text_table

NAME = "社人研 平成30年推計（男女・5歳階級別CSV）"
_BANDS = (*(f"{low}～{low + 4}歳" for low in range(0, 90, 5)), "90歳以上")
NEEDED = {
    "population": (
        *("コード", "市などの別", "都道府県", "市区町村", "年", "総数"),
        *(f"{band}/{sex}" for sex in "amf" for band in _BANDS),
    )
}
_MARKS = {"コード", "市などの別", "年", "総数", "0～4歳/a", "90歳以上/f"}


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header."""
    return set(header_of(head)) >= _MARKS


def read(file: RawFile) -> Extract:
    """Read all rows as text."""
    frame = read_text_table(file)
    return Extract(NAME, "ipss2018", "平成30(2018)年推計", {"population": frame}, len(frame))
