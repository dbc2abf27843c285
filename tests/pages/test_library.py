"""The library page: search, entries, cases, tables, and links that open what they name."""

from __future__ import annotations

import pandas as pd
import pytest

from data.catalogue.reference_library import load_library
from data.generations import Store
from tests.pages.opening import open_page, sentences, tables, words
from ui import blocks
from ui.library_links import parted

# One of each page; that every view exists is told by tests/unit/test_library.py.
LINKS = {
    parted(link)[0]: link
    for entry in load_library().entries.values()
    for link in entry.see
    if "area=" not in link
}


@pytest.mark.parametrize("link", LINKS.values())
def test_every_link_opens_the_view_that_it_names(tiny_store: Store, link: str) -> None:
    page, query = parted(link)
    app = open_page(page, **query)
    assert not app.warning, [item.value for item in app.warning]
    assert not app.error


def test_a_word_finds_and_opens_an_entry(tiny_store: Store) -> None:
    app = open_page("library", q="福井 退院")
    assert sentences(app)[0].startswith("「福井 退院」に当たる項目は1件")
    assert "45 福井県の退院支援ルール" in words(app)
    app.text_input[-1].set_value("財源の構成").run()
    assert "49 財源の構成" in words(app)
    assert app.query_params["q"] == "財源の構成"


def test_nothing_found_is_said(tiny_store: Store) -> None:
    app = open_page("library", q="ありえないことば")
    assert "当たる項目はありません" in sentences(app)[0]


def test_an_entry_tells_its_slot_and_its_figures(tiny_store: Store) -> None:
    app = open_page("library", entry="39")
    text = words(app)
    assert "取り込むと入るところ：調査：都道府県票" in text
    assert list(app.dataframe[0].value["value_text"]) == ["100", "89.4", "85.1", "95.7"]


def test_a_place_that_is_not_loaded_is_not_linked(tiny_store: Store) -> None:
    links = [link.proto.label for link in open_page("library", entry="85").get("page_link")]
    assert [label for label in links if label.startswith("製品で見る")] == [
        "製品で見る：取組の実施状況（項目別の割合）",
        "製品で見る：事例カード「釜石市」",
    ]


def test_an_unknown_entry_falls_back_with_a_notice(tiny_store: Store) -> None:
    app = open_page("library", entry="980")
    assert any("980" in item.value for item in app.warning)
    assert "1 地域包括ケアシステム" in words(app)


def test_a_case_shows_both_versions_with_their_sources(tiny_store: Store) -> None:
    app = open_page("library", view="cases", case="fukui")
    (facts,) = tables(app)
    assert {"5→2", "5→7"} <= set(facts["値"])
    assert facts["出典の文書"].nunique() == 2
    assert list(facts)[:4] == ["内容", "値", "単位", "地域"]


def test_tables_of_money_are_by_year(tiny_store: Store) -> None:
    app = open_page("library", view="money", table="partner")
    values = app.dataframe[0].value
    assert values["value_text"].tolist().index("100") < values["value_text"].tolist().index("50")


def test_the_file_of_a_table_of_money_has_numbers_to_calculate_with(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[pd.DataFrame] = []
    monkeypatch.setattr(
        blocks, "downloads", lambda frame, **rest: kept.append(frame[list(rest["columns"])])
    )
    open_page("library", view="money", table="partner")
    assert {100.0, 50.0} <= set(kept[0]["value"])


@pytest.mark.parametrize(("role", "entry", "offered"), [
    ("staff", "39", True), ("viewer", "39", False), ("staff", "45", False),
])  # fmt: skip
def test_uploads_are_linked_for_staff_and_for_forms_that_they_bring(
    tiny_store: Store, role: str, entry: str, offered: bool
) -> None:
    app = open_page("library", role=role, entry=entry)
    labels = [link.proto.label for link in app.get("page_link")]
    assert ("取り込みの画面を開く" in labels) == offered
