"""A prefecture with a city of two wards and a town, and a few offices with their facts."""

from __future__ import annotations

import json

import duckdb

DAY, SMALL, CLINIC = "day_service_office", "small_multifunction", "home_care_support_clinic"
# number, type, municipality, ward, capacity, facts
OFFICES = (
    ("a", DAY, "01100", "01101", 20, {"days": ["平日", "土曜日"], "name_kana": "サクラ"}),
    ("a", SMALL, "01100", "01101", 29, {"integrated_service": True}),
    ("b", DAY, "01100", "01102", 9, {"days": ["平日"], "corporation": "見本会"}),
    ("c", DAY, "01100", "01102", None, {}),
    ("d", DAY, "01202", None, None, {}),
    ("e", SMALL, "01202", None, 18, {"integrated_service": False}),
    ("f", CLINIC, "01202", None, None, {"grades": ["2", "3"]}),
    ("g", DAY, None, None, 250, {"days": ["日曜日"]}),
)
PEOPLE = {"01": 4_000, "01100": 3_000, "01101": 1_000, "01102": 2_000, "01202": 1_000}
_INSIDE = {
    "00": ("01100", "01101", "01102", "01202"),
    "01": ("01100", "01101", "01102", "01202"),
    "01100": ("01101", "01102"),
}


def fill(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Write the areas, offices and counts; day services of the town's clinic are not covered."""
    kinds = {"00": "nation", "01": "prefecture", "01100": "designated_city",
             "01101": "ward", "01102": "ward", "01202": "municipality"}  # fmt: skip
    for code, kind in kinds.items():
        con.execute(
            "insert into area (area_code, area_type, name) values (?, ?, ?)",
            [code, kind, f"地{code}"],
        )
    for parent, members in _INSIDE.items():
        for code in members:
            level = "ward" if kinds[code] == "ward" else "municipality"
            con.execute(
                "insert into area_descendant values (?, ?, ?, null, null)", [parent, code, level]
            )
    for number, kind, area, ward, capacity, facts in OFFICES:
        con.execute(
            "insert into facility values (?, ?, ?, ?, ?, null, null, 'area_only', ?, ?, ?, 's', ?)",
            [number, f"{number.upper()}事業所", kind, area, ward, "一丁目", capacity,
             json.dumps(facts, ensure_ascii=False), f"行 {number}"],
        )  # fmt: skip
    _count(con)
    for code, people in PEOPLE.items():
        con.execute(
            "insert into population_total"
            " (area_code, edition, year, age_75_plus, is_projection, basis)"
            " values (?, 'juki', 2025, ?, false, 'source')",
            [code, people],
        )
    return con


def _count(con: duckdb.DuckDBPyConnection) -> None:
    """Count where a source covers: clinics in the town alone, all else everywhere."""
    for kind, areas in (
        (DAY, ("00", *PEOPLE)),
        (SMALL, ("00", *PEOPLE)),
        (CLINIC, ("01202",)),
    ):
        for code in areas:
            members = {code, *_INSIDE.get(code, ())}
            ids = {
                number
                for number, own, area, ward, _, _ in OFFICES
                if own == kind and members & {area, ward}
            }
            con.execute(
                "insert into facility_count values (?, ?, ?, null, 0)", [code, kind, len(ids)]
            )
