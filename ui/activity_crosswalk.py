"""What became of the old items at the change of framework: picture, sentence, table, files."""

from __future__ import annotations

from functools import cache

import streamlit as st

from analytics.crosswalk import crosswalk_links, crosswalk_sentence, crosswalk_table
from charts.crosswalk import crosswalk
from data.catalogue import load_catalogue
from ui import blocks
from ui.survey_columns import CROSSWALK
from ui.survey_parts import Part, opened_table, save

TITLE = "R2までの項目は、R3からどうなったか"


@cache
def _part() -> Part:
    frameworks = load_catalogue().programme.frameworks
    return Part(
        title=f"{TITLE}（全国の枠組み、令和3年度(2021年度)の見直し）",
        stem="activities_crosswalk",
        figure=crosswalk(
            *crosswalk_links(),
            old_title=frameworks["h27r2"].short_label,
            new_title=frameworks["r3"].short_label,
        ),
        frame=crosswalk_table(),
        columns=CROSSWALK,
    )


@cache
def _sentence() -> str:
    return crosswalk_sentence()


@cache
def _source() -> list[str]:
    catalogue = load_catalogue()
    used = sorted({entry.document for entry in catalogue.programme.ordinance.values()})
    return [
        f"{catalogue.documents[key].publisher}「{catalogue.documents[key].title}」" for key in used
    ]


def draw() -> None:
    """Draw the picture of the change with what can and what cannot be compared."""
    part = _part()
    st.subheader(TITLE, anchor=False)
    sentence = _sentence()
    blocks.figure(part.figure, alt=sentence, key="crosswalk_picture")
    blocks.statement(sentence)
    blocks.notes([f"R2とR3の間の切れ目：{load_catalogue().programme.series_break}"])
    opened_table(f"{TITLE}の表", part.frame, columns=part.columns, key="crosswalk")
    save(part, source=_source())
    blocks.source_line(_source())
