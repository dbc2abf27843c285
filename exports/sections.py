"""One area on one sheet, in the parts that the page, the workbook and the slides share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from exports.columns import ColumnLabel


@dataclass(frozen=True, eq=False)
class Section:
    """A titled table with the sentence computed from it; without rows the sentence says why."""

    key: str
    title: str
    sentence: str
    frame: pd.DataFrame
    columns: Mapping[str, ColumnLabel]


@dataclass(frozen=True)
class Bars:
    """A bar chart to be drawn natively: categories, and one or more named series."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    number_format: str


@dataclass(frozen=True, eq=False)
class AreaSheet:
    """Everything that is said of one area: bars, sections, and all indicators with their origin."""

    area_code: str
    area_name: str
    title: str
    sentence: str
    bars: tuple[Bars, ...]
    sections: tuple[Section, ...]
    rows: pd.DataFrame
    columns: Mapping[str, ColumnLabel]
    facts: str
    source: tuple[str, ...]
