"""Geography of the demo region as raw files: boundaries, changes, readings, zones, land area."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.demo.region import DemoRegion
from data.harmonise.codes import official_code6

BOUNDARY_DATE = "210101"
_ZONE_LABELS = {
    "secondary_medical_area": "二次医療圏",
    "elderly_welfare_area": "老人福祉圏域",
    "health_center_area": "保健所管轄区域",
}
_LAND_HEADER = (
    "行政コード", "都道府県", "振興局等、支庁", "市郡", "区町村",
    "平成27年・参考値の自治体", "平成27年・面積値(平方キロメートル)",
    "平成26年・参考値の自治体", "平成26年・面積値(平方キロメートル)",
)  # fmt: skip


def write_geography(region: DemoRegion, directory: Path) -> None:
    """Write every geographic raw file in the layout of its publisher."""
    _write_boundaries(region, directory / "n03")
    _write_changes(region, directory / "municipal_changes.json")
    _write_readings(region, directory / "muni-kana.json")
    _write_zones(region, directory / "kenbetsu_iki.csv")
    _write_land_area(region, directory / "zenkoku2015.csv")


def _named(region: DemoRegion) -> gpd.GeoDataFrame:
    """Return municipalities and wards (not the city itself) with the columns of N03."""
    frame = region.municipalities
    frame = frame[~frame["area_code"].isin(frame["city_code"].dropna())]
    cities = region.municipalities.set_index("area_code")["name"]
    district = frame["city_code"].map(cities).fillna(frame["district"])
    return gpd.GeoDataFrame(
        {
            "N03_001": frame["prefecture_code"].map(region.prefectures.set_index("code")["name"]),
            "N03_002": None,
            "N03_003": district.where(district != "", None),
            "N03_004": frame["name"],
            "N03_007": frame["area_code"],
        },
        geometry=frame.geometry,
        crs=frame.crs,
    )


def _write_boundaries(region: DemoRegion, folder: Path) -> None:
    """Write one GeoJSON per prefecture: a feature per polygon part, one of them without a code."""
    folder.mkdir(parents=True, exist_ok=True)
    frame = _named(region)
    for code in region.prefectures["code"]:
        own = frame[frame["N03_007"].str.startswith(code)].explode(ignore_index=True)
        if code == region.prefectures["code"].iloc[-1]:
            own = pd.concat([own, _unassigned(own)], ignore_index=True)
        path = folder / f"N03-21_{code}_{BOUNDARY_DATE}.geojson"
        own.to_file(path, driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=6)


def _unassigned(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a speck of land that belongs to no municipality yet (所属未定地)."""
    speck = own.iloc[[0]].copy()
    speck["geometry"] = [speck.geometry.iloc[0].representative_point().buffer(0.001)]
    return speck.assign(N03_003=None, N03_004="所属未定地", N03_007=None)


def _write_changes(region: DemoRegion, path: Path) -> None:
    changes = [
        {
            "date": day,
            "reason": reason,
            "old": {"code": old, "name": old_name},
            "new": {"code": new, "name": new_name},
        }
        for old, old_name, new, new_name, day, reason in region.changes
    ]
    content = {
        "fetched_at": "2026-01-05",
        "source": "演習データ（架空）",
        "reasons": {"absorption": "編入合併"},
        "changes": changes,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_readings(region: DemoRegion, path: Path) -> None:
    frame = region.municipalities
    city = frame["city_code"].map(frame.set_index("area_code")["kana"]).fillna("")
    kana = dict(zip(frame["area_code"], city + frame["kana"], strict=True))
    content = {"source": "演習データ（架空）", "asOf": "2026-01-05", "kana": kana}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_zones(region: DemoRegion, path: Path) -> None:
    names = region.municipalities.set_index("area_code")["name"]
    rows = [
        (
            official_code6(code),
            names[code],
            _ZONE_LABELS[kind],
            parent,
            name,
            start or "",
            end or "",
        )
        for code, kind, parent, name, start, end in region.memberships.itertuples(index=False)
    ]
    header = (
        "団体コード",
        "市区町村名",
        "圏域種別",
        "圏域コード",
        "圏域名",
        "適用開始",
        "適用終了",
    )
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def _write_land_area(region: DemoRegion, path: Path) -> None:
    prefectures = region.prefectures.set_index("code")["name"]
    cities = region.municipalities.set_index("area_code")["name"]
    rows = []
    for place in region.municipalities.itertuples(index=False):
        above = cities.get(place.city_code, place.district)
        is_town = bool(above)
        area = f"{place.land_km2:.2f}"
        rows.append(
            (
                int(place.area_code),
                prefectures[place.prefecture_code],
                " ",
                above if is_town else place.name,
                place.name if is_town else " ",
                "",
                area,
                "",
                area,
            )
        )
    with path.open("w", encoding="cp932", newline="") as stream:
        csv.writer(stream).writerows([_LAND_HEADER, *rows])
