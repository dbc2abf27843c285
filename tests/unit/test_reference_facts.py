"""The published figures are all there, as numbers only where they are single numbers."""

from __future__ import annotations

import pytest

from data.catalogue import load_catalogue


def test_all_figures_are_there_in_order() -> None:
    facts = load_catalogue().facts
    assert [fact.fact_id for fact in facts] == [f"F{number:03d}" for number in range(1, 188)]


def test_figures_that_are_not_single_numbers_have_no_value() -> None:
    texts = {fact.fact_id: fact.value_text for fact in load_catalogue().facts if fact.value is None}
    assert len(texts) == 24
    assert texts["F003"] == ">25"
    assert texts["F100"] == "5→2"
    assert texts["F147"] == "100/40"
    assert texts["F163"] == "2024-04-01"


def test_values_are_what_is_printed() -> None:
    for fact in load_catalogue().facts:
        if fact.value is not None:
            assert float(fact.value_text) == fact.value, fact.fact_id


@pytest.mark.parametrize(
    ("fact_id", "area", "period", "value", "unit", "quote"),
    [
        ("F001", "全国", "2025", 3657, "万人", "2025年には3,657万人"),
        ("F023", "埼玉県", "2015-2025", 1.54, "倍", "117.7万人 <16.8%> (1.54倍)"),
        ("F092", "全国", "H28", 89.4, "%", "医療と介護の連携を促進」が最も多く89.4%"),
        ("F093", "全国", "H28", 85.1, "%", "「市町村職員への研修」が85.1%"),
        ("F094", "全国", "H28", 95.7, "%", "「指標設定等の事業評価のしにくさ」が最も多く、95.7%"),
        ("F179", "全国", "R5", 19.25, "%", "都道府県：19.25%"),
        ("F187", "全国", "R5(予定)", 189, "市町村", "189市町村"),
    ],
)
def test_a_figure_as_printed(
    fact_id: str, area: str, period: str, value: float, unit: str, quote: str
) -> None:
    fact = load_catalogue().fact(fact_id)
    assert (fact.area, fact.period, fact.value, fact.unit) == (area, period, value, unit)
    assert fact.quote == quote


def test_every_figure_names_its_document() -> None:
    catalogue = load_catalogue()
    titles = {document.title for document in catalogue.documents.values()}
    assert len(titles) == 5
    assert {fact.source_title for fact in catalogue.facts} == titles


def test_the_same_share_of_two_years_is_kept_apart() -> None:
    catalogue = load_catalogue()
    assert (catalogue.fact("F084").value, catalogue.fact("F176").value) == (22, 23)
    assert catalogue.fact("F084").period != catalogue.fact("F176").period
