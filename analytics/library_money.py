"""Fees and funding as printed, put side by side by year."""

from __future__ import annotations

import re

import pandas as pd

_ERAS = {"R": 2018, "H": 1988}


def fact_year(period: str) -> int:
    """Return the first year that a printed period names, 0 where it names none."""
    found = re.search(r"(\d{4})|([RH])(\d{1,2})", period)
    if not found:
        return 0
    if found[1]:
        return int(found[1])
    year = _ERAS[found[2]] + int(found[3])
    return year - 1 if period.startswith("-") else year


def funding_shares(facts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per bearer of the cost, one column per year and printed composition.

    A bearer that a composition does not print has no value; nothing is filled in.
    """
    parts = facts["measure"].str.extract(r"財源構成(?P<kind>\(\d\))_(?P<part>.+)")
    column = facts["period"] + "年の資料 " + parts["kind"]
    column = column.str.replace("R5年の資料", "R5の資料")
    wide = (
        facts.assign(part=parts["part"], column=column)
        .pivot(index="part", columns="column", values="value")
        .reindex(parts["part"].drop_duplicates())
    )
    return wide[sorted(wide.columns)].reset_index().rename_axis(columns=None)
