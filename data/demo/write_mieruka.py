"""Write the demo's adjusted certification rates as exports of the 「見える化」 system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.demo.common_tables import Row
from data.demo.region import DemoRegion
from data.demo.workbook import Cell, write_book
from data.era import fiscal_year_label

FOLDER = "mieruka"
FILE = "B5-a_調整済み認定率（要介護度別）_時系列.xlsx"
MEASURE = "cert_rate_adjusted_published"
_SERIES = "【他地域と比較】合計調整済み認定率"
_EXPORTED = "出力日:2025年7月18日"
Values = dict[str, dict[int, str]]


def rates_of_prefectures(
    region: DemoRegion, years: set[str], rng: np.random.Generator
) -> list[Row]:
    """Return a rate for every prefecture, which is printed and not worked out from its insurers."""
    return [
        (str(code), str(name), year, MEASURE, f"{rng.normal(18.6, 0.6):.1f}")
        for year in sorted(years)
        for code, name in zip(region.prefectures["code"], region.prefectures["name"], strict=True)
    ]


def write_mieruka(rows: list[Row], region: DemoRegion, directory: Path) -> None:
    """Write a book a prefecture: a line for itself and for each insurer, all by name."""
    by_home: dict[str, Values] = defaultdict(lambda: defaultdict(dict))
    for code, name, period, _, text in rows:
        home = code.removeprefix("ins-")[:2]
        by_home[home][name][int(period[:4])] = text
    names = region.prefectures.set_index("code")["name"]
    for home, values in sorted(by_home.items()):
        folder = directory / FOLDER / f"{home}_{names[home]}"
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / FILE, values)


def _write(path: Path, values: Values) -> None:
    years = sorted({year for own in values.values() for year in own})
    ends = [f"{fiscal_year_label(year + 1).partition('年度')[0]}年\n3月末" for year in years]
    lines: list[Sequence[Cell]] = [[_EXPORTED], [None, None, None, None, *ends]]
    for place, own in values.items():
        printed = [float(own[year]) if year in own else "-" for year in years]
        lines.append([None, place, _SERIES, "（％）", *printed])
    write_book(path, "表形式（時系列）", lines)
