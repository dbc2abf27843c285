"""The profile of two areas beside each other: strips from the same least to the same greatest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.scope import Scope
from charts.spine import spine
from ui import blocks
from ui.compare_mirror import mirror_sentence
from ui.labels import level_label
from ui.overview_pair import SHARED_SCALE
from ui.pair_choice import names_of
from ui.parts import siblings_of
from ui.profile_view import Profile, benchmark_options, in_halves, profile
from ui.selection import Area
from ui.store import served

_MARKS = ["lowest", "highest", "value", "benchmark_value"]
_PRINTED = {
    "domain_label": blocks.ColumnLabel("分野"),
    "title": blocks.ColumnLabel("指標"),
    "unit": blocks.ColumnLabel("単位"),
    "period_label": blocks.ColumnLabel("時点"),
}


@dataclass(frozen=True)
class Pair:
    """Two profiles on one scale: the strips of each, the sentence and the table of both."""

    table: pd.DataFrame
    strips: tuple[list[dict[str, Any]], list[dict[str, Any]]]
    sentence: str


def draw(area: Area, other: Area, benchmark: tuple[str, str], year: int) -> None:
    """Draw where each area stands in every indicator that both have, and how they differ."""
    names = names_of(area, other)
    pair = (area, other)
    scopes = [siblings_of(each) for each in pair]
    marks = [benchmark, _benchmark_of(other, scopes[1], benchmark)]
    made = [
        profile(served(), (each.code, each.name), scope, mark, year)
        for each, scope, mark in zip(pair, scopes, marks, strict=True)
    ]
    if made[0] is None or made[1] is None:
        missing = names[0] if made[0] is None else names[1]
        blocks.empty(f"{missing}には、計算できた指標がありません。", "別の地域を選んでください。")
        return
    found = _paired((made[0], made[1]), names, (marks[0][1], marks[1][1]))
    if found is None:
        blocks.empty("両方に値のある指標がありません。", "別の地域を選んでください。")
        return
    blocks.statement(found.sentence)
    for side, place in enumerate(st.columns(2)):
        with place:
            st.subheader(names[side], anchor=False)
            blocks.notes([_reading(scopes[side], marks[side][1])])
            for at, spec in enumerate(found.strips[side]):
                blocks.figure(spec, alt=f"{names[side]}の各指標の位置（{at + 1}）",
                              key=f"pair_spine_{side}_{at}")  # fmt: skip
    _table(found.table, names, made[0], area, other)


@lru_cache(maxsize=64)
def _paired(
    made: tuple[Profile, Profile], names: tuple[str, str], benchmarks: tuple[str, str]
) -> Pair | None:
    rows = on_one_scale(made[0].rows, made[1].rows)
    if rows[0].empty:
        return None
    first, second = (
        [spine(half, area_name=name, benchmark_name=mark) for half in in_halves(own)]
        for own, name, mark in zip(rows, names, benchmarks, strict=True)
    )
    table = rows[0].assign(own=rows[0]["printed"], other=rows[1]["printed"])
    return Pair(table, (first, second), mirror_sentence(_differences(*rows), *names))


def _benchmark_of(other: Area, scope: Scope, wished: tuple[str, str]) -> tuple[str, str]:
    """Return the same benchmark for the other area, or its nearest where it cannot have that."""
    options = benchmark_options(served(), scope, other.code)
    if wished[0] in options or not options:
        return wished if wished[0] in options else ("", "基準なし")
    code = next(iter(options))
    return code, options[code]


def on_one_scale(own: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the indicators that both have, each with the least and greatest of both together."""
    frames = [_compared(own), _compared(other)]
    keys = [key for key in frames[0].index if key in frames[1].index]
    both = [frame.loc[keys] for frame in frames]
    marks = pd.concat([frame[_MARKS].astype(float) for frame in both], axis=1)
    shared = {"lowest": marks.min(axis=1), "highest": marks.max(axis=1)}
    first, second = (frame.assign(**shared).reset_index() for frame in both)
    return first, second


def _compared(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["value"].notna() & ~rows["is_amount"] & (rows["siblings"] > 1)]
    return known.set_index("indicator_id")


def _differences(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    return own[["title", "highest"]].assign(
        left_value=own["value"],
        right_value=other["value"],
        difference=other["value"] - own["value"],
    )


def _reading(scope: Scope, benchmark_name: str) -> str:
    return (
        f"比べる地域は{scope.parent_name}の{level_label(scope.level)}、縦の線は{benchmark_name}。"
        f"薄い帯は両方の最小から最大、濃い帯は比べる地域の中央の半分。{SHARED_SCALE}"
    )


def _table(
    frame: pd.DataFrame, names: tuple[str, str], made: Profile, area: Area, other: Area
) -> None:
    columns = {
        **_PRINTED,
        "own": blocks.ColumnLabel(names[0]),
        "other": blocks.ColumnLabel(names[1]),
    }
    title = f"{names[0]}と{names[1]}の地域プロフィール"
    blocks.table(frame, columns=columns, key="pair_profile", height=420)
    blocks.downloads(frame, columns=columns, stem=f"profile_pair_{area.code}_{other.code}",
                     title=title, source=made.source)  # fmt: skip
    blocks.source_line(made.source)
