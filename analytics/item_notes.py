"""Notes that numbers cannot hold, by municipality and item, beside the answers of a year."""

from __future__ import annotations

import pandas as pd

from data.catalogue import load_catalogue

_TEXTS = ["text", "changed_by", "changed_at"]


def noted_answers(
    answers: pd.DataFrame, entries: pd.DataFrame, *, with_blank: bool
) -> pd.DataFrame:
    """Return one row per note beside the answer it belongs to, and blank ones where asked for.

    `answers` has area_code, area_name, item_key and answer; a municipality may have several notes
    on an item, each with its author and date.
    """
    notes = entries.rename(columns={"subject": "item_key"})[["area_code", "item_key", *_TEXTS]]
    notes = notes.assign(changed_at=notes["changed_at"].astype("str").str[:10])
    keys = ["area_code", "item_key"]
    return answers.merge(notes, on=keys, how="left" if with_blank else "inner")


def other_notes(entries: pd.DataFrame, *, items: set[str]) -> pd.DataFrame:
    """Return the notes on items that are not among these, with the item and framework named."""
    rest = entries[~entries["subject"].isin(list(items))]
    programme = load_catalogue().programme
    known = {item.key: item for item in programme.items}
    labels = [known[key].label if key in known else key for key in rest["subject"]]
    frameworks = [
        programme.frameworks[known[key].framework].short_label if key in known else ""
        for key in rest["subject"]
    ]
    return rest.assign(
        item_label=labels,
        framework_label=frameworks,
        changed_at=rest["changed_at"].astype("str").str[:10],
    )


def notes_sentence(rows: pd.DataFrame, *, area_name: str, municipalities: int) -> str:
    """Say how many notes there are, on how many municipalities, and on which item most."""
    if rows.empty:
        return f"{area_name}には、事業項目の覚え書きがまだありません。"
    counts = rows["item_label"].value_counts()
    most = "".join(f"「{label}」" for label in counts[counts == counts.max()].index[:3])
    return (
        f"{area_name}には、{municipalities:,}市町村のうち{rows['area_code'].nunique():,}に、"
        f"合わせて{len(rows):,}件の覚え書きがあります。最も多い項目は{most}です。"
    )
