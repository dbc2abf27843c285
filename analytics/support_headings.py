"""Which headings of support a prefecture meets, by the way that a document parts them."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.support import any_support, share_row, support_matrix
from data.catalogue import load_catalogue
from data.catalogue.support_headings import load_support_headings


def heading_matrix(con: DuckDBPyConnection, *, fiscal_year: int, version: str) -> pd.DataFrame:
    """Return one row per prefecture and heading with the kind of its answer.

    A heading is given when any support that measures it is given, and not given only when all of
    those asked that year were answered with no; a heading of which none was asked has no rows.
    """
    matrix = support_matrix(con, fiscal_year=fiscal_year)
    questions = {item.key: item.question_id for item in load_catalogue().programme.support_items}
    parts = []
    for heading in load_support_headings().of(version):
        wanted = [questions[name] for name in heading.measured_by]
        rows = matrix[matrix["question_id"].isin(wanted)]
        if rows.empty:
            continue
        folded = rows.groupby(["area_code", "area_name"], sort=False)["category"].agg(any_support)
        parts.append(folded.reset_index().assign(heading_key=heading.key))
    if not parts:
        return pd.DataFrame(columns=["area_code", "area_name", "category", "heading_key"])
    return pd.concat(parts, ignore_index=True)


def headings_listed(*, version: str) -> pd.DataFrame:
    """Return one row per heading: its label, its examples and the questions that measure it."""
    labels = {item.key: item.label for item in load_catalogue().programme.support_items}
    return pd.DataFrame(
        {
            "key": heading.key,
            "label": heading.label,
            "short_label": heading.short_label,
            "scope": heading.scope,
            "examples": "／".join(heading.examples),
            "measured_by": "／".join(labels[key] for key in heading.measured_by),
        }
        for heading in load_support_headings().of(version)
    )


def heading_shares(con: DuckDBPyConnection, *, fiscal_year: int, version: str) -> pd.DataFrame:
    """Return one row per heading: the share of answering prefectures that meet it, per cent.

    A heading that no question of the year measures stands without counts and share.
    """
    matrix = heading_matrix(con, fiscal_year=fiscal_year, version=version)
    rows = []
    for heading in headings_listed(version=version).to_dict("records"):
        answers = matrix.loc[matrix["heading_key"] == heading["key"], "category"]
        rows.append(share_row(heading["key"], heading["label"], None, answers) | heading)
    return pd.DataFrame(rows)
