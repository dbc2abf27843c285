"""Derived tables from tables small enough to add up by hand."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.catalogue import load_catalogue
from data.derive.facility_counts import add_facility_counts, write_facility_counts
from data.derive.facility_numerators import add_facility_numerator
from data.derive.observations import period_of, suppress_small
from data.derive.parts import derive_descendants, prepare_quantities, sum_upwards
from data.derive.population_totals import add_population_groups, write_population_totals
from data.derive.survey_inputs import items_input, share_input
from data.tables import insert_frame

AREAS = """
00      nation                  -
01      prefecture              00
02      prefecture              00
01100   designated_city         01
01101   ward                    01100
01102   ward                    01100
01201   municipality            01
01695   municipality            01
02201   municipality            02
02202   municipality            02
m2-0101 secondary_medical_area  01
m2-0201 secondary_medical_area  02
kk-0201 planning_area           02
"""
MEMBERS = """
01100 m2-0101 secondary_medical_area
01201 m2-0101 secondary_medical_area
01695 m2-0101 secondary_medical_area
02201 m2-0201 secondary_medical_area
02202 m2-0201 secondary_medical_area
02201 kk-0201 planning_area
"""


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    listed = rows(AREAS)
    kinds = {code: kind for code, kind, _ in listed}
    areas = pd.DataFrame(
        [(c, k, c) for c, k, _ in listed], columns=["area_code", "area_type", "name"]
    )
    insert_frame(fresh_con, "area", areas)
    links = [(code, parent, kinds[parent]) for code, _, parent in listed if parent != "-"]
    links += [tuple(row) for row in rows(MEMBERS)]
    columns = ["area_code", "parent_area_code", "parent_type"]
    insert_frame(fresh_con, "area_membership", pd.DataFrame(links, columns=columns))
    derive_descendants(fresh_con)
    prepare_quantities(fresh_con)
    return fresh_con


def answer(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()


def put_population(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Each line: area, year, sex, age from, age to (or -), persons."""
    frame = pd.DataFrame(
        [
            (code, "demo", int(year), sex, int(low), None if high == "-" else int(high), float(n))
            for code, year, sex, low, high, n in rows(table)
        ],
        columns=["area_code", "edition", "year", "sex", "age_from", "age_to", "persons"],
    )
    frame = frame.assign(is_projection=False, source_id="s", source_ref="r")
    insert_frame(con, "population", frame)
    add_population_groups(con)
    sum_upwards(con)
    write_population_totals(con)


def test_designated_cities_stand_on_the_municipal_level_and_wards_below(con) -> None:
    found = answer(
        con,
        "select descendant_code, level from area_descendant where ancestor_code = '00'"
        " and level in ('municipality', 'ward') order by 1",
    )
    assert found == [
        ("01100", "municipality"),
        ("01101", "ward"),
        ("01102", "ward"),
        ("01201", "municipality"),
        ("01695", "municipality"),
        ("02201", "municipality"),
        ("02202", "municipality"),
    ]


def test_groups_come_from_bands_and_larger_areas_from_their_parts(con) -> None:
    put_population(
        con,
        """
        01101 2020 male   0  -  100
        01101 2020 female 0  -  120
        01101 2020 total  75 84 20
        01101 2020 total  85 -  10
        01102 2020 total  0  -  80
        01102 2020 total  75 84 9
        01102 2020 total  85 -  1
        01201 2020 total  0  -  50
        01201 2020 total  75 84 5
        01201 2020 total  85 -  5
        """,
    )
    found = answer(
        con,
        "select area_code, total, age_65_plus, age_75_plus, age_85_plus, basis"
        " from population_total order by 1",
    )
    assert found == [
        ("01", 350.0, None, 50.0, 16.0, "sum"),
        ("01100", 300.0, None, 40.0, 11.0, "sum"),
        ("01101", 220.0, None, 30.0, 10.0, "source"),
        ("01102", 80.0, None, 10.0, 1.0, "source"),
        ("01201", 50.0, None, 10.0, 5.0, "source"),
        ("m2-0101", 350.0, None, 50.0, 16.0, "sum"),
    ]


