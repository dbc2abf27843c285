"""Support of prefectures in the shapes that the pictures and tables print."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.reference_facts import reference_facts
from analytics.support import ANY_SUPPORT, any_support, support_matrix, support_shares
from data.catalogue import load_catalogue

PUBLISHED_FACTS = ("F091", "F092", "F093", "F094")


def provision_labels(*, short: bool = False) -> dict[str, str]:
    """Return the names of the supports by their question."""
    items = load_catalogue().programme.support_items
    return {item.question_id: item.short_label if short else item.label for item in items}


def with_published(shares: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return shares with the published figure of each row and the document it stands in."""
    by_id = facts.set_index("fact_id")
    short = {item.key: item.short_label for item in load_catalogue().programme.support_items}
    return shares.assign(
        item_label=shares["label"],
        item_short=shares["item_key"].map(short).fillna(shares["label"]),
        published=shares["fact_id"].map(by_id["value"]).astype("float64"),
        published_source=shares["fact_id"].map(by_id["source_title"]),
    )


def shares_view(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return the shares of a fiscal year with the published figures beside them."""
    facts = reference_facts(con, fact_ids=PUBLISHED_FACTS)
    return with_published(support_shares(con, fiscal_year=fiscal_year), facts)


def own_answers(
    con: DuckDBPyConnection, *, prefecture_code: str, fiscal_year: int
) -> dict[str, str]:
    """Return the kind of answer of one prefecture to each support, and to any of them."""
    matrix = support_matrix(con, fiscal_year=fiscal_year)
    own = matrix[matrix["area_code"] == prefecture_code]
    keys = {item.question_id: item.key for item in load_catalogue().programme.support_items}
    answers = dict(zip(own["question_id"].map(keys), own["category"], strict=True))
    return answers | ({ANY_SUPPORT: any_support(own["category"])} if len(own) else {})


def printed_provision(matrix: pd.DataFrame, *, words: dict[str, str]) -> pd.DataFrame:
    """Return one row per prefecture with its answers in words."""
    wide = matrix.pivot(index=["area_code", "area_name"], columns="question_id", values="category")
    wide = wide[list(dict.fromkeys(matrix["question_id"]))]
    printed = wide.replace(words).reset_index()
    return printed.rename_axis(columns=None)


def requests_by_kind(requests: pd.DataFrame) -> pd.DataFrame:
    """Return one row per request: the municipalities asking, told by whether it is given."""
    return requests.assign(
        item_label=requests["label"],
        item_short=requests["label"],
        category=requests["given"],
        respondents=requests["municipalities"],
        end_text=[
            f"希望 {asking:,}\n回答 {answering:,}"
            for asking, answering in zip(
                requests["municipalities"], requests["answering"], strict=True
            )
        ],
    )[["item_label", "item_short", "category", "respondents", "end_text"]]
