"""Numbered items of the regional data collection as measures of municipalities."""

from __future__ import annotations

import unicodedata

import pandas as pd

from data.extract import Extract, RowIssue, regional_data
from data.harmonise import Harmonised
from data.harmonise.area_index import AreaIndex

MEASURES = {regional_data.CLINICS: "clinics_homevisit"}
_KEY = ["area_code", "measure_id", "period"]


def harmonise_regional(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Return a measure for each municipality, item and year; the prefectures they reach."""
    raw = extract.frames["items"]
    if raw.empty:
        return Harmonised({}, [], [])
    raw = raw[raw["code"].str[:2].isin(list(areas.prefectures))].reset_index(drop=True)
    text = raw["value"].map(lambda cell: unicodedata.normalize("NFKC", cell).strip())
    value = pd.to_numeric(text.str.replace(",", ""), errors="coerce").astype("float64")
    codes = {code: areas.resolve(code) for code in set(raw["code"])}
    table = pd.DataFrame(
        {
            "area_code": raw["code"].map(codes),
            "measure_id": raw["item"].map(MEASURES),
            "period": raw["year"].astype("str"),
            "value": value,
            "status": value.notna().map({True: "observed", False: "missing"}),
            "source_id": source_id,
            "source_ref": raw["source_ref"],
        }
    )
    unread = table["value"].isna() & (text != "")
    homeless = table["area_code"].isna() | table.duplicated(_KEY, keep=False)
    issues = [
        *_issues(raw[homeless], "code", "いまの市区町村一つに対応しません（合併など）。"),
        *_issues(raw[unread], "value", "数として読めないため、欠測としました。", mended=True),
    ]
    kept = table[~homeless]
    coverage = kept[["measure_id", "area_code"]].drop_duplicates()
    pairs = list(coverage.itertuples(index=False, name=None))
    return Harmonised({"measure": kept.reset_index(drop=True)}, pairs, issues)


def _issues(
    rows: pd.DataFrame, column: str, reason: str, *, mended: bool = False
) -> list[RowIssue]:
    return [
        RowIssue(ref, column, str(found)[:100], reason, set_aside=not mended)
        for ref, found in zip(rows["source_ref"], rows[column], strict=True)
    ]
