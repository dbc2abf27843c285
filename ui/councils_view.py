"""Councils: how many municipalities have one, and over which area they meet."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from analytics.councils import (
    AREA,
    contradictions,
    council_answers,
    council_areas,
    council_sentence,
    council_shares,
    council_table,
)
from charts.code_bars import code_bars
from charts.ranking import ranking
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import (
    PLACE,
    Picture,
    Table,
    masked,
    masked_zones,
    show_picture,
    show_table,
)
from ui.blocks import ColumnLabel
from ui.store import ask, served

_AREAS = {
    "label": ColumnLabel("開催圏域"),
    "rate": ColumnLabel("割合", "%", 1),
    "municipalities": ColumnLabel("市町村", "市町村", 0),
    "answering": ColumnLabel("圏域を答えた", "市町村", 0),
    "expected": ColumnLabel("協議体がある", "市町村", 0),
}
_SHARES = {
    "area_code": ColumnLabel("都道府県コード"),
    "area_name": ColumnLabel("都道府県"),
    "rate": ColumnLabel("協議体がある割合", "%", 1),
    "with_council": ColumnLabel("協議体がある", "市町村", 0),
    "answering": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
}
_ANSWERS = {
    **PLACE,
    "council": ColumnLabel("協議体の設置"),
    "council_area": ColumnLabel("協議体の開催圏域"),
}


class Councils(NamedTuple):
    """The areas of councils, the shares by prefecture, the table and contradictions."""

    areas: Picture
    shares: Picture
    table: Table
    contradictory: tuple[str, ...]


def draw(chosen: Chosen) -> None:
    """Draw the areas over which councils meet, the prefectures, and every municipality."""
    made = councils(served(), chosen)
    show_picture(made.areas, chosen, key="council_areas")
    if made.contradictory:
        names = "" if chosen.hide else f"（{'、'.join(made.contradictory[:10])}）"
        blocks.notes([
            f"協議体が「なし」で開催圏域を答えた市町村が{len(made.contradictory):,}あります{names}。"
            "圏域の数には入れていません。"
        ])  # fmt: skip
    if chosen.region.code == "00":
        show_picture(made.shares, chosen, key="council_shares", say=False)
    show_table(made.table, chosen, key="council_table")
    blocks.notes(["一つの市町村が複数の圏域を答えることがあるため、割合の合計は100％を超えます。"])


@lru_cache(maxsize=128)
def councils(store_key: str, chosen: Chosen) -> Councils:
    """Return everything that the view shows of a region and fiscal year."""
    region, year = chosen.region, chosen.fiscal_year
    answers = ask(council_answers, area_code=region.code, fiscal_year=year)
    areas, shares = council_areas(answers), council_shares(answers)
    said = council_sentence(shares, areas, area_name=region.name, year_label=chosen.year_label)
    own = answers[
        (answers["area_code"] == (region.own_area or "")) & (answers["question_id"] == AREA)
    ]["value"].dropna()
    codes = tuple(code for value in own for code in str(value).split(";"))
    picture = Picture(
        Table(f"{region.name}の協議体の開催圏域（{chosen.year_label}）",
              f"council_areas_{region.code}_{year}", areas, _AREAS),
        code_bars(areas, axis_title="協議体があり圏域を答えた市町村のうち（％）", own_codes=codes),
        said,
    )  # fmt: skip
    table = Table(
        f"{region.name}の市町村の協議体（{chosen.year_label}）",
        f"councils_{region.code}_{year}",
        masked(council_table(answers), chosen),
        _ANSWERS,
    )
    shown = masked_zones(shares, chosen)
    by_prefecture = Table(
        f"協議体がある市町村の割合（都道府県別、{chosen.year_label}）",
        f"council_shares_{year}",
        shown,
        _SHARES,
    )
    drawn = shown.assign(lower_ci=None, upper_ci=None, status_label="回答なし", value=shown["rate"])
    bars = ranking(drawn, title="協議体がある市町村の割合", unit="％", decimals=1)
    return Councils(
        picture, Picture(by_prefecture, bars, said), table, tuple(contradictions(answers))
    )
