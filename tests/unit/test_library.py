"""The library: every entry leads somewhere, every figure is that of the documents."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import duckdb
import pytest

from analytics.library import library_entries, library_sentence, slot_label
from analytics.library_money import fact_year, funding_shares
from analytics.reference_facts import outside_facts, printed_facts, reference_facts
from data.catalogue import load_catalogue
from data.catalogue.reference_library import LibraryEntry, load_library
from ui.library_links import PAGE_LABELS, VIEW_LABELS, parted

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "toshima", "toyosato", "koto", "takamatsu", "fukui", "kamaishi", "takaishi", "akita", "yabu",
    "nabari", "kotoura", "mito", "izu", "fukuchiyama", "hirado",
}  # fmt: skip


def test_every_row_of_the_documents_has_an_entry() -> None:
    entries = list(load_library().entries.values())
    assert [entry.number for entry in entries] == list(range(1, 98))
    assert len({entry.name for entry in entries}) == 97
    documents = load_catalogue().documents
    assert all(set(entry.documents) <= set(documents) for entry in entries)


@pytest.mark.parametrize("entry", load_library().entries.values(), ids=lambda e: str(e.number))
def test_every_entry_leads_to_a_view_a_slot_or_a_figure(entry: LibraryEntry) -> None:
    known = {fact.fact_id for fact in load_catalogue().facts}
    live = [link for link in entry.see if parted(link)[0] != "library" and "area=" not in link]
    assert live or slot_label(entry.slot) or entry.facts, "leads to the library alone"
    assert set(entry.facts) <= known
    assert bool(entry.slot) == bool(slot_label(entry.slot)), "a slot that nothing fills"
    for link in entry.see:
        page, words = parted(link)
        assert page in PAGE_LABELS
        if page == "library":
            assert words["view"] in ("entries", "cases", "money")
            assert words.get("case", "fukui") in load_library().cases
            assert load_library().numbered(int(words.get("entry", 1)))
        elif "types" in words:
            assert words["types"] in load_catalogue().facility_types
        elif "view" in words:
            assert f"{page}?view={words['view']}" in VIEW_LABELS


def keys_of_views(page: str) -> set[str]:
    """Return the views that a page offers: those of its registry, else of its own table."""
    if page in ("activities", "support"):
        stem = {"activities": "activity"}.get(page, page)
        return set(importlib.import_module(f"ui.{stem}_views").VIEWS)
    tree = ast.parse((ROOT / "pages" / f"{page}.py").read_text(encoding="utf-8"))
    tables = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and ast.unparse(node).partition(":")[0].partition(" ")[0] in ("VIEWS", "PARTS")
    ]
    found = [table for table in tables if isinstance(table, ast.Dict)]
    return {
        str(key.value) for table in found for key in table.keys if isinstance(key, ast.Constant)
    }


def test_every_view_that_is_linked_exists() -> None:
    for link in VIEW_LABELS:
        page, words = parted(link)
        assert words["view"] in keys_of_views(page), link


def test_no_figure_of_the_documents_is_left_out() -> None:
    used = {fact for entry in load_library().entries.values() for fact in entry.facts}
    assert used == {fact.fact_id for fact in load_catalogue().facts}


def test_case_cards_and_their_figures() -> None:
    cases, catalogue = load_library().cases, load_catalogue()
    assert set(cases) == NAMES
    known = {fact.fact_id for fact in catalogue.facts}
    for card in cases.values():
        assert set(card.facts) <= known
        assert card.document in catalogue.documents
        assert len(outside_facts(tuple(card.outside))) == len(card.outside)


def test_figures_shown_are_those_of_the_documents(demo_con: duckdb.DuckDBPyConnection) -> None:
    facts = {fact.fact_id: fact for fact in load_catalogue().facts}
    library = load_library()
    lists = [*library.entries.values(), *library.cases.values(), *library.money.values()]
    for listed in lists:
        shown = reference_facts(demo_con, fact_ids=tuple(listed.facts))
        assert list(shown["fact_id"]) == listed.facts
        for row in shown.to_dict("records"):
            fact = facts[row["fact_id"]]
            printed = (fact.value_text, fact.unit, fact.period, fact.source_title, fact.quote)
            names = ("value_text", "unit", "period", "source_title", "quote")
            assert tuple(row[name] for name in names) == printed


def test_figures_are_printed_in_words_with_thousands_apart(
    demo_con: duckdb.DuckDBPyConnection,
) -> None:
    every = tuple(fact.fact_id for fact in load_catalogue().facts)
    printed = printed_facts(reference_facts(demo_con, fact_ids=every)).set_index("fact_id")
    assert not printed["measure"].str.contains(r"_|^同|1号$").any()
    assert printed.at["F135", "measure"] == "要介護認定率：第1号被保険者"
    assert printed.at["F081", "measure"] == "財源の構成（その1）：国"
    assert printed.at["F132", "value_text"] == "301,599"
    assert printed.at["F073", "value_text"] == "1,645.8"
    assert printed.at["F080", "value_text"] == "2021"  # a year
    assert printed.at["F163", "value_text"] == "2024-04-01"


@pytest.fixture
def demo_con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Hold the figures as the build writes them."""
    for fact in load_catalogue().facts:
        fresh_con.execute(
            "insert into reference_fact values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [fact.fact_id, fact.area, fact.period, fact.measure, fact.unit, fact.value_text,
             fact.value, fact.source_title, fact.quote],
        )  # fmt: skip
    return fresh_con


@pytest.mark.parametrize(
    ("words", "kind", "document", "first"),
    [
        ("退院", "", "", 45),
        ("退院 福井", "case", "", 45),
        ("ＭＣＳ", "", "", 96),
        ("財源", "fee", "", 49),
        ("301,599", "", "", 75),
        ("", "data", "002", 62),
        ("89.4", "", "", 39),
    ],
)
def test_found_by_word_kind_and_document(words: str, kind: str, document: str, first: int) -> None:
    found = library_entries(words=words, kind=kind, document=document)
    assert found["number"].iloc[0] == first
    assert not found["documents"].str.contains(r"\b00[0-4]\b").any()


def test_sentence_tells_what_was_found() -> None:
    found = library_entries(words="退院")
    assert library_sentence(found, words="退院", total=97).startswith(
        f"「退院」に当たる項目は{len(found)}件（全97件）"
    )
    none = library_entries(words="ありえないことば")
    assert none.empty
    assert "当たる項目はありません" in library_sentence(none, words="ありえないことば", total=97)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2017", 2017), ("R6", 2024), ("R7-", 2025), ("-R5", 2022), ("H28", 2016), ("-", 0)],
)
def test_years_of_printed_periods(period: str, year: int) -> None:
    assert fact_year(period) == year


def test_compositions_of_funding_stay_apart(demo_con: duckdb.DuckDBPyConnection) -> None:
    facts = reference_facts(demo_con, fact_ids=tuple(load_library().money["funding"].facts))
    shares = funding_shares(facts).set_index("part")
    assert list(shares.columns) == [
        "2017年の資料 (1)", "2017年の資料 (2)", "R5の資料 (1)", "R5の資料 (2)",
    ]  # fmt: skip
    assert shares.loc["国"].tolist() == [25, 39, 25, 38.5]
    assert shares.sum().tolist() == [100, 100, 100, 100]
    assert shares.loc["2号保険料"].isna().tolist() == [False, True, False, True]
