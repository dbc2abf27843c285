"""Counts straight from the publishers' files, with csv and openpyxl and nothing of ours.

Run alone to see them: python tests/golden/recount.py RAW
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

DESIGNATED_CITIES = (
    "01100 04100 11100 12100 14100 14130 14150 15100 22100 22130 "
    "23100 26100 27100 27140 28100 33100 34100 40100 40130 43100"
)


def city_of(code5: str) -> str:
    """Roll a ward up to the designated city before it; Tokyo's special wards stay."""
    if code5[2] != "1" or code5.startswith("13"):
        return code5
    before = [city for city in DESIGNATED_CITIES.split() if city <= code5 and city[:2] == code5[:2]]
    return max(before, default=code5)


def offices(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def offices_by_municipality(path: Path) -> Counter[str]:
    """Count distinct office numbers by municipality."""
    seen = {(row["事業所番号"], row["都道府県コード又は市町村コード"][:5]) for row in offices(path)}
    return Counter(city_of(code) for _, code in seen)


def capacity_by_prefecture(path: Path) -> Counter[str]:
    """Add up the capacities of distinct offices by prefecture, without dates typed by mistake."""
    capacity = {row["事業所番号"]: row for row in reversed(offices(path))}
    total: Counter[str] = Counter()
    for row in capacity.values():
        if len(row["定員"]) < 8:
            total[row["都道府県コード又は市町村コード"][:2]] += int(row["定員"] or 0)
    return +total


def hospitals(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as stream:
        return list(csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")))


def hospitals_by_municipality(path: Path) -> Counter[str]:
    return Counter(city_of(r["都道府県コード"] + r["市区町村コード"]) for r in hospitals(path))


def beds_by_prefecture(path: Path) -> Counter[str]:
    total: Counter[str] = Counter()
    for row in hospitals(path):
        total[row["都道府県コード"]] += int(row["合計病床数"] or 0)
    return total


def home_care_institutions(path: Path, kind: str) -> dict[str, str]:
    """Return the address by number of every 医科 institution notified as 在宅療養支援<kind>."""
    found = {}
    for row in load_workbook(path, read_only=True).active.iter_rows(min_row=5, values_only=True):
        title = str(row[13] or "")
        if row[3] == "医科" and title.endswith(f"規定する在宅療養支援{kind}"):
            found[str(row[4])] = str(row[9])
    return found


def municipality_in(address: str) -> str:
    """Return the municipality that an address without its prefecture starts with."""
    found = re.match(r"(?:[^市町村]+郡)?(.[^市町村]*?[市町村]|市川三郷町)", address)
    name = found[1] if found else address
    return "市川三郷町" if "市川三郷町" in address else name


def insurer_rows(path: Path, sheet: int = 0) -> Iterator[tuple[object, ...]]:
    """Return the rows of a table by insurer, the nation first."""
    worksheet = load_workbook(path, read_only=True).worksheets[sheet]
    for row in worksheet.iter_rows(values_only=True):
        if len(row) > 2 and isinstance(row[2], int | float) and row[0]:
            yield row


def home_visits(path: Path) -> dict[str, list[float]]:
    """Return claims a month, 2024 to 2050, by planning area."""
    sheet = load_workbook(path, read_only=True).worksheets[0]
    return {
        str(row[1]): [float(cell) for cell in row[5:11]]
        for row in sheet.iter_rows(min_row=6, values_only=True)
        if row[1]
    }


def main(raw: Path) -> None:
    """Print a few of the counts."""
    for path in sorted((raw / "kaigo_opendata").glob("*.csv")):
        counts = offices_by_municipality(path)
        sys.stdout.write(f"{path.name} {sum(counts.values())} in {len(counts)} municipalities\n")
    for path in sorted((raw / "kouseikyoku").glob("*.xlsx")):
        numbers = [len(home_care_institutions(path, kind)) for kind in ("診療所", "病院")]
        sys.stdout.write(f"{path.name} {numbers}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
