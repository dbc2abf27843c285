"""The view of periods: a box of all areas, lines of some, or a small line of each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.area_trends import area_changes, dated_values, trend_sentence
from analytics.compare import is_amount
from analytics.period_series import is_projected, period_series
from analytics.scope import benchmark_codes, part_codes
from charts.line import line
from charts.small_multiples import small_multiples
from data.era import period_label
from ui import blocks, compare_box
from ui.blocks import ColumnLabel
from ui.compare_hidden import hidden
from ui.compare_made import Made, show
from ui.compare_rug import are_too_many
from ui.compare_state import CATALOGUE, Chosen, denominator, with_prefectures
from ui.indicator_view import indicator_facts, source_words
from ui.labels import level_label
from ui.place_names import told_apart
from ui.selection import choose
from ui.store import ask, served

SHAPES = {"box": "箱（全体の分布）", "line": "折れ線", "grid": "地域ごとの小さな折れ線"}
MOST_LINES = 8
_FIRST_LINES = 5
HOW = (
    "推移の判定は、独立した最近5時点の重み付き回帰（Fingertipsの方法：χ²が9.55を超え、"
    "どの1時点を除いても向きが変わらないときだけ上昇・低下とする）。推計値には付けません。"
)


def draw(chosen: Chosen) -> None:
    """Let the viewer choose the picture, and draw it."""
    shape = choose("図の形", SHAPES, param="shape", default="box", kind="segmented")
    if shape == "box":
        compare_box.draw(chosen)
        return
    if shape == "grid" and are_too_many(chosen):
        return
    options = _options(served(), chosen)
    if not options:
        blocks.empty(
            f"{chosen.entry.title}には、2時点以上の値のある地域がありません。",
            "別の指標か単位を選んでください。値が一時点だけのときは「地図と順位」で比べられます。",
        )
        return
    if shape == "grid":
        _grid(chosen)
    else:
        _lines(chosen, options)


@lru_cache(maxsize=64)
def _codes(store_key: str, chosen: Chosen) -> tuple[str, ...]:
    """Return the areas in view in the order in which they are printed."""
    codes = chosen.only or tuple(ask(part_codes, scope=chosen.scope))
    if not chosen.hide:
        return tuple(codes)
    rows = _values(store_key, chosen)
    larger = ask(benchmark_codes, parent_code=chosen.scope.parent_code)
    return tuple(code for code in rows["area_code"].unique() if code not in larger)


@lru_cache(maxsize=64)
def _values(store_key: str, chosen: Chosen) -> pd.DataFrame:
    parts = chosen.only or tuple(ask(part_codes, scope=chosen.scope))
    codes = tuple(dict.fromkeys((*_larger(chosen), *parts)))
    related = denominator(chosen.scope, chosen.only)
    series = ask(
        period_series, indicator_id=chosen.indicator_id, area_codes=codes, denominator=related
    )
    rows = dated_values(series, codes=codes, entry=chosen.entry)
    return hidden(rows, store_key, chosen.scope, chosen.only) if chosen.hide else rows


def _larger(chosen: Chosen) -> tuple[str, ...]:
    if is_amount(chosen.entry):
        return ()
    return tuple(ask(benchmark_codes, parent_code=chosen.scope.parent_code))


def _labels(values: pd.DataFrame) -> dict[str, str]:
    return told_apart(values)


@lru_cache(maxsize=64)
def _changes(store_key: str, chosen: Chosen, codes: tuple[str, ...]) -> pd.DataFrame:
    return area_changes(_values(store_key, chosen), codes=codes, entry=chosen.entry)


@lru_cache(maxsize=64)
def _options(store_key: str, chosen: Chosen) -> dict[str, str]:
    """Return the areas with two periods or more, by name."""
    values = _values(store_key, chosen)
    labels, counted = _labels(values), values["area_code"].value_counts()
    return {code: labels[code] for code in _codes(store_key, chosen) if counted.get(code, 0) > 1}


def _lines(chosen: Chosen, options: dict[str, str]) -> None:
    own = chosen.scope.own_code
    first = [own] if own in options else list(options)[:_FIRST_LINES]
    picked = choose("線で示す地域", options, param="lines", default=first, kind="multi")
    if not picked:
        blocks.empty("線で示す地域がありません。", "上の欄で地域を選んでください。")
        return
    if len(picked) > MOST_LINES:
        blocks.notes([f"線は{MOST_LINES}本までです。はじめの{MOST_LINES}地域を示します。"])
    made = _made_lines(served(), chosen, tuple(picked[:MOST_LINES]))
    _show(made, chosen, key="lines")


@lru_cache(maxsize=64)
def _made_lines(store_key: str, chosen: Chosen, picked: tuple[str, ...]) -> Made:
    values, entry = _values(store_key, chosen), chosen.entry
    labels, own = _labels(values), chosen.scope.own_code
    larger = [code for code in _larger(chosen) if code in labels and code not in picked]
    drawn = values[values["area_code"].isin([*picked, *larger])]
    years = sorted(drawn["year"].unique())
    spec = line(
        drawn.assign(series=drawn["area_code"].map(labels)),
        series_order=[labels[code] for code in (*picked, *larger)],
        x_title="年度" if str(drawn["period"].iloc[0]).startswith("FY") else "年",
        y_title=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        zero=False,
        projected_from=int(years[1]) if is_projected(entry) and len(years) > 1 else None,
        own=labels[own] if own in picked else None,
        references=[labels[code] for code in larger],
    )
    return _made(store_key, chosen, spec, "折れ線", (*picked, *larger), picked)


def _grid(chosen: Chosen) -> None:
    shared = st.toggle("すべての地域で縦の目盛をそろえる", value=True, key="shared_scale")
    _show(_made_grid(served(), chosen, shared), chosen, key="grid")


@lru_cache(maxsize=64)
def _made_grid(store_key: str, chosen: Chosen, shared: bool) -> Made:
    codes = tuple(_options(store_key, chosen))
    values, entry = _values(store_key, chosen), chosen.entry
    spec = small_multiples(
        values[values["area_code"].isin(codes)],
        order=codes,
        unit=entry.unit,
        decimals=entry.decimals,
        own_code=chosen.scope.own_code,
        shared_scale=shared,
    )
    return _made(store_key, chosen, spec, "地域ごとの推移", codes, codes)


def _made(
    store_key: str,
    chosen: Chosen,
    spec: dict[str, Any],
    what: str,
    codes: tuple[str, ...],
    told: tuple[str, ...],
) -> Made:
    """Return the view of the areas; the sentence is about those of `told`."""
    entry, values = chosen.entry, _values(store_key, chosen)
    rows = values[values["area_code"].isin(codes)]
    related = denominator(chosen.scope, chosen.only) if rows["per_75plus"].notna().any() else None
    wide = rows.pivot(index="area_code", columns="period", values="value").reset_index()
    frame = _changes(store_key, chosen, codes).merge(wide, on="area_code", how="left")
    sentence = trend_sentence(
        with_prefectures(_changes(store_key, chosen, told), chosen),
        entry=entry,
        where=chosen.where,
        own_code=chosen.scope.own_code,
    )
    span = f"{period_label(rows['period'].min())}〜{period_label(rows['period'].max())}"
    return Made(
        f"{chosen.where}の{entry.title}　{what}　{level_label(chosen.scope.level)}別　{span}",
        sentence,
        spec,
        frame.assign(method_label=HOW, definition_label=entry.definition),
        tuple(source_words(rows, related)),
    )


def _show(made: Made, chosen: Chosen, *, key: str) -> None:
    entry = chosen.entry
    periods = [name for name in map(str, made.frame) if name.removeprefix("FY").isdigit()]
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "verdict_label": ColumnLabel("推移の判定"),
        "difference": ColumnLabel("最初と最後の差", "", entry.decimals),
        **{name: ColumnLabel(period_label(name), "", entry.decimals) for name in periods},
    }
    extra = {"method_label": ColumnLabel("比べ方と限界"),
             "definition_label": ColumnLabel("指標の定義")}  # fmt: skip
    notes = [HOW]
    if entry.recipe is not None and entry.recipe.kind.startswith("survey"):
        notes.append(f"R2とR3の間の切れ目：{CATALOGUE.programme.series_break}")
    stem = f"{key}_{entry.key}_{chosen.scope.parent_code}"
    show(made, key=key, stem=stem, notes=notes, columns=columns, extra=extra)
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(made.source)
