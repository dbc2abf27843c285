"""Five towns on a line of longitude, in two prefectures, with every figure written here.

north (91) has 市A (91201) and 町B (91202); south (92) has 町C (92201), 町D (92202) and the
designated city 92100 with wards 92101 and 92102. One hundredth of a degree of latitude is about
1.11 km, one degree about 111 km.
"""

from __future__ import annotations

import duckdb

LON = 138.0
LAT = {
    "91201": 37.00,
    "91202": 36.60,
    "92201": 36.55,
    "92202": 36.00,
    "92100": 35.50,
    "92101": 35.50,
    "92102": 35.40,
}
PEOPLE = {
    "91201": 4_000,
    "91202": 1_000,
    "92201": 2_000,
    "92202": 500,
    "92100": 9_000,
    "92101": 6_000,
    "92102": 3_000,
}
NAMES = {
    "00": "全国",
    "91": "北県",
    "92": "南県",
    "91201": "市A",
    "91202": "町B",
    "92201": "町C",
    "92202": "町D",
    "92100": "政令市",
    "92101": "政令市東区",
    "92102": "政令市西区",
}
MUNICIPALITIES = ("91201", "91202", "92100", "92201", "92202")
WARDS = ("92101", "92102")
NEIGHBOURS = (("91202", "92201"), ("91201", "91202"), ("92201", "92202"), ("92202", "92100"))


def fill_region(con: duckdb.DuckDBPyConnection) -> None:
    for code, name in NAMES.items():
        kind = (
            "nation" if code == "00"
            else "prefecture" if len(code) == 2
            else "designated_city" if code == "92100"
            else "ward" if code in WARDS
            else "municipality"
        )  # fmt: skip
        lon = LON if code in LAT else None
        con.execute(
            "insert into area (area_code, area_type, name, lon, lat) values (?, ?, ?, ?, ?)",
            [code, kind, name, lon, LAT.get(code)],
        )
    for code in MUNICIPALITIES:
        for parent in ("00", code[:2]):
            inside(con, parent, code, "municipality")
    for code in WARDS:
        for parent in ("00", "92", "92100"):
            inside(con, parent, code, "ward")
    for code in ("91", "92"):
        inside(con, "00", code, "prefecture")
    for one, other in NEIGHBOURS:
        for pair in ([one, other], [other, one]):
            con.execute("insert into area_neighbour values (?, ?)", pair)
    people = PEOPLE | {"91": 5_000, "92": 11_500, "00": 16_500}
    for code, count in people.items():
        add_people(con, code, count)


def inside(con: duckdb.DuckDBPyConnection, parent: str, code: str, level: str) -> None:
    con.execute(
        "insert into area_descendant (ancestor_code, descendant_code, level) values (?, ?, ?)",
        [parent, code, level],
    )


def add_people(con: duckdb.DuckDBPyConnection, code: str, count: int) -> None:
    con.execute(
        "insert into population_total (area_code, edition, year, age_75_plus, is_projection, basis)"
        " values (?, 'demo', 2025, ?, true, 'source')",
        [code, count],
    )


def cover(con: duckdb.DuckDBPyConnection, kind: str, codes: tuple[str, ...]) -> None:
    for code in codes:
        con.execute(
            "insert into facility_count (area_code, facility_type, facilities, capacity_known)"
            " values (?, ?, 0, 0)",
            [code, kind],
        )


def add_facility(
    con: duckdb.DuckDBPyConnection,
    name: str,
    kind: str,
    area_code: str,
    lat: float | None,
    *,
    lon: float = LON,
    ward: str | None = None,
    capacity: int | None = None,
    attributes: str = "{}",
) -> None:
    quality = "exact" if lat is not None else "area_only"
    con.execute(
        "insert into facility values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'file', '行 2')",
        [name, name, kind, area_code, ward, lon if lat is not None else None, lat, quality,
         "住所", capacity, attributes],
    )  # fmt: skip
