"""What became of the old items at the change of framework, as a table, as links and in words."""

from __future__ import annotations

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.programme import CrosswalkRow

# What each kind of change allows, in the words of the sentence.
_SAID = {
    "comparable": "続けて比べられるのは{}",
    "coarse": "おおまかにしか比べられないのは{}",
    "denominator_changes": "分母が変わり、割合を続けられないのは{}",
    "break": "数を比べられないのは{}",
    "ends": "R2で系列が終わるのは{}",
}


def crosswalk_table() -> pd.DataFrame:
    """Return one row per change: the old items, the ordinance's item and its text, the new one."""
    programme = load_catalogue().programme
    short = {item.key: item.short_label for item in programme.items}
    ordinance = {entry.label: entry.text for entry in programme.ordinance.values()}
    return pd.DataFrame(
        {
            "old": "・".join(short[key] for key in row.old_items) or "（なし）",
            "ordinance": row.ordinance or "―",
            "ordinance_text": ordinance.get(row.ordinance, "―"),
            "new": row.new_label,
            "explanation": row.explanation,
        }
        for row in programme.crosswalk
    )


def crosswalk_links() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return old items, new items, and the links between them, in the order of the changes."""
    programme = load_catalogue().programme
    items = {item.key: item for item in programme.items_of("h27r2")}
    old = [items[key] for row in programme.crosswalk for key in row.old_items]
    new = [{"key": row.key, "label": _new_label(row)} for row in programme.crosswalk]
    links = [
        {"old": key, "new": row.key, "comparability": row.comparability}
        for row in programme.crosswalk
        for key in (*row.old_items, *([] if row.old_items else [None]))
    ]
    return (
        pd.DataFrame(
            {"key": item.key, "label": item.label, "short_label": item.short_label} for item in old
        ),
        pd.DataFrame(new),
        pd.DataFrame(links, columns=["old", "new", "comparability"], dtype=object),
    )


def _new_label(row: CrosswalkRow) -> str:
    return f"{row.new_label}（{row.ordinance}）" if row.ordinance else row.new_label


def crosswalk_sentence() -> str:
    """Say which old items can be compared across the change, and which cannot."""
    programme = load_catalogue().programme
    short = {item.key: item.short_label for item in programme.items}
    parts = []
    for kind, said in _SAID.items():
        names = [
            short[key]
            for row in programme.crosswalk
            if row.comparability == kind
            for key in row.old_items
        ]
        parts += [said.format("・".join(names))] if names else []
    new = [row.new_label for row in programme.crosswalk if row.comparability == "new"]
    added = f"R3に加わった「{'」「'.join(new)}」には以前の値がありません。" if new else ""
    count = len(programme.items_of("h27r2"))
    return f"R2までの{count}項目のうち、{'、'.join(parts)}です。{added}"
