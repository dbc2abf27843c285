"""Conditions that facilities must meet and a part of their name; has and find in the address."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.facility_conditions import (
    CAPACITY,
    CAPACITY_BANDS,
    Conditions,
    condition_keys,
    values_stated,
)
from analytics.scope import NATION
from data.catalogue import load_catalogue
from ui.blocks import plain
from ui.selection import choose, read, write
from ui.store import ask, served

TYPES = load_catalogue().facility_types
LONGEST_NAME = 40
NOT_USED = "条件と名前による絞り込みは、この表示には使いません（種類のすべてを数えます）。"


def choose_conditions(types: tuple[str, ...], *, area_code: str) -> tuple[Conditions, str]:
    """Let the viewer choose conditions and a name behind a button, and say what holds."""
    name, chosen = _name_in_address(), []
    with st.popover(
        "条件・名称で絞る", icon=":material/filter_alt:", key="conditions", on_change="rerun"
    ) as opened:
        if opened.open or read("has"):
            options = condition_options(served(), types, area_code)
            chosen = _choose_among(options) if options else []
        if opened.open:
            name = _choose_name(name)
            _say_what_is_not_loaded(types)
    filters = tuple(_condition_of(code) for code in chosen)
    words = conditions_in_words(filters, name, types) or "なし（選んだ種類のすべて）"
    st.caption(plain(f"絞り込み：{words}"))
    return filters, name


@lru_cache(maxsize=512)
def condition_options(store_key: str, types: tuple[str, ...], area_code: str) -> dict[str, str]:
    """Return the conditions that loaded data can answer, with how many meet each in the area."""
    stated = ask(values_stated, area_code=NATION, facility_types=types)
    here = ask(values_stated, area_code=area_code, facility_types=types)
    counts = here.set_index(["key", "value"])["facilities"].to_dict()
    options = {}
    for key in condition_keys(types):
        known = set(stated.loc[stated["key"] == key, "value"])
        ordered = [value for value in _values(key, types) if value in known]
        for value in [*ordered, *sorted(known - set(ordered))]:
            number = counts.get((key, value), 0)
            options[f"{key}:{value}"] = f"{condition_label(key, value, types)}（{number:,}）"
    return options


def condition_label(key: str, value: str, types: tuple[str, ...]) -> str:
    """Return a condition in words: the fact and the value."""
    if key == CAPACITY:
        least, _, most = value.partition("-")
        units = {TYPES[kind].capacity_unit for kind in types if TYPES[kind].has_capacity}
        unit = next(iter(units)) if len(units) == 1 else ""
        label = {"床": "病床", "人": "定員"}.get(unit, "定員・病床")
        return f"{label}：{least}～{most}{unit}" if most else f"{label}：{least}{unit}以上"
    entry = next(TYPES[kind].attributes[key] for kind in types if key in TYPES[kind].attributes)
    return f"{entry.label}：{entry.values.get(value, value)}"


def conditions_in_words(filters: Conditions, search: str, types: tuple[str, ...]) -> str:
    """Return what the facilities are narrowed to, for a note and for a file."""
    words = [condition_label(key, value, types) for key, value in filters]
    return "、".join([*words, *([f"名称・法人名に「{search}」"] if search else [])])


def narrowed_label(label: str, filters: Conditions, search: str, types: tuple[str, ...]) -> str:
    """Return the name of a type with what it is narrowed to, for titles and sentences."""
    words = conditions_in_words(filters, search, types)
    return f"{label}（{words}）" if words else label


def _values(key: str, types: tuple[str, ...]) -> tuple[str, ...]:
    if key == CAPACITY:
        return CAPACITY_BANDS
    found: dict[str, str] = {}
    for kind in types:
        if key in TYPES[kind].attributes:
            found |= TYPES[kind].attributes[key].values
    return tuple(found)


def _condition_of(code: str) -> tuple[str, str]:
    key, _, value = code.partition(":")
    return key, value


def _choose_among(options: dict[str, str]) -> list[str]:
    return choose(
        "条件",
        options,
        param="has",
        default=[],
        kind="multi",
        help="同じ項目の中ではいずれか、項目どうしではすべてに合う施設に絞ります。"
        "資料に記載のない施設は、合うとも合わないとも数えません。",
    )


def _printable(text: str) -> str:
    return "".join(mark for mark in text if mark.isprintable()).strip()[:LONGEST_NAME]


def _name_in_address() -> str:
    return _printable(read("find") or "")


def _choose_name(current: str) -> str:
    key = "choice_find"
    last = st.session_state.get("last_find")
    if key not in st.session_state or st.session_state[key] == last:
        st.session_state[key] = current
    text = st.text_input(
        "名称・法人名の一部",
        key=key,
        max_chars=LONGEST_NAME,
        placeholder="例：さくら、サクラ、中央病院",
    )
    st.session_state["last_find"] = text
    found = _printable(text)
    write("find", found or None)
    return found


def _say_what_is_not_loaded(types: tuple[str, ...]) -> None:
    if "visiting_nurse_station" in types:
        st.caption(
            "24時間対応：データなし（どの施設が対応するかを載せた資料がありません）。"
            "市区町村ごとの数は「手薄な地域・届きやすさ」で「24時間対応の訪問看護」を選ぶと見られます。"
        )
