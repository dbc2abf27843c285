"""The demo's insurers: consistent with the population, rates rising with age, two unions."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from data.demo.demand import write_demand
from data.demo.insurance import CERTIFICATION, wide_area_unions
from data.demo.people import municipal_rows, persons_by_age
from data.demo.write_insurance import write_insurance
from tests.demo_small import SEED, small_insurance, small_region


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a raw folder with the insurance tables and the demand forecast."""
    directory = tmp_path_factory.mktemp("insurance")
    write_insurance(small_insurance(), small_region(), directory)
    write_demand(small_region(), directory, np.random.default_rng(SEED))
    return directory


def table(path: Path, sheet: str) -> list[list[object]]:
    """Return a sheet's cells."""
    return (
        CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )


def test_insured_equal_the_population_of_2023(folder: Path) -> None:
    rows = table(folder / "kaigo_hoken_jigyo_jokyo" / "02h.xlsx", "02h")
    ages = persons_by_age(small_region(), 2023)
    ages = ages.loc[municipal_rows(small_region())["area_code"]]
    elderly = ages[[age for age in ages.columns if age >= 65]].sum().sum()
    assert rows[5][0] == "全　 国"
    assert float(str(rows[5][2])) == pytest.approx(elderly, rel=0.001)


def test_parts_of_the_insured_table_add_up(folder: Path) -> None:
    nation, *insurers = table(folder / "kaigo_hoken_jigyo_jokyo" / "02h.xlsx", "02h")[5:]
    numbers = np.array([row[2:6] for row in insurers], dtype=float)
    assert numbers.sum(axis=0).tolist() == [float(str(cell)) for cell in nation[2:6]]
    assert (numbers[:, 0] == numbers[:, 1:].sum(axis=1)).all()


def test_certified_table_has_nine_sheets_that_add_up(folder: Path) -> None:
    path = folder / "kaigo_hoken_jigyo_jokyo" / "04-1-1h.xlsx"
    sheets = [table(path, f"04-1-1h{mark}") for mark in "①②③④⑤⑥⑦⑧⑨"]
    numbers = [np.array([row[2:10] for row in sheet[6:]], dtype=float) for sheet in sheets]
    assert "85歳以上90歳未満" in str(sheets[6][4][2])
    assert (numbers[1] == sum(numbers[2:8])).all()
    assert (numbers[0] == numbers[1] + numbers[8]).all()
    assert (numbers[0][:, 7] == numbers[0][:, :7].sum(axis=1)).all()


def test_certification_rises_with_age_and_differs_between_insurers() -> None:
    insurance = small_insurance()
    totals = {age: counts.sum(axis=1) for age, counts in insurance.certified.items()}
    young = (totals[65] + totals[70]).sum() / insurance.insurers["insured_65"].sum()
    middle = (totals[75] + totals[80]).sum() / insurance.insurers["insured_75"].sum()
    old = (totals[85] + totals[90]).sum() / insurance.insurers["insured_85"].sum()
    assert 0.02 < young < 0.07 < middle < 0.25 < 0.45 < old < 0.7
    rates = (totals[85] + totals[90]) / insurance.insurers["insured_85"].to_numpy()
    assert rates.std() > 0.02
    assert set(totals) == {*CERTIFICATION, 40}


def test_two_unions_stand_for_their_members(folder: Path) -> None:
    unions = wide_area_unions(small_region())
    assert len(unions) == 2
    assert len({members[0][:2] for members in unions.values()}) == 2
    assert all(len(members) >= 3 for members in unions.values())
    names = set(small_insurance().insurers["name"])
    assert set(unions) <= names
    path = folder / "kaigo_hoken_jigyo_jokyo" / "kouiki_rengo_kosei.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        members = list(csv.DictReader(stream))
    assert {row["圏域種別"] for row in members} == {"保険者"}
    assert len(members) == sum(len(codes) for codes in unions.values())


def test_demand_covers_every_planning_area_once(folder: Path) -> None:
    rows = table(folder / "iryo_koso_r7" / "001728462.xlsx", "将来の在宅（訪問診療）需要推計")
    codes = [row[1] for row in rows[5:]]
    assert len(codes) == len(set(codes))
    assert all(isinstance(code, str) and len(code) == 4 for code in codes)
    assert rows[3][5:7] == ["2024年度", "2030年度（現状投影）"]
    first, last = (sum(float(str(row[column])) for row in rows[5:]) for column in (5, 8))
    assert last > first > 0
    older = table(
        folder / "iryo_koso_r6" / "zaitaku_juyo_r6.xlsx", "将来の在宅（訪問診療）需要推計"
    )
    assert older[3][5:7] == ["2023年度", "2030年度（現状投影）"]
    assert [row[1] for row in older[5:]] == codes
    assert float(str(older[5][6])) > float(str(rows[5][6]))
    with (folder / "iryo_koso_r7" / "kosokuiki_municipality.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        pairs = list(csv.DictReader(stream))
    assert {pair["構想区域コード"] for pair in pairs} == set(codes)
    assert len(pairs) == len(municipal_rows(small_region()))
