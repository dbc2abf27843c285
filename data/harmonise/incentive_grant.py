"""Points of the incentive grant as measures of municipalities."""

from __future__ import annotations

import pandas as pd

from data.extract import Extract, RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex

POINTS, FULL = "incentive_points", "incentive_points_full"
NO_SCORE = "得点のない行（広域連合など）です。構成する市町村の行を使います。"
UNKNOWN = "この国・範囲にある市町村の名前ではありません。"
_NOT_THE_SUM = "合計が二つの指標群の和と違うため、使いません。"


def harmonise_incentives(extract: Extract, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Turn every scored row into the points and the full points of its municipality."""
    raw = extract.frames["points"]
    numbers = raw[["points", "structure", "activity", "full"]].apply(pd.to_numeric, errors="coerce")
    codes = raw["prefecture"].str.zfill(2)
    inside = codes.isin(list(areas.prefectures))
    found = pd.Series(
        [areas.by_name(code, name) for code, name in zip(codes, raw["name"], strict=True)],
        index=raw.index,
        dtype="object",
    )
    has_score = numbers["points"].notna()
    agrees = numbers["points"] == numbers["structure"] + numbers["activity"]
    issues = [
        *_issues(raw[inside & ~has_score], NO_SCORE),
        *_issues(raw[inside & has_score & found.isna()], UNKNOWN),
        *_issues(raw[inside & has_score & found.notna() & ~agrees], _NOT_THE_SUM),
    ]
    kept = inside & has_score & found.notna() & agrees
    rows = raw[kept].assign(area_code=found[kept])
    parts = [
        pd.DataFrame(
            {
                "area_code": rows["area_code"],
                "measure_id": measure,
                "period": "FY" + rows["fiscal_year"].astype("str"),
                "value": numbers.loc[rows.index, column].astype("float64"),
                "status": "observed",
                "source_id": source_id,
                "source_ref": rows["source_ref"],
            }
        )
        for measure, column in ((POINTS, "points"), (FULL, "full"))
    ]
    table = pd.concat(parts, ignore_index=True).dropna(subset="value")
    table = table.drop_duplicates(["area_code", "measure_id"], keep="last")
    coverage = [(m, a) for m, a in table[["measure_id", "area_code"]].itertuples(index=False)]
    return Harmonised({"measure": table.reset_index(drop=True)}, coverage, issues)


def _issues(rows: pd.DataFrame, reason: str) -> list[RowIssue]:
    return [
        RowIssue(str(ref), "市町村名", str(name)[:100], reason)
        for ref, name in zip(rows["source_ref"], rows["name"], strict=True)
    ]
