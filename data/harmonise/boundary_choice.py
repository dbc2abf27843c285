"""Which boundary file speaks for which prefecture: complete first, then newest, then finest."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from data.extract import Extract, boundaries
from data.harmonise.codes import is_in_city_range, prefecture_of
from geo.boundaries import dissolve, simplify_coverage
from geo.crs import STORAGE_CRS

PREFECTURAL_ONLY = "都道府県の境界は市区町村の境界から作るため、使いません"
OUTSIDE = "指定した都道府県の境界がありません"
SUPERSEDED = "同じ地域について、より新しいか詳しい境界のファイルがあります"


LET_GO = "let_go"
HEAVY_VERTICES = 5_000_000
_LIGHT_TOLERANCE = 0.0003  # degrees, some 30 m: ten times finer than the finest map


@dataclass
class _Candidate:
    extract: Extract
    prefecture: str
    frame: gpd.GeoDataFrame
    as_of: str
    vertices: int


def choose_boundaries(
    extracts: list[Extract], *, ended: set[str], cities: dict[str, str], prefectures: set[str]
) -> tuple[gpd.GeoDataFrame, list[tuple[Extract, str]]]:
    """Return area_code and geometry of each current area, and the files that gave nothing."""
    files = [extract for extract in extracts if extract.layout == boundaries.NAME]
    candidates = [c for e in files if e.frames for c in _by_prefecture(e)]
    candidates = [c for c in candidates if c.prefecture in prefectures]
    taken: list[gpd.GeoDataFrame] = []
    used: set[int] = set()
    for prefecture in sorted({c.prefecture for c in candidates}):
        rivals = [c for c in candidates if c.prefecture == prefecture]
        for candidate, rows in _take(rivals, ended=ended, cities=cities):
            taken.append(rows)
            used.add(id(candidate.extract))
    inside = {id(c.extract) for c in candidates}
    unused = [(e, _reason(e, id(e) in inside)) for e in files if id(e) not in used]
    return _joined(taken), unused


def _reason(extract: Extract, inside: bool) -> str:
    if not extract.frames:
        return PREFECTURAL_ONLY
    return SUPERSEDED if inside else OUTSIDE


def _by_prefecture(extract: Extract) -> list[_Candidate]:
    polygons = gpd.GeoDataFrame(extract.frames["polygons"])
    code = boundaries.code_column(polygons)
    frame = polygons.rename(columns={code: "area_code"})[["area_code", "geometry"]]
    return [
        _Candidate(
            extract,
            str(prefecture),
            gpd.GeoDataFrame(rows, geometry="geometry", crs=polygons.crs),
            str(polygons["as_of"].iloc[0]),
            int(shapely.get_num_coordinates(rows.geometry.to_numpy()).sum()),
        )
        for prefecture, rows in frame.groupby(frame["area_code"].map(prefecture_of))
    ]


def _take(
    rivals: list[_Candidate], *, ended: set[str], cities: dict[str, str]
) -> list[tuple[_Candidate, gpd.GeoDataFrame]]:
    """Take the best file whole and fill from the next only what it lacks."""
    codes = {id(c): set(c.frame["area_code"]) for c in rivals}
    roster = {_unit(code, cities) for held in codes.values() for code in held - ended}

    def merit(candidate: _Candidate) -> tuple[bool, str, int]:
        return not codes[id(candidate)] & ended, candidate.as_of, candidate.vertices

    ranked = sorted(rivals, key=merit, reverse=True)
    ranked.sort(key=lambda c: {_unit(code, cities) for code in codes[id(c)]} < roster)
    ranked[1:] = sorted(ranked[1:], key=merit, reverse=True)
    chosen: list[tuple[_Candidate, gpd.GeoDataFrame]] = []
    have: set[str] = set(ended)
    for candidate in ranked:
        wanted = codes[id(candidate)] - have - {_unit(code, cities) for code in have}
        if wanted:
            rows = candidate.frame[candidate.frame["area_code"].isin(list(wanted))]
            chosen.append((candidate, dissolve(rows, by="area_code")))
            have |= wanted
    return chosen


def _unit(code: str, cities: dict[str, str]) -> str:
    """Return the municipality that a code stands for: a ward's city."""
    if not is_in_city_range(code):
        return code
    below = [city for city in cities if city <= code and city[:2] == code[:2]]
    return max(below, default=code)


def _joined(parts: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    if not parts:
        return gpd.GeoDataFrame({"area_code": []}, geometry=[], crs=STORAGE_CRS)
    joined = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=STORAGE_CRS)
    return joined.sort_values("area_code", ignore_index=True)


def lightened(frame: gpd.GeoDataFrame, extracts: list[Extract]) -> gpd.GeoDataFrame:
    """Return boundaries that a build can hold: those of full resolution simplified together, once.

    Neighbours keep one border. The polygons as read are let go of.
    """
    vertices = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    if vertices <= HEAVY_VERTICES:
        return frame
    for extract in extracts:
        if extract.layout == boundaries.NAME and "polygons" in extract.frames:
            extract.frames["polygons"] = extract.frames["polygons"].iloc[:0]
            extract.frames[LET_GO] = extract.frames["polygons"]
    return simplify_coverage(frame, tolerance=_LIGHT_TOLERANCE)


def with_cities(frame: gpd.GeoDataFrame, *, cities: dict[str, str]) -> gpd.GeoDataFrame:
    """Add each designated city that has wards but no polygon of its own."""
    codes = frame["area_code"]
    wards = frame[codes.map(is_in_city_range) & ~codes.isin(list(cities))].copy()
    wards["area_code"] = wards["area_code"].map(lambda code: _unit(code, cities))
    missing = wards[wards["area_code"].isin(list(cities)) & ~wards["area_code"].isin(codes)]
    if missing.empty:
        return frame
    return _joined([frame, dissolve(gpd.GeoDataFrame(missing, crs=frame.crs), by="area_code")])
