from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from data.harmonise import Harmonised
from data.harmonise.dispatch import HARMONISERS
from tests.golden import recount
from tests.golden.official_areas import official_areas, official_extract

pytestmark = pytest.mark.official

HOSPITALS = "iryo_joho_net/01-1_hospital_facility_info_20250601.zip"
CLINIC, HOSPITAL = "home_care_support_clinic", "home_care_support_hospital"


def harmonised(raw: Path, name: str) -> Harmonised:
    extract = official_extract(raw, name)
    return HARMONISERS[extract.layout](extract, source_id="s", areas=official_areas(raw))


def standards(raw: Path, word: str) -> Path:
    return next(path for path in (raw / "kouseikyoku").iterdir() if word in path.name)


def by_area(table: pd.DataFrame) -> Counter[str]:
    return Counter(table.groupby("area_code")["facility_id"].nunique().to_dict())


@pytest.mark.parametrize("code", ["120", "170", "520", "730", "770"])
def test_offices_by_municipality(official_raw: Path, code: str) -> None:
    name = f"kaigo_opendata/jigyosho_{code}.csv"
    table = harmonised(official_raw, name).tables["facility"]
    assert table["area_code"].notna().all()
    assert by_area(table) == recount.offices_by_municipality(official_raw / name)


@pytest.mark.parametrize("code", ["520", "730"])
def test_capacities_by_prefecture(official_raw: Path, code: str) -> None:
    name = f"kaigo_opendata/jigyosho_{code}.csv"
    table = harmonised(official_raw, name).tables["facility"].dropna(subset=["capacity"])
    found = table.groupby(table["area_code"].str[:2])["capacity"].sum().astype(int).to_dict()
    assert Counter(found) == recount.capacity_by_prefecture(official_raw / name)


def test_a_date_typed_as_a_capacity_is_left_out(official_raw: Path) -> None:
    done = harmonised(official_raw, "kaigo_opendata/jigyosho_160.csv")
    assert done.tables["facility"]["capacity"].max() == 1500
    capacities = [issue.found for issue in done.issues if issue.field == "定員"]
    assert capacities == ["20170814"]


def test_wards_keep_their_city_and_their_own_code(official_raw: Path) -> None:
    table = harmonised(official_raw, "kaigo_opendata/jigyosho_520.csv").tables["facility"]
    hamamatsu = table[table["area_code"] == "22130"]
    assert set(hamamatsu["ward_code"]) == {"22138", "22139", "22140"}
    assert table.loc[table["area_code"].str.startswith("13"), "ward_code"].isna().all()


def test_a_repeated_office_counts_once(official_raw: Path) -> None:
    done = harmonised(official_raw, "kaigo_opendata/jigyosho_170.csv")
    assert len(done.tables["facility"]) == 7041
    assert [issue.source_ref for issue in done.issues if issue.set_aside] == ["行 6736"]
    assert done.coverage == [("welfare_equipment_rental", "00")]


def test_coordinates_outside_the_country_are_not_drawn(official_raw: Path) -> None:
    done = harmonised(official_raw, "kaigo_opendata/jigyosho_140.csv")
    table = done.tables["facility"]
    said = [issue for issue in done.issues if issue.field == "緯度・経度"]
    assert len(said) == 5
    assert not any(issue.set_aside for issue in said)
    quality = table["location_quality"].value_counts().to_dict()
    assert quality == {"exact": 5074, "missing": 12, "out_of_range": 5}
    assert table.loc[table["location_quality"] != "exact", ["lon", "lat"]].isna().all(axis=None)


def test_hospitals_and_their_beds(official_raw: Path) -> None:
    done = harmonised(official_raw, HOSPITALS)
    table = done.tables["facility"]
    assert by_area(table) == recount.hospitals_by_municipality(official_raw / HOSPITALS)
    beds = table.groupby(table["area_code"].str[:2])["capacity"].sum().astype(int).to_dict()
    assert beds == recount.beds_by_prefecture(official_raw / HOSPITALS)
    assert (table["location_quality"] == "missing").sum() == 270
    assert done.coverage == [("hospital", "00")]


@pytest.mark.parametrize(
    ("word", "prefecture", "clinics", "hospitals"),
    [("山梨", "19", 75, 14), ("富山", "16", 80, 21), ("鳥取", "31", 79, 11)],
)
def test_home_care_support_institutions(
    official_raw: Path, word: str, prefecture: str, clinics: int, hospitals: int
) -> None:
    path = standards(official_raw, word)
    done = harmonised(official_raw, f"kouseikyoku/{path.name}")
    table = done.tables["facility"]
    assert table["facility_type"].value_counts().to_dict() == {CLINIC: clinics, HOSPITAL: hospitals}
    for kind, count in (("診療所", clinics), ("病院", hospitals)):
        assert len(recount.home_care_institutions(path, kind)) == count
    assert sorted(done.coverage) == [(CLINIC, prefecture), (HOSPITAL, prefecture)]


def test_home_care_support_clinics_by_municipality(official_raw: Path) -> None:
    path = standards(official_raw, "山梨")
    table = harmonised(official_raw, f"kouseikyoku/{path.name}").tables["facility"]
    areas = official_areas(official_raw)
    expected = Counter(
        areas.by_name("19", recount.municipality_in(address))
        for address in recount.home_care_institutions(path, "診療所").values()
    )
    assert by_area(table[table["facility_type"] == CLINIC]) == expected
    assert sum(expected.values()) == 75
