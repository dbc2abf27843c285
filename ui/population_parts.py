"""The parts of an area beside each other: small lines, a heat table, growth against level."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.geometry import is_drawable
from analytics.population_measures import measure_parts
from analytics.population_parts import SORTS, years_known
from analytics.scope import Scope
from data.catalogue import load_catalogue
from ui.blocks import empty, figure, notes, statement
from ui.hidden import is_hidden
from ui.parts import choose_parts, map_notes, mover
from ui.population_choice import Choice
from ui.population_files import explained, table_and_files
from ui.population_grids import Arrangement, grid, scatter
from ui.population_years import base_of, choose_base, choose_year
from ui.selection import Area, choose, follow_move
from ui.store import ask, served

PICTURES = {"multiples": "小さな折れ線", "heat": "色の表", "quadrants": "増減と水準"}
SORT_NAMES = {"code": "コード順", "value": "値の順", "growth": "増減率の順", "peak": "ピーク年の順"}
MOST_ROWS = 300
NOTES = {
    "multiples": "名前の下（狭い画面では下の表）は最初の年→最後の年の値、点は最も高い年です。",
    "heat": "色の階級は地図と同じで、すべての年で共通です。",
    "quadrants": "横は表示している地域の中央値（ちょうどは低い側）、縦は増減なしで区切ります。",
}
_CLICK = "点を押すと、その地域に移ります。"


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw all parts of the area in the picture chosen, then their figures."""
    follow_move()
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picture = choose("図の種類", PICTURES, param="picture", default="multiples",
                         kind="segmented")  # fmt: skip
        scope = choose_parts(area, among_siblings=True)
        frame = ask(measure_parts, area_code=scope.parent_code, level=scope.level,
                    edition=choice.edition, measure=choice.measure, form="persons")  # fmt: skip
        years = years_known(frame)
        arranged = _arranged(picture, choice, years) if years else None
    if arranged is None or (len(years) < 2 and picture != "heat"):
        _say_why(scope, choice, years)
    elif picture == "quadrants":
        _draw_scatter(area, scope, choice, arranged, title)
    elif frame["area_code"].nunique() > MOST_ROWS:
        count = frame["area_code"].nunique()
        empty(
            f"{count:,}地域は、この図には多すぎます（{MOST_ROWS}地域まで）。",
            "都道府県を選ぶか、「比べる単位」を大きくしてください。「増減と水準」なら表示できます。",
        )
    else:
        _draw_grid(area, scope, choice, arranged, title)
    explained(choice)


def _arranged(picture: str, choice: Choice, years: tuple[int, ...]) -> Arrangement:
    """Let the viewer choose the order and, where they matter, the years to compare."""
    sort = "code"
    if picture != "quadrants":
        sort = choose("並べ方", SORT_NAMES, param="sort", default="code")
    base = base_of(years, choice) if choice.base_year not in years else choice.base_year
    year = years[-1]
    if picture == "quadrants" or sort == "growth":
        if choice.base_year is None:
            base = choose_base(years, choice)
        year = choose_year(years, choice)
    elif sort == "value":
        year = choose_year(years, choice)
    known = next(key for key in SORTS if key == sort)
    return Arrangement(picture, known, int(base or years[0]), year, is_hidden())


def _say_why(scope: Scope, choice: Choice, years: tuple[int, ...]) -> None:
    explanation = load_catalogue().editions[choice.edition].explanation
    if years:
        what = f"{choice.edition_name}の{choice.entry.label}は{years[0]}年だけです。"
        empty(what, "年の変化は描けません。「色の表」なら表示できます。")
        return
    what = f"{scope.parent_name}の中の地域には、{choice.entry.label}の値がありません。"
    empty(what, f"{choice.edition_name}：{explanation}")


def _draw_grid(
    area: Area, scope: Scope, choice: Choice, arranged: Arrangement, title: DeltaGenerator
) -> None:
    made = grid(served(), scope, area.code, choice, arranged)
    title.subheader(made.title, anchor=False)
    figure(made.spec, alt=f"{made.title}。{made.sentence}",
           key=f"{arranged.picture}_{scope.parent_code}_{area.code}")  # fmt: skip
    statement(made.sentence)
    notes([NOTES[arranged.picture]])
    table_and_files(made.frame, choice=choice, title=made.title, columns=made.columns,
                    stem=f"population_{arranged.picture}_{scope.parent_code}",
                    figure=made.spec)  # fmt: skip


def _draw_scatter(
    area: Area, scope: Scope, choice: Choice, arranged: Arrangement, title: DeltaGenerator
) -> None:
    drawable = ask(is_drawable, level=scope.level, parent=scope.parent_code)
    made = scatter(served(), scope, area.code, choice, arranged, with_names=not drawable)
    title.subheader(made.title, anchor=False)
    figure(made.spec, alt=f"{made.title}。{made.sentence}",
           key=f"quadrants_{scope.parent_code}_{area.code}", on_select=mover(scope))  # fmt: skip
    statement(made.sentence)
    notes([NOTES["quadrants"] + "".join(map_notes(_CLICK))])
    table_and_files(made.frame, choice=choice, title=made.title, columns=made.columns,
                    stem=f"population_quadrants_{scope.parent_code}_{arranged.year}",
                    figure=made.spec)  # fmt: skip
