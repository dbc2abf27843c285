"""Cells and table of the areas below the median."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.survey_status import CATEGORIES
from exports.columns import ColumnLabel

VERDICTS = {"reached": "以上", "not_reached": "未満", "open": "判定できない"}
_STATUS = {category.key: category.label for category in CATEGORIES}


def matrix_frame(
    rates: pd.DataFrame, counts: pd.DataFrame, labels: Mapping[str, str]
) -> pd.DataFrame:
    """Return area × item cells in the order of the counts, each with the kind it is drawn as."""
    cells = rates[rates["indicator_id"].isin(labels)]
    kind = np.select(
        [
            cells["standing"] == "missing",
            ~cells["is_counted"],
            cells["is_clear"],
            cells["is_gap"],
        ],
        ["missing", "neutral", "clear", "below"],
        default=cells["standing"].astype(object),
    )
    cells = cells.assign(
        kind=kind,
        item_label=cells["indicator_id"].map(dict(labels)),
        status_label=_words(cells),
    )
    wanted = ["area_code", "item_label", "kind", "value", "status_label"]
    order = {key: place for place, key in enumerate(labels.values())}
    cells = cells.sort_values("item_label", key=lambda column: column.map(order), kind="stable")
    rows = counts.assign(mark=("▼" + counts["gaps"].astype(str)).where(counts["compared"] > 0, "―"))
    return rows[["area_code", "area_name", "mark"]].merge(cells[wanted], on="area_code")


def with_group(counts: pd.DataFrame) -> pd.DataFrame:
    """Put the prefecture before the name where areas of several are listed together."""
    if counts["group_name"].nunique() < 2:
        return counts
    return counts.assign(area_name=counts["group_name"] + " " + counts["area_name"])


def gap_table(rates: pd.DataFrame, counts: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per area: how many are below, and each value beside its median."""
    table = counts.assign(verdict_label=counts["verdict"].map(VERDICTS)).set_index("area_code")
    empty = rates[rates["value"].isna() & rates["indicator_id"].isin(labels)]
    words = empty["indicator_id"].map(dict(labels)) + "：" + _words(empty)
    table["reasons"] = words.groupby(empty["area_code"]).agg("、".join)
    table["reasons"] = table["reasons"].fillna("")
    for key in labels:
        rows = rates[rates["indicator_id"] == key].set_index("area_code")
        table[f"{key}.value"] = rows["value"]
        table[f"{key}.median"] = rows["median"]
    return table.reset_index()


def _words(cells: pd.DataFrame) -> pd.Series:
    return cells["status"].map(_STATUS).fillna("データなし")


def gap_columns(
    labels: Mapping[str, str], *, at_least: int, for_files: bool = False
) -> dict[str, ColumnLabel]:
    """Return the labels of the table; files also carry the medians."""
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "group_name": ColumnLabel("都道府県"),
        "gaps": ColumnLabel("下回る項目", "", 0),
        "verdict_label": ColumnLabel(f"{at_least}項目以上か"),
        "clear": ColumnLabel("うち偶然を超える差", "", 0),
        "compared": ColumnLabel("比べた項目", "", 0),
        "missing": ColumnLabel("値のない項目", "", 0),
        "reasons": ColumnLabel("値のない理由"),
    }
    for key, label in labels.items():
        columns[f"{key}.value"] = ColumnLabel(label, "75歳以上1万人対", 2)
        if for_files:
            columns[f"{key}.median"] = ColumnLabel(f"{label} 中央値", "75歳以上1万人対", 2)
    return columns
