"""The view of support and difficulties by fiscal year, and of which prefecture gives which."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.support_sentence import years_sentence
from analytics.support_years import shares_by_year
from charts.rate_by_year import rate_by_year
from data.catalogue import load_catalogue
from ui import blocks
from ui import survey_columns as columns
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, served
from ui.support_choice import FORM, Chosen
from ui.survey_parts import Figure, Part, matrix, opened_table, save, sources
from ui.survey_support import provision

KINDS = {"support": "支援", "issue": "支援するうえでの課題"}
COLUMNS = {
    **columns.FRAMEWORK_AND_YEAR,
    "label": ColumnLabel("項目"),
    **columns.rate_columns(unit="都道府県", done="行う・挙げる"),
}


def draw(chosen: Chosen) -> None:
    """Draw the shares by year, each framework in a frame of its own, and the matrix of the year."""
    kind = choose("見るもの", KINDS, param="kind", default="support", kind="segmented")
    part, figures, sentence = _made(served(), chosen, kind)
    st.subheader(part.title, anchor=False)
    programme = load_catalogue().programme
    places = st.columns(len(figures), border=True)
    for place, (framework, figure) in zip(places, figures.items(), strict=True):
        label = programme.frameworks[framework].label
        with place:
            st.markdown(f"**{label}**")
            blocks.figure(figure, alt=f"{label}：{sentence}", key=f"years_{framework}")
    blocks.statement(sentence)
    blocks.notes([f"R2とR3の間の切れ目：{programme.series_break}"])
    shown = columns.occurring(part.frame, COLUMNS)
    opened_table(f"{part.title}の表", part.frame, columns=shown, key="year_table")
    save(part, source=sources(FORM))
    if kind == "support":
        given = provision(served(), chosen.fiscal_year, chosen.prefecture_code)
        st.subheader(given.title, anchor=False)
        matrix(given, key="provision")
        save(given, source=sources(FORM, chosen.fiscal_year))
    blocks.source_line(sources(FORM))


@lru_cache(maxsize=256)
def _made(store_key: str, chosen: Chosen, kind: str) -> tuple[Part, dict[str, Figure], str]:
    frame = ask(shares_by_year, kind=kind)
    word = "行う" if kind == "support" else "課題に挙げる"
    figures = {
        str(framework): rate_by_year(rows, word=word, selected=chosen.short_year)
        for framework, rows in frame.groupby("framework", sort=False)
    }
    title = f"都道府県が{word}割合の年度別（{KINDS[kind]}）"
    stem = f"support_years_{kind}"
    part = Part(title, stem, figures[chosen.framework], frame, COLUMNS)
    sentence = years_sentence(
        frame[frame["framework"] == chosen.framework], word=word, place=chosen.place
    )
    return part, figures, sentence
