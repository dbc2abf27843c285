"""The view of the support as the documents part it: six items, six headings, three roles."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.support_headings import heading_matrix, heading_shares, headings_listed
from analytics.support_sentence import heading_sentence
from charts.status_matrix import status_matrix
from charts.support_bars import support_bars
from data.catalogue import load_catalogue
from data.catalogue.support_headings import HeadingVersion, load_support_headings
from ui import blocks
from ui import survey_columns as columns
from ui.blocks import ColumnLabel
from ui.few_rows import few_rows
from ui.selection import choose
from ui.store import ask, served
from ui.support_choice import FORM, Chosen
from ui.survey_parts import Part, matrix, save, sources

_NAME = {"label": ColumnLabel("見出し"), "scope": ColumnLabel("種別")}
_MADE_OF = {
    "measured_by": ColumnLabel("当てた設問"),
    "examples": ColumnLabel("文書の取組例（要約）"),
}
LISTED = {**_NAME, **_MADE_OF}
SHARES = {
    **columns.YEAR,
    **_NAME,
    **columns.rate_columns(unit="都道府県", done="行う"),
    **_MADE_OF,
}
HOW = (
    "見出しに当てた設問のどれかを行っていれば「行っている」、尋ねた設問をすべて行っていなければ"
    "「行っていない」と数えます。見出しと例は文書の要約、設問の当て方はこの製品の定めです。"
)


def draw(chosen: Chosen) -> None:
    """Let the viewer choose the way of parting; draw the shares and who gives what."""
    key, version = _choose_version()
    bars, cells, sentence = _made(served(), chosen, key)
    st.subheader(bars.title, anchor=False)
    blocks.figure(bars.figure, alt=sentence, key="heading_shares")
    blocks.statement(sentence)
    shown = columns.occurring(bars.frame, bars.shown)
    few_rows(bars.frame, columns=shown, alt=bars.title, key="heading_table")
    blocks.notes([HOW, cited(version)])
    source = [*sources(FORM, chosen.fiscal_year), cited(version)]
    save(bars, source=source)
    if cells is not None:
        st.subheader(cells.title, anchor=False)
        matrix(cells, key="heading_matrix")
        save(cells, source=source)
    blocks.source_line(source)


def draw_list() -> None:
    """Let the viewer choose the way of parting; list its headings, which need no answers."""
    st.subheader("支援の区分（文書の見出し）", anchor=False)
    key, version = _choose_version()
    rows = headings_listed(version=key)
    shown = {name: label for name, label in LISTED.items() if rows[name].any()}
    few_rows(rows, columns=shown, alt="支援の区分", key="headings_listed")
    blocks.notes(["見出しと例は文書の要約、設問の当て方はこの製品の定めです。", cited(version)])
    blocks.downloads(
        rows,
        columns=LISTED,
        stem=f"support_headings_{key}",
        title=version.label,
        source=[cited(version)],
    )


def _choose_version() -> tuple[str, HeadingVersion]:
    versions = load_support_headings().versions
    labels = {key: version.label for key, version in versions.items()}
    key = choose("区分", labels, param="headings", default="revised6", kind="segmented")
    return key, versions[key]


def cited(version: HeadingVersion) -> str:
    """Return the note on a way of parting and the document that gives it."""
    document = load_catalogue().documents[version.document]
    return f"{version.note}（{document.publisher}「{document.title}」{document.date}）"


@lru_cache(maxsize=256)
def _made(store_key: str, chosen: Chosen, key: str) -> tuple[Part, Part | None, str]:
    year = chosen.fiscal_year
    version = load_support_headings().versions[key]
    shares = ask(heading_shares, fiscal_year=year, version=key)
    drawn = shares.assign(
        item_label=shares["label"],
        item_short=shares["short_label"],
        published=float("nan"),
        published_source=None,
    )
    title = f"{version.label}ごとの都道府県の割合（{chosen.year_label}）"
    figure = support_bars(drawn, share_title="回答した都道府県のうち", published_title="公表値")
    listed = shares.assign(fiscal_year_label=chosen.year_label)
    bars = Part(title, f"support_headings_{key}_{year}", figure, listed, SHARES)
    sentence = heading_sentence(shares, version=version.label, fiscal_year=year, place=chosen.place)
    answers = ask(heading_matrix, fiscal_year=year, version=key)
    return bars, (None if answers.empty else _cells(chosen, key, answers)), sentence


def _cells(chosen: Chosen, key: str, answers: pd.DataFrame) -> Part:
    short = {heading.key: heading.short_label for heading in load_support_headings().of(key)}
    rows = answers.assign(item_label=answers["heading_key"].map(short))
    items = [label for label in short.values() if label in set(rows["item_label"])]
    wide = rows.pivot(index=["area_code", "area_name"], columns="item_label", values="category")
    printed = wide[items].replace(columns.PROVISION_WORDS).reset_index()
    return Part(
        f"都道府県×見出し（{chosen.year_label}）",
        f"support_heading_matrix_{key}_{chosen.fiscal_year}",
        status_matrix(
            rows, labels=columns.PROVISION_WORDS, items=items, own_area=chosen.prefecture_code
        ),
        printed.rename_axis(columns=None).assign(fiscal_year_label=chosen.year_label),
        columns.provision_columns({item: item for item in items}),
    )
