"""Forecasts of home visits as measures of planning areas."""

from __future__ import annotations

import pandas as pd

from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex

MEASURE_ID = "homevisit_claims_month"


def harmonise_demand(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn claims a month by planning area into measures; the years are fiscal years."""
    raw = extract.frames["demand"]
    raw = raw[raw["構想区域コード"].str[:2].isin(list(areas.prefectures))]
    value = pd.to_numeric(raw["レセプト件数/月"], errors="coerce").astype("float64")
    table = pd.DataFrame(
        {
            "area_code": "kk-" + raw["構想区域コード"],
            "measure_id": MEASURE_ID,
            "period": "FY" + raw["年度"].astype("str"),
            "value": value,
            "status": value.notna().map({True: "observed", False: "missing"}),
            "source_id": source_id,
            "source_ref": raw["source_ref"],
        }
    ).reset_index(drop=True)
    issues = [
        RowIssue(ref, "レセプト件数/月", str(found)[:100], "数として読めません。", set_aside=False)
        for ref, found in raw.loc[value.isna(), ["source_ref", "レセプト件数/月"]].itertuples(
            index=False
        )
    ]
    names = raw.drop_duplicates("構想区域コード")
    area = pd.DataFrame(
        {
            "area_code": "kk-" + names["構想区域コード"],
            "area_type": "planning_area",
            "name": names["構想区域名"],
        }
    ).reset_index(drop=True)
    member = area[["area_code"]].assign(
        parent_area_code=area["area_code"].str[3:5], parent_type="prefecture"
    )
    coverage = [(MEASURE_ID, code) for code in area["area_code"]]
    tables = {"measure": table, "area": area, "area_membership": member}
    return Harmonised(tables, coverage, issues)
