"""The demo's people: a cohort model with the patterns of a shrinking, ageing country part."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.demo.cohort import AGES, advance, birth_rates, life_expectancy, survival
from data.demo.population import YEARS, make_population
from data.demo.write_population import FILE_NAME, write_population
from data.extract import RawFile, ipss_workbook, recognise
from data.harmonise.areas import AreaIndex
from data.harmonise.population import harmonise_population

CITY = "81100"
MIX = {
    "metropolis": (8, 80_000),
    "core_city": (4, 180_000),
    "suburb": (12, 60_000),
    "provincial_city": (10, 40_000),
    "town": (14, 8_000),
    "village": (9, 1_800),
    "island": (3, 1_500),
}
SUFFIX = {"metropolis": "区", "town": "町", "village": "村", "island": "村"}


def made_up_places() -> pd.DataFrame:
    kinds = [kind for kind, (count, _) in MIX.items() for _ in range(count)]
    sizes = [int(size * (0.6 + 0.1 * n)) for count, size in MIX.values() for n in range(count)]
    codes = [
        f"81{101 + n}" if kind == "metropolis" else f"82{201 + n}" for n, kind in enumerate(kinds)
    ]
    cities = [CITY if kind == "metropolis" else None for kind in kinds]
    return pd.DataFrame(
        {
            "area_code": codes,
            "prefecture_code": [code[:2] for code in codes],
            "kind": kinds,
            "size": sizes,
            "city_code": cities,
        }
    )


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    return made_up_places()


@pytest.fixture(scope="module")
def people(places: pd.DataFrame) -> pd.DataFrame:
    return make_population(places, np.random.default_rng(81))


def from_age(people: pd.DataFrame, places: pd.DataFrame, age: int) -> pd.DataFrame:
    """Persons of an age and over by place (rows, without the city) and year."""
    found = people[(people["age_from"] >= age) & people["area_code"].isin(places["area_code"])]
    return found.groupby(["area_code", "year"])["persons"].sum().unstack()


def by_kind(table: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    return table.groupby(places.set_index("area_code")["kind"]).sum()


def test_every_place_year_sex_and_band_is_there_once(
    people: pd.DataFrame, places: pd.DataFrame
) -> None:
    assert list(people.columns) == ["area_code", "year", "sex", "age_from", "persons"]
    assert len(people) == (len(places) + 1) * 7 * 2 * 20
    assert not people.duplicated(["area_code", "year", "sex", "age_from"]).any()
    assert pd.api.types.is_integer_dtype(people["persons"])
    assert people["persons"].min() >= 0


def test_totals_of_2020_are_the_sizes_asked_for(people: pd.DataFrame, places: pd.DataFrame) -> None:
    totals = from_age(people, places, 0)[2020]
    assert totals.to_dict() == dict(zip(places["area_code"], places["size"], strict=True))


def test_the_designated_city_is_the_sum_of_its_wards(
    people: pd.DataFrame, places: pd.DataFrame
) -> None:
    keys = ["year", "sex", "age_from"]
    wards = places.loc[places["city_code"] == CITY, "area_code"]
    summed = people[people["area_code"].isin(wards)].groupby(keys)["persons"].sum()
    city = people[people["area_code"] == CITY].set_index(keys)["persons"]
    pd.testing.assert_series_equal(city.sort_index(), summed.sort_index())


def test_the_seed_decides(places: pd.DataFrame, people: pd.DataFrame) -> None:
    again = make_population(places, np.random.default_rng(81))
    pd.testing.assert_frame_equal(again, people)
    other = make_population(places, np.random.default_rng(82))
    assert not other["persons"].equals(people["persons"])


def test_places_shrink_the_more_the_remoter(people: pd.DataFrame, places: pd.DataFrame) -> None:
    totals = from_age(people, places, 0)
    left = totals[2050] / totals[2020]
    median = left.groupby(places.set_index("area_code")["kind"]).median()
    assert median["village"] < 0.65
    assert median["town"] < 0.75
    assert median["village"] < median["town"] < median["provincial_city"] < median["suburb"] < 1
    assert (totals.sum().diff().dropna() < 0).all()


def test_elderly_shares_of_2020(people: pd.DataFrame, places: pd.DataFrame) -> None:
    share = from_age(people, places, 65)[2020] / from_age(people, places, 0)[2020]
    kind = places.set_index("area_code")["kind"]
    assert share[kind.isin(["metropolis", "suburb"])].between(0.22, 0.28).all()
    assert share[kind == "village"].between(0.38, 0.50).all()
    assert share[kind == "town"].between(0.34, 0.44).all()


def test_suburbs_gain_the_most_people_aged_75(people: pd.DataFrame, places: pd.DataFrame) -> None:
    older = by_kind(from_age(people, places, 75), places)
    growth = older.max(axis=1) / older[2020]
    assert growth.idxmax() == "suburb"
    assert growth["suburb"] > 1.5
    assert (older[2040] / older[2020]).idxmax() == "suburb"


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_people_aged_85_peak_after_those_aged_75(places: pd.DataFrame, seed: int) -> None:
    people = make_population(places, np.random.default_rng(seed))
    peak75 = from_age(people, places, 75).idxmax(axis=1)
    peak85 = from_age(people, places, 85).idxmax(axis=1)
    assert (peak85 > peak75).mean() >= 0.9


def test_the_baby_boom_moves_up_five_years_at_a_time(people: pd.DataFrame) -> None:
    bands = people.groupby(["year", "age_from"])["persons"].sum().unstack()
    for year, age in [(2020, 70), (2025, 75), (2030, 80)]:
        assert bands.loc[year, age] > bands.loc[year, age - 5]
        assert bands.loc[year, age] > bands.loc[year, age + 5]


def test_women_outlive_men_and_lives_grow_longer() -> None:
    men, women = np.array([life_expectancy(year) for year in (1980, 2020, 2050)]).T
    assert (np.diff(men) > 1).all()
    assert (women > men + 4).all()
    assert 79 < men[1] < 83
    assert 85 < women[1] < 89


def test_survival_falls_with_age_and_never_creates_people() -> None:
    shares, newborn = survival(2020)
    assert ((shares > 0) & (shares < 1)).all()
    assert (np.diff(shares[:, 1:-1], axis=1) < 0).all()
    assert (newborn > 0.99).all()


def test_a_step_moves_each_cohort_on_by_hand() -> None:
    people = np.zeros((1, 2, len(AGES)))
    people[0, :, 4] = 1000
    people[0, 1, 19] = 100
    migration = np.zeros((1, 2, len(AGES)))
    migration[0, 0, 5] = -0.5
    births = birth_rates(np.array([2.0]), 27.0, 5.0)
    after = advance(people, year=2020, births=births, migration=migration)
    shares, newborn = survival(2022.5)
    assert after[0, 0, 5] == pytest.approx(1000 * shares[0, 4] * 0.5)
    assert after[0, 1, 5] == pytest.approx(1000 * shares[1, 4])
    assert after[0, 1, 19] == pytest.approx(100 * shares[1, 19])
    born = 5 * (births[0, 4] * 1000 / 2 + births[0, 5] * 1000 * shares[1, 4] / 2)
    assert after[0, 0, 0] == pytest.approx(born * 105 / 205 * newborn[0])
    assert after[0, 1, 0] == pytest.approx(born * 100 / 205 * newborn[1])
    assert after[0].sum() == pytest.approx(after[0, :, [0, 5, 19]].sum())


def test_birth_rates_add_up_to_total_fertility() -> None:
    rates = birth_rates(np.array([1.9, 1.3]), 29.0, 4.9)
    assert rates.sum(axis=1) * 5 == pytest.approx([1.9, 1.3])
    assert (rates[:, (AGES < 15) | (AGES >= 50)] == 0).all()


def made_up_region(people: pd.DataFrame, places: pd.DataFrame) -> SimpleNamespace:
    leaves = places.assign(
        name=[f"見本{n}{SUFFIX.get(kind, '市')}" for n, kind in enumerate(places["kind"])],
        district=None,
    ).drop(columns="size")
    city = {"area_code": CITY, "prefecture_code": "81", "kind": "metropolis", "name": "大見本市"}
    return SimpleNamespace(
        prefectures=pd.DataFrame({"code": ["81", "82"], "name": ["甲見本県", "乙見本県"]}),
        municipalities=pd.concat([leaves, pd.DataFrame([city])], ignore_index=True),
        population=people,
    )


@pytest.fixture(scope="module")
def book(
    people: pd.DataFrame, places: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    directory = tmp_path_factory.mktemp("population") / "raw"
    write_population(made_up_region(people, places), directory)
    return directory / FILE_NAME


def area_index(places: pd.DataFrame) -> AreaIndex:
    wards = places["city_code"].notna()
    rows = pd.DataFrame(
        {
            "area_code": places["area_code"],
            "area_type": wards.map({True: "ward", False: "municipality"}),
            "name": places["area_code"],
            "district": "",
            "city_code": places["city_code"],
            "valid_to": None,
        }
    )
    city = [CITY, "designated_city", "大見本市", "", None, None]
    rows = pd.concat([rows, pd.DataFrame([city], columns=rows.columns)], ignore_index=True)
    changes = pd.DataFrame(columns=["old_code", "new_code", "changed_on", "reason"])
    return AreaIndex(places=rows, changes=changes)


def test_what_is_written_is_what_the_pipeline_reads(
    book: Path, people: pd.DataFrame, places: pd.DataFrame
) -> None:
    file = RawFile(book, book.name)
    assert recognise(file) is ipss_workbook
    done = harmonise_population(ipss_workbook.read(file), source_id="s", areas=area_index(places))
    table = done.tables["population"]
    assert done.issues == []
    assert done.coverage == [("population:demo", "81"), ("population:demo", "82")]
    assert set(table["edition"]) == {"demo"}
    keys = ["area_code", "year", "sex", "age_from"]
    banded = table[table["age_to"].notna() | (table["age_from"] == 95)].set_index(keys)["persons"]
    expected = people.set_index(keys)["persons"]
    assert banded.reindex(expected.index).to_numpy() == pytest.approx(expected.to_numpy(), abs=0)
    whole = table[(table["age_from"] == 0) & table["age_to"].isna()].set_index(keys)["persons"]
    once = people[people["area_code"] != CITY]
    for prefecture in ("81", "82"):
        inside = once[once["area_code"].str.startswith(prefecture)]
        for year in YEARS:
            women = inside[(inside["year"] == year) & (inside["sex"] == "female")]
            assert whole[(prefecture, year, "female", 0)] == women["persons"].sum()
            both = inside.loc[inside["year"] == year, "persons"].sum()
            assert whole[(prefecture, year, "total", 0)] == both


def test_the_layout_is_the_publishers(book: Path, places: pd.DataFrame) -> None:
    workbook = CalamineWorkbook.from_path(book)
    assert workbook.sheet_names == ["Sheet1"]
    rows = workbook.get_sheet_by_name("Sheet1").to_python(skip_empty_area=False)
    assert {len(row) for row in rows} == {84}
    assert "演習データ（架空）" in "".join(str(cell) for row in rows[:3] for cell in row)
    assert rows[3][:5] == ["コード", "市などの別", "都道府県", "市区町村", "年"]
    assert (rows[4][6], rows[4][24], rows[4][25]) == ("0～4歳", "90～94歳", "95歳～")
    body = rows[5:]
    assert len(body) == (len(places) + 1 + 2) * 7
    assert body[0][:5] == [81000, "a", "甲見本県", "", 2020]
    assert [row[1] for row in body[7:21:7]] == [1, 0]
    assert body[14][3] == "大見本市　見本0区"
    kinds = {(row[3][-1:], row[1]) for row in body}
    assert kinds == {("", "a"), ("市", 1), ("区", 0), ("市", 2), ("町", 3), ("村", 3)}
    assert [row[4] for row in body[:8]] == [*YEARS, 2020]
    first = body[0]
    assert first[5] == sum(first[6:26]) == first[26] + first[47]
    assert (first[26], first[47]) == (sum(first[27:47]), sum(first[48:68]))
    assert first[72] == 100
    assert first[74] + first[75] + first[76] == first[5]
    assert first[76] == first[77] + first[78] == sum(first[19:26])
    assert first[82] == pytest.approx(100 * first[76] / first[5], abs=0.051)
