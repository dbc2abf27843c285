"""Choosing an indicator from the table of domains and dimensions, by scene, or by a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.compare_navigation import newest_by_indicator
from analytics.scope import Scope
from data.catalogue.indicator import DIMENSION_LABELS, SCENE_LABELS, IndicatorEntry
from data.era import period_label
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_state import CATALOGUE, Chosen, indicator_options
from ui.selection import choose, write
from ui.store import ask, meta, served

_OPEN = "open_navigation"
_LAYOUTS = {"domain": "領域×構造・過程・成果", "scene": "場面別"}
_HINTS = {"structure": "構造", "process": "過程", "outcome": "成果"}
_COLUMNS = {
    "scene_label": ColumnLabel("場面"),
    "domain_label": ColumnLabel("領域"),
    "dimension_label": ColumnLabel("種類"),
    "title": ColumnLabel("指標"),
    "unit": ColumnLabel("単位"),
    "definition": ColumnLabel("定義"),
    "source_title": ColumnLabel("出典"),
    "cycle": ColumnLabel("公表の周期"),
    "newest_label": ColumnLabel("最新の時点"),
    "vintage": ColumnLabel("資料の時点"),
    "state": ColumnLabel("ここでの値"),
}
SCENE_BASIS = "場面への割り当ては、指標の名称と定義から整理したもので、国の定めではありません。"


def draw(scope: Scope, chosen: Chosen | None) -> None:
    """Offer all indicators in a table that is drawn only when it is opened."""
    opened = st.expander("指標を表から選ぶ・言葉で探す", key=_OPEN, on_change="rerun",
                         icon=":material/grid_view:")  # fmt: skip
    if not opened.open:
        return
    with opened:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            layout = choose("並べ方", _LAYOUTS, param="nav", default="domain", kind="segmented")
            word = st.text_input("言葉で探す", key="nav_word", placeholder="例：看取り、診療所",
                                 width=260)  # fmt: skip
        found = matching(word)
        if not found:
            blocks.empty(
                f"「{word[:20]}」を名称・定義・出典に含む指標はありません。",
                "別の言葉で探してください。",
            )
            return
        current = chosen.indicator_id if chosen else None
        options, _ = indicator_options(served(), scope)
        grid = _by_domain if layout == "domain" else _by_scene
        grid(found, tuple(options), current)
        _listing(scope, tuple(entry.key for entry in found), layout)


def matching(word: str) -> tuple[IndicatorEntry, ...]:
    """Return the indicators that have every word in title, definition, source, domain or scene."""
    wanted = unicodedata.normalize("NFKC", word).lower().split()
    shown = (entry for entry in CATALOGUE.indicators.values() if not entry.shown_as)
    return tuple(entry for entry in shown if all(part in _text(entry.key) for part in wanted))


@lru_cache(maxsize=256)
def _text(indicator_id: str) -> str:
    entry = CATALOGUE.indicators[indicator_id]
    scenes = [SCENE_LABELS[scene] for scene in entry.scenes]
    domain = CATALOGUE.domains[entry.domain].label
    words = [entry.title, entry.definition, entry.source_title, domain, *scenes]
    return unicodedata.normalize("NFKC", " ".join(words)).lower()


def _by_domain(found: Sequence[IndicatorEntry], known: Sequence[str], current: str | None) -> None:
    heads = st.columns([2, 4, 4, 4])
    for head, (key, label) in zip(heads[1:], DIMENSION_LABELS.items(), strict=True):
        head.markdown(f"**{label}（{_HINTS[key]}）**")
    for domain, entry in sorted(CATALOGUE.domains.items(), key=lambda item: item[1].order):
        inside = [one for one in found if one.domain == domain]
        if not inside:
            continue
        cells = st.columns([2, 4, 4, 4])
        cells[0].markdown(f"**{entry.label}**")
        for cell, dimension in zip(cells[1:], DIMENSION_LABELS, strict=True):
            here = [one for one in inside if one.dimension == dimension]
            with cell:
                _cell(f"{domain}_{dimension}", here, known, current, f"{entry.label} {dimension}")


def _by_scene(found: Sequence[IndicatorEntry], known: Sequence[str], current: str | None) -> None:
    for cell, (scene, label) in zip(st.columns(len(SCENE_LABELS)), SCENE_LABELS.items(),
                                    strict=True):  # fmt: skip
        with cell:
            st.markdown(f"**{label}**")
            _cell(scene, [one for one in found if scene in one.scenes], known, current, label)
    blocks.notes([SCENE_BASIS])


def _cell(
    place: str,
    entries: Sequence[IndicatorEntry],
    known: Sequence[str],
    current: str | None,
    label: str,
) -> None:
    titles = {entry.key: entry.title for entry in entries if entry.key in known}
    key = f"nav_{place}"
    if titles:
        st.session_state[key] = current if current in titles else None
        st.pills(label, list(titles), format_func=titles.__getitem__, key=key, wrap=True,
                 label_visibility="collapsed", on_change=_take, args=(key,))  # fmt: skip
    absent = [entry.title for entry in entries if entry.key not in known]
    blocks.notes([f"値なし：{'、'.join(absent)}"] if absent else [])


def _take(key: str) -> None:
    indicator_id = st.session_state.get(key)
    st.session_state[_OPEN] = False
    if indicator_id:
        write("indicator", indicator_id)
        write("year", None)


@lru_cache(maxsize=64)
def listing(store_key: str, scope: Scope, keys: tuple[str, ...], layout: str) -> pd.DataFrame:
    """Return what each indicator is, where it comes from and of when, one row per scene."""
    year = int(meta()["built_at"][:4])
    facts = ask(newest_by_indicator, scope=scope, year=year).set_index("indicator_id")
    rows = [
        _row(CATALOGUE.indicators[key], scene, facts)
        for key in keys
        for scene in (CATALOGUE.indicators[key].scenes if layout == "scene" else [None])
    ]
    frame = pd.DataFrame(rows, columns=["order", *_COLUMNS])
    return frame.sort_values("order", kind="stable").drop(columns="order")


def _row(entry: IndicatorEntry, scene: str | None, facts: pd.DataFrame) -> dict[str, object]:
    domain = CATALOGUE.domains[entry.domain]
    here = facts.loc[entry.key] if entry.key in facts.index else None
    scenes = [label for key, label in SCENE_LABELS.items() if scene in (None, key)
              and key in entry.scenes]  # fmt: skip
    waiting = entry.waiting_for or "この単位では計算していません"
    return {
        "order": [*map(str, SCENE_LABELS)].index(scene) if scene else domain.order,
        "scene_label": "・".join(scenes),
        "domain_label": domain.label,
        "dimension_label": DIMENSION_LABELS[entry.dimension],
        "title": entry.title,
        "unit": entry.unit,
        "definition": entry.definition,
        "source_title": entry.source_title if here is None else here["source_title"],
        "cycle": entry.cycle,
        "newest_label": "" if here is None else period_label(str(here["newest"])),
        "vintage": "" if here is None else here["vintage"],
        "state": f"データなし：{waiting}" if here is None else f"{here['areas']:,}地域",
    }


def _listing(scope: Scope, keys: tuple[str, ...], layout: str) -> None:
    rows = listing(served(), scope, keys, layout)
    title = f"指標の一覧と出典　{_LAYOUTS[layout]}　{scope.parent_name}"
    blocks.table(rows, columns=_COLUMNS, key="nav_table", height=260, missing="")
    blocks.downloads(rows, columns=_COLUMNS, stem=f"indicators_{layout}_{scope.parent_code}",
                     title=title, source=[])  # fmt: skip
