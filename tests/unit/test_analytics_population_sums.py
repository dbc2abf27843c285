from __future__ import annotations

import duckdb
import pytest

from analytics.population_sums import agreement, sums_of_parts, sums_sentence

Con = duckdb.DuckDBPyConnection


@pytest.fixture
def county(fresh_con: Con) -> Con:
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('01', 'prefecture', '見本県'),"
        " ('01201', 'municipality', '甲市'), ('01202', 'municipality', '乙町'),"
        " ('01695', 'municipality', '北の村')"
    )
    for code in ("01201", "01202", "01695"):
        fresh_con.execute(
            "insert into area_membership values (?, '01', 'prefecture', null, null)", [code]
        )
    for code, total, old in (("01", 1_001, 300), ("01201", 700, 200), ("01202", 300, 100)):
        fresh_con.execute(
            "insert into population_total values (?, 'ipss2018', 2040, ?, null, null, null, ?,"
            " null, true, 'source')",
            [code, total, old],
        )
    return fresh_con


def test_a_printed_total_stands_beside_the_sum_of_its_parts(county: Con) -> None:
    found = sums_of_parts(county).set_index("age_group")
    assert list(found.index) == ["age_75_plus", "total"]
    assert found.loc["total", ["printed", "summed", "difference"]].tolist() == [1_001, 1_000, 1]
    assert found.at["age_75_plus", "difference"] == 0
    assert found.at["total", "within_rounding"]


def test_a_difference_beyond_rounding_is_told(county: Con) -> None:
    county.execute("update population_total set total = 1100 where area_code = '01'")
    sums = sums_of_parts(county)
    row = agreement(sums).iloc[0]
    assert (row["areas"], row["figures"], row["equal"]) == (1, 2, 1)
    assert (row["rounding"], row["different"], row["largest"]) == (0, 1, 100)
    said = sums_sentence(sums)
    assert "2件のうち1件が" in said
    assert "四捨五入では説明できないものは1件" in said
    assert "見本県の2040年の総人口で+100人" in said


def test_a_total_whose_parts_are_not_all_there_is_not_compared(county: Con) -> None:
    county.execute("delete from population_total where area_code = '01202'")
    sums = sums_of_parts(county)
    assert sums["summed"].isna().all()
    assert set(sums["parts_missing"]) == {1}
    assert agreement(sums)["not_compared"].tolist() == [1]
    assert "比べるものがありません" in sums_sentence(sums)


def test_a_total_that_was_added_up_here_proves_nothing(county: Con) -> None:
    county.execute("update population_total set basis = 'sum' where area_code = '01'")
    assert sums_of_parts(county).empty
