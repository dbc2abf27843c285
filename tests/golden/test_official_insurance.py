from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.harmonise.dispatch import HARMONISERS
from tests.golden import recount
from tests.golden.official_areas import official_areas, official_extract

pytestmark = pytest.mark.official

INSURED = "kaigo_hoken_jigyo_jokyo/02h.xlsx"
CERTIFIED = "kaigo_hoken_jigyo_jokyo/04-1-1h.xlsx"
NAMED = {
    # 府中市 is in two prefectures, 札幌市 one row though it has wards, 砺波 a union
    ("東京都", "府中市"): "13206",
    ("広島県", "府中市"): "34208",
    ("北海道", "札幌市"): "01100",
    ("山梨県", "富士河口湖町"): "19430",
    ("茨城県", "龍ケ崎市"): "08208",
    ("富山県", "砺波地方介護保険組合"): "ins-16-02",
}


def measures(raw: Path, name: str) -> pd.DataFrame:
    extract = official_extract(raw, name)
    done = HARMONISERS[extract.layout](extract, source_id="s", areas=official_areas(raw))
    assert done.issues == []
    table = done.tables["measure"]
    assert set(table["period"]) == {"FY2023"}
    return table.pivot(index="area_code", columns="measure_id", values="value")


def test_people_aged_75_and_over_of_named_insurers(official_raw: Path) -> None:
    table = measures(official_raw, INSURED)
    rows = {row[:2]: row for row in recount.insurer_rows(official_raw / INSURED)}
    for key, code in NAMED.items():
        printed = rows[key]
        assert table.loc[code, "insured_75_84"] + table.loc[code, "insured_85_plus"] == (
            printed[4] + printed[5]
        )


@pytest.mark.parametrize("name", [INSURED, CERTIFIED])
def test_insurers_add_up_to_prefectures_and_these_to_the_nation(
    official_raw: Path, name: str
) -> None:
    table = measures(official_raw, name)
    prefectures = table.loc[[f"{number:02d}" for number in range(1, 48)]].sum()
    insurers = table[table.index.str.len() > 2].sum()
    assert prefectures.to_dict() == table.loc["00"].to_dict() == insurers.to_dict()


def test_every_insurer_is_placed(official_raw: Path) -> None:
    table = measures(official_raw, INSURED)
    assert (table.index.str.len() > 2).sum() == 1571
    assert table.index.str.startswith("ins-").sum() == 40


def test_certified_persons_of_the_nation_and_of_a_city(official_raw: Path) -> None:
    table = measures(official_raw, CERTIFIED)
    sheets = [list(recount.insurer_rows(official_raw / CERTIFIED, sheet)) for sheet in range(9)]
    assert sheets[0][0][9] == 7_083_236
    for row, code in ((0, "00"), (1, "01100")):
        printed = [sheet[row][9] for sheet in sheets]
        assert table.loc[code, "certified_1st"] == printed[1]
        assert table.loc[code, "certified_65_74"] == printed[2] + printed[3]
        assert table.loc[code, "certified_75_84"] == printed[4] + printed[5]
        assert table.loc[code, "certified_85_plus"] == printed[6] + printed[7]
        assert table.loc[code, "certified_1st_care5"] == sheets[1][row][8]