def test_a_group_that_lacks_a_band_is_missing_not_smaller(con) -> None:
    lines = [
        f"01201 2020 total {low} {low + 4} 10" for low in range(0, 85, 5) if low not in (5, 20, 80)
    ]
    put_population(con, "\n".join([*lines, "01201 2020 total 0 - 200", "01201 2020 total 85 - 3"]))
    found = answer(
        con,
        "select total, age_0_14, age_15_64, age_65_plus, age_75_plus, age_85_plus"
        " from population_total where area_code = '01201'",
    )
    assert found == [(200.0, None, None, None, None, 3.0)]


def test_no_sum_where_a_part_is_missing_or_the_membership_is_incomplete(con) -> None:
    put_population(con, "02201 2020 total 0 - 10")
    assert answer(con, "select area_code from population_total") == [("02201",)]


def test_a_planning_area_with_all_its_known_members_still_has_no_sum(con) -> None:
    put_population(con, "02201 2020 total 0 - 10\n02202 2020 total 0 - 20")
    found = answer(con, "select area_code, total from population_total order by 1")
    assert ("m2-0201", 30.0) in found
    assert "kk-0201" not in dict(found)


def test_a_row_of_the_source_is_never_replaced_by_a_sum(con) -> None:
    put_population(
        con,
        "02 2020 total 0 - 31\n02201 2020 total 0 - 10\n02202 2020 total 0 - 20\n01 2020 total 0 - 5",
    )
    found = {
        code: (total, basis)
        for code, total, basis in answer(
            con, "select area_code, total, basis from population_total"
        )
    }
    assert found["02"] == (31.0, "source")
    assert found["00"] == (36.0, "sum")


def put_facilities(con: duckdb.DuckDBPyConnection, covered: Iterable[str]) -> None:
    frame = pd.DataFrame(
        [("a", "01100", "01101", 10), ("b", "01100", "01102", None), ("c", "02201", None, None)],
        columns=["facility_id", "area_code", "ward_code", "capacity"],
    ).assign(
        name="n",
        facility_type="hospital",
        location_quality="missing",
        source_id="s",
        source_ref="r",
    )
    insert_frame(con, "facility", frame.astype({"capacity": "Int64"}))
    coverage = pd.DataFrame({"area_code": list(covered)}).assign(source_id="s", subject="hospital")
    insert_frame(con, "source_coverage", coverage)
    add_facility_counts(con, facility_types=("hospital", "clinic"))
    sum_upwards(con)
    write_facility_counts(con)


def test_zero_is_counted_only_where_a_source_covers(con) -> None:
    put_facilities(con, ["02"])
    found = answer(
        con, "select area_code, facilities, capacity, capacity_known from facility_count order by 1"
    )
    assert found == [
        ("02", 1, None, 0),
        ("02201", 1, None, 0),
        ("02202", 0, None, 0),
        ("m2-0201", 1, None, 0),
    ]


def test_a_covered_area_without_a_facility_has_no_capacity_but_zero(con) -> None:
    put_facilities(con, ["00"])
    con.execute("update facility set facility_type = 'geriatric_health_facility'")
    con.execute("update facility_area set facility_type = 'geriatric_health_facility'")
    beds = load_catalogue().indicators["roken_capacity"]
    add_facility_numerator(con, indicator=beds, period="2025")
    found = answer(
        con, "select area_code, value from quantity where subject = 'numerator' order by 1"
    )
    assert found == [("01101", 10.0), ("01201", 0.0), ("02202", 0.0)]


def test_wards_roll_up_and_nobody_is_counted_on_the_northern_islands(con) -> None:
    put_facilities(con, ["00"])
    found = {
        c: (n, k)
        for c, n, k in answer(
            con, "select area_code, facilities, capacity_known from facility_count"
        )
    }
    assert found["01100"] == (2, 1)
    assert found["01101"] == (1, 1)
    assert found["00"] == (3, 1)
    assert "01695" not in found
    assert not [
        row for row in answer(con, "select facility_type from facility_count") if row == ("clinic",)
    ]


