"""構想区域と、病床機能を報告した施設のある市区町村の組 (names only, incomplete)."""

from __future__ import annotations

import re
import unicodedata

from data.era import fiscal_year_label
from data.extract import Extract, RawFile
from data.extract.text_table import header_of, read_text_table

NAME = "構想区域と市区町村の組（病床機能報告から）"
NEEDED = {"pairs": ("構想区域コード", "都道府県", "構想区域", "所在地（市区町村名）")}
CITED = {"title": "地域医療構想 地域別の病床機能等の見える化（医療機関別）"}
_YEAR = re.compile(r"(?:令和|(?<![A-Za-z])[Rr])(\d{1,2})(?!\d)")
_MARKS = {"構想区域コード", "都道府県", "構想区域", "所在地（市区町村名）"}


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header."""
    return set(header_of(head)) >= _MARKS


def read(file: RawFile) -> Extract:
    """Read all rows as text; the fiscal year stands in the name of the file or its folder (R7)."""
    frame = read_text_table(file)
    year = year_in_name(file.name)
    vintage = fiscal_year_label(year) if year else ""
    frames = {"pairs": frame}
    return Extract(NAME, "planning_area_report", vintage, frames, len(frame), cited=dict(CITED))


def year_in_name(name: str) -> int:
    """Return the fiscal year that stands last in a name, such as R7 or 令和7年度, or 0."""
    years = _YEAR.findall(unicodedata.normalize("NFKC", name))
    return 2018 + int(years[-1]) if years else 0
