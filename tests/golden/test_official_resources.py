"""The counts of the resource page against the publishers' files, read with csv alone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analytics.denominators import denominator_of
from analytics.facilities import facility_list, location_quality
from analytics.narrowed_counts import distinct_facilities
from analytics.resources import counts_in_view, wide_counts
from analytics.scope import NATION, Scope
from data.generations import Store
from tests.golden.recount import city_of

pytestmark = pytest.mark.official

HOSPITALS = "iryo_joho_net/01-1_hospital_facility_info_20250601.zip"
OFFICES = {
    "home_bath_office": "120",
    "home_rehabilitation_office": "140",
    "day_rehabilitation_office": "160",
    "welfare_equipment_rental": "170",
    "geriatric_health_facility": "520",
    "small_multifunction": "730",
    "nursing_small_multifunction": "770",
}
TYPES = ("hospital", *OFFICES)
SCOPE = Scope(NATION, "全国", "municipality", None)


@pytest.fixture(scope="module")
def con(official_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(Store(official_store).current()), read_only=True) as connection:
        yield connection


def offices(raw: Path, number: str) -> list[dict[str, str]]:
    path = raw / f"kaigo_opendata/jigyosho_{number}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def hospitals(raw: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(raw / HOSPITALS) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def recounted(raw: Path, facility_type: str, *, day: str = "") -> Counter[str]:
    """Count distinct numbers by municipality, wards within their city."""
    if facility_type == "hospital":
        places = [
            (row["ID"], row["都道府県コード"] + row["市区町村コード"]) for row in hospitals(raw)
        ]
    else:
        places = [
            (row["事業所番号"], row["都道府県コード又は市町村コード"][:5])
            for row in offices(raw, OFFICES[facility_type])
            if not day or day in row["利用可能曜日"].split(",")
        ]
    return Counter(city_of(code) for _, code in set(places))


@pytest.fixture(scope="module")
def shown(con: duckdb.DuckDBPyConnection) -> dict[str, Counter[str]]:
    """What the table of the page shows for every municipality of Japan."""
    denominator = denominator_of(con, scope=SCOPE)
    counts = counts_in_view(con, scope=SCOPE, facility_types=TYPES, denominator=denominator)
    wide = wide_counts(counts[counts["is_part"]], facility_types=TYPES).set_index("area_code")
    return {key: Counter(wide[f"{key}.facilities"].dropna().astype(int).to_dict()) for key in TYPES}


@pytest.mark.parametrize("facility_type", TYPES)
def test_every_municipality_counts_as_in_the_raw_file(
    official_raw: Path, shown: dict[str, Counter[str]], facility_type: str
) -> None:
    expected = recounted(official_raw, facility_type)
    assert sum(expected.values()) > 1_000
    assert +shown[facility_type] == expected
    assert len(shown[facility_type]) > 1_700


def test_a_condition_counts_as_in_the_raw_file(
    official_raw: Path, con: duckdb.DuckDBPyConnection
) -> None:
    kind = "day_rehabilitation_office"
    counts = counts_in_view(
        con,
        scope=SCOPE,
        facility_types=(kind,),
        denominator=None,
        filters=(("days", "土曜日"),),
    )
    parts = counts[counts["is_part"]].set_index("area_code")
    saturdays = recounted(official_raw, kind, day="土曜日")
    assert +Counter(parts["facilities"].dropna().astype(int).to_dict()) == saturdays
    silent = [row["事業所番号"] for row in offices(official_raw, "160") if not row["利用可能曜日"]]
    assert parts["not_stated"].sum() == len(set(silent))
    assert counts.set_index("area_code").loc[NATION, "facilities"] == sum(saturdays.values())


def test_one_office_with_two_services_is_one(
    official_raw: Path, con: duckdb.DuckDBPyConnection
) -> None:
    kinds = ("home_rehabilitation_office", "day_rehabilitation_office")
    numbers = {
        row["事業所番号"]
        for kind in kinds
        for row in offices(official_raw, OFFICES[kind])
        if row["都道府県コード又は市町村コード"].startswith("19")
    }
    found = distinct_facilities(con, area_codes=("19",), facility_types=kinds)
    assert found["19"] == len(numbers)


def test_a_name_finds_what_a_reader_of_the_file_finds(
    official_raw: Path, con: duckdb.DuckDBPyConnection
) -> None:
    found = facility_list(con, area_code="00", facility_types=("hospital",), search="さくら")
    spelt = [
        row
        for row in hospitals(official_raw)
        if any(word in row["正式名称"].replace("　", "") for word in ("さくら", "サクラ", "ｻｸﾗ"))
    ]
    assert {f"navii-{row['ID']}" for row in spelt} <= set(found["facility_id"])


def test_hospitals_without_coordinates_are_counted_in_their_municipality(
    official_raw: Path, con: duckdb.DuckDBPyConnection
) -> None:
    row = location_quality(con, area_code="00", facility_types=("hospital",)).iloc[0]
    zero = [r for r in hospitals(official_raw) if float(r["所在地座標（経度）"] or 0) == 0]
    assert row["missing"] == len(zero)
    assert row["facilities"] == len(hospitals(official_raw))
