"""Every indicator of the catalogue is defined in full and computed in the demo."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.generations import Store, open_generation

ENTRIES = list(load_catalogue().indicators.values())


@pytest.fixture(scope="module")
def demo_con(demo_store: Path) -> duckdb.DuckDBPyConnection:
    return open_generation(Store(demo_store).current())


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.key for entry in ENTRIES])
def test_the_definition_is_complete(entry: IndicatorEntry) -> None:
    texts = (entry.title, entry.definition, entry.unit, entry.source_title, entry.cycle)
    assert all(text.strip() for text in (*texts, entry.basis))
    assert entry.recipe is not None or entry.shown_as


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.key for entry in ENTRIES])
def test_it_is_computed_in_the_demo(
    demo_con: duckdb.DuckDBPyConnection, entry: IndicatorEntry
) -> None:
    keys = entry.shown_as or [entry.key]
    observed = demo_con.execute(
        "select count(*) from observation"
        " where indicator_id in (select unnest($keys)) and status = 'observed'",
        {"keys": keys},
    ).fetchone()
    waiting = demo_con.execute(
        "select waiting_for from indicator where indicator_id = $key", {"key": entry.key}
    ).fetchone()

    assert observed is not None
    assert observed[0] > 0
    assert waiting == (None,)


def test_care_managers_tell_more_after_the_rules(demo_con: duckdb.DuckDBPyConnection) -> None:
    rates = dict(
        demo_con.execute(
            "select period, value from observation"
            " where indicator_id = 'admission_info_rate' and area_code = '00'"
        ).fetchall()
    )

    assert rates["FY2017"] + 15 < rates["FY2023"]


def test_answers_cite_the_form_and_year_they_come_from(
    demo_con: duckdb.DuckDBPyConnection,
) -> None:
    cited = demo_con.execute(
        "select indicator_id, period, source_id from observation"
        " where starts_with(source_id, 'survey_')"
        " group by all"
    ).fetchall()
    indicators = load_catalogue().indicators
    forms = {"coordinator_fte": "survey_municipal:市町村票", "support_received": "survey_municipal"}
    assert {key for key, _, _ in cited} >= set(forms)
    for key, period, source in cited:
        assert f"_{period.removeprefix('FY')}年度" in source, (key, period, source)
        assert source.startswith(forms.get(key, "survey_")), (key, source)
    assert indicators["admission_info_rate"].recipe is not None
