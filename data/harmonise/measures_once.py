"""One value for an area, a measure and a period, however many files give it."""

from __future__ import annotations

import pandas as pd

from data.extract import RowIssue

_KEY = ["area_code", "measure_id", "period"]


def one_value_each(frames: list[pd.DataFrame]) -> tuple[pd.DataFrame, dict[str, list[RowIssue]]]:
    """Return all measures without repeats; the value of the file read last is kept.

    The rows that are left out are named by the source that had them.
    """
    whole = pd.concat([frame for frame in frames if not frame.empty], ignore_index=True)
    repeated = whole.duplicated(_KEY, keep="last")
    reason = "後に読んだ資料にも同じ地域・時点・項目があるため、そちらを使いました。"
    issues: dict[str, list[RowIssue]] = {}
    for row in whole[repeated].itertuples():
        issue = RowIssue(str(row.source_ref), "項目", str(row.measure_id), reason)
        issues.setdefault(str(row.source_id), []).append(issue)
    return whole[~repeated].reset_index(drop=True), issues
