"""The checklist of the basic guideline: what staff noted, beside what the survey says."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.checklist import (
    GUIDELINE,
    QUESTIONS,
    SHORT,
    WORDS,
    checklist_sentence,
    checklist_states,
    counted_states,
    own_checklist,
    own_checklist_sentence,
)
from analytics.form_answers import form_answers
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from records.kinds import kind_of
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, masked, show_picture, show_table
from ui.activity_records import BY_STAFF, asked_in, entries_in, places_of, write_here, written
from ui.blocks import ColumnLabel
from ui.store import ask, served

KIND = "checklist"
_SOURCE = (f"求められること：{GUIDELINE}", BY_STAFF)
_COUNTS = {
    "item_label": ColumnLabel("求められること"),
    "state_label": ColumnLabel("状態"),
    "respondents": ColumnLabel("市町村", "市町村", 0),
}
_STATES = {
    "area_code": ColumnLabel("団体コード"),
    "area_name": ColumnLabel("市町村"),
    "item_label": ColumnLabel("求められること"),
    "state_label": ColumnLabel("状態"),
}
_NOTE = (
    "「求められること」は基本指針を短く言いかえたもので、原文ではありません。"
    "調査の回答は近い設問のもので、確認の代わりにはなりません。未記入は「していない」ではありません。"
)


def draw(chosen: Chosen) -> None:
    """Draw the checklist of the municipality chosen, and the states of the whole region."""
    asked = dict(kind_of(KIND).subjects)
    entries = entries_in(KIND, chosen)
    if chosen.region.own_area:
        _draw_own(chosen, chosen.region.own_area, asked)
    if entries.empty:
        blocks.empty(
            f"{chosen.region.name}の確認表：まだ記入がありません。",
            "市町村を選び、担当者としてサインインすると、10項目を書けます。",
        )
        if not chosen.region.own_area:
            _draw_asked(chosen, asked)
    else:
        _draw_region(chosen)
    blocks.notes([_NOTE])
    is_blank = entries.empty and not chosen.region.own_area
    blocks.source_line(_SOURCE[:1] if is_blank else _cited(chosen))


def _draw_asked(chosen: Chosen, asked: dict[str, str]) -> None:
    """List what the guideline asks, where nobody has written anything yet."""
    frame = pd.DataFrame({"label": list(asked.values())})
    title = f"基本指針が市町村に求めること（{len(frame)}項目）"
    columns = {"label": ColumnLabel("求められること")}
    show_table(
        Table(title, "checklist_asked", frame, columns, _SOURCE[:1]), chosen, key="checklist_asked"
    )


def _cited(chosen: Chosen) -> tuple[str, ...]:
    """Return what is shown: the guideline, what staff wrote, the answers beside it."""
    answers = asked_in(chosen) if chosen.region.own_area else ()
    return (*_SOURCE, *answers)


def _draw_region(chosen: Chosen) -> None:
    whole, each = _region(served(), written(), chosen)
    show_picture(whole, chosen, key="checklist")
    if each is None:
        blocks.notes(["都道府県や保健所を選ぶと、市町村ごとの状態を示します。"])
    else:
        show_picture(each, chosen, key="checklist_each", say=False)


@lru_cache(maxsize=128)
def _region(
    store_key: str, mark: tuple[int, int], chosen: Chosen
) -> tuple[Picture, Picture | None]:
    """Return how many municipalities do what is asked, and, but for the nation, which."""
    asked, places = dict(kind_of(KIND).subjects), places_of(chosen)
    states = checklist_states(entries_in(KIND, chosen), places, asked=asked)
    states = states.assign(state_label=states["category"].map(WORDS))
    said = checklist_sentence(states, area_name=chosen.region.name)
    counts = counted_states(states, asked=asked)
    counts = counts.assign(state_label=counts["category"].map(WORDS))
    figure = status_bars(counts, labels=WORDS, axis_title="市町村数", total=len(places))
    title = f"{chosen.region.name}の基本指針の確認表"
    stem = f"checklist_{chosen.region.code}"
    whole = Picture(Table(title, stem, counts, _COUNTS, _SOURCE), figure, said)
    if chosen.region.code == "00":
        return whole, None
    shown = masked(states, chosen)
    matrix = status_matrix(
        shown, labels=WORDS, items=list(SHORT.values()), own_area=chosen.region.own_area
    )
    each = Table(f"{title}（市町村別）", f"{stem}_each", shown, _STATES, _SOURCE)
    return whole, Picture(each, matrix, said)


def _draw_own(chosen: Chosen, code: str, asked: dict[str, str]) -> None:
    """Draw what the municipality noted with its nearest answers, and the form to change it."""
    answers = ask(
        form_answers, area_code=code, fiscal_year=chosen.fiscal_year, question_ids=QUESTIONS
    )
    rows = own_checklist(entries_in(KIND, chosen), answers, area_code=code, asked=asked)
    name = chosen.area.name
    blocks.statement(own_checklist_sentence(rows, area_name=name))
    columns = {
        "label": ColumnLabel("求められること"),
        "state": ColumnLabel("担当者の確認"),
        "note": ColumnLabel("根拠・予定"),
        "changed_by": ColumnLabel("書いた人"),
        "changed_at": ColumnLabel("書いた日"),
        "answer": ColumnLabel(f"近い設問への回答（{chosen.year_label}）"),
    }
    table = Table(f"{name}の基本指針の確認表", f"checklist_{code}", rows, columns, _cited(chosen))
    show_table(table, chosen, key="checklist_own")
    write_here("確認を書く・直す（担当者）", KIND, area_code=code, key="checklist_form")
