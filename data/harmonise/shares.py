"""Shares that cannot be: a part that is more than the whole of the same area and period."""

from __future__ import annotations

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.indicator import MeasureRatio
from data.extract import RowIssue

_SIDE = ["area_code", "period"]
_OWN_LAYOUT = "common_table:"


def beyond_whole(measures: pd.DataFrame) -> dict[int, str]:
    """Return by the row's label why a number cannot be: its part or its whole contradicts it."""
    observed = measures[measures["status"] == "observed"]
    wide = observed.pivot_table(index=_SIDE, columns="measure_id", values="value", aggfunc="last")
    told: dict[int, str] = {}
    for title, parts, wholes in _shares():
        if not {*parts, *wholes} <= set(wide.columns):
            continue
        part = wide[parts].sum(axis=1, skipna=False)
        whole = wide[wholes].sum(axis=1, skipna=False)
        for key in wide.index[part > whole]:
            reason = (
                f"「{title}」が100%を超えます（{_names(parts)} {part[key]:,g} ＞ "
                f"{_names(wholes)} {whole[key]:,g}）。この行は使いません。"
            )
            rows = observed[observed["measure_id"].isin([*parts, *wholes])]
            same = (rows["area_code"] == key[0]) & (rows["period"] == key[1])
            for label in rows.index[same]:
                told.setdefault(label, reason)
    return told


def share_measures(measure_ids: set[str]) -> set[str]:
    """Return every measure that is a part or the whole of a share with one of these in it."""
    sides = [{*parts, *wholes} for _, parts, wholes in _shares()]
    return set().union(*(side for side in sides if side & measure_ids))


def within_whole(measures: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[RowIssue]]]:
    """Set aside the rows of plain tables that make a share of more than 100 per cent.

    Nobody can tell whether the part or the whole is wrong, so that neither counts.
    """
    own = measures["source_id"].astype("str").str.startswith(_OWN_LAYOUT)
    touched = share_measures(set(measures.loc[own, "measure_id"]))
    told = beyond_whole(measures[measures["measure_id"].isin(list(touched))]) if touched else {}
    refused = {label: reason for label, reason in told.items() if own[label]}
    issues: dict[str, list[RowIssue]] = {}
    for label, reason in refused.items():
        row = measures.loc[label]
        issue = RowIssue(str(row["source_ref"]), "数値", f"{row['value']:g}", reason)
        issues.setdefault(str(row["source_id"]), []).append(issue)
    return measures.drop(index=list(refused)).reset_index(drop=True), issues


def _shares() -> list[tuple[str, list[str], list[str]]]:
    return [
        (entry.title, entry.recipe.numerator, entry.recipe.denominator)
        for entry in load_catalogue().indicators.values()
        if isinstance(entry.recipe, MeasureRatio) and entry.recipe.is_share and entry.unit == "%"
    ]


def _names(measures: list[str]) -> str:
    known = load_catalogue().measures
    return "＋".join(known[name].label for name in measures)
