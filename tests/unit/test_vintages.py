"""The newest of several vintages counts; the older one is named, not merged in silence."""

from __future__ import annotations

import pandas as pd
import pytest

from data.extract import Extract, homevisit_demand, kaigo_services
from data.report import FileReport
from data.vintages import day_of, set_older_aside


def listed(name: str, vintage: str, service: str) -> tuple[FileReport, Extract]:
    frame = pd.DataFrame({"サービスの種類": [service]})
    extract = Extract(kaigo_services.NAME, "kaigo_service", vintage, {"offices": frame}, 1)
    return FileReport(file_name=name, outcome="loaded"), extract


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("令和7年(2025年)12月31日時点", "令和8年(2026年)7月9日提供"),
        ("令和7年9月1日現在", "令和7年10月1日現在"),
        ("時点の記載なし", "2025年6月1日現在"),
    ],
)
def test_only_the_newest_is_used(older: str, newer: str) -> None:
    found = [listed("b.csv", older, "訪問看護"), listed("a.csv", newer, "訪問看護")]
    set_older_aside(found)
    assert [entry.outcome for entry, _ in found] == ["older", "loaded"]
    assert "a.csv" in str(found[0][0].reason)


def test_other_services_and_equal_dates_stay() -> None:
    found = [
        listed("a.csv", "2025年6月1日現在", "訪問看護"),
        listed("b.csv", "2025年6月1日現在", "訪問看護"),
        listed("c.csv", "2024年6月1日現在", "通所介護"),
    ]
    set_older_aside(found)
    assert [entry.outcome for entry, _ in found] == ["loaded"] * 3


def test_an_older_forecast_is_not_mixed_with_the_newer() -> None:
    found = [
        (
            FileReport(file_name=name, outcome="loaded"),
            Extract(
                homevisit_demand.NAME,
                "planning_area_report",
                f"{year}年度実績と2050年度までの推計",
                {"demand": pd.DataFrame({"年度": [year]})},
                1,
            ),
        )
        for name, year in (("z.xlsx", 2024), ("a.xlsx", 2026))
    ]
    set_older_aside(found)
    assert [entry.outcome for entry, _ in found] == ["older", "loaded"]
    assert "前の推計" in str(found[0][0].reason)


@pytest.mark.parametrize(
    ("vintage", "day"),
    [
        ("令和8年(2026年)7月9日提供", "2026-07-09"),
        ("2025年12月末時点", "2025-12"),
        ("令和元年5月1日現在", "2019-05-01"),
        ("令和7年度(2025年度)", "2025"),
        ("令和6年(2024年)まで", "2024"),
        ("時点の記載なし", ""),
    ],
)
def test_days_of_vintages_sort(vintage: str, day: str) -> None:
    assert day_of(vintage) == day
