"""Sums of a moved membership, small enough to add up by hand, in every period of all areas."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from data.catalogue import Catalogue, load_catalogue
from data.derive import memberships_again
from data.derive.changed_areas import remember
from data.derive.memberships_again import derive_all_again, derive_changed
from data.tables import insert_frame

ZONE = "secondary_medical_area"
PEOPLE = {  # 2015, 2020 and 2030: everybody, 65 to 74, 75 to 84, 85 and over
    "81201": (None, (100, 9, 10, 5), (90, 9, 20, 10)),
    "81202": (None, (200, 9, 20, 10), (180, 9, 30, 20)),
    "81203": (None, (400, 9, 40, 20), (360, 9, 50, 30)),
    "82201": ((800, 9, 50, 30), (700, 9, 60, 40), (600, 9, 80, 80)),
}
DEATHS = {  # 2022 and 2023: all, at home
    "81201": ((10, 1), (11, 2)),
    "81202": ((20, 3), (22, 4)),
    "81203": ((40, 6), (44, 9)),
    "82201": ((80, 8), (88, 11)),
}
CERTIFIED = {"81201": 2023, "81202": 2023, "81203": 2023, "82201": 2024}
BANDS = ((0, None), (65, 74), (75, 84), (85, None))
GROUPS = ("65_74", "75_84", "85_plus")
SHOWN = ("growth_75plus", "certified_projected", "death_home_rate", "share_75plus")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    whole = load_catalogue()
    return whole.model_copy(update={"indicators": {key: whole.indicators[key] for key in SHOWN}})


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> duckdb.DuckDBPyConnection:
    areas = [("00", "nation"), ("81", "prefecture"), ("82", "prefecture")]
    areas += [(code, "municipality") for code in PEOPLE]
    areas += [("m2-8101", ZONE), ("m2-8102", ZONE)]
    put(fresh_con, "area", ["area_code", "area_type", "name"], [(*row, row[0]) for row in areas])
    links = [("81", "00", "nation"), ("82", "00", "nation")]
    links += [(code, code[:2], "prefecture") for code in PEOPLE]
    links += [("m2-8101", "81", "prefecture"), ("m2-8102", "81", "prefecture")]
    links += [("81201", "m2-8101", ZONE), ("81202", "m2-8101", ZONE), ("81203", "m2-8102", ZONE)]
    put(fresh_con, "area_membership", ["area_code", "parent_area_code", "parent_type"], links)
    people = [
        (code, "ipss2018", year, "total", low, high, float(count), True, "s", "r")
        for code, years in PEOPLE.items()
        for year, counts in zip((2015, 2020, 2030), years, strict=True)
        for (low, high), count in zip(BANDS, counts or (), strict=False)
    ]
    columns = ["area_code", "edition", "year", "sex", "age_from", "age_to", "persons",
               "is_projection", "source_id", "source_ref"]  # fmt: skip
    put(fresh_con, "population", columns, people)
    measures = [
        (code, name, str(year), float(count), "observed", "s", "r")
        for code, years in DEATHS.items()
        for year, counts in zip((2022, 2023), years, strict=True)
        for name, count in zip(("deaths_total", "deaths_home"), counts, strict=True)
    ]
    measures += [
        (code, f"{name}_{group}", f"FY{year}", value, "observed", "s", "r")
        for code, year in CERTIFIED.items()
        for name, value in (("certified", 2.0), ("insured", 10.0))
        for group in GROUPS
    ]
    columns = ["area_code", "measure_id", "period", "value", "status", "source_id", "source_ref"]
    put(fresh_con, "measure", columns, measures)
    derive_all_again(fresh_con, catalogue=catalogue)
    return fresh_con


def put(con: duckdb.DuckDBPyConnection, table: str, columns: list[str], rows: list[tuple]) -> None:
    insert_frame(con, table, pd.DataFrame(rows, columns=columns))


def moved(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put 81202 into the other area; nothing but what follows from it may be computed."""
    before = remember(con)
    con.execute(
        "update area_membership set parent_area_code = 'm2-8102'"
        " where area_code = '81202' and parent_type = 'secondary_medical_area'"
    )
    with monkeypatch.context() as only_changed:
        only_changed.setattr(memberships_again, "derive_all_again", pytest.fail)
        derive_changed(con, catalogue=catalogue, before=before)


def test_people_and_counts_of_every_period_are_those_of_the_members_of_today(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(con, catalogue, monkeypatch)
    found = con.execute(
        "select area_code, year, total, age_75_plus, age_85_plus from population_total"
        " where area_code in ('m2-8101', 'm2-8102', '81') order by all"
    ).fetchall()
    assert found == [
        ("81", 2020, 700, 105, 35),
        ("81", 2030, 630, 160, 60),
        ("m2-8101", 2020, 100, 15, 5),
        ("m2-8101", 2030, 90, 30, 10),
        ("m2-8102", 2020, 600, 90, 30),
        ("m2-8102", 2030, 540, 130, 50),
    ]
    found = con.execute(
        "select area_code, period, numerator, denominator from observation"
        " where indicator_id = 'death_home_rate' and area_code like 'm2-%' order by all"
    ).fetchall()
    assert found == [
        ("m2-8101", "2022", 1, 10),
        ("m2-8101", "2023", 2, 11),
        ("m2-8102", "2022", 9, 60),
        ("m2-8102", "2023", 13, 66),
    ]


def test_the_first_and_the_newest_period_are_those_of_all_areas(
    con: duckdb.DuckDBPyConnection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only 82201 has people of 2015 and the certified of FY2024; the moved areas have neither."""
    query = (
        "select indicator_id, area_code, period, value from observation"
        " where indicator_id in ('growth_75plus', 'certified_projected') order by all"
    )
    before = con.execute(query).fetchall()
    assert ("growth_75plus", "82", "2030", 2.0) in before
    assert {row[:2] for row in before} == {
        (key, code) for key in SHOWN[:2] for code in ("82", "82201")
    }
    moved(con, catalogue, monkeypatch)
    assert con.execute(query).fetchall() == before
