"""Counts by month as answers of the form, and back: the month is the end of the question."""

from __future__ import annotations

import pandas as pd

MONTH_MARK = "_m{:02d}"


def month_answers(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of each month; the month stands at the end of the question."""
    marks = [MONTH_MARK.format(month) for month in counts["month"]]
    return pd.DataFrame(
        {
            "area_code": counts["area_code"],
            "question_id": counts["question_id"] + pd.Series(marks, counts.index, dtype="str"),
            "value": counts["number"].map(lambda n: f"{n:.0f}" if pd.notna(n) else None),
            "status": counts["status"],
            "source_ref": counts["source_ref"],
        }
    )


def counts_of(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the counts by month that month_answers made answers of."""
    parts = answers["question_id"].str.extract(r"^(?P<question_id>.+)_m(?P<month>\d\d)$")
    return pd.DataFrame(
        {
            "area_code": answers["area_code"],
            "month": parts["month"].astype(int),
            "question_id": parts["question_id"],
            "number": pd.to_numeric(answers["value"]).astype("float64"),
            "status": answers["status"],
            "source_ref": answers["source_ref"],
        }
    )
