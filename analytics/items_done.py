"""How many items each municipality carries out, and how many that makes in larger areas."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import municipal_answers
from analytics.activities_groups import grouped
from analytics.activities_members import group_members
from analytics.activities_table import answers_by_municipality

NO_ANSWER = "回答なし"


def items_done(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> pd.DataFrame:
    """Return area_code, area_name, done_items and answered_items of each municipality.

    done_items is null where no item was answered; an item not answered is not one not done.
    """
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    if answers.empty:
        return pd.DataFrame(columns=["area_code", "area_name", "done_items", "answered_items"])
    wide = answers_by_municipality(answers)
    return wide[["area_code", "area_name", "done_items", "answered_items"]]


def items_done_by_group(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int, unit: str
) -> pd.DataFrame:
    """Return area_code, area_name, value, done_items, answering and expected of each group.

    `value` is the items done of all municipalities that answered ÷ those municipalities: the mean
    number of items, null where none answered. `unit` is that of `group_members`.
    """
    counts = items_done(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    ).assign(fiscal_year=fiscal_year)
    members = group_members(con, unit=unit, years=(fiscal_year,))
    whole = grouped(counts, members)
    found = (
        whole.groupby(["group_code", "group_name"], sort=False)
        .agg(
            done_items=("done_items", "sum"),
            answering=("done_items", "count"),
            expected=("area_code", "size"),
        )
        .reset_index()
        .rename(columns={"group_code": "area_code", "group_name": "area_name"})
    )
    return found.assign(value=mean_items(found["done_items"], found["answering"]))


def mean_items(done: pd.Series, answering: pd.Series) -> pd.Series:
    """Return items done ÷ municipalities that answered, null where none did."""
    share: pd.Series = done.astype(float) / answering.where(answering > 0).astype(float)
    return share


def distribution(counts: pd.DataFrame, *, items: int) -> pd.DataFrame:
    """Return items and municipalities: how many carry out 0, 1, 2 … of the items.

    Municipalities that answered no item are left out.
    """
    found = counts["done_items"].dropna().astype(int).value_counts()
    return pd.DataFrame(
        {
            "items": range(items + 1),
            "municipalities": [int(found.get(number, 0)) for number in range(items + 1)],
        }
    )


def items_done_sentence(
    counts: pd.DataFrame, *, area_name: str, year_label: str, items: int, word: str
) -> str:
    """Say how many items are carried out in the mean, by the most, by the fewest and by how many.

    `counts` has one row per municipality as `items_done` returns it.
    """
    known = counts.dropna(subset=["done_items"])
    opening = f"{area_name}の{year_label}は、"
    if known.empty:
        return f"{opening}回答した市町村がないため、{word}の項目数を数えられません。"
    done = known["done_items"].astype(int)
    mean = done.sum() / len(done)
    body = (
        f"回答した{len(done):,}市町村が{items}項目のうち平均{mean:.1f}項目を{word}としています"
        f"（対象{len(counts):,}市町村）。"
    )
    if done.min() == done.max():
        return f"{opening}{body}どの市町村も{done.min()}項目で同じです。"
    most, fewest = known[done == done.max()], known[done == done.min()]
    return (
        f"{opening}{body}最も多いのは{done.max()}項目の{_who(most)}、"
        f"最も少ないのは{done.min()}項目の{_who(fewest)}です。"
    )


def _who(rows: pd.DataFrame) -> str:
    names = "、".join(rows["area_name"].head(3))
    return names if len(rows) <= 3 else f"{len(rows):,}市町村（{names}など）"
