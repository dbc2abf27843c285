"""The view of what health centres do, and of the rules for admission and discharge."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.support_discharge import rule_years
from analytics.support_roles import centre_parts, centre_sentence, part_labels
from charts.status_matrix import status_matrix
from data.era import fiscal_year_label
from ui import blocks
from ui import survey_columns as columns
from ui.blocks import ColumnLabel
from ui.library_links import draw_links
from ui.store import ask, served
from ui.support_choice import FORM, Chosen
from ui.survey_parts import Part, matrix, save, sources

WORDS = {
    "done": "行う・全域にある",
    "partial": "一部の圏域にある",
    "none": "行わない・ない",
} | {kind: word for kind, word in columns.PROVISION_WORDS.items() if kind not in ("done", "none")}
ASKED_OF = (
    "保健所の関わりは都道府県票だけで尋ねています。保健所ごとの回答はありません。"
    "保健所の区域ごとの値は「入退院時の情報提供」にあります。"
)
HOW = (
    "ルールの年度＝都道府県票で「全域」か「一部の圏域」と初めて答えた年度。最初の調査から答えている"
    "場合は、それより前からあることがあります。ルールがなければ、把握は該当なしです。"
)


def draw(chosen: Chosen) -> None:
    """Draw the matrix of the year with the first year of each rule."""
    part, sentence = _made(served(), chosen)
    st.subheader(part.title, anchor=False)
    blocks.statement(sentence)
    matrix(part, key="centres")
    blocks.notes([ASKED_OF, HOW])
    draw_links([("support?view=discharge", "保健所ごとの入退院時の情報提供を見る")])
    cited = [*sources(FORM, chosen.fiscal_year), *sources(FORM)]  # a rule began in any year
    save(part, source=list(dict.fromkeys(cited)))
    blocks.source_line(cited)


def rule_label(rule_year: float | None, first_answer: float | None) -> str:
    """Return the year of a rule in words, before the first answer where it may be older."""
    if rule_year is None or rule_year != rule_year:
        return "なし（回答の範囲で）"
    label = fiscal_year_label(int(rule_year))
    return f"{label}以前" if rule_year == first_answer else label


@lru_cache(maxsize=128)
def _made(store_key: str, chosen: Chosen) -> tuple[Part, str]:
    parts = ask(centre_parts, fiscal_year=chosen.fiscal_year)
    labels = part_labels()
    wide = parts.pivot(index=["area_code", "area_name"], columns="part", values="category")
    printed = wide[list(labels)].replace(WORDS).reset_index().rename_axis(columns=None)
    rules = ask(rule_years).set_index("area_code")
    years = rules.reindex(printed["area_code"])
    printed["rule_year_label"] = [
        rule_label(year, first)
        for year, first in zip(years["rule_year"], years["first_answer"], strict=True)
    ]
    shown = columns.provision_columns(labels) | {"rule_year_label": ColumnLabel("ルールの年度")}
    part = Part(
        f"保健所の関わりと入退院ルール（{chosen.year_label}）",
        f"support_centres_{chosen.fiscal_year}",
        status_matrix(
            parts, labels=WORDS, items=list(labels.values()), own_area=chosen.prefecture_code
        ),
        printed.assign(fiscal_year_label=chosen.year_label),
        shown,
    )
    return part, centre_sentence(parts, place=chosen.place, year=chosen.year_label)
