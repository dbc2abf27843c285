"""Lists of the facilities themselves: all of them, and those that cannot be drawn as points."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.facilities import facility_list, location_quality
from analytics.scope import NATION, Scope
from data.catalogue import load_catalogue
from ui import blocks
from ui.facility_words import QUALITY_LABELS, how_counted
from ui.resource_card import point_card
from ui.resource_choice import ResourceChoice
from ui.selection import read, write
from ui.store import ask, served

TYPES = load_catalogue().facility_types
MOST_OF_THE_NATION = 5_000
LIST_COLUMNS = {
    "facility_id": blocks.ColumnLabel("番号"),
    "type_label": blocks.ColumnLabel("種類"),
    "name": blocks.ColumnLabel("名称"),
    "area_code": blocks.ColumnLabel("コード"),
    "area_name": blocks.ColumnLabel("市区町村"),
    "address": blocks.ColumnLabel("住所"),
    "capacity": blocks.ColumnLabel("定員・病床", "", 0),
    "other_labels": blocks.ColumnLabel("同じ番号のほかの種類"),
    "lon": blocks.ColumnLabel("経度", "", 5),
    "lat": blocks.ColumnLabel("緯度", "", 5),
    "quality_label": blocks.ColumnLabel("位置"),
    "source_title": blocks.ColumnLabel("出典"),
    "vintage": blocks.ColumnLabel("時点"),
    "source_ref": blocks.ColumnLabel("出典の行"),
}
UNLOCATED_COLUMNS = {
    **{key: label for key, label in LIST_COLUMNS.items() if key not in ("lon", "lat")},
    "counted": blocks.ColumnLabel("数え方"),
}


@st.fragment
def draw_list(scope: Scope, choice: ResourceChoice, source: list[str]) -> None:
    """Draw the list of facilities of the area in view, with its files and a card for each."""
    code = scope.own_code or scope.parent_code
    quality = ask(location_quality, **_asked(code, choice))
    total = int(quality["facilities"].sum())
    if code == NATION and not (choice.is_narrowed and total <= MOST_OF_THE_NATION):
        blocks.notes(
            [
                "施設の一覧は、都道府県や市区町村を選ぶか、名称や条件で"
                f"{MOST_OF_THE_NATION:,}件以下に絞ると表示・保存できます。"
            ]
        )
        return
    if not _is_wanted(f"施設の一覧を表示・保存する（{total:,}件）"):
        return
    if not total:
        blocks.notes(["選んだ種類と条件に合うと分かる施設は、この地域にありません。"])
        return
    frame = _listed(served(), code, choice)
    _draw_rows(frame)
    blocks.downloads(
        frame,
        columns=LIST_COLUMNS,
        stem=f"facilities_{code}",
        title="施設・事業所の一覧",
        source=source,
    )


def _draw_rows(frame: pd.DataFrame) -> None:
    """Draw the list; a row that is picked opens its card."""
    shown = frame[list(LIST_COLUMNS)]
    picked = st.dataframe(
        shown,
        column_config=_config(shown),
        hide_index=True,
        placeholder="データなし",
        key="facility_list",
        height=420,
        on_select="rerun",
        selection_mode="single-row",
        alt="施設の一覧。行を選ぶと、下に詳しい内容を表示します。",
    )
    rows = picked["selection"]["rows"]
    blocks.notes(["行の左端を選ぶと、その施設の詳しい内容を下に表示します。"])
    if rows and rows[0] < len(frame):
        point_card(str(frame["facility_id"].iloc[rows[0]]), key="listed")


@st.fragment
def draw_unlocated(scope: Scope, choice: ResourceChoice, source: list[str]) -> None:
    """Draw, when it is opened, what is not on the map as a point, and how it is counted."""
    code = scope.own_code or scope.parent_code
    quality = ask(location_quality, **_asked(code, choice))
    total = int((quality["facilities"] - quality["drawn"]).sum())
    if not total:
        return
    opened = st.expander(
        f"点で示せない施設と数え方（{total:,}件）", key="unlocated", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        frame = in_words(ask(facility_list, **_asked(code, choice), with_points=False))
        blocks.table(frame, columns=UNLOCATED_COLUMNS, key="unlocated_list", height=320)
        blocks.downloads(
            frame,
            columns=UNLOCATED_COLUMNS,
            stem=f"unlocated_{code}",
            title="点で示せない施設と数え方",
            source=source,
        )


@lru_cache(maxsize=32)
def _listed(store_key: str, code: str, choice: ResourceChoice) -> pd.DataFrame:
    return in_words(ask(facility_list, **_asked(code, choice)))


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a list of facilities with types, kind of location and way of counting in words."""
    pairs = zip(frame["all_types"], frame["facility_type"], strict=True)
    others = ["、".join(TYPES[key].label for key in keys if key != own) for keys, own in pairs]
    return frame.assign(
        type_label=frame["facility_type"].map(lambda key: TYPES[key].label),
        other_labels=others,
        quality_label=frame["location_quality"].map(QUALITY_LABELS),
        counted=frame["area_code"].map(how_counted),
    )


def _asked(code: str, choice: ResourceChoice) -> dict[str, Any]:
    return {
        "area_code": code,
        "facility_types": choice.types,
        "filters": choice.filters,
        "search": choice.search,
    }


def _is_wanted(label: str) -> bool:
    """Draw the switch of the list; it stands in the address, so that a link reopens the list."""
    key = "show_facilities"
    if key not in st.session_state:
        st.session_state[key] = read("list") == "1"
    wanted = st.toggle(label, key=key)
    write("list", "1" if wanted else None)
    return wanted


def _config(shown: pd.DataFrame) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for name in map(str, shown):
        label = LIST_COLUMNS[name]
        if label.decimals is None:
            config[name] = st.column_config.TextColumn(label.printed)
        else:
            pattern = f"%,.{label.decimals}f"
            config[name] = st.column_config.NumberColumn(label.printed, format=pattern)
    return config