def put_answers(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Each line: area, year, question, value (or the status in capitals)."""
    frame = pd.DataFrame(rows(table), columns=["area_code", "fiscal_year", "question_id", "value"])
    is_status = frame["value"].str.isupper()
    frame["status"] = frame["value"].where(is_status, "observed").str.lower()
    frame["value"] = frame["value"].where(~is_status, None)
    frame = frame.assign(
        survey_id="municipal_form", framework="h27r2", import_id="i", source_ref="r"
    )
    insert_frame(con, "survey_answer", frame.astype({"fiscal_year": int}))


def test_only_respondents_that_answered_enter_a_share(con) -> None:
    put_answers(
        con,
        """
        01100 2018 q done
        01201 2018 q none
        02201 2018 q UNANSWERED
        02202 2018 q NOT_APPLICABLE
        """,
    )
    found = share_input(con, question="q", values=["done"]).set_index("area_code")
    assert found.loc["01", ["numerator", "denominator"]].tolist() == [1, 2]
    assert found.loc["00", ["numerator", "denominator"]].tolist() == [1, 2]
    assert "02" not in found.index


def test_a_merged_municipality_counts_in_its_own_years(con) -> None:
    insert_frame(
        con,
        "area",
        pd.DataFrame(
            {
                "area_code": ["02203"],
                "area_type": ["municipality"],
                "name": ["旧村"],
                "valid_to": [pd.Timestamp("2019-03-31").date()],
            }
        ),
    )
    insert_frame(
        con,
        "area_membership",
        pd.DataFrame(
            {"area_code": ["02203"], "parent_area_code": ["02"], "parent_type": ["prefecture"]}
        ),
    )
    con.execute("delete from area_descendant")
    derive_descendants(con)
    put_answers(con, "02203 2018 q done\n02203 2019 q done\n02201 2019 q none")
    found = share_input(con, question="q", values=["done"]).set_index(["area_code", "period"])
    assert found.loc[("02", "FY2018"), "denominator"] == 1
    assert found.loc[("02", "FY2019")].tolist() == [0, 1]


def test_items_are_counted_only_for_complete_answers(con) -> None:
    put_answers(
        con,
        """
        01100 2018 a done
        01100 2018 b none
        01201 2018 a done
        01201 2018 b UNANSWERED
        """,
    )
    found = items_input(con, items=["a", "b"], values=["done"]).set_index("area_code")
    assert found.loc["01", ["numerator", "denominator"]].tolist() == [1, 1]
    assert "01201" not in found.index


def test_small_counts_hide_their_groups_but_zero_is_shown() -> None:
    frame = pd.DataFrame(
        {
            "area_code": ["01", "02", "01201", "01202", "02201"],
            "period": "2020",
            "numerator": [103.0, 60.0, 3.0, 100.0, 0.0],
            "value": [1.0, 1.0, 1.0, 1.0, 0.0],
            "lower_ci": np.nan,
            "upper_ci": np.nan,
            "status": "observed",
        }
    )
    members = pd.DataFrame(
        {"ancestor_code": ["01", "01", "02"], "descendant_code": ["01201", "01202", "02201"]}
    )
    result = suppress_small(frame, members).set_index("area_code")
    assert result["status"].to_dict() == {
        "01": "suppressed",
        "02": "observed",
        "01201": "suppressed",
        "01202": "observed",
        "02201": "observed",
    }
    assert result.loc[["01", "01201"], ["numerator", "value"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("vintage", "year"),
    [
        ("2025年12月末時点", "2025"),
        ("令和7年10月1日現在", "2025"),
        ("平成元年", "1989"),
        ("令和元年度", "2019"),
        ("不明", "undated"),
    ],
)
def test_a_vintage_gives_a_year(vintage: str, year: str) -> None:
    assert period_of(vintage) == year
