"""The view of the library's entries: search, list, and the one chosen with its figures."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from access.roles import Role
from analytics.library import library_entries, library_sentence, slot_label
from analytics.reference_facts import printed_facts, reference_facts
from data.catalogue import load_catalogue
from data.catalogue.records import DocumentEntry
from data.catalogue.reference_library import KIND_LABELS, LibraryEntry, load_library
from surveys.target import surveys_offered
from ui import blocks
from ui import survey_columns as columns
from ui.actor import current_actor
from ui.address import read, write
from ui.blocks import ColumnLabel
from ui.library_links import PAGE_LABELS, VIEW_LABELS, draw_links, parted
from ui.selection import area_of, choose
from ui.store import ask, dataset

LIST = {
    "number": ColumnLabel("番号"),
    "name": ColumnLabel("名前"),
    "kind_label": ColumnLabel("種類"),
    "what": ColumnLabel("何か"),
    "documents": ColumnLabel("資料"),
    "figures": ColumnLabel("公表値", "件", 0),
    "views": ColumnLabel("製品の画面", "件", 0),
    "slot_label": ColumnLabel("取り込むと入るところ"),
}
ANY = "any"
TITLE = "資料集（97項目）"
LONGEST = 40
LIST_HEIGHT, FEW_ROWS = 380, 10


def draw() -> None:
    """Let the viewer search; draw what is found and the entry chosen among it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = _words()
        kind = choose("種類", {ANY: "すべて"} | KIND_LABELS, param="kind", default=ANY, width=210)
        documents = {key: f"{key} {entry.title}" for key, entry in _documents().items()}
        document = choose("資料", {ANY: "すべて"} | documents, param="document", default=ANY)
    found = _found(words, kind.removeprefix(ANY), document.removeprefix(ANY))
    blocks.statement(library_sentence(found, words=words, total=len(load_library().entries)))
    if found.empty:
        blocks.empty(
            "当たる項目がありません。", "ことばを短くするか、種類と資料を「すべて」にしてください。"
        )
        return
    numbers = {
        str(n): f"{n} {name}" for n, name in zip(found["number"], found["name"], strict=True)
    }
    _forget_lost(numbers)
    chosen = choose("項目を開く", numbers, param="entry", default=next(iter(numbers)), width=420)
    entry = load_library().numbered(int(chosen))
    if entry is not None:
        _draw_entry(entry)
    st.subheader(f"見つかった項目（{len(found)}件）", anchor=False)
    tall = LIST_HEIGHT if len(found) > FEW_ROWS else None
    blocks.table(found, columns=LIST, key="library_list", height=tall)
    cited = [f"{e.publisher}「{e.title}」{e.date}" for e in _documents().values()]
    blocks.downloads(found, columns=LIST, stem="library_entries", title=TITLE, source=cited)


def _words() -> str:
    """Return what is searched for; the words travel in the address."""
    given = (read("q") or "")[:LONGEST]
    typed = st.text_input("ことばで探す", value=given, key="library_words", max_chars=LONGEST,
                          placeholder="例：退院、財源、相談", width=260)  # fmt: skip
    write("q", typed.strip() or None)
    return typed.strip()


def _forget_lost(numbers: dict[str, str]) -> None:
    """Forget an entry opened before that the search no longer finds; a wrong one is told."""
    opened = read("entry")
    known = opened and opened.isdigit() and load_library().numbered(int(opened))
    if known and opened not in numbers:
        write("entry", None)


def _documents() -> dict[str, DocumentEntry]:
    return dict(load_catalogue().documents)


@lru_cache(maxsize=256)
def _found(words: str, kind: str, document: str) -> pd.DataFrame:
    return library_entries(words=words, kind=kind, document=document)


def _draw_entry(entry: LibraryEntry) -> None:
    """Draw one entry: what it is, its documents, its figures, and where it leads."""
    with st.container(border=True):
        st.subheader(f"{entry.number} {entry.name}", anchor=False)
        st.text(entry.what)
        documents = [_documents()[key] for key in entry.documents]
        told = "／".join(f"{d.publisher}「{d.title}」（{d.date}）" for d in documents)
        blocks.notes([f"種類：{KIND_LABELS[entry.kind]}　資料：{told}"])
        links = [link for link in entry.see if _is_open(link)]
        if links:
            draw_links([(link, f"製品で見る：{_label(link)}") for link in links])
        _draw_slot(entry)
        if entry.facts:
            facts = printed_facts(ask(reference_facts, fact_ids=tuple(entry.facts)))
            blocks.table(facts, columns=columns.FACTS, key=f"library_facts_{entry.number}")
        else:
            blocks.notes(["この項目に固有の公表値は、資料の文にありません。"])


def _draw_slot(entry: LibraryEntry) -> None:
    """Say what fills the place of an entry, with the page of uploads for those who may use it."""
    if not entry.slot:
        return
    blocks.notes([f"取り込むと入るところ：{slot_label(entry.slot)}"])
    if entry.slot in surveys_offered() and current_actor().role is not Role.VIEWER:
        draw_links([("upload", "取り込みの画面を開く")])


def _is_open(link: str) -> bool:
    """Tell whether the place that a link names, if any, is among the areas loaded."""
    code = parted(link)[1].get("area")
    return code is None or (dataset() == "official" and area_of(code) is not None)


def _label(link: str) -> str:
    page, words = parted(link)
    if page == "library":
        card = load_library().cases.get(words.get("case", ""))
        entry = load_library().numbered(int(words.get("entry", 0)))
        if card is not None:
            return f"事例カード「{card.name.partition('：')[0]}」"
        if entry is not None:
            return f"資料集「{entry.name}」"
        return "報酬・財源の表"
    place = area_of(words["area"]) if "area" in words else None
    if place is not None:
        return f"{place.name}の{PAGE_LABELS[page]}"
    view = VIEW_LABELS.get(link, VIEW_LABELS.get(f"{page}?view={words.get('view', '')}", ""))
    return f"{PAGE_LABELS[page]}{f'（{view}）' if view else ''}"
