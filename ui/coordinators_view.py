"""Coordinators: the 3 × 2 picture of affiliation and coverage, and the registry."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from analytics.coordinators import (
    LEVELS,
    affiliation_grid,
    contradictions,
    coordinator_sentence,
    coordinators,
    totals,
)
from analytics.form_answers import question_of
from analytics.hubs import MUNICIPAL, hub_answers, hub_table, question_label
from analytics.hubs_sentence import own_hub_sentence
from charts.count_grid import count_grid
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import (
    PLACE,
    Picture,
    Table,
    masked,
    show_picture,
    show_table,
)
from ui.blocks import ColumnLabel
from ui.store import ask, served

_GRID = {
    "affil_label": ColumnLabel("所属"),
    "cover_label": ColumnLabel("対象"),
    "municipalities": ColumnLabel("市町村", "市町村", 0),
    "coordinators": ColumnLabel("コーディネーター", "人", 0),
    "full_time": ColumnLabel("常勤換算", "人", 1),
    "full_time_known": ColumnLabel("常勤換算の回答", "市町村", 0),
    "kikan": ColumnLabel("基幹的", "市町村", 0),
    "genba": ColumnLabel("現場的", "市町村", 0),
    "undefined": ColumnLabel("区別なし", "市町村", 0),
}
_CONTRACTED = "郡市区医師会に委託する事業項目"
_NUMBERS = {
    "coordinators": ColumnLabel("コーディネーター（数値）", "人", 0),
    "full_time": ColumnLabel("常勤換算（数値）", "人", 1),
}
_HOW = (
    "所属・対象の分け方は、実施状況調査（令和3年度から）の設問です。"
    "基幹的・現場的は調査分析上の呼び名で、市町村が必ず分けるものではありません。\n"
    "「複数の市町村」を対象とする人は、それぞれの市町村の回答に重ねて数えられていることがあり、"
    "人数の合計は実人数より多いことがあります。\n"
    "人の名前・電話番号は扱いません。"
)


class Coordinators(NamedTuple):
    """The picture, the registry, the own answers in words, what is outside and contradictory."""

    picture: Picture
    registry: Table
    own: str
    outside: int
    asked: bool
    contradictory: tuple[str, ...]


def draw(chosen: Chosen) -> None:
    """Draw who the own coordinators are, the picture of all, and the registry."""
    made = made_of(served(), chosen)
    if made.own:
        blocks.statement(made.own)
    if made.asked:
        show_picture(made.picture, chosen, key="coordinator_grid")
        _say_outside(made, hide=chosen.hide)
    else:
        blocks.statement(made.picture.sentence)
        blocks.empty(
            f"所属と対象の図：{chosen.year_label}は設問がありません。",
            "令和3年度からの年度を選ぶと表示します。",
        )
    show_table(made.registry, chosen, key="coordinator_registry")
    blocks.definition("数え方と注意", _HOW)


def _say_outside(made: Coordinators, *, hide: bool) -> None:
    lines = []
    if made.outside:
        lines.append(
            f"コーディネーターがいて所属か対象を答えていない{made.outside:,}市町村は、"
            "図に入っていません。"
        )
    if made.contradictory:
        names = "" if hide else f"（{'、'.join(made.contradictory[:10])}）"
        lines.append(
            f"人数を0人と答えて所属などを答えた市町村が{len(made.contradictory):,}あります{names}。"
            "図には入れていません。"
        )
    blocks.notes(lines)


@lru_cache(maxsize=128)
def made_of(store_key: str, chosen: Chosen) -> Coordinators:
    """Return everything that the view shows of a region and fiscal year."""
    region, year = chosen.region, chosen.fiscal_year
    rows = ask(coordinators, area_code=region.code, fiscal_year=year)
    registry = hub_table(ask(hub_answers, area_code=region.code, fiscal_year=year))
    own = registry[registry["area_code"] == (region.own_area or "")]
    sums = totals(rows)
    return Coordinators(
        picture=_picture(chosen, rows),
        registry=_registry(chosen, registry),
        own=own_hub_sentence(own.iloc[0], year_label=chosen.year_label) if len(own) else "",
        outside=sums["outside"],
        asked=sums["asked"],
        contradictory=tuple(contradictions(rows)),
    )


def _picture(chosen: Chosen, rows: pd.DataFrame) -> Picture:
    region, grid = chosen.region, affiliation_grid(rows)
    own = rows[rows["area_code"] == (region.own_area or "")]
    mine = {tuple(pair) for pair in own[["coord_affil", "coord_cover"]].to_numpy().tolist()}
    drawn = pd.DataFrame({
        "row": grid["affil_label"], "column": grid["cover_label"], "shade": grid["municipalities"],
        "text": [_cell(row) for row in grid.to_dict("records")],
        "own": [pair in mine for pair in zip(grid["affil"], grid["cover"], strict=True)],
    })  # fmt: skip
    figure = count_grid(
        drawn,
        columns=list(dict.fromkeys(grid["cover_label"])),
        shade_title="市町村数",
        shade_most=float(grid["municipalities"].max()),
    )
    title = f"{region.name}のコーディネーターの所属×対象（{chosen.year_label}）"
    table = Table(title, f"coordinators_{region.code}_{chosen.fiscal_year}", grid, _GRID)
    said = coordinator_sentence(rows, grid, area_name=region.name, year_label=chosen.year_label)
    return Picture(table, figure, said)


def _cell(row: dict[Hashable, Any]) -> str:
    if not row["municipalities"]:
        return "0市町村"
    full = [] if pd.isna(row["full_time"]) else [f"常勤換算{row['full_time']:,.1f}"]
    labels = question_of("coord_level").allowed
    core, field, neither = (f"{labels[level]}{row[level]}" for level in LEVELS)
    people = f"{row['municipalities']:,}市町村 {row['coordinators']:,.0f}人"
    return "\n".join([people, *full, f"{core} {field}", neither])


def _registry(chosen: Chosen, table: pd.DataFrame) -> Table:
    region = chosen.region
    first = {"coord_count", "coord_fte", "coord_affil", "coord_cover", "coord_level"}
    order = [key for key in MUNICIPAL if key in first] + ["kyoten_link"]
    words = {key: ColumnLabel(question_label(key)) for key in order}
    columns = PLACE | words | {"contracted": ColumnLabel(_CONTRACTED)} | _NUMBERS
    title = f"{region.name}の市町村のコーディネーター・拠点・医師会（{chosen.year_label}）"
    stem = f"coordinator_registry_{region.code}_{chosen.fiscal_year}"
    return Table(title, stem, masked(table, chosen), columns)
