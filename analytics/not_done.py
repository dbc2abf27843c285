"""Which municipalities have not carried out the chosen items, apart from those without answer."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import municipal_answers
from analytics.survey_status import ANSWERING_KEYS
from data.catalogue import load_catalogue

ANY = "any"
EVERY = "every"


def municipalities_not_doing(
    con: DuckDBPyConnection,
    *,
    area_code: str,
    framework: str,
    fiscal_year: int,
    item_keys: tuple[str, ...],
    which: str,
) -> pd.DataFrame:
    """Return area_code, area_name, prefecture_code, missing (how many) and the answer by item.

    `which` is any: at least one of the items was answered and is not carried out; or every: all
    were answered and none is carried out. No answer never counts as not carried out.
    """
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    chosen = answers[answers["item_key"].isin(item_keys)]
    undone = chosen["category"].isin(ANSWERING_KEYS) & (chosen["category"] != "done")
    wide = chosen.pivot(index=["area_code", "area_name"], columns="item_key", values="category")
    missing = undone.groupby([chosen["area_code"], chosen["area_name"]]).sum()
    wide = wide.reindex(columns=[key for key in item_keys if key in wide])
    wide.insert(0, "missing", missing.astype(int))
    needed = max(len(wide.columns) - 1, 1) if which == EVERY else 1
    found = wide[wide["missing"] >= needed].reset_index().rename_axis(columns=None)
    found.insert(2, "prefecture_code", found["area_code"].str[:2])
    return found


def answering_any(
    con: DuckDBPyConnection,
    *,
    area_code: str,
    framework: str,
    fiscal_year: int,
    item_keys: tuple[str, ...],
) -> tuple[int, int]:
    """Return how many municipalities answered any of the items, and how many were asked."""
    answers = municipal_answers(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year
    )
    chosen = answers[answers["item_key"].isin(item_keys)]
    answered = chosen.loc[chosen["category"].isin(ANSWERING_KEYS), "area_code"]
    return answered.nunique(), chosen["area_code"].nunique()


def not_done_sentence(
    found: pd.DataFrame,
    *,
    area_name: str,
    year_label: str,
    item_keys: tuple[str, ...],
    which: str,
    answering: int,
    expected: int,
) -> str:
    """Say how many of those that answered have not carried out the items, and who they are."""
    labels = {item.key: item.short_label for item in load_catalogue().programme.items}
    joined = "".join(f"「{labels[key]}」" for key in item_keys)
    several = "の" + ("どれも" if which == EVERY else "どれかを")
    what = f"{joined}{several if len(item_keys) > 1 else 'を'}"
    opening = f"{area_name}の{year_label}に、{what}実施・ありとしていないのは"
    who = f"（{'、'.join(found['area_name'].head(5))}{'など' if len(found) > 5 else ''}）"
    silent = expected - answering
    tail = f"回答のない{silent:,}市町村は含めていません。" if silent else ""
    if found.empty:
        return f"{opening}、回答した{answering:,}市町村のうち一つもありません。{tail}"
    counts = {labels[k]: int(_undone(found[k]).sum()) for k in item_keys if k in found}
    parts = "、".join(f"{name} {count:,}" for name, count in counts.items())
    each = f"項目ごとには{parts}市町村です。" if which == ANY and len(item_keys) > 1 else ""
    return f"{opening}、回答した{answering:,}市町村のうち{len(found):,}{who}です。{each}{tail}"


def _undone(category: pd.Series) -> pd.Series:
    return category.isin(ANSWERING_KEYS) & (category != "done")
