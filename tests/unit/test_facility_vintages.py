"""Several vintages of a list of facilities, counted side by side."""

from __future__ import annotations

import pandas as pd

from data.harmonise.facility_vintages import Listed, facility_vintages


def listed(
    day: str, *rows: tuple[str, str, str | None, float | None], key: str = "kaigo_service"
) -> Listed:
    frame = pd.DataFrame(rows, columns=["facility_id", "area_code", "ward_code", "capacity"])
    frame = frame.assign(facility_type="day_office", source_id=f"{key}:{day}.csv")
    return Listed(key, day, f"{day}現在", frame)


OLD = listed("2025-12-31", ("1", "81201", None, 20), ("2", "81201", None, None),
             ("3", "81202", None, 10), ("4", "81100", "81101", 5))  # fmt: skip
NEW = listed("2026-07-09", ("1", "81201", None, 25), ("5", "81201", None, 10),
             ("6", "81201", None, None), ("4", "81100", "81102", 5))  # fmt: skip


def shown(*lists: Listed) -> list[list[object]]:
    table = facility_vintages(list(lists)).astype("object")
    table = table.where(table.notna(), None)
    return (
        table[["as_of", "area_code", "facilities", "capacity", "entered", "gone"]]
        .to_numpy()
        .tolist()
    )


def test_counts_of_both_days_stand_beside_each_other() -> None:
    """
    municipality  before        since
    81100         4             4 (moved to another ward)
    81201         1, 2          1, 5, 6
    81202         3             none: an observed zero
    """
    assert shown(NEW, OLD) == [
        ["2025-12-31", "81100", 1, 5, None, None],
        ["2025-12-31", "81101", 1, 5, None, None],
        ["2025-12-31", "81102", 0, None, None, None],
        ["2025-12-31", "81201", 2, 20, None, None],
        ["2025-12-31", "81202", 1, 10, None, None],
        ["2026-07-09", "81100", 1, 5, 0, 0],
        ["2026-07-09", "81101", 0, None, 0, 0],
        ["2026-07-09", "81102", 1, 5, 0, 0],
        ["2026-07-09", "81201", 3, 35, 2, 1],
        ["2026-07-09", "81202", 0, None, 0, 1],
    ]


def test_a_list_of_one_day_has_nothing_beside_it() -> None:
    assert facility_vintages([NEW]).empty
    assert facility_vintages([]).empty
    assert facility_vintages([listed("2026-01-01")]).empty


def test_a_register_with_new_numbers_each_time_tells_no_openings() -> None:
    old = listed("2025-06-01", ("1", "81201", None, 20), key="medical_net")
    new = listed("2025-12-01", ("9", "81201", None, 20), key="medical_net")
    assert [row[-2:] for row in shown(old, new)] == [[None, None], [None, None]]


def test_prefectures_of_different_days_are_never_held_against_each_other() -> None:
    first = listed("2025-09-01", ("1", "81201", None, None), key="facility_standards")
    other = listed("2025-10-01", ("2", "82201", None, None), key="facility_standards")
    assert shown(first, other) == []


def test_three_vintages_are_compared_one_by_one() -> None:
    days = [listed(day, *((n, "81201", None, None) for n in numbers))
            for day, numbers in (("2024", "12"), ("2025", "23"), ("2026", "1"))]  # fmt: skip
    assert [row[4:] for row in shown(*days)] == [[None, None], [1, 1], [1, 2]]
