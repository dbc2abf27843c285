"""What an uploaded table is held against, and what it would change of the pages."""

from __future__ import annotations

import duckdb
import pytest

from analytics.table_intake import (
    indicator_reach,
    published_measures,
    published_memberships,
    zone_sizes,
)


def test_an_indicator_is_counted_by_period_beside_the_value_of_the_whole(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    fresh_con.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity,"
        " dimension, domain, smallest_level, source_title, cycle, caveat, disclosure)"
        " values ('death_home_rate', '自宅死亡割合', 'd', '%', 1, 'no_judgement', 'outcome',"
        " 'eol', 'municipality', 's', '年', '', 'none')"
    )
    for area, period, value, status in (
        ("00", "2023", 17.0, "observed"),
        ("81201", "2023", 20.0, "observed"),
        ("81202", "2023", None, "suppressed"),
        ("81201", "2022", 19.0, "observed"),
    ):
        fresh_con.execute(
            "insert into observation (area_code, indicator_id, period, value, status, source_id,"
            " source_ref) values (?, 'death_home_rate', ?, ?, ?, 's', 'r')",
            [area, period, value, status],
        )
    found = indicator_reach(fresh_con, indicators=["death_home_rate"], whole="00")
    assert found[["period", "areas"]].values.tolist() == [["2022", 1], ["2023", 2]]
    assert found["whole_value"].fillna(-1).tolist() == [-1, 17.0]
    assert indicator_reach(fresh_con, indicators=[], whole="00").empty


def test_areas_are_listed_with_their_members_of_today(
    tiny_con: duckdb.DuckDBPyConnection,
) -> None:
    sizes = zone_sizes(tiny_con, types=["secondary_medical_area"])
    members = published_memberships(tiny_con, types=["secondary_medical_area"])
    assert sizes["areas"].sum() == len(members)
    assert set(members["parent_name"]) == set(sizes["title"])


@pytest.mark.parametrize(("measures", "rows"), [(["deaths_total"], 1), (["deaths_home"], 0)])
def test_only_the_measures_asked_for_are_returned(
    fresh_con: duckdb.DuckDBPyConnection, measures: list[str], rows: int
) -> None:
    fresh_con.execute(
        "insert into measure values ('81', 'deaths_total', '2023', 5, 'observed', 's', 'r')"
    )
    assert len(published_measures(fresh_con, measures=measures)) == rows
