"""The layers of the resource map, switched on and off."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.geometry import is_drawable, topology_text
from analytics.scope import NATION, Scope
from charts.map_outlines import Outline
from ui.labels import level_label
from ui.selection import read, write
from ui.store import ask, geo_url, served

PARAM = "layers"
_KEY = "choice_layers"
FIXED = {
    "areas": "地域の塗り分け",
    "points": "施設の点",
    "cells": "六角形の密度",
    "labels": "地名",
}
ZONES = {
    "medical": "secondary_medical_area",
    "health": "health_center_area",
    "welfare": "elderly_welfare_area",
    "planning": "planning_area",
    "home": "home_medical_area",
}
PREFECTURE_DIGITS = 2  # the nation has the code 00
NO_ZONES = (
    "圏域の境：データなし。「圏域と市区町村の対応表」（二次医療圏・保健所管轄区域・老人福祉圏域）を"
    "読み込むと重ねられます。"
)
FIRST = {True: ("areas", "labels"), False: ("areas", "points", "labels")}


def choose_layers(scope: Scope) -> tuple[str, ...]:
    """Let the viewer switch layers; return those that are on, in the order of the list."""
    options = layer_options(served(), scope)
    default = list(FIRST[scope.parent_code == NATION])
    last = st.session_state.setdefault("last_values", {})
    pressed = _KEY in st.session_state and st.session_state[_KEY] != last.get(PARAM)
    if not pressed:
        st.session_state[_KEY] = _from_address(options, default)
    st.session_state[_KEY] = [key for key in st.session_state[_KEY] if key in options]
    chosen = st.pills("重ねるもの", list(options), selection_mode="multi", wrap=True, key=_KEY,
                      format_func=lambda key: options.get(key, key))  # fmt: skip
    is_region = len(scope.parent_code) == PREFECTURE_DIGITS and scope.level not in ZONES.values()
    if is_region and options == FIXED:
        st.caption(NO_ZONES)
    last[PARAM] = list(chosen)
    write(PARAM, None if set(chosen) == set(default) else ",".join(chosen))
    return tuple(key for key in options if key in chosen)


def _from_address(options: dict[str, str], default: list[str]) -> list[str]:
    code = read(PARAM)
    if code is None:
        return default
    asked = [part for part in code.split(",") if part]
    unknown = [part for part in asked if part not in (*FIXED, *ZONES)]
    if unknown:
        st.warning(f"「重ねるもの」に指定された「{unknown[0][:20]}」はありません。")
        if len(unknown) == len(asked):
            return default
    return [part for part in asked if part in options]


@lru_cache(maxsize=256)
def layer_options(store_key: str, scope: Scope) -> dict[str, str]:
    """Return the layers that can be drawn of the areas in view, by their codes."""
    zones = {
        code: f"{level_label(level)}の境"
        for code, level in ZONES.items()
        if level != scope.level and ask(is_drawable, level=level, parent=scope.parent_code)
    }
    return FIXED | zones


def outlines_of(scope: Scope, layers: tuple[str, ...]) -> list[Outline]:
    """Return the borders that are switched on."""
    return [
        Outline(
            key=level,
            label=level_label(level),
            url=geo_url(level, scope.parent_code),
            areas=_how_many(served(), level, scope.parent_code),
        )
        for code, level in ZONES.items()
        if code in layers
    ]


@lru_cache(maxsize=512)
def _how_many(store_key: str, level: str, parent: str) -> int:
    text: str = ask(topology_text, level=level, parent=parent) or ""
    return text.count('"area_code"')
