"""Shares of prefectures that give each support, or name each issue, year by year."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.support import support_shares
from analytics.survey_status import survey_years
from data.catalogue import load_catalogue
from data.era import fiscal_year_label, short_era


def shares_by_year(con: DuckDBPyConnection, *, kind: str) -> pd.DataFrame:
    """Return one row per fiscal year and item of a kind (support or issue), framework by framework.

    The share is done ÷ answering of the year in per cent; years without answers have no rows.
    """
    programme = load_catalogue().programme
    short = {item.key: item.short_label for item in programme.support_items}
    parts = []
    years = survey_years(con, survey_id="prefectural_form")
    for year, framework in zip(years["fiscal_year"], years["framework"], strict=True):
        shares = support_shares(con, fiscal_year=int(year))
        rows = shares[(shares["kind"] == kind) & (shares["item_key"] != "any_support")]
        parts.append(
            rows.assign(
                fiscal_year=int(year),
                framework=framework,
                framework_label=programme.frameworks[framework].label,
                fiscal_year_label=fiscal_year_label(int(year)),
                year_label=short_era(int(year)),
                item_label=rows["label"].str.removeprefix("課題："),
                item_short=rows["item_key"].map(short).fillna(rows["label"]),
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
