"""The level on which a page compares areas, moving among them, and tables of many of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analytics.areas import areas_inside
from analytics.scope import Scope, scope_of, sibling_scope
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel, table
from ui.hidden import is_hidden
from ui.labels import level_label
from ui.selection import SELECT_WIDTH, Area, choose, go_to, read
from ui.store import ask

_FIRST = ("municipality", "prefecture", "ward")
SMALL_TABLE = 200  # rows; a larger one is sent when it is opened
TABLE_HEIGHT = 420
FEW_ROWS = 10  # a table of no more is as high as its rows
CLICK_NOTE = "地図の地域を押すと、その地域に移ります。"


def map_notes(*lines: str) -> list[str]:
    """Return what is said below a map: what a click does; nothing where names are hidden.

    No map is drawn then.
    """
    return [] if is_hidden() else [line for line in lines if line]


def choose_parts(
    area: Area,
    *,
    among_siblings: bool = False,
    first: Sequence[str] = (),
    width: int = SELECT_WIDTH,
) -> Scope:
    """Let the viewer choose the level; return its areas inside the area, or around it.

    among_siblings makes a designated city stand beside other cities unless its wards are chosen;
    first are the levels that a view is about, so shown first where the area has them.
    """
    own_level = load_catalogue().area_types[area.area_type].level
    levels = [*area.level_choices, *([] if area.is_nation else [own_level])]
    labels = {level: level_label(level) for level in dict.fromkeys(levels)}
    default = next((level for level in first if level in area.level_choices), None)
    default = default or _default_level(area, list(labels), own_level if among_siblings else "")
    level = choose("比べる単位", labels, param="level", default=default, width=width)
    scope = ask(scope_of, area_code=area.code, level=level)
    return _beside(area, scope) if scope.own_code else scope


def siblings_of(area: Area) -> Scope:
    """Return the area among those of its own kind, inside the area through which one came."""
    scope = ask(sibling_scope, area_code=area.code)
    return _beside(area, scope) if scope.own_code else scope


def mover(scope: Scope) -> Callable[[str], None]:
    """Return what moves to the area that is clicked, inside the area through which one came."""
    kept = read("parent") or (scope.parent_code if "-" in scope.parent_code else None)
    return partial(go_to, parent=kept)


def long_table(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, ColumnLabel],
    key: str,
    missing: str = "データなし",
) -> None:
    """Print a table of areas; one of very many rows only when it is opened."""
    if len(frame) <= SMALL_TABLE:
        height = TABLE_HEIGHT if len(frame) > FEW_ROWS else None
        table(frame, columns=columns, key=key, height=height, missing=missing)
        return
    opened = st.expander(f"数値の表（{len(frame):,}行）", key=f"open_{key}", on_change="rerun")
    if opened.open:
        with opened:
            table(frame, columns=columns, key=key, height=TABLE_HEIGHT, missing=missing)


def _default_level(area: Area, levels: list[str], own_level: str) -> str:
    if area.is_nation:
        return "prefecture" if "prefecture" in levels else levels[0]
    if area.area_type == "designated_city":
        return own_level or "ward"
    return next((level for level in _FIRST if level in levels), levels[0])


def _beside(area: Area, scope: Scope) -> Scope:
    """Return the siblings inside the area through which the viewer came, where there is one."""
    parent = read("parent")
    if parent is None or "-" not in parent:
        return scope
    siblings = ask(areas_inside, area_code=parent, level=scope.level)
    if not (siblings["area_code"] == area.code).any():
        return scope
    name = ask(scope_of, area_code=parent, level=scope.level).parent_name
    return Scope(parent, name, scope.level, area.code)
