"""The view of what municipalities ask for against what their prefecture gives, unmet first."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.support_sentence import unmet_sentence
from analytics.support_unmet import by_prefecture_view, request_cells, request_counts
from charts.support_requests import request_matrix
from ui import blocks
from ui import survey_columns as columns
from ui.blocks import ColumnLabel
from ui.few_rows import few_rows
from ui.store import ask, served
from ui.support_choice import FORM, MUNICIPAL_FORM, Chosen
from ui.survey_parts import Part, matrix, save, sources

WORDS = {
    "unmet": "希望あり・支援なし",
    "open": "希望あり・支援は不明",
    "met": "希望あり・支援あり",
    "not_wanted": "希望なし",
} | {kind: word for kind, word in columns.PROVISION_WORDS.items() if kind not in ("done", "none")}
COUNTS = {
    **columns.YEAR,
    "label": ColumnLabel("希望する支援"),
    "unmet": ColumnLabel("希望あり・支援なし", "市町村", 0),
    "open": ColumnLabel("希望あり・支援は不明", "市町村", 0),
    "met": ColumnLabel("希望あり・支援あり", "市町村", 0),
    "answering": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
    "unmet_names": ColumnLabel("希望があるのに支援がない市町村"),
}
_KIND = ColumnLabel("希望と支援")
CELLS = {
    **columns.YEAR,
    "area_code": ColumnLabel("団体コード"),
    "area_name": ColumnLabel("市町村"),
    "label": ColumnLabel("希望する支援"),
    "category_label": _KIND,
}
BY_PREFECTURE = {
    **columns.YEAR,
    "area_code": ColumnLabel("都道府県コード"),
    "area_name": ColumnLabel("都道府県"),
    "label": ColumnLabel("希望する支援"),
    "category_label": _KIND,
    "wanting": ColumnLabel("希望する市町村", "市町村", 0),
    "answering": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
}
HOW = (
    "▲＝市町村が希望し、その都道府県が行っていない支援。どの支援が希望に応えるかの対応は、"
    "この製品の定めです。列は▲の多い順です。"
)


def draw(chosen: Chosen) -> None:
    """Draw the municipalities of the own prefecture, or the prefectures of the nation."""
    inside = chosen.prefecture_code is not None
    part, counts, sentence = _made(served(), chosen)
    st.subheader(part.title, anchor=False)
    blocks.statement(sentence)
    few_rows(counts.frame, columns=counts.shown, alt=counts.title, key="unmet_counts")
    matrix(part, key="unmet")
    blocks.notes([HOW] if inside else [HOW, "数字は希望する市町村の数です。"])
    year = chosen.fiscal_year
    cited = [*sources(FORM, year), *sources(MUNICIPAL_FORM, year)]
    save(part, source=cited)
    blocks.notes([f"「{counts.title}」を保存：表はCSV・XLSX"])
    blocks.downloads(
        counts.frame, columns=COUNTS, stem=counts.stem, title=counts.title, source=cited
    )
    blocks.source_line(cited)


@lru_cache(maxsize=256)
def _made(store_key: str, chosen: Chosen) -> tuple[Part, Part, str]:
    inside = chosen.prefecture_code is not None
    code, year = chosen.prefecture_code or "00", chosen.fiscal_year
    cells = ask(request_cells, area_code=code, fiscal_year=year)
    counts = request_counts(cells)
    if inside:
        rows, of = cells, CELLS
    else:
        rows, of = ask(by_prefecture_view, fiscal_year=year), BY_PREFECTURE
    rows = rows.assign(
        fiscal_year_label=chosen.year_label, category_label=rows["category"].map(WORDS)
    )
    title = f"{chosen.prefecture_name}の希望と支援の突き合わせ（{chosen.year_label}）"
    figure = request_matrix(
        rows,
        labels=WORDS,
        items=list(dict.fromkeys(cells["short_label"])),
        own_area=chosen.area.code,
    )
    part = Part(title, f"support_unmet_{code}_{year}", figure, rows, of)
    listed = counts.assign(fiscal_year_label=chosen.year_label)
    summed = Part(f"{title}：件数", f"support_unmet_counts_{code}_{year}", {}, listed, COUNTS)
    sentence = unmet_sentence(counts, place=chosen.prefecture_name, year=chosen.year_label)
    return part, summed, sentence
