"""Which municipalities have not carried out chosen items, or set no goal for any scene."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.activities_members import prefecture_names
from analytics.activities_table import framework_columns, item_labels
from analytics.not_done import (
    ANY,
    EVERY,
    answering_any,
    municipalities_not_doing,
    not_done_sentence,
)
from analytics.survey_status import category_labels
from charts.count_columns import count_columns
from charts.status_matrix import status_matrix
from data.catalogue import load_catalogue
from ui import blocks
from ui import survey_columns as columns
from ui.activity_choice import FORM, Chosen, within
from ui.activity_parts import PLACE, Picture, Table, show_picture
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, served
from ui.survey_parts import sources

# By framework: the parameter of its choice, what is chosen at first, and how several count.
ASKED = {
    "h27r2": ("old", ("o", "ki"), ANY),
    "r3": (
        "new",
        ("scene_daily_goal", "scene_transition_goal", "scene_acute_goal", "scene_eol_goal"),
        EVERY,
    ),
}
WHICH = {ANY: "どれかを行っていない", EVERY: "どれも行っていない"}
FEW = 60


def draw(chosen: Chosen) -> None:
    """Draw, for each framework in a year of its own, who has not carried out the items."""
    for framework in reversed(ASKED):
        _framework(chosen, framework)


def _framework(chosen: Chosen, framework: str) -> None:
    entry = load_catalogue().programme.frameworks[framework]
    shown, _ = within(chosen, framework)
    with st.container(border=True):
        st.markdown(f"**{entry.label}**")
        if shown is None:
            blocks.notes([f"{entry.label}の年度の回答は、まだありません。"])
            return
        if shown.fiscal_year != chosen.fiscal_year:
            when = replace(chosen, fiscal_year=shown.fiscal_year).year_label
            blocks.notes([f"この枠組みの項目は{when}の回答によります。"])
        param, default, how = ASKED[framework]
        labels = item_labels(framework)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            items = choose("項目", labels, param=param, default=default, kind="multi")
            which = choose("数え方", WHICH, param=f"{param}_how", default=how, kind="segmented")
        if not items:
            blocks.notes(["項目を一つ以上選んでください。"])
            return
        made = _picture(served(), shown, framework, tuple(items), which)
        show_picture(made, shown, key=f"undone_{framework}")
        blocks.source_line(sources(FORM, shown.fiscal_year))


@lru_cache(maxsize=256)
def _picture(
    store_key: str, chosen: Chosen, framework: str, items: tuple[str, ...], which: str
) -> Picture:
    asked: dict[str, Any] = {
        "area_code": chosen.region.code,
        "framework": framework,
        "fiscal_year": chosen.fiscal_year,
        "item_keys": items,
    }
    found = ask(municipalities_not_doing, which=which, **asked)
    answering, expected = ask(answering_any, **asked)
    short = item_labels(framework, short=True)
    named = "".join(f"「{short[key]}」" for key in items[:4])
    title = f"{chosen.region.name}で{named}"
    more = "など" if len(items) > 4 else ""
    return Picture(
        table=Table(
            title=f"{title}{more}{_which(which, items)}市町村（{chosen.year_label}）",
            stem=f"activities_not_done_{framework}_{chosen.region.code}_{chosen.fiscal_year}",
            frame=_printed(found, framework, items, chosen.fiscal_year),
            columns=_columns(framework, items),
        ),
        figure=_figure(found, chosen, framework, items),
        sentence=not_done_sentence(
            found,
            area_name=chosen.region.name,
            year_label=chosen.year_label,
            item_keys=items,
            which=which,
            answering=answering,
            expected=expected,
        ),
    )


def _which(which: str, items: tuple[str, ...]) -> str:
    return f"の{WHICH[which]}" if len(items) > 1 else "を行っていない"


def _figure(
    found: pd.DataFrame, chosen: Chosen, framework: str, items: tuple[str, ...]
) -> dict[str, Any]:
    """Return the answers of a few municipalities one by one, of many how many by prefecture."""
    if len(found) > FEW:
        names = ask(prefecture_names)
        counts = found["prefecture_code"].value_counts().sort_index()
        frame = pd.DataFrame(
            {"step": [names.get(code, code) for code in counts.index], "count": counts.to_numpy()}
        )
        return count_columns(frame, axis_title="都道府県", count_title="市町村数")
    short = item_labels(framework, short=True)
    kept = [key for key in items if key in found]
    long = found.melt(
        id_vars=["area_code", "area_name"],
        value_vars=kept,
        var_name="item_key",
        value_name="category",
    )
    return status_matrix(
        long.assign(item_label=long["item_key"].map(short)).sort_values("area_code", kind="stable"),
        labels=category_labels(framework),
        items=[short[key] for key in kept],
        own_area=chosen.region.own_area,
    )


def _printed(
    found: pd.DataFrame, framework: str, items: tuple[str, ...], fiscal_year: int
) -> pd.DataFrame:
    words = category_labels(framework)
    named = found.assign(
        prefecture_name=found["prefecture_code"].map(ask(prefecture_names)),
        **framework_columns(framework, fiscal_year),
    )
    return named.assign(**{key: named[key].map(words) for key in items if key in named})


def _columns(framework: str, items: tuple[str, ...]) -> dict[str, ColumnLabel]:
    labels = item_labels(framework)
    return {
        **PLACE,
        **{key: ColumnLabel(labels[key]) for key in items},
        "missing": ColumnLabel("行っていない項目", "項目", 0),
        **columns.FRAMEWORK_AND_YEAR,
    }
