"""The view of two areas of the comparison, side by side."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from charts.mirror import mirror
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_made import Made, show
from ui.compare_rug import are_too_many, domain_options, rug_rows
from ui.compare_state import CATALOGUE, Chosen, denominator
from ui.indicator_view import source_words
from ui.place_names import told_apart
from ui.selection import choose
from ui.store import served

_ALL = "all"


@lru_cache(maxsize=64)
def pairs(store_key: str, chosen: Chosen, left: str, right: str, domain: str) -> pd.DataFrame:
    """Return one row per rate that either area has, with both values and the highest of all."""
    rows = rug_rows(store_key, chosen)
    if domain != _ALL:
        rows = rows[rows["domain"] == domain]
    facts = rows.drop_duplicates("indicator_id").set_index("indicator_id")
    frame = facts[["title", "unit", "period_label", "benchmark_value", "place"]].assign(
        highest=rows.groupby("indicator_id")["value"].max(),
        decimals=[CATALOGUE.indicators[str(key)].decimals for key in facts.index],
        **{
            f"{side}_value": rows[rows["area_code"] == code].set_index("indicator_id")["value"]
            for side, code in (("left", left), ("right", right))
        },
    )
    frame["difference"] = frame["right_value"] - frame["left_value"]
    known = frame.dropna(subset=["left_value", "right_value"], how="all")
    return known.sort_values("place").reset_index()


@lru_cache(maxsize=64)
def _made(store_key: str, chosen: Chosen, left: str, right: str, domain: str) -> Made | None:
    names = _names(store_key, chosen)
    frame = pairs(store_key, chosen, left, right, domain)
    if left == right or frame.empty:
        return None
    source = source_words(rug_rows(store_key, chosen), denominator(chosen.scope, chosen.only))
    return Made(
        f"{names[left]}と{names[right]}　各指標の最新時点",
        mirror_sentence(frame, names[left], names[right]),
        mirror(frame, left_name=names[left], right_name=names[right]),
        frame,
        tuple(source),
    )


def draw(chosen: Chosen) -> None:
    """Draw the two areas, what they say, their table and files."""
    if are_too_many(chosen):
        return
    names = _names(served(), chosen)
    if len(names) < 2:
        blocks.empty("比べる二つの地域がありません。", "別の単位を選ぶと、地域が増えます。")
        return
    left, right, domain = _choose(chosen, names)
    made = _made(served(), chosen, left, right, domain)
    if made is None:
        blocks.empty("違う地域を二つ選んでください。", "どちらかの地域に値のある指標を並べます。")
        return
    mark = chosen.benchmark.name if chosen.benchmark else "なし"
    notes = [f"棒の長さは、比べる地域の中の最大値を1とした割合。縦の短い線は基準（{mark}）の値。"]
    columns = {
        "title": ColumnLabel("指標"),
        "unit": ColumnLabel("単位"),
        "period_label": ColumnLabel("時点"),
        "left_value": ColumnLabel(names[left], "", 2),
        "right_value": ColumnLabel(names[right], "", 2),
        "difference": ColumnLabel("差（右－左）", "", 2),
        "benchmark_value": ColumnLabel(f"基準（{mark}）", "", 2),
    }
    show(made, key="mirror", stem=f"pair_{left}_{right}", notes=notes, columns=columns)
    blocks.source_line(made.source)


@lru_cache(maxsize=64)
def _names(store_key: str, chosen: Chosen) -> dict[str, str]:
    return told_apart(rug_rows(store_key, chosen))


def _choose(chosen: Chosen, names: dict[str, str]) -> tuple[str, str, str]:
    codes = list(names)
    own = chosen.scope.own_code if chosen.scope.own_code in names else codes[0]
    other = next(code for code in codes if code != own)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        left = choose("左の地域", names, param="left", default=str(own))
        right = choose("右の地域", names, param="right", default=other)
        options = domain_options(served(), chosen)
        domain = choose("分野", options, param="domain", default=_ALL)
    return left, right, domain


def mirror_sentence(frame: pd.DataFrame, left: str, right: str) -> str:
    """Say in how many indicators either is higher, and where they differ most."""
    both = frame.dropna(subset=["left_value", "right_value"])
    if both.empty:
        return f"{left}と{right}の両方に値のある指標はありません。"
    higher = int((both["left_value"] > both["right_value"]).sum())
    lower = int((both["left_value"] < both["right_value"]).sum())
    apart = (both["difference"].abs() / both["highest"].where(both["highest"] > 0)).fillna(0)
    row = both.loc[apart.idxmax()]
    who, than = (right, left) if row["difference"] > 0 else (left, right)
    far = f"違いが最も大きいのは{row['title']}で、{who}が{than}より高い値です。"
    return (
        f"{left}と{right}：両方に値のある{len(both):,}指標のうち、{left}が高いのは{higher:,}、"
        f"{right}が高いのは{lower:,}、同じは{len(both) - higher - lower:,}です。"
        + (far if apart.max() > 0 else "")
    )
