"""Municipalities like one of them: weights, why each is like it, and keeping them as a group."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.municipal_facts import Facts, municipal_facts
from analytics.scope import part_codes
from analytics.similar import VARIABLES, known_variables, similar_to
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_state import Chosen
from ui.groups import keep_group
from ui.selection import choose, read, write
from ui.similar_items_view import draw_items
from ui.similar_standing import draw_standing
from ui.store import ask, served

COUNT = 10
MOST_WEIGHT = 5
_NEAR = "near"
_AMONG = {"nation": "全国から", "prefecture": "同じ都道府県から"}
HOW = (
    "人口と人口密度は対数にし、各項目を標準化（zスコア）して重みを掛けたユークリッド距離。"
    "比べる市区町村のうち最も遠いものを1とし、近さ＝100×（1－距離）。CIPFAの近隣自治体の方法による。"
    "「近い」は標準偏差の0.35倍以内。"
)
Weights = tuple[tuple[str, int], ...]
NO_OWN = (
    "名前を隠している間は、この地域に似た市区町村だけを示します。",
    "上で市区町村を選ぶと表示されます。",
)
_OF_EDITIONS = ("population", "aging_share", "workers_per_senior")


def weights_from(text: str | None) -> dict[str, int]:
    """Return the weights in the address, population-3.kind-1; what is none of them is left out."""
    weights = {key: variable.default_weight for key, variable in VARIABLES.items()}
    for part in (text or "").split("."):
        key, _, number = part.partition("-")
        if key in weights and number.isdigit() and int(number) <= MOST_WEIGHT:
            weights[key] = int(number)
    return weights


def weights_as_text(weights: dict[str, int]) -> str | None:
    """Return the weights that are not the default as they stand in the address."""
    changed = [f"{k}-{w}" for k, w in weights.items() if w != VARIABLES[k].default_weight]
    return ".".join(changed) or None


@lru_cache(maxsize=256)
def _similar(store_key: str, area_code: str, weights: Weights, among: str) -> pd.DataFrame:
    facts: Facts = ask(municipal_facts)
    return similar_to(
        facts,
        area_code=area_code,
        variables=[key for key, weight in weights if weight],
        weights=weights,
        among="prefecture" if among == "prefecture" else "nation",
        count=COUNT,
    )


@lru_cache(maxsize=512)
def _known(store_key: str, area_code: str) -> tuple[str, ...]:
    return known_variables(ask(municipal_facts), area_code=area_code)


@lru_cache(maxsize=64)
def _bases(store_key: str, chosen: Chosen) -> dict[str, str]:
    frame = ask(municipal_facts).frame
    codes = set(chosen.only or ask(part_codes, scope=chosen.scope))
    found = frame[frame["area_code"].isin(codes)]
    return dict(zip(found["area_code"], found["area_name"], strict=True))


def draw(chosen: Chosen) -> None:
    """Draw the controls, the areas like the base one, and what they carry out."""
    bases = _bases(served(), chosen)
    if not bases:
        blocks.empty(
            "似た市区町村は、市区町村について探します。",
            "「比べる単位」で市区町村を選ぶか、上で市区町村を選んでください。",
        )
        return
    own = chosen.scope.own_code
    if chosen.hide and own not in bases:
        blocks.empty(*NO_OWN)
        return
    bases = {own: bases[own]} if chosen.hide and own else bases
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = choose("もとにする市区町村", bases, param="like",
                      default=own if own in bases else next(iter(bases)))  # fmt: skip
        among = choose("探す範囲", _AMONG, param="among", default="nation", kind="segmented")
    weights = _choose_weights(base)
    name = bases[base]
    found = _similar(served(), base, weights, among)
    title = f"{name}に似た市区町村　{_AMONG[among]}"
    st.subheader(title, anchor=False)
    if found.empty:
        blocks.empty(
            f"{name}と比べられる市区町村がありません。",
            "重みが1以上の項目の値が、この地域と他の地域の両方に必要です。重みを見直してください。",
        )
        return
    peers = tuple(found["area_code"])
    _show(base, name, title, weights, among)
    draw_standing(chosen, base, name, peers)
    draw_items(base, name, peers)


def _choose_weights(base: str) -> Weights:
    text = read(_NEAR)
    weights, known = weights_from(text), _known(served(), base)
    with st.expander("似ていると考える項目の重み（0は使わない）", key="open_weights"):
        with st.container(horizontal=True, gap="medium"):
            for key in known:
                weights[key] = _weight(key, weights[key])
        missing = [v.label for key, v in VARIABLES.items() if key not in known]
        if missing:
            st.caption(f"この地域の値がないため使えない項目：{'、'.join(missing)}")
    write(_NEAR, weights_as_text(weights))
    return tuple((key, weights[key]) for key in known)


def _weight(key: str, start: int) -> int:
    state = f"near_{key}"
    st.session_state.setdefault(state, start)
    return int(st.slider(VARIABLES[key].label, 0, MOST_WEIGHT, key=state, width=230))


@lru_cache(maxsize=256)
def _with_own(store_key: str, area_code: str, weights: Weights, among: str) -> pd.DataFrame:
    facts: Facts = ask(municipal_facts)
    own = facts.frame[facts.frame["area_code"] == area_code].assign(
        nearness=100.0, reason="（この地域）", distance_km=0.0
    )
    found = _similar(store_key, area_code, weights, among)
    return pd.concat([own, found], ignore_index=True).assign(method_label=HOW)


@lru_cache(maxsize=256)
def _sentence(store_key: str, area_code: str, weights: Weights, among: str, name: str) -> str:
    return similar_sentence(_similar(store_key, area_code, weights, among), name)


def _show(base: str, name: str, title: str, weights: Weights, among: str) -> None:
    found = _similar(served(), base, weights, among)
    rows = _with_own(served(), base, weights, among)
    facts: Facts = ask(municipal_facts)
    keys = [key for key in VARIABLES if key in found]
    columns = {
        "area_name": ColumnLabel("地域"),
        "prefecture_name": ColumnLabel("都道府県"),
        "nearness": ColumnLabel("近さ", "%", 1),
        "reason": ColumnLabel("何が近いか"),
        **{key: _label(key, facts.basis.get(key)) for key in keys},
    }
    sentence = _sentence(served(), base, weights, among, name)
    blocks.statement(sentence)
    blocks.table(rows, columns=columns, key="similar_table")
    st.button(f"この{len(found)}市区町村をグループにして、比べる基準に使う",
              icon=":material/group_add:", key="keep_similar", on_click=_keep,
              args=(name, tuple(found["area_code"])))  # fmt: skip
    basis = [f"{VARIABLES[key].label}：{facts.basis[key]}" for key in keys if key in facts.basis]
    blocks.notes([HOW])
    blocks.downloads(
        rows,
        columns={"area_code": ColumnLabel("コード"), **columns,
                 "method_label": ColumnLabel("比べ方と限界")},
        stem=f"similar_{base}",
        title=title,
        source=basis,
    )  # fmt: skip
    blocks.source_line(basis)


def _label(key: str, basis: str | None) -> ColumnLabel:
    """Name a column with the edition and year, since the columns may differ in them."""
    variable = VARIABLES[key]
    named = f"{variable.label}・{basis}" if key in _OF_EDITIONS and basis else variable.label
    return ColumnLabel(named, variable.unit, variable.decimals)


def _keep(name: str, codes: tuple[str, ...]) -> None:
    keep_group(f"{name}に似た", codes)
    write("benchmark", "group")


def similar_sentence(found: pd.DataFrame, name: str) -> str:
    """Say which area is nearest and why, and which others follow."""
    first = found.iloc[0]
    others = [f"{row.area_name}（{row.prefecture_name}）" for row in found.iloc[1:4].itertuples()]
    follow = f"次いで{'、'.join(others)}です。" if others else ""
    return (
        f"{name}に最も似ているのは{first['area_name']}（{first['prefecture_name']}）で、"
        f"{first['reason']}（近さ{first['nearness']:.1f}%）。{follow}"
    )
