from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.meetings import (
    BY_STAFF,
    BY_SURVEY,
    by_month,
    calendar,
    calendar_sentence,
    staff_events,
    survey_events,
)
from analytics.responses import zones_of
from tests.unit.survey_rows import add_answers, add_municipalities

NAMES = {"01201": "甲市", "01202": "乙市", "02201": "丙市"}
ANSWERS = (
    ("01201", {"training_dates": "2024-06-12; 2025-03-31", "council_dates": "2024-06-20"}),
    ("01202", {"training_dates": "6月ごろ;2025-04-01", "council_dates": "－"}),
    ("02201", {"training_dates": "2024-06-01", "council_dates": None}),
)
ENTRIES = pd.DataFrame({
    "subject": ["awareness", "council"],
    "date": ["2024-07-01", "2024-06-30"],
    "title": ["看取りの講演会", "管内会議"],
    "area_code": ["01202", "hc-1"],
    "health_center_area": [None, None],
})  # fmt: skip


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_municipalities(fresh_con, NAMES)
    fresh_con.execute(
        "insert into area values ('hc-1','health_center_area','北保健所',null,null,null,null,"
        "null,null)"
    )
    for code in ("01201", "01202"):
        fresh_con.execute(
            "insert into area_descendant values ('hc-1',?,'municipality',null,null)", [code]
        )
    add_answers(fresh_con, 2024, ANSWERS)
    return fresh_con


def events_of(con: duckdb.DuckDBPyConnection, area_code: str, year: int) -> pd.DataFrame:
    names = {"hc-1": "北保健所", "01202": "乙市"}
    found = pd.concat([survey_events(con, area_code=area_code), staff_events(ENTRIES, names=names)])
    zones = zones_of(con, zone_type="health_center_area", fiscal_year=year)
    return calendar(found, zones, fiscal_year=year, names=names)


def test_dates_of_a_fiscal_year_in_order(con: duckdb.DuckDBPyConnection) -> None:
    events = events_of(con, "hc-1", 2024)
    shown = events[["date", "title", "area_name", "zone_name", "origin"]].astype({"date": "str"})
    assert shown.to_numpy().tolist() == [
        ["2024-06-12", "多職種研修", "甲市", "北保健所", BY_SURVEY],
        ["2024-06-20", "協議体", "甲市", "北保健所", BY_SURVEY],
        ["2024-06-30", "管内会議", "北保健所", "北保健所", BY_STAFF],
        ["2024-07-01", "看取りの講演会", "乙市", "北保健所", BY_STAFF],
        ["2025-03-31", "多職種研修", "甲市", "北保健所", BY_SURVEY],
    ]


def test_april_belongs_to_the_next_year(con: duckdb.DuckDBPyConnection) -> None:
    assert events_of(con, "hc-1", 2025)["area_name"].tolist() == ["乙市"]


def test_what_is_no_date_is_told(con: duckdb.DuckDBPyConnection) -> None:
    rows = survey_events(con, area_code="00")
    assert rows.loc[rows["date"].isna(), "written"].tolist() == ["6月ごろ"]
    assert set(rows["area_code"]) == set(NAMES)
    assert set(survey_events(con, area_code="02")["area_code"]) == {"02201"}


def test_months_and_words(con: duckdb.DuckDBPyConnection) -> None:
    events = events_of(con, "hc-1", 2024)
    months = by_month(events, code="zone_code", name="zone_name").set_index("month")
    assert months["events"].to_dict() == {
        **dict.fromkeys((f"{m}月" for m in (4, 5, 8, 9, 10, 11, 12, 1, 2)), 0),
        "6月": 3,
        "7月": 1,
        "3月": 1,
    }
    assert months.loc["6月", ["training", "council", "awareness"]].tolist() == [1, 2, 0]
    said = calendar_sentence(events, area_name="北保健所", year_label="R6")
    assert said == (
        "北保健所のR6に日がわかるのは研修2件、協議体・会議2件、普及啓発1件です。"
        "最も多いのは6月（3件）です。"
    )
    fewer = calendar_sentence(events.tail(2), area_name="北保健所", year_label="R6")
    assert "7月・3月（各1件）" in fewer
    nothing = calendar_sentence(events.head(0), area_name="北保健所", year_label="R6")
    assert "日のわかる研修・会議がありません" in nothing


def test_area_named_by_staff_goes_first(con: duckdb.DuckDBPyConnection) -> None:
    entries = ENTRIES.assign(health_center_area=["hc-9", None])
    names = {"hc-9": "西保健所", "hc-1": "北保健所"}
    zones = zones_of(con, zone_type="health_center_area", fiscal_year=2024)
    events = staff_events(entries, names=names)
    found = calendar(events, zones, fiscal_year=2024, names=names)
    assert found["zone_name"].tolist() == ["北保健所", "西保健所"]
