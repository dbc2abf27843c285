"""The parts of an area beside each other: small lines, a heat table, growth against level."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.population_measures import measure_parts
from ui.blocks import empty, figure, notes, statement
from ui.labels import level_label
from ui.parts import choose_parts, mover
from ui.population_choice import Choice
from ui.population_files import PLACE, explained, table_and_files, value_columns
from ui.population_parts_made import GROWTH, PICTURES, SORTS, Grid, Made, made, plain_columns
from ui.population_years import base_of, choose_base, choose_year
from ui.selection import Area, choose, follow_move
from ui.store import ask, served

MOST_ROWS = 300
NOTES = {
    "multiples": "名前の下の数値は最初の年→最後の年、点は最も高い年です。",
    "heat": "セルの色の階級は、地図と同じで、すべての年で共通です。",
    "quadrants": "横の区切りは表示している地域の中央値（中央値ちょうどは低い側）、縦の区切りは増減なしです。"
    "点を押すと、その地域に移ります。",
}


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw all parts of the area in the picture chosen, then their figures."""
    follow_move()
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {key: picture.label for key, picture in PICTURES.items()}
        picture = choose("図の種類", names, param="picture", default="multiples", kind="segmented")
        scope = choose_parts(area, among_siblings=True)
        frame = ask(measure_parts, area_code=scope.parent_code, level=scope.level,
                    edition=choice.edition, measure=choice.measure, form="persons")  # fmt: skip
        years = _years_with_values(frame)
        if len(years) < PICTURES[picture].fewest_years:
            years = ()
        grid = _chosen(picture, choice, years) if years else None
    if grid is None:
        _say_why(choice, frame)
        return
    count = frame["area_code"].nunique()
    if picture != "quadrants" and count > MOST_ROWS:
        empty(
            f"{count:,}地域は、この図には多すぎます（{MOST_ROWS}地域まで）。",
            "都道府県や圏域を選ぶか、「比べる単位」を大きくしてください。「増減と水準」は表示できます。",
        )
        return
    shown = made(served(), scope, choice, grid)
    title.subheader(shown.title, anchor=False)
    _show(shown, grid, choice, on_select=mover(scope) if picture == "quadrants" else None,
          key=f"parts_{picture}_{scope.parent_code}_{area.code}",
          stem=f"population_{picture}_{scope.parent_code}_{level_label(scope.level)}")  # fmt: skip


def _show(shown: Made, grid: Grid, choice: Choice, *, on_select, key: str, stem: str) -> None:
    figure(shown.spec, alt=f"{shown.title}。{shown.sentence}", key=key, on_select=on_select)
    statement(shown.sentence)
    notes([NOTES[grid.picture]])
