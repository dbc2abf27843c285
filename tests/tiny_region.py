"""A region small enough to compute by hand: two prefectures, nine municipalities, two wards.

Every figure is written here, so that a test can change one and expect the page to change.
81 Higashi: designated city 81100 with wards 81101 and 81102, towns 81201 to 81204.
82 Nishi: 82201 to 82204; no population projection by age for 82204, no clinics loaded at all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd
import topojson
from shapely.geometry import Polygon, box
from shapely.ops import unary_union

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "data" / "schema.sql"

MUNICIPALITIES = {
    "81100": ("中央市", "ちゅうおうし", "designated_city"),
    "81201": ("山手市", "やまてし", "municipality"),
    "81202": ("川辺町", "かわべまち", "municipality"),
    "81203": ("森村", "もりむら", "municipality"),
    "81204": ("浜町", "はままち", "municipality"),
    "82201": ("港市", "みなとし", "municipality"),
    "82202": ("丘町", "おかまち", "municipality"),
    "82203": ("谷村", "たにむら", "municipality"),
    "82204": ("島村", "しまむら", "municipality"),
}
WARDS = {
    "81101": ("中央市北区", "ちゅうおうしきたく"),
    "81102": ("中央市南区", "ちゅうおうしみなみく"),
}
MEDICAL_AREAS = {
    "m2-8101": ("東部医療圏", "81", ("81100", "81201")),
    "m2-8102": ("山間医療圏", "81", ("81202", "81203", "81204")),
    "m2-8201": ("西部医療圏", "82", ("82201", "82202", "82203", "82204")),
}
HEALTH_CENTRES = {
    "hc-8101": ("東保健所", "81", ("81100", "81201", "81202")),
    "hc-8102": ("山保健所", "81", ("81203", "81204")),
    "hc-8201": ("西保健所", "82", ("82201", "82202", "82203", "82204")),
}
YEARS = (2020, 2025, 2030, 2035, 2040, 2045, 2050)
# area: (total in 2020, share 65+, share 75+, share 85+, growth of the old per five years)
POPULATION = {
    "81101": (300_000, 0.25, 0.12, 0.04, 0.10),
    "81102": (200_000, 0.25, 0.13, 0.04, 0.08),
    "81201": (60_000, 0.28, 0.15, 0.05, 0.06),
    "81202": (12_000, 0.36, 0.20, 0.08, 0.01),
    "81203": (2_000, 0.45, 0.27, 0.12, -0.05),
    "81204": (8_000, 0.38, 0.22, 0.09, -0.02),
    "82201": (90_000, 0.29, 0.15, 0.05, 0.05),
    "82202": (15_000, 0.34, 0.18, 0.07, 0.02),
    "82203": (1_500, 0.48, 0.30, 0.14, -0.06),
}
FACILITIES = {
    # type: {municipality: count}; a covered municipality that is absent has an observed zero
    "hospital": {"81100": 12, "81201": 2, "81202": 1, "82201": 3},
    "visiting_nurse_station": {"81100": 30, "81201": 4, "81202": 1, "81204": 1, "82201": 5},
    "care_management_office": {"81100": 60, "81201": 9, "81202": 3, "81203": 1, "81204": 2},
}
COVERED = {"hospital": "00", "visiting_nurse_station": "00", "care_management_office": "81"}
ITEMS_H27R2 = ("a", "i", "u", "e", "o", "ka", "ki", "ku")
# fiscal year: {municipality: how many of the eight items are done; None when it did not answer}
DONE = {
    2017: {
        "81100": 8,
        "81201": 6,
        "81202": 4,
        "81203": 2,
        "81204": None,
        "82201": 7,
        "82202": 4,
        "82203": 1,
        "82204": 3,
    },
    2018: {
        "81100": 8,
        "81201": 8,
        "81202": 6,
        "81203": 4,
        "81204": 5,
        "82201": 8,
        "82202": 6,
        "82203": 3,
        "82204": None,
    },
}
SUPPORT = {
    2018: {
        "81": {"sup_wide_area": "1", "sup_staff_training": "1", "sup_data": "0"},
        "82": {"sup_wide_area": "1", "sup_staff_training": "0", "sup_data": None},
    },
}


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        con.execute(f"insert into {table} values ({marks})", row)


def _polygons() -> dict[str, Polygon]:
    cells = {}
    for column, code in enumerate(("81101", "81201", "81202", "82201", "82203")):
        cells[code] = box(135 + 0.2 * column, 30.2, 135.2 + 0.2 * column, 30.4)
    for column, code in enumerate(("81102", "81203", "81204", "82202", "82204")):
        cells[code] = box(135 + 0.2 * column, 30.0, 135.2 + 0.2 * column, 30.2)
    cells["82204"] = box(137.0, 30.0, 137.1, 30.1)  # an island far from all else
    cells["81100"] = unary_union([cells["81101"], cells["81102"]])
    return cells


def _area_rows() -> list[tuple[object, ...]]:
    cells = _polygons()
    rows: list[tuple[object, ...]] = [
        ("00", "nation", "見本地方（架空）", "みほんちほう", None, 135.5, 30.2, None, None),
        ("81", "prefecture", "東見本県", "ひがしみほんけん", "810002", 135.3, 30.2, None, None),
        ("82", "prefecture", "西見本県", "にしみほんけん", "820008", 135.8, 30.2, None, None),
    ]
    named = {code: (*value[:2], value[2]) for code, value in MUNICIPALITIES.items()}
    named |= {code: (*value, "ward") for code, value in WARDS.items()}
    for code, (name, kana, kind) in named.items():
        point = cells[code].centroid
        rows.append((code, kind, name, kana, None, point.x, point.y, None, None))
    for kind, areas in (
        ("secondary_medical_area", MEDICAL_AREAS),
        ("health_center_area", HEALTH_CENTRES),
    ):
        rows += [(c, kind, v[0], None, None, None, None, None, None) for c, v in areas.items()]
    rows.append(
        ("81205", "municipality", "旧里町", "きゅうさとまち", None, None, None, None, "2018-03-31")
    )
    return rows


def _membership_rows() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        ("81", "00", "nation", None, None),
        ("82", "00", "nation", None, None),
    ]
    rows += [(code, code[:2], "prefecture", None, None) for code in MUNICIPALITIES]
    rows += [(code, "81100", "designated_city", None, None) for code in WARDS]
    for kind, areas in (
        ("secondary_medical_area", MEDICAL_AREAS),
        ("health_center_area", HEALTH_CENTRES),
    ):
        for code, (_, prefecture, members) in areas.items():
            rows.append((code, prefecture, "prefecture", None, None))
            rows += [(member, code, kind, None, None) for member in members]
    return rows


def _descendant_rows() -> list[tuple[object, ...]]:
    rows = [("00", "81", "prefecture"), ("00", "82", "prefecture")]
    for parent in ("00", "81", "82"):
        rows += [
            (parent, c, "municipality")
            for c in MUNICIPALITIES
            if c.startswith(parent) or parent == "00"
        ]
        if parent != "82":
            rows += [(parent, c, "ward") for c in WARDS]
    rows += [("81100", c, "ward") for c in WARDS]
    for kind, areas in (
        ("secondary_medical_area", MEDICAL_AREAS),
        ("health_center_area", HEALTH_CENTRES),
    ):
        for code, (_, prefecture, members) in areas.items():
            rows += [("00", code, kind), (prefecture, code, kind)]
            rows += [(code, member, "municipality") for member in members]
    return [(*row, None, None) for row in rows]


def _topology(codes: dict[str, str]) -> str:
    cells = _polygons()
    geometry = []
    for code in codes:
        members = [code] if code in cells else [c for c in MUNICIPALITIES if c.startswith(code)]
        geometry.append(unary_union([cells[m] for m in members]))
    frame = gpd.GeoDataFrame(
        {"id": list(codes), "area_code": list(codes), "area_name": list(codes.values())},
        geometry=geometry,
        crs=6668,
    ).set_index("id", drop=False)
    return topojson.Topology(frame, object_name="areas", prequantize=10_000).to_json()


def _topology_rows() -> list[tuple[object, ...]]:
    names = {code: value[0] for code, value in MUNICIPALITIES.items()}
    layers = {
        ("prefecture", "00"): {"81": "東見本県", "82": "西見本県"},
        ("municipality", "00"): names,
    }
    for prefecture in ("81", "82"):
        layers["municipality", prefecture] = {
            c: n for c, n in names.items() if c.startswith(prefecture)
        }
    layers["ward", "81100"] = {code: value[0] for code, value in WARDS.items()}
    for areas in (MEDICAL_AREAS, HEALTH_CENTRES):
        for code, (_, _, members) in areas.items():
            layers["municipality", code] = {member: names[member] for member in members}
    rows = []
    for (level, parent), codes in layers.items():
        text = _topology(codes).encode()
        digest = hashlib.sha256(text).hexdigest()[:16]
        rows.append((level, parent, gzip.compress(text), digest, *_extent(codes)))
    return rows


def _extent(codes: dict[str, str]) -> tuple[object, ...]:
    """82204 counts as a far island wherever others are drawn beside it."""
    cells = _polygons()
    far = [code for code in codes if code == "82204"]
    near = [code for code in codes if code not in far]
    members = [m for m in cells if any(m.startswith(code) for code in near)]
    return (*unary_union([cells[m] for m in members]).bounds, far)


def population_at(code: str, year: int) -> dict[str, float]:
    """The broad age groups of one municipality or ward, by the rule above."""
    total, share_65, share_75, share_85, growth = POPULATION[code]
    steps = (year - 2020) // 5
    old = (1 + growth) ** steps
    shrink = 0.97**steps
    groups = {
        "age_65_plus": round(total * share_65 * old),
        "age_75_plus": round(total * share_75 * old),
        "age_85_plus": round(total * share_85 * old * 1.05**steps),
        "age_0_14": round(total * 0.12 * shrink),
    }
    groups["age_15_64"] = round(total * (0.88 - share_65) * shrink)
    groups["total"] = groups["age_0_14"] + groups["age_15_64"] + groups["age_65_plus"]
    return groups


def _add(members: list[str], year: int) -> dict[str, float]:
    groups = [population_at(member, year) for member in members]
    return {key: sum(group[key] for group in groups) for key in groups[0]}


def _population_rows() -> list[tuple[object, ...]]:
    members = {code: [code] for code in POPULATION}
    members["81100"] = ["81101", "81102"]
    members["81"] = [code for code in POPULATION if code.startswith("81")]
    members["m2-8101"] = ["81101", "81102", "81201"]
    members["m2-8102"] = ["81202", "81203", "81204"]
    members["hc-8101"] = ["81101", "81102", "81201", "81202"]
    members["hc-8102"] = ["81203", "81204"]
    keys = ("total", "age_0_14", "age_15_64", "age_65_plus", "age_75_plus", "age_85_plus")
    rows: list[tuple[object, ...]] = []
    for code, parts in members.items():
        for year in YEARS:
            groups = _add(parts, year)
            basis = "source" if code[0] == "8" else "sum"
            rows.append((code, "demo", year, *(groups[key] for key in keys), year > 2020, basis))
    return rows


def _facility_rows() -> list[tuple[object, ...]]:
    cells = _polygons()
    rows: list[tuple[object, ...]] = []
    for kind, counts in FACILITIES.items():
        for code, count in counts.items():
            west, south, east, north = cells[code].bounds
            for number in range(count):
                share = (number + 1) / (count + 1)
                lon, lat = (
                    west + (east - west) * share,
                    south + (north - south) * (0.2 + 0.6 * share),
                )
                attributes = json.dumps({"corporation": "見本会"}, ensure_ascii=False)
                rows.append(
                    (
                        f"{kind}-{code}-{number}",
                        f"{MUNICIPALITIES[code][0]}{number + 1}号",
                        kind,
                        code,
                        None,
                        lon,
                        lat,
                        "exact",
                        f"{MUNICIPALITIES[code][0]}1-{number}",
                        100 if kind == "hospital" else None,
                        attributes,
                        "tiny_facilities",
                        f"行 {number + 2}",
                    )
                )
    return rows


def _facility_count_rows() -> list[tuple[object, ...]]:
    groups = {code: [code] for code in MUNICIPALITIES}
    groups["81"] = [c for c in MUNICIPALITIES if c.startswith("81")]
    groups["82"] = [c for c in MUNICIPALITIES if c.startswith("82")]
    groups["00"] = list(MUNICIPALITIES)
    groups |= {code: list(value[2]) for code, value in (MEDICAL_AREAS | HEALTH_CENTRES).items()}
    rows: list[tuple[object, ...]] = []
    for kind, counts in FACILITIES.items():
        for code, members in groups.items():
            covered = COVERED[kind] == "00" or all(m.startswith(COVERED[kind]) for m in members)
            if covered:
                number = sum(counts.get(member, 0) for member in members)
                beds = number * 100 if kind == "hospital" and number else None
                rows.append((code, kind, number, beds, number if beds else 0))
    return rows


def _answer_rows() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for year, municipalities in DONE.items():
        for code, done in municipalities.items():
            for position, item in enumerate(ITEMS_H27R2):
                value = None if done is None else ("done" if position < done else "none")
                status = "unanswered" if value is None else "observed"
                rows.append(
                    (
                        "municipal_form",
                        "h27r2",
                        year,
                        code,
                        f"item_{item}_status",
                        value,
                        status,
                        None,
                        f"tiny-{year}",
                        "回答!A1",
                    )
                )
            rows.append(
                (
                    "municipal_form",
                    "h27r2",
                    year,
                    code,
                    "want_support",
                    None if done is None else "data;wide_area",
                    "unanswered" if done is None else "observed",
                    None,
                    f"tiny-{year}",
                    "回答!Z1",
                )
            )
    for year, prefectures in SUPPORT.items():
        for code, answers in prefectures.items():
            for question, value in answers.items():
                rows.append(
                    (
                        "prefectural_form",
                        "h27r2",
                        year,
                        code,
                        question,
                        value,
                        "unanswered" if value is None else "observed",
                        None,
                        f"tiny-p-{year}",
                        "回答!B1",
                    )
                )
    for code in MUNICIPALITIES:
        goal = "1" if code in ("81100", "82201") else "5"
        rows.append(
            (
                "municipal_form",
                "r3",
                2021,
                code,
                "goal_setting",
                goal,
                "observed",
                None,
                "tiny-2021",
                "回答!C1",
            )
        )
        for scene in ("daily", "transition", "acute", "eol"):
            rows.append(
                (
                    "municipal_form",
                    "r3",
                    2021,
                    code,
                    f"scene_{scene}_goal",
                    "1" if goal == "1" else "0",
                    "observed",
                    None,
                    "tiny-2021",
                    "回答!D1",
                )
            )
    return rows


def _facts() -> list[tuple[object, ...]]:
    frame = pd.read_csv(
        ROOT / "data" / "catalogue" / "reference_facts.csv", dtype=str, keep_default_na=False
    )
    return [
        (
            row.fact_id,
            row.area,
            row.period,
            row.measure,
            row.unit,
            row.value_text,
            float(row.value) if row.value else None,
            row.document,
            row.quote,
        )
        for row in frame.itertuples()
    ]


def _observation_rows() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for code in [*MUNICIPALITIES, "81", "m2-8101", "m2-8102"]:
        parts = ["81101", "81102"] if code == "81100" else [code]
        if code == "81":
            parts = [c for c in POPULATION if c.startswith("81")]
        if code in MEDICAL_AREAS:
            parts = [
                p
                for m in MEDICAL_AREAS[code][2]
                for p in (["81101", "81102"] if m == "81100" else [m])
            ]
        if any(part not in POPULATION for part in parts):
            continue
        groups = _add(parts, 2025)
        rows.append(
            (
                code,
                "aging_rate",
                "2025",
                100 * groups["age_65_plus"] / groups["total"],
                groups["age_65_plus"],
                groups["total"],
                None,
                None,
                "observed",
                "tiny_population",
                "2025",
            )
        )
        members = [m for m in MUNICIPALITIES if m == code or m.startswith(code)]
        if code in MEDICAL_AREAS:
            members = list(MEDICAL_AREAS[code][2])
        count = sum(FACILITIES["visiting_nurse_station"].get(m, 0) for m in members)
        rows.append(
            (
                code,
                "vns_station",
                "2025",
                10_000 * count / groups["age_75_plus"],
                count,
                groups["age_75_plus"],
                None,
                None,
                "observed",
                "tiny_facilities",
                "2025",
            )
        )
    return rows


def _indicator_rows() -> list[tuple[object, ...]]:
    return [
        (
            "aging_rate",
            "高齢化率",
            "65歳以上／総人口",
            "%",
            1,
            "no_judgement",
            "structure",
            "demand",
            "municipality",
            "国勢調査",
            "5年",
            None,
            "none",
            None,
            None,
        ),
        (
            "vns_station",
            "訪問看護ST数",
            "事業所／75歳以上人口",
            "対1万75+",
            2,
            "high_is_good",
            "structure",
            "resource_med",
            "municipality",
            "情報公表",
            "年",
            "同じ事業所は1回だけ数える",
            "facilities",
            10_000,
            None,
        ),
        (
            "death_home_rate",
            "自宅死亡割合",
            "自宅死／総死亡",
            "%",
            1,
            "no_judgement",
            "outcome",
            "eol",
            "municipality",
            "人口動態調査",
            "年",
            None,
            "persons",
            None,
            "人口動態調査の場所別死亡数",
        ),
    ]


def write_tiny_region(path: Path) -> Path:
    """Write the region as a DuckDB file and return its path."""
    con = duckdb.connect(str(path))
    con.execute(SCHEMA.read_text(encoding="utf-8"))
    sources = [
        (
            "tiny_population",
            "見本人口推計",
            "見本研究所",
            "演習データ",
            None,
            "2020年基準",
            "tiny.xlsx",
            "0" * 64,
            None,
        ),
        (
            "tiny_facilities",
            "見本施設一覧",
            "見本省",
            "演習データ",
            None,
            "2025年12月末",
            "tiny.csv",
            "1" * 64,
            None,
        ),
        (
            "tiny_survey",
            "見本実施状況調査",
            "見本県",
            "演習データ",
            None,
            "各年度",
            "tiny2.xlsx",
            "2" * 64,
            None,
        ),
    ]
    tables = {
        "area": _area_rows(),
        "area_membership": _membership_rows(),
        "area_descendant": _descendant_rows(),
        "area_change": [("81205", "81201", "2018-04-01", "編入合併")],
        "boundary_topology": _topology_rows(),
        "source": sources,
        "source_coverage": [("tiny_facilities", kind, code) for kind, code in COVERED.items()],
        "population_total": _population_rows(),
        "facility": _facility_rows(),
        "facility_count": _facility_count_rows(),
        "indicator": _indicator_rows(),
        "observation": _observation_rows(),
        "survey_answer": _answer_rows(),
        "reference_fact": _facts(),
        "build_report": [
            (
                "tiny.csv",
                "介護サービス情報",
                "loaded",
                100,
                2,
                "座標が国外 2件",
                "2025年12月末",
                "tiny_facilities",
            )
        ],
        "meta": [
            ("generation", "000001"),
            ("dataset", "demo"),
            ("schema_version", "1"),
            ("built_at", "2026-01-05T09:00:00+09:00"),
        ],
    }
    for table, rows in tables.items():
        _insert(con, table, rows)
    con.execute("checkpoint")
    con.close()
    return path
