"""Issues: two groups of municipalities side by side, upper and lower five prefectures at first."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.areas import areas_inside
from analytics.groups import Group
from analytics.issues import (
    compared_issues,
    ends_of,
    implemented_shares,
    issues_sentence,
    overlap,
    sorted_by_difference,
)
from analytics.reference_facts import reference_facts
from charts.paired_dots import paired_dots
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, show_picture
from ui.blocks import ColumnLabel
from ui.groups import all_groups
from ui.selection import choose
from ui.store import ask, served

TOP, BOTTOM, NATION = "top", "bottom", "00"
_ORDERS = {"form": "調査票の順", "gap": "差が大きい順"}
_FACT = "F095"
_NOTES = (
    "割合＝その課題を挙げた市町村÷課題を答えた市町村。未回答・該当なし・回答票なしは分母に入れません。",
    "＊＝差の95％の目安（Newcombe 1998、方法10）が0をまたがない。全数に近い調査なので、"
    "偶然の変動の目安です。",
    "差は、四捨五入する前の割合から計算しています。印刷した割合の引き算とは0.1違うことがあります。",
)


def draw(chosen: Chosen) -> None:
    """Let the viewer choose two groups, and draw what either names."""
    groups = _groups(chosen)
    labels = {key: group.name for key, group in groups.items()}
    first, second = _defaults(chosen, groups)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        left = choose("●のグループ", labels, param="left", default=first, width=240)
        right = choose("◆のグループ", labels, param="right", default=second, width=240)
        order = choose("並べ方", _ORDERS, param="sort", default="form", kind="segmented")
    pair = (groups[left], groups[right])
    if left == right:
        blocks.empty("同じグループを2つ選んでいます。", "どちらかを別のグループにしてください。")
        return
    show_picture(compared(served(), chosen, *pair, order), chosen, key="issues")
    _say_groups(chosen, *pair)


def _groups(chosen: Chosen) -> dict[str, Group]:
    ready = {group.key: group for group in _ready(served(), chosen)}
    mine = [group for group in all_groups(chosen.area) if group.key not in ready]
    return ready | {group.key: group for group in mine}


@lru_cache(maxsize=128)
def _ready(store_key: str, chosen: Chosen) -> tuple[Group, ...]:
    """Return the upper and lower prefectures of the year, the nation, and each prefecture."""
    shares = ask(implemented_shares, framework=chosen.framework, fiscal_year=chosen.fiscal_year)
    names = dict(zip(shares["area_code"], shares["area_name"], strict=True))
    upper, lower = ends_of(shares)
    ends = [
        Group(key, f"実施の多い{len(codes)}県" if key == TOP else f"実施の少ない{len(codes)}県",
              codes, "、".join(names[code] for code in codes))
        for key, codes in ((TOP, upper), (BOTTOM, lower))
        if codes
    ]  # fmt: skip
    prefectures = ask(areas_inside, area_code=NATION, level="prefecture")
    singles = [
        Group(code, name, (code,))
        for code, name in zip(prefectures["area_code"], prefectures["area_name"], strict=True)
    ]
    region = chosen.region
    here = []
    if region.code != NATION and region.code not in {group.key for group in singles}:
        inside = ask(areas_inside, area_code=region.code, level="municipality")
        here = [Group(region.code, region.name, tuple(inside["area_code"]))]
    return (*ends, Group(NATION, "全国", (NATION,)), *here, *singles)


def _defaults(chosen: Chosen, groups: dict[str, Group]) -> tuple[str, str]:
    if chosen.region.code != NATION:
        return chosen.region.code, NATION
    return (TOP, BOTTOM) if TOP in groups else (NATION, NATION)


@lru_cache(maxsize=256)
def compared(store_key: str, chosen: Chosen, left: Group, right: Group, order: str) -> Picture:
    """Return the picture of what two groups name, with its table and sentence."""
    frame = ask(compared_issues, fiscal_year=chosen.fiscal_year, left=left.codes, right=right.codes)
    frame = sorted_by_difference(frame) if order == "gap" else frame
    beyond = (frame["lower_ci"] > 0) | (frame["upper_ci"] < 0)
    left_name, right_name = (
        shown_name(group, chosen, letter) for group, letter in zip((left, right), "AB", strict=True)
    )
    title = f"課題の比較：{left_name}と{right_name}（{chosen.year_label}）"
    stem = f"issues_{left.key}_{right.key}_{chosen.fiscal_year}" if not chosen.hide else "issues"
    figure = paired_dots(
        frame.assign(beyond_chance=beyond),
        left_name=left_name,
        right_name=right_name,
        axis_title="課題に挙げた市町村の割合（％）",
    )
    said = issues_sentence(
        frame, left_name=left_name, right_name=right_name, year_label=chosen.year_label
    )
    printed = frame.assign(beyond=beyond.map({True: "超える", False: "範囲内"}))
    printed["beyond"] = printed["beyond"].where(frame["difference"].notna())
    return Picture(Table(title, stem, printed, _columns(left_name, right_name)), figure, said)


def shown_name(group: Group, chosen: Chosen, letter: str) -> str:
    """Return the name of a group; areas other than the own region get a letter when hidden."""
    is_area = group.codes == (group.key,) and group.key not in (NATION, chosen.region.code)
    return f"グループ{letter}" if chosen.hide and is_area else group.name


def _columns(left: str, right: str) -> dict[str, ColumnLabel]:
    columns = {"label": ColumnLabel("課題")}
    for side, name in (("left", left), ("right", right)):
        columns |= {
            f"{side}_rate": ColumnLabel(f"{name}：割合", "%", 1),
            f"{side}_named": ColumnLabel(f"{name}：挙げた", "市町村", 0),
            f"{side}_answering": ColumnLabel(f"{name}：回答", "市町村", 0),
            f"{side}_expected": ColumnLabel(f"{name}：対象", "市町村", 0),
        }
    return columns | {
        "difference": ColumnLabel("差", "ポイント", 1),
        "lower_ci": ColumnLabel("差の95％下限", "ポイント", 1),
        "upper_ci": ColumnLabel("差の95％上限", "ポイント", 1),
        "beyond": ColumnLabel("偶然の変動の目安"),
    }


def _say_groups(chosen: Chosen, left: Group, right: Group) -> None:
    lines = list(_NOTES)
    ends = [group for group in (left, right) if group.key in (TOP, BOTTOM)]
    if ends:
        lines.append(
            "実施の多い県・少ない県＝その年度の全項目の「実施」÷「回答」を県ごとに合計した割合の"
            f"高い順・低い順。{_cited()}"
        )
        if not chosen.hide:
            lines += [f"{group.name}：{group.note}" for group in ends]
    both = ask(overlap, fiscal_year=chosen.fiscal_year, left=left.codes, right=right.codes)
    if both:
        lines.append(
            f"両方のグループに入る市町村が{both:,}あります。重なりがあると、目安の幅は広めに出ます。"
        )
    blocks.notes(lines)


def _cited() -> str:
    facts: pd.DataFrame = ask(reference_facts, fact_ids=(_FACT,))
    if facts.empty:
        return ""
    row = facts.iloc[0]
    document = f"「{row['source_title']}」（{row['period']}）"
    return f"{document}の{row['value_text']}県ずつの比べ方に倣います。"
