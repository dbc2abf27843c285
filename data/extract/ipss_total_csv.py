"""社人研 令和5(2023)年推計, totals by year and three age groups of 2050, as one CSV."""

from __future__ import annotations

from data.extract import Extract, RawFile
from data.extract.text_table import header_of, read_text_table

NAME = "社人研 令和5年推計（総人口・2050年3区分CSV）"
NEEDED = {
    "population": (
        *("code", "name", "ward"),
        *(f"p{year}" for year in range(2020, 2051, 5)),
        *("young2050", "working2050", "elderly2050"),
    )
}
_MARKS = {"code", "name", "ward", "p2020", "p2050", "young2050", "working2050", "elderly2050"}


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header."""
    return set(header_of(head)) >= _MARKS


def read(file: RawFile) -> Extract:
    """Read all rows as text."""
    frame = read_text_table(file)
    return Extract(NAME, "ipss2023", "令和5(2023)年推計", {"population": frame}, len(frame))
