"""One row per facility and type, where several files of a register list the same office."""

from __future__ import annotations

import pandas as pd

from data.extract import RowIssue

_KEY = ["facility_id", "facility_type"]
REASON = "同じ事業所が同じ種類としてほかのファイルにもあるため、1か所と数えました。"


def one_row_each(
    frames: list[pd.DataFrame],
) -> tuple[pd.DataFrame, dict[str, list[RowIssue]]]:
    """Return all facilities with the first row of each, and the other rows as issues by source."""
    facilities = pd.concat(frames, ignore_index=True)
    again = facilities.duplicated(_KEY)
    issues: dict[str, list[RowIssue]] = {}
    for row in facilities[again].itertuples():
        found = f"{row.facility_id} {row.name} 定員 {row.capacity}"
        issue = RowIssue(str(row.source_ref), "事業所番号", found, REASON)
        issues.setdefault(str(row.source_id), []).append(issue)
    return facilities[~again].reset_index(drop=True), issues
