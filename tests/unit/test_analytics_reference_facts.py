from __future__ import annotations

import duckdb

from analytics.reference_facts import reference_facts


def test_facts_come_in_the_order_asked_for(tiny_con: duckdb.DuckDBPyConnection) -> None:
    facts = reference_facts(tiny_con, fact_ids=("F093", "F091", "F092", "F094"))
    assert list(facts["fact_id"]) == ["F093", "F091", "F092", "F094"]
    assert list(facts["value"]) == [85.1, 100, 89.4, 95.7]
    assert set(facts["period"]) == {"H28"}


def test_unknown_facts_are_left_out(tiny_con: duckdb.DuckDBPyConnection) -> None:
    assert reference_facts(tiny_con, fact_ids=("F999",)).empty
