from __future__ import annotations

from pathlib import Path

import pytest

from data.harmonise.dispatch import HARMONISERS
from tests.golden import recount
from tests.golden.official_areas import official_areas, official_extract

pytestmark = pytest.mark.official

NAME = "iryo_koso_r7/001728462.xlsx"
YEARS = (2024, 2030, 2035, 2040, 2045, 2050)


def test_home_visits_of_every_planning_area(official_raw: Path) -> None:
    extract = official_extract(official_raw, NAME)
    done = HARMONISERS[extract.layout](extract, source_id="s", areas=official_areas(official_raw))
    table = done.tables["measure"].pivot(index="area_code", columns="period", values="value")
    printed = recount.home_visits(official_raw / NAME)
    assert len(table) == len(printed) == 339
    for area, values in printed.items():
        assert table.loc[f"kk-{area}", [f"FY{year}" for year in YEARS]].tolist() == values
    assert done.issues == []
