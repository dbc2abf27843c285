"""Shares of more than 100 per cent that an uploaded table makes, alone or with what is served."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.table_intake import published_measures
from data.harmonise.shares import beyond_whole, share_measures
from surveys.problems import Problem

_KEY = ["area_code", "measure_id", "period"]
_ACTION = (
    "部分と全体の数を確かめ、違うほうを直してください。"
    "公開済みの数が違うときは、その行も同じ表に入れてください。"
)


def beyond_hundred(con: DuckDBPyConnection, measures: pd.DataFrame) -> list[Problem]:
    """Name every row of the upload that makes a share of more than 100 per cent."""
    touched = share_measures(set(measures["measure_id"])) if len(measures) else set()
    if not touched:
        return []
    published = published_measures(con, measures=sorted(touched))
    replaced = pd.MultiIndex.from_frame(published[_KEY]).isin(
        pd.MultiIndex.from_frame(measures[_KEY])
    )
    told = beyond_whole(pd.concat([measures, published[~replaced]], ignore_index=True))
    rows = measures.to_dict("records")
    return [
        Problem(
            "error",
            "数値",
            f"{rows[place]['source_ref']!s}：{reason.removesuffix('この行は使いません。')}",
            _ACTION,
            str(rows[place]["file"]),
            value=f"{rows[place]['value']:g}",
        )
        for place, reason in sorted(told.items())
        if place < len(rows)
    ]
