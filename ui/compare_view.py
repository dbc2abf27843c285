"""The comparison of one indicator: words and ranking bars, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.compare import has_interval, is_amount, with_outcome
from analytics.compare_sentence import STATUS_LABELS, compare_sentence
from analytics.smoothed_values import can_smooth, smoothing_sentence, with_smoothed
from analytics.statistics.quantiles import quantile_groups
from charts.ranking import ranking
from data.era import period_label
from ui.blocks import ColumnLabel
from ui.compare_state import (
    Chosen,
    benchmark_value,
    denominator,
    group_figure,
    values,
    with_prefectures,
)
from ui.indicator_view import (
    file_columns,
    in_words,
    screen_columns,
    source_words,
    with_printed,
)
from ui.labels import level_label
from ui.store import served

MOST_BARS = 80
ENDS = 15
METHOD = (
    "値の95％信頼区間（割合はWilson法、率はByar法・10件未満は正確法）が基準の値を含めば同程度。"
    "全数に近い集計では偶然変動の目安にとどまる"
)
_COMPARED = {
    "smoothed_value": ColumnLabel("ならした値（経験ベイズ）", "", 2),
    "quintile": ColumnLabel("五分位（1が低い）", "", 0),
    "benchmark_label": ColumnLabel("比べた基準"),
    "benchmark_value": ColumnLabel("基準の値"),
    "method_label": ColumnLabel("比べ方と限界"),
    "definition_label": ColumnLabel("指標の定義"),
}


@dataclass(frozen=True)
class Comparison:
    """One indicator of all areas in view: words, and the frame behind them."""

    title: str
    sentence: str
    rows: pd.DataFrame
    source: list[str]
    has_interval: bool


@lru_cache(maxsize=64)
def columns_of_file(store_key: str, chosen: Chosen) -> dict[str, ColumnLabel]:
    """Return the labels of a file: values, origin, benchmark, method and definition."""
    rows = comparison(store_key, chosen).rows
    return {**file_columns(rows, chosen.entry), **_COMPARED}


@lru_cache(maxsize=64)
def columns_on_screen(
    store_key: str, chosen: Chosen, show_interval: bool
) -> dict[str, ColumnLabel]:
    """Return the labels of the table on the screen."""
    entry, rows = chosen.entry, comparison(store_key, chosen).rows
    columns = screen_columns(rows, entry, show_interval=show_interval)
    if chosen.smooth:
        columns["smoothed_value"] = ColumnLabel("ならした値", entry.unit, entry.decimals)
    return columns


@lru_cache(maxsize=64)
def is_smoothable(store_key: str, chosen: Chosen) -> bool:
    """Tell whether the values can be smoothed."""
    rows = compared(store_key, chosen)
    return can_smooth(rows[rows["is_part"]])


def title_of(chosen: Chosen) -> str:
    """Return what, where and when."""
    where = f"{level_label(chosen.scope.level)}別　{period_label(chosen.period)}"
    smoothed = "　ならした値（経験ベイズ）" if chosen.smooth else ""
    return f"{chosen.where}の{chosen.entry.title}　{where}{smoothed}"


@lru_cache(maxsize=64)
def compared(store_key: str, chosen: Chosen) -> pd.DataFrame:
    """Return the rows with outcome, difference, words, and the columns that files explain it by."""
    rows = values(store_key, chosen, chosen.indicator_id, chosen.period)
    value = benchmark_value(chosen)
    mark = chosen.benchmark
    if chosen.smooth:
        rows = with_smoothed(rows, chosen.entry)
    return in_words(with_outcome(rows, benchmark=value)).assign(
        quintile=quantile_groups(rows["value"].where(rows["is_part"])),
        benchmark_label=mark.name if mark else "なし",
        benchmark_value=value,
        method_label=METHOD if has_interval(rows) else "区間がないため差だけを示す",
        definition_label=chosen.entry.definition,
    )


@lru_cache(maxsize=64)
def comparison(store_key: str, chosen: Chosen) -> Comparison:
    """Return title, sentence and table of an indicator beside a benchmark."""
    entry, rows = chosen.entry, compared(store_key, chosen)
    parts = rows[rows["is_part"]]
    value, scope_own = benchmark_value(chosen), chosen.scope.own_code
    sentence = compare_sentence(
        with_prefectures(parts, chosen),
        title=entry.title,
        period=chosen.period,
        unit=entry.unit,
        decimals=entry.decimals,
        group_name=chosen.where,
        benchmark_name=chosen.benchmark.name if chosen.benchmark and value is not None else None,
        benchmark=value,
        own_code=scope_own,
        is_amount=is_amount(entry),
    )
    if chosen.smooth:
        sentence += smoothing_sentence(parts, entry, scope_own)
    caveat = f"注意：{entry.caveat}" if entry.caveat else ""
    return Comparison(
        title=title_of(chosen),
        sentence=sentence + _group_words(chosen) + caveat,
        rows=with_printed(rows, entry),
        source=sources(store_key, chosen),
        has_interval=has_interval(rows),
    )


def sources(store_key: str, chosen: Chosen) -> list[str]:
    """Return the sources of the values and the denominator, as printed."""
    rows = values(store_key, chosen, chosen.indicator_id, chosen.period)
    related = rows["per_75plus"].notna().any()
    return source_words(rows, denominator(chosen.scope, chosen.only) if related else None)


def _group_words(chosen: Chosen) -> str:
    """Say why a group that is the benchmark has no value."""
    found = group_figure(chosen)
    if found is None or found.status == "observed" or chosen.benchmark is None:
        return ""
    if found.status == "suppressed":
        return f"{chosen.benchmark.name}は、秘匿の地域を含むため合計を示しません。"
    words = STATUS_LABELS.get(found.status, "")
    return (
        f"{chosen.benchmark.name}は、{found.asked:,}地域のうち値がそろうのが{found.known:,}地域の"
        f"ため、まとめた値がありません（{words}）。"
    )


@lru_cache(maxsize=64)
def are_too_many(store_key: str, chosen: Chosen) -> bool:
    """Tell whether only both ends of the areas are drawn as bars."""
    return int(compared(store_key, chosen)["is_part"].sum()) > MOST_BARS


@lru_cache(maxsize=128)
def bars(store_key: str, chosen: Chosen, order: str, show_interval: bool) -> dict[str, Any]:
    """Return the ranking bars, with every larger area that has the value as a line."""
    entry, rows = chosen.entry, compared(store_key, chosen)
    larger = rows[~rows["is_part"]].dropna(subset=["value"])
    lines = [] if is_amount(entry) else list(zip(larger["area_name"], larger["value"], strict=True))
    value, mark = benchmark_value(chosen), chosen.benchmark
    if mark and value is not None and mark.name not in dict(lines):
        lines.append((mark.name, value))
    parts = with_prefectures(drawn_parts(store_key, chosen), chosen)
    return ranking(
        bars_to_draw(parts, order=order, own_code=chosen.scope.own_code),
        title=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        own_code=chosen.scope.own_code,
        benchmarks=lines,
        show_interval=show_interval and not chosen.smooth,
    )


def drawn_parts(store_key: str, chosen: Chosen) -> pd.DataFrame:
    """Return the areas with the values that figures show: as they are, or smoothed."""
    rows = compared(store_key, chosen)
    parts = rows[rows["is_part"]]
    return parts.assign(value=parts["smoothed_value"]) if chosen.smooth else parts


def bars_to_draw(values: pd.DataFrame, *, order: str, own_code: str | None = None) -> pd.DataFrame:
    """Return the rows in order; of very many the ends, the own area, and what is left out."""
    ranked = values.sort_values(["value", "area_code"], ascending=[False, True], kind="stable")
    if len(values) <= MOST_BARS:
        return values if order == "code" else ranked
    known = ranked.dropna(subset=["value"])
    if len(known) <= 2 * ENDS:
        return known
    lowest = known["value"] == known["value"].min()
    if lowest.sum() > ENDS:
        head, tail = known.head(2 * ENDS), known.iloc[:0]
        words = f"ほか{{:,}}地域は省略（最も低い値は{lowest.sum():,}地域）"
    else:
        head, tail = known.head(ENDS), known.tail(ENDS)
        words = "この間の{:,}地域は省略"
    rest = known.drop(index=[*head.index, *tail.index])
    own = rest[rest["area_code"] == own_code]
    note = words.format(len(rest) - len(own))
    gap = pd.DataFrame([{"area_code": "", "area_name": "⋮", "status_label": note}])
    return pd.concat([head, own, gap, tail])


def current(chosen: Chosen) -> Comparison:
    """Return the comparison of the served generation."""
    return comparison(served(), chosen)
