"""The view of spread and trend: a box of all areas for each period, and the trend test."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.compare_sentence import value_text
from analytics.period_series import (
    TREND_WORDS,
    is_projected,
    period_series,
    spread_by_period,
    trend_of,
)
from analytics.scope import part_codes
from charts.box import box
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_made import Made, show
from ui.compare_state import CATALOGUE, GROUP, TARGET, Chosen, denominator
from ui.indicator_view import indicator_facts, source_words
from ui.labels import level_label
from ui.store import ask, served

HOW = (
    "箱は中央の半数、箱の中の線は中央値、線の両端は最小と最大。"
    "推移の判定は、独立した最近5時点の重み付き回帰（Fingertipsの方法：χ²が9.55を超え、"
    "どの1時点を除いても向きが変わらないときだけ上昇・低下とする）。"
)


def _larger(chosen: Chosen) -> str | None:
    mark = chosen.benchmark
    return None if mark is None or mark.key in (GROUP, TARGET) else mark.key


@lru_cache(maxsize=64)
def _series(store_key: str, chosen: Chosen) -> pd.DataFrame:
    codes = chosen.only or tuple(ask(part_codes, scope=chosen.scope))
    own, larger = chosen.scope.own_code, _larger(chosen)
    return ask(
        period_series,
        indicator_id=chosen.indicator_id,
        area_codes=(*codes, *(code for code in (own, larger) if code)),
        denominator=denominator(chosen.scope, chosen.only),
    )


@lru_cache(maxsize=64)
def _spread(store_key: str, chosen: Chosen) -> pd.DataFrame:
    codes = chosen.only or tuple(ask(part_codes, scope=chosen.scope))
    return spread_by_period(
        _series(store_key, chosen),
        part_codes=codes,
        own_code=chosen.scope.own_code,
        benchmark=_larger(chosen),
    )


@lru_cache(maxsize=64)
def _spec(store_key: str, chosen: Chosen) -> dict[str, Any]:
    entry, mark = chosen.entry, chosen.benchmark
    return box(
        _spread(store_key, chosen),
        title=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        own_name=_own_name(_series(store_key, chosen), chosen),
        benchmark_name=mark.name if mark and _larger(chosen) else None,
    )


def _own_name(series: pd.DataFrame, chosen: Chosen) -> str | None:
    names = series.loc[series["area_code"] == chosen.scope.own_code, "area_name"]
    return str(names.iloc[0]) if len(names) else None


@lru_cache(maxsize=64)
def _made(store_key: str, chosen: Chosen) -> Made:
    entry, spread = chosen.entry, _spread(store_key, chosen)
    series = _series(store_key, chosen)
    related = series["per_75plus"].notna().any()
    source = source_words(series, denominator(chosen.scope, chosen.only) if related else None)
    return Made(
        f"{chosen.where}の{entry.title}の分布と推移　{level_label(chosen.scope.level)}別",
        "" if spread.empty else spread_sentence(spread, store_key, chosen),
        _spec(store_key, chosen),
        spread.assign(method_label=HOW, definition_label=entry.definition),
        tuple(source),
    )


def draw(chosen: Chosen) -> None:
    """Draw the boxes, what they say, their table and files."""
    entry, made = chosen.entry, _made(served(), chosen)
    if made.frame.empty:
        blocks.empty(
            f"{entry.title}には、時点のわかる値がありません。", "別の指標か単位を選んでください。"
        )
        return
    notes = [HOW]
    if entry.recipe is not None and entry.recipe.kind.startswith("survey"):
        notes.append(f"R2とR3の間の切れ目：{CATALOGUE.programme.series_break}")
    extra = {"method_label": ColumnLabel("比べ方と限界"),
             "definition_label": ColumnLabel("指標の定義")}  # fmt: skip
    stem = f"trend_{entry.key}_{chosen.scope.parent_code}"
    show(made, key="box", stem=stem, notes=notes, columns=_columns(chosen), extra=extra)
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(made.source)


def _columns(chosen: Chosen) -> dict[str, ColumnLabel]:
    labels = {"lowest": "最小", "lower_quartile": "下位25％", "middle": "中央値",
              "upper_quartile": "上位25％", "highest": "最大"}  # fmt: skip
    if chosen.scope.own_code:
        labels["own_value"] = _own_name(_series(served(), chosen), chosen) or "この地域"
    if chosen.benchmark and _larger(chosen):
        labels["benchmark_value"] = chosen.benchmark.name
    decimals = chosen.entry.decimals
    numbers = {key: ColumnLabel(label, "", decimals) for key, label in labels.items()}
    return {"label": ColumnLabel("時点"), "areas": ColumnLabel("値のある地域"), **numbers}


def spread_sentence(spread: pd.DataFrame, store_key: str, chosen: Chosen) -> str:
    """Say how wide the areas lie at the newest period, and what the trend test says."""
    entry, last = chosen.entry, spread.iloc[-1]

    def show(value: float) -> str:
        return value_text(value, unit=entry.unit, decimals=entry.decimals)

    body = (
        f"{last['label']}の{entry.title}は、{chosen.where}の{last['areas']:,}地域で"
        f"{show(last['lowest'])}から{show(last['highest'])}、中央値は{show(last['middle'])}です。"
    )
    code = chosen.scope.own_code or _larger(chosen)
    series = _series(store_key, chosen)
    names = series.loc[series["area_code"] == code, "area_name"]
    if names.empty:
        return body
    if is_projected(entry):
        return f"{body}推計値のため、推移が偶然かどうかの判定はありません。"
    found = trend_of(series, area_code=code, entry=entry)
    return f"{body}{names.iloc[0]}の最近5時点の推移は、{TREND_WORDS[found.verdict]}です。"
