"""Visiting nursing around the clock on a line of towns whose neighbours are written there."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.blanks import ABSENT, PRESENT, UNKNOWN
from analytics.blanks_sentence import blanks_sentence
from analytics.night_nursing import ALONE, BESIDE, NIGHT_NURSING, night_nursing
from analytics.scope import Scope
from data.derive.denominator import Denominator
from tests.unit.reach_region import MUNICIPALITIES, fill_region

PEOPLE_2025 = Denominator("demo", "demo", 2025, "見本の75歳以上", 5, 5, True)
NATION = Scope("00", "全国", "municipality", None)


@pytest.fixture
def con(fresh_con):
    fill_region(fresh_con)
    for code, count in {"91201": 0, "91202": 2, "92100": 0, "92201": 0}.items():
        count_stations(fresh_con, code, "2023", count)
    return fresh_con


def count_stations(con, code: str, period: str, count: int | None) -> None:
    status = "suppressed" if count is None else "observed"
    con.execute(
        "insert into observation values (?, ?, ?, null, ?, null, null, null, ?, 'table', '行 2')",
        [code, NIGHT_NURSING, period, count, status],
    )


def stations(con, scope: Scope = NATION) -> pd.DataFrame:
    frame = night_nursing(con, scope=scope, denominator=PEOPLE_2025)
    return frame.set_index("area_code", drop=False)


def test_zero_is_none_and_what_is_not_counted_is_unknown(con) -> None:
    frame = stations(con)
    assert list(frame["area_code"]) == list(MUNICIPALITIES)
    assert frame["state"].to_dict() == {
        "91201": ABSENT, "91202": PRESENT, "92100": ABSENT, "92201": ABSENT, "92202": UNKNOWN,
    }  # fmt: skip
    assert pd.isna(frame.loc["92202", "facilities"])
    assert frame.loc["92100", "people"] == 9_000


def test_a_neighbour_may_be_in_another_prefecture(con) -> None:
    frame = stations(con, Scope("92", "南県", "municipality", None))
    assert frame.loc["92201", "neighbours"] == "町B"
    assert frame.loc["92201", "shade"] == BESIDE
    assert frame.loc["92100", "shade"] == ALONE


def test_a_suppressed_count_is_unknown(con) -> None:
    count_stations(con, "92202", "2023", None)
    assert stations(con).loc["92202", "state"] == UNKNOWN


def test_only_the_newest_period_counts(con) -> None:
    count_stations(con, "92100", "2024", 3)
    frame = stations(con)
    assert frame["state"].to_dict() == dict.fromkeys(MUNICIPALITIES, UNKNOWN) | {"92100": PRESENT}
    assert list(frame["period"].dropna()) == ["2024"]


def test_the_sentence_follows_the_counts(con) -> None:
    def say() -> str:
        return blanks_sentence(
            stations(con).reset_index(drop=True), place="全国", what="24時間対応の訪問看護",
            level_label="市区町村", denominator_label="見本の75歳以上",
        )  # fmt: skip

    assert "データのある4市区町村のうち、24時間対応の訪問看護が1か所もないのは3です" in say()
    assert "75歳以上の93.8%（1.5万人、見本の75歳以上）が住みます" in say()
    assert "うち2は、境を接する市区町村にはあります" in say()
    assert "データなしは1市区町村です" in say()
    assert "km" not in say()
    con.execute("update observation set numerator = 1 where area_code = '92100'")
    assert "1か所もないのは2です" in say()
    con.execute("delete from observation")
    assert "対象外のため、データがありません" in say()
