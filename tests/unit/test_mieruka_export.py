"""Exports of the 「見える化」 system: both shapes, by raw folder and by upload."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.catalogue import load_catalogue
from data.catalogue.mieruka import load_mieruka
from data.extract import Extract, RawFile, known_unused, mieruka_export, recognise
from data.extract.mieruka_export import NO_ROWS
from data.extract.mieruka_repeats import repeats
from data.harmonise import Harmonised
from data.harmonise.area_index import AreaIndex
from data.harmonise.areas import harmonise_areas
from data.harmonise.insurance import harmonise_insured
from data.harmonise.insurer_names import insurers_by_name
from data.harmonise.mieruka_export import NO_CODE, NO_INDICATOR, NO_TIME, harmonise_mieruka
from data.harmonise.mieruka_places import ELSEWHERE, NO_PREFECTURE, SEVERAL, UNKNOWN, MierukaPlaces
from tests.unit.area_stand import area_stand
from tests.unit.mieruka_book import BY_AREA, BY_PERIOD, TOTAL, by_area, by_period
from tests.unit.raw_fixtures import AREA_FILES, read
from tests.unit.test_harmonise_insurance import INSURED, insured_extract

COMPARED, ALONE = f"【他地域と比較】{TOTAL}", f"【注目する地域のみ】{TOTAL}"


def taken(folder: Path, content: bytes, name: str = BY_AREA) -> Extract:
    path = folder / name
    path.write_bytes(content)
    file = RawFile(path, name)
    assert recognise(file) is mieruka_export
    return mieruka_export.read(file)


@pytest.fixture(scope="module")
def index() -> AreaIndex:
    return harmonise_areas([read(name) for name in AREA_FILES], prefectures=None).index()


def made(extract: Extract, index: AreaIndex, prefecture: str = "") -> Harmonised:
    return harmonise_mieruka(extract, source_id="x", areas=index, prefecture=prefecture)


def values(result: Harmonised) -> list[tuple[object, ...]]:
    frame = result.tables["measure"]
    columns = ["area_code", "period", "status", "value"]
    return list(frame[columns].astype(object).itertuples(index=False, name=None))


def told(result: Harmonised) -> dict[str, str]:
    return {issue.found: issue.reason for issue in result.issues}


def test_a_book_by_area_gives_the_year_of_its_name(tmp_path: Path, index: AreaIndex) -> None:
    rows = [(TOTAL, 17.25, "-", 18.1, "***"), ("調整済み認定率（要介護1）", 3, 4, 5, 6)]
    extract = taken(tmp_path, by_area(*rows))
    assert extract.vintage == "2026年7月22日の書き出し"
    assert extract.frames["values"]["source_ref"].iloc[0] == "表形式（地域別） D3"
    result = made(extract, index)
    assert values(result)[0] == ("85100", "2026", "observed", 17.25)
    assert [row[:3] for row in values(result)[1:]] == [
        ("85201", "2026", "missing"),  # "-" is no zero
        ("85", "2026", "observed"),
        ("00", "2026", "suppressed"),
    ]
    assert told(result) == {"調整済み認定率（要介護1）": NO_INDICATOR}


def test_a_book_by_period_gives_ends_of_fiscal_years(tmp_path: Path, index: AreaIndex) -> None:
    periods = ["列5", "平成31年\n3月末", "令和8年\n3月末時点", "令和8年\n5月末時点"]
    rows = [
        ("浜辺市", COMPARED, "", 16, "1,017.5", 18),
        ("浜辺市", ALONE, "", 15, 15, 15),
        ("見本県", COMPARED, "", "…", "x", 18),
    ]
    result = made(taken(tmp_path, by_period(*rows, periods=periods), BY_PERIOD), index)
    assert values(result)[:2] == [
        ("85201", "FY2018", "observed", 16.0),
        ("85201", "FY2025", "observed", 1017.5),
    ]
    assert values(result)[2][:3] == ("85", "FY2018", "missing")
    assert told(result).keys() == {ALONE, "令和8年5月末時点", "x"}
    assert told(result)["令和8年5月末時点"] == NO_TIME


def test_counted_persons_are_used_in_their_unit_only(tmp_path: Path, index: AreaIndex) -> None:
    book = by_area(
        ("合計認定者数", 19, 20, 39, 7), ("認定者数（要介護１）", 1, 2, 3, 4), unit="（人）"
    )
    result = made(taken(tmp_path, book, "B3-a_認定者数_2025_地域別 (2).xlsx"), index)
    assert set(result.tables["measure"]["measure_id"]) == {"certified_1st", "certified_1st_care1"}
    wrong = made(taken(tmp_path, by_area((TOTAL, 1, 2, 3, 4), unit="（人）")), index)
    assert wrong.tables["measure"].empty
    assert "単位が違う" in told(wrong)["人"]


@pytest.mark.parametrize(
    ("name", "found", "reason"),
    [
        ("D1_受給者数_2026_地域別.xlsx", "D1", NO_INDICATOR),
        ("δ2_介護サービス自給率_2026_地域別.xlsx", "δ2", NO_INDICATOR),
        ("受け取った表.xlsx", TOTAL, NO_CODE),
        ("B5-a_調整済み認定率_地域別.xlsx", "", NO_TIME),
    ],
)
def test_what_is_not_used_is_named(
    tmp_path: Path, index: AreaIndex, name: str, found: str, reason: str
) -> None:
    result = made(taken(tmp_path, by_area((TOTAL, 1, 2, 3, 4)), name), index)
    assert told(result) == {found: reason}
    assert not len(result.tables.get("measure", []))


def test_an_export_without_rows_says_so(tmp_path: Path) -> None:
    extract = taken(tmp_path, by_area(), "L16_訪問診療_2026_地域別.xlsx")
    assert extract.frames == {}
    assert extract.issues[0].reason.startswith(NO_ROWS)
    assert "二次医療圏" in extract.issues[0].reason


def test_a_name_is_looked_for_where_the_book_lies(index: AreaIndex) -> None:
    def codes(*names: str, prefecture: str = "") -> dict[str, str | None]:
        places = MierukaPlaces(names, areas=index, prefecture=prefecture)
        return {name: places.code(name) or places.reasons()[name] for name in names}

    assert codes("峠町", "全国") == {"峠町": NO_PREFECTURE, "全国": "00"}
    assert codes("峠町", prefecture="85") == {"峠町": "85301"}
    assert codes("見本県", "峠町", "府中市") == {"見本県": "85", "峠町": "85301", "府中市": UNKNOWN}
    assert codes("東京都", "府中市") == {"東京都": ELSEWHERE, "府中市": ELSEWHERE}
    index.insurers = {("85", "見本広域連合"): "ins-85-01", ("85", "峠町"): "ins-85-02"}
    found = codes("見本県", "見本広域連合", "峠町")
    assert (found["見本広域連合"], found["峠町"]) == ("ins-85-01", SEVERAL)
    index.insurers = {}


def test_one_of_the_same_downloads_counts(tmp_path: Path) -> None:
    early, late = (by_area((TOTAL, 1, 2, 3, 4), day=day) for day in ("2026/7/2", "2026/10/1"))
    again, other = BY_AREA.replace(".xlsx", " (1).xlsx"), BY_AREA.replace(".xlsx", " (2).xlsx")
    few = by_area((TOTAL, 1), places=("架橋市",))
    found = {BY_AREA: taken(tmp_path, early), other: taken(tmp_path, few)}
    assert repeats(found | {again: taken(tmp_path, early)}) == {again: BY_AREA}
    assert repeats(found | {again: taken(tmp_path, late)}) == {BY_AREA: again}


def test_other_tables_of_the_system_are_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(by_area())
    assert recognise(RawFile(file, "a.xlsx")) is mieruka_export
    assert "表形式" in known_unused.reason_of("行1／列1")


def test_every_series_is_a_quantity_of_the_same_unit() -> None:
    catalogue = load_catalogue()
    for entry in load_mieruka().values():
        for series in entry.series:
            assert catalogue.measures[series.measure].unit == entry.unit


def test_unions_have_the_names_of_the_insurance_tables() -> None:
    insured = harmonise_insured(insured_extract(INSURED), source_id="", areas=area_stand())
    area = pd.DataFrame({"area_code": ["81"], "name": ["東見本県"]})
    found = insurers_by_name([insured.tables["area"]], area=area)
    assert found == {("81", "山地区広域連合"): "ins-81-01"}
