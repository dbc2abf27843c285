"""Notes that numbers cannot hold, by municipality and item, beside the answers of the year."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.form_answers import form_answers, in_words
from analytics.item_notes import noted_answers, notes_sentence, other_notes
from data.catalogue import load_catalogue
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import Table, masked, show_table
from ui.activity_records import BY_STAFF, asked_in, entries_in, places_of, write_here, written
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, served

KIND = "note"
_ALL = "all"
_PLACE = {"area_code": ColumnLabel("団体コード"), "area_name": ColumnLabel("市町村")}
_NOTE = {
    "text": ColumnLabel("覚え書き"),
    "changed_by": ColumnLabel("書いた人"),
    "changed_at": ColumnLabel("書いた日"),
}


def draw(chosen: Chosen) -> None:
    """Draw the notes of the region and year beside the answers, and the form of the own area."""
    items = {item.key: item for item in load_catalogue().programme.items_of(chosen.framework)}
    options = {_ALL: "すべての項目", **{key: item.label for key, item in items.items()}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen_item = choose("事業項目", options, param="item", default=_ALL)
    entries = entries_in(KIND, chosen)
    places = places_of(chosen)
    wanted = [chosen_item] if chosen_item != _ALL else list(items)
    rows = _rows(served(), written(), chosen, tuple(wanted))
    noted = rows.dropna(subset=["text"])
    said = notes_sentence(noted, area_name=chosen.region.name, municipalities=len(places))
    blocks.statement(said)
    if chosen.region.own_area:
        _draw_own(chosen, rows, chosen_item)
    _draw_region(chosen, noted)
    rest = other_notes(entries, items=set(items))
    if len(rest):
        blocks.notes([
            f"ほかの枠組みの項目の覚え書きが{len(rest):,}件あります。年度を変えると表示します。"
        ])  # fmt: skip
    if chosen.region.own_area or len(noted):
        blocks.source_line(_source(chosen))


@lru_cache(maxsize=128)
def _rows(
    store_key: str, mark: tuple[int, int], chosen: Chosen, wanted: tuple[str, ...]
) -> pd.DataFrame:
    """Return the answers of the own municipality and of those with notes, each with its notes."""
    entries = entries_in(KIND, chosen)
    programme = load_catalogue().programme
    items = {item.key: item for item in programme.items if item.key in wanted}
    questions = tuple(item.question_id for item in items.values())
    keys = {item.question_id: key for key, item in items.items()}
    answers = ask(
        form_answers,
        area_code=chosen.region.code,
        fiscal_year=chosen.fiscal_year,
        question_ids=questions,
    )
    own = chosen.region.own_area or ""
    with_notes = set(entries["area_code"]) | {own}
    answers = answers[answers["area_code"].isin(list(with_notes))]
    columns = (answers[name].tolist() for name in ("question_id", "value", "status"))
    words = [in_words(q, value, status) for q, value, status in zip(*columns, strict=True)]
    answers = answers.assign(
        item_key=answers["question_id"].map(keys),
        item_label=[items[keys[q]].label for q in answers["question_id"]],
        answer=words,
    )
    return noted_answers(answers, entries, with_blank=True)


def _draw_own(chosen: Chosen, rows: pd.DataFrame, item: str) -> None:
    own = str(chosen.region.own_area)
    mine = rows[rows["area_code"] == own].fillna(dict.fromkeys(_NOTE, ""))
    columns = {
        "item_label": ColumnLabel("事業項目"),
        "answer": ColumnLabel(f"回答（{chosen.year_label}）"),
        **_NOTE,
    }
    name = chosen.area.name
    stem = f"notes_{own}_{chosen.fiscal_year}"
    title = f"{name}の項目別の回答と覚え書き"
    show_table(Table(title, stem, mine, columns, _source(chosen)), chosen, key="notes_own")
    if item == _ALL:
        blocks.notes(["覚え書きを書くには、上で事業項目を一つ選んでください（担当者）。"])
        return
    write_here("覚え書きを書く・直す（担当者）", KIND, area_code=own, key="notes_form",
               subject=item)  # fmt: skip


def _draw_region(chosen: Chosen, noted: pd.DataFrame) -> None:
    region = chosen.region
    if noted.empty:
        blocks.empty(
            f"{region.name}の覚え書き：まだありません。",
            "市町村と事業項目を選び、担当者としてサインインすると書けます。"
            "個人の名前・電話番号・メールアドレスは書けません。",
        )
        return
    columns = {
        **_PLACE,
        "item_label": ColumnLabel("事業項目"),
        "answer": ColumnLabel(f"回答（{chosen.year_label}）"),
        **_NOTE,
    }
    stem = f"notes_{region.code}_{chosen.fiscal_year}"
    title = f"{region.name}の覚え書きと回答（{chosen.year_label}）"
    shown = masked(noted, chosen)
    if chosen.hide:
        others = shown["area_code"] != (region.own_area or "")
        shown = shown.assign(text=shown["text"].mask(others, "（名前を隠している間は示しません）"))
    show_table(Table(title, stem, shown, columns, _source(chosen)), chosen, key="notes_region")


def _source(chosen: Chosen) -> tuple[str, ...]:
    return (*asked_in(chosen), BY_STAFF)
