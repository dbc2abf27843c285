"""The tartan rug of the comparison: areas × indicators beside the benchmark."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.compare_sentence import OUTCOME_LABELS, STATUS_LABELS
from analytics.rug import rug_values
from analytics.scope import part_codes
from charts.formatting import number
from charts.tartan import CELLS, tartan
from data.era import period_label
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_hidden import hidden
from ui.compare_made import Made, show
from ui.compare_state import CATALOGUE, GROUP, TARGET, Chosen, denominator, with_prefectures
from ui.compare_view import METHOD
from ui.indicator_view import source_words
from ui.labels import level_label
from ui.selection import choose
from ui.store import ask, meta, served

MOST_AREAS = 80
_ALL = "all"
_COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "title": ColumnLabel("指標"),
    "period_label": ColumnLabel("時点"),
    "printed": ColumnLabel("値"),
    "unit": ColumnLabel("単位"),
    "outcome_label": ColumnLabel("基準と比べて"),
}
_FILE = {
    **_COLUMNS,
    "benchmark_value": ColumnLabel("基準の値"),
    "lower_ci": ColumnLabel("95％下限"),
    "upper_ci": ColumnLabel("95％上限"),
    "numerator": ColumnLabel("分子", "", 0),
    "denominator": ColumnLabel("分母", "", 0),
    "method_label": ColumnLabel("比べ方と限界"),
    "source_title": ColumnLabel("出典"),
    "vintage": ColumnLabel("出典の時点"),
    "source_ref": ColumnLabel("計算"),
}


@lru_cache(maxsize=32)
def rug_rows(store_key: str, chosen: Chosen) -> pd.DataFrame:
    """Return every rate of every area in view in words; a target is set for one indicator only."""
    mark = chosen.benchmark
    codes = chosen.only or tuple(ask(part_codes, scope=chosen.scope))
    is_group = mark is not None and mark.key == GROUP
    larger = mark.key if mark is not None and mark.key not in (GROUP, TARGET) else None
    frame = ask(
        rug_values,
        area_codes=codes,
        benchmark_code=larger,
        group_codes=mark.codes if mark is not None and is_group else (),
        year=int(meta()["built_at"][:4]),
        denominator=denominator(chosen.scope, chosen.only),
    )
    if chosen.hide:
        frame = hidden(frame, store_key, chosen.scope, chosen.only)
    entries = CATALOGUE.indicators
    words = frame["status"].map(STATUS_LABELS)
    printed = [
        number(value, decimals=entries[key].decimals) if pd.notna(value) else word
        for value, key, word in zip(frame["value"], frame["indicator_id"], words, strict=True)
    ]
    keys = frame["indicator_id"]
    return frame.assign(
        title=keys.map({key: entries[key].title for key in keys.unique()}),
        unit=keys.map({key: entries[key].unit for key in keys.unique()}),
        domain=keys.map({key: entries[key].domain for key in keys.unique()}),
        period_label=[period_label(str(period)) for period in frame["period"]],
        printed=printed,
        outcome_label=frame["outcome"].map(OUTCOME_LABELS).fillna("値なし"),
        method_label=METHOD,
    )


@lru_cache(maxsize=64)
def _spec(store_key: str, chosen: Chosen, domain: str) -> dict[str, Any]:
    rows = _shown(rug_rows(store_key, chosen), domain)
    drawn = rows.assign(indicator=rows["title"])
    titles = list(dict.fromkeys(rows.sort_values("place")["title"]))
    return tartan(drawn, indicators=titles, own_code=chosen.scope.own_code)


def _shown(rows: pd.DataFrame, domain: str) -> pd.DataFrame:
    return rows if domain == _ALL else rows[rows["domain"] == domain]


@lru_cache(maxsize=64)
def _made(store_key: str, chosen: Chosen, domain: str) -> Made:
    mark = chosen.benchmark.name if chosen.benchmark else "なし"
    level = level_label(chosen.scope.level)
    shown = _shown(rug_rows(store_key, chosen), domain)
    return Made(
        f"{chosen.where}の指標一覧　{level}別　基準：{mark}　各指標の最新時点",
        rug_sentence(with_prefectures(shown, chosen), where=chosen.where),
        _spec(store_key, chosen, domain),
        shown,
        _sources(store_key, chosen, domain),
    )


def _sources(store_key: str, chosen: Chosen, domain: str) -> tuple[str, ...]:
    open_rows = _shown(rug_rows(store_key, replace(chosen, hide=False)), domain)
    return tuple(source_words(open_rows, denominator(chosen.scope, chosen.only)))


@lru_cache(maxsize=64)
def domain_options(store_key: str, chosen: Chosen) -> dict[str, str]:
    """Return all domains of which an area in view has a rate."""
    present = set(rug_rows(store_key, chosen)["domain"])
    entries = CATALOGUE.domains.items()
    return {_ALL: "すべての分野"} | {key: e.label for key, e in entries if key in present}


def are_too_many(chosen: Chosen) -> bool:
    """Say that there are too many areas for a view of all indicators, where there are."""
    count = len(chosen.only or ask(part_codes, scope=chosen.scope))
    if count > MOST_AREAS:
        blocks.empty(
            f"{count:,}地域は多すぎて、すべての指標を並べられません。",
            f"都道府県や圏域を選ぶか、{MOST_AREAS}地域までのグループだけを比べてください。",
        )
    return count > MOST_AREAS


def draw(chosen: Chosen) -> None:
    """Draw the rug of one domain or of all, what it says, its table and files."""
    if are_too_many(chosen):
        return
    domain = choose("分野", domain_options(served(), chosen), param="domain", default=_ALL)
    made = _made(served(), chosen, domain)
    signs = "　".join(f"{sign}{words}" for _, sign, words, _ in CELLS.values())
    notes = [signs, f"判定：{METHOD}。数の大小だけを表す指標は含みません。"]
    if chosen.benchmark and chosen.benchmark.key == TARGET:
        notes.append("目標の値は一つの指標のものなので、この一覧では判定しません。")
    stem = f"rug_{chosen.scope.parent_code}_{chosen.scope.level}"
    files = {name: label for name, label in _FILE.items() if name not in _COLUMNS}
    across = made.frame["indicator_id"].nunique()
    show(made, key="rug", stem=stem, notes=notes, columns=_COLUMNS, extra=files, across=across)
    blocks.source_line(made.source)


def rug_sentence(rows: pd.DataFrame, *, where: str) -> str:
    """Say which area lies below, and which above, the benchmark in most indicators."""
    count, indicators = rows["area_code"].nunique(), rows["indicator_id"].nunique()
    head = f"{where}の{count:,}地域×{indicators:,}指標のうち、"
    totals = rows["outcome"].value_counts()
    known = int(rows["value"].notna().sum())
    body = (
        f"基準より高いのは{totals.get('higher', 0):,}、低いのは{totals.get('lower', 0):,}、"
        f"同程度は{totals.get('similar', 0):,}、判定なしは{totals.get('not_compared', 0):,}、"
        f"値なしは{count * indicators - known:,}です。"
    )
    most = [_most(rows, outcome, word) for outcome, word in (("higher", "高い"), ("lower", "低い"))]
    return head + body + "".join(most)


def _most(rows: pd.DataFrame, outcome: str, word: str) -> str:
    counts = rows[rows["outcome"] == outcome].groupby("area_name").size()
    if counts.empty:
        return ""
    names = counts.index[counts == counts.max()].tolist()
    named = "、".join(names[:3]) + (f"ほか{len(names) - 3}地域" if len(names) > 3 else "")
    return f"基準より{word}指標が最も多いのは{named}（{counts.max():,}指標）です。"
