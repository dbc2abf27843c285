"""Fukui's discharge rule as the documents report it, in two published versions kept apart."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.reference_facts import outside_facts, reference_facts

FUKUI_FACTS = ("F103", "F096", "F097", "F098", "F099", "F100", "F101", "F102")
FUKUI_OUTSIDE = ("X17",)
# Shares as printed; what was informed is ten tenths less what was not.
_UNTOLD = {"F100": "入院時：情報提供あり", "F101": "うち要支援者", "F102": "退院時：情報提供あり"}


def fukui_facts(con: DuckDBPyConnection) -> pd.DataFrame:
    """Return every figure of both versions as printed, with its source."""
    facts = reference_facts(con, fact_ids=FUKUI_FACTS)
    outside = outside_facts(FUKUI_OUTSIDE)
    return pd.concat([facts, outside], ignore_index=True)


def fukui_versions(facts: pd.DataFrame) -> pd.DataFrame:
    """Return by version the tenths informed before and after.

    The first version prints what was not informed; its share informed is ten less that. The second
    prints the share informed. The two do not agree, and are not merged.
    """
    by_id = facts.set_index("fact_id")
    rows = []
    for key, label in _UNTOLD.items():
        before, after = (10 - int(part) for part in str(by_id.at[key, "value_text"]).split("→"))
        rows.append(("2017年の資料（情報提供なしの割合から換算）", key, label, before, after))
    before, after = (int(part) for part in str(by_id.at["X17", "value_text"]).split("→"))
    rows.append(("2025年の事例集（情報提供率）", "X17", "入院時：情報提供あり", before, after))
    frame = pd.DataFrame(rows, columns=["version", "fact_id", "label", "before", "after"])
    return frame.assign(source_title=frame["fact_id"].map(by_id["source_title"]))


def fukui_sentence(versions: pd.DataFrame) -> str:
    """Say what each version reports of admissions, and that they differ."""
    admissions = versions[versions["label"] == "入院時：情報提供あり"]
    told = "、".join(
        f"{row['version']}では約{row['before']}割から約{row['after']}割"
        for row in admissions.to_dict("records")
    )
    differ = admissions["after"].nunique() > 1 or admissions["before"].nunique() > 1
    tail = "二つの公表は後の値が違うため、並べて示し、一つにまとめません。" if differ else ""
    return f"福井県の入院時の情報提供は、{told}です。{tail}"
