"""Programme items in the shapes that the pictures and tables print."""

from __future__ import annotations

import pandas as pd

from analytics.survey_status import ANSWERING_KEYS, CATEGORY_KEYS, category_labels
from data.catalogue import load_catalogue
from data.era import fiscal_year_label, short_era


def implemented_word(framework: str) -> str:
    """Return what an implemented item is called under a framework."""
    return category_labels(framework)["done"]


def item_labels(framework: str, *, short: bool = False) -> dict[str, str]:
    """Return the names of the items of a framework by their key."""
    items = load_catalogue().programme.items_of(framework)
    return {item.key: item.short_label if short else item.label for item in items}


def labelled_rates(rates: pd.DataFrame, *, framework: str) -> pd.DataFrame:
    """Return rates with the names of items, years and framework."""
    return rates.assign(
        item_label=rates["item_key"].map(item_labels(framework)),
        item_short=rates["item_key"].map(item_labels(framework, short=True)),
        year_label=[short_era(int(year)) for year in rates["fiscal_year"]],
        fiscal_year_label=[fiscal_year_label(int(year)) for year in rates["fiscal_year"]],
        framework_label=load_catalogue().programme.frameworks[framework].short_label,
    )


def framework_columns(framework: str, fiscal_year: int) -> dict[str, str]:
    """Return the columns that say, in every row of a file, which framework and year it is of."""
    return {
        "framework_label": load_catalogue().programme.frameworks[framework].short_label,
        "fiscal_year_label": fiscal_year_label(fiscal_year),
    }


def counts_by_kind(rates: pd.DataFrame, *, framework: str) -> pd.DataFrame:
    """Return one row per item and kind of answer of a year: respondents, and the words at its end.

    `rates` are labelled rates of one fiscal year.
    """
    word = implemented_word(framework)
    ends = rates.assign(
        end_text=[
            f"{word} {done:,}\n回答 {answering:,}"
            for done, answering in zip(rates["done"], rates["answering"], strict=True)
        ]
    )
    return ends.melt(
        id_vars=["item_label", "item_short", "end_text"],
        value_vars=list(CATEGORY_KEYS),
        var_name="category",
        value_name="respondents",
    )


def answers_by_municipality(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per municipality: items done, items answered, and its answers by item."""
    wide = answers.pivot(index=["area_code", "area_name"], columns="item_key", values="category")
    wide = wide[list(dict.fromkeys(answers["item_key"]))]
    done = (wide == "done").sum(axis=1)
    answered = wide.isin(ANSWERING_KEYS).sum(axis=1)
    wide.insert(0, "done_items", done.where(answered > 0).astype("Int64"))
    wide.insert(1, "answered_items", answered)
    return wide.reset_index().rename_axis(columns=None)


def sorted_by_done(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of those with most items done first, of those that answered nothing last.

    Municipalities with as many items done keep their order.
    """
    done = answers_by_municipality(answers).set_index("area_code")["done_items"]
    rank = answers["area_code"].map(done.astype("Float64").fillna(-1))
    return answers.assign(rank=rank).sort_values("rank", ascending=False, kind="stable")


def printed_answers(answers: pd.DataFrame, *, framework: str) -> pd.DataFrame:
    """Return one row per municipality with its answers in words, in the order of the frame."""
    wide = answers_by_municipality(answers)
    words = category_labels(framework)
    items = [column for column in wide if column in item_labels(framework)]
    wide[items] = wide[items].apply(lambda column: column.map(words))
    order = {code: place for place, code in enumerate(dict.fromkeys(answers["area_code"]))}
    return wide.sort_values("area_code", key=lambda codes: codes.map(order), ignore_index=True)
