"""The areas of the official files, read once for the tests that need them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from data.extract import Extract, RawFile, recognise
from data.harmonise.areas import AreaIndex, harmonise_areas

_FILES = (
    "n03_2021/geojson_s0001/N03-21_210101.json",
    "n03_2024/shizuoka.geojson",
    "n03_2024/shizuoka_wards.geojson",
    "municipal_master/municipal_changes.json",
    "municipal_master/zenkoku2015.csv",
    "ipss_h30/modified_suikei_kekka.csv",
)


def official_extract(raw: Path, name: str) -> Extract:
    file = RawFile(raw / name, name)
    layout = recognise(file)
    assert layout is not None, name
    return layout.read(file)


@lru_cache(maxsize=1)
def official_areas(raw: Path) -> AreaIndex:
    extracts = [official_extract(raw, name) for name in _FILES]
    return harmonise_areas(extracts, prefectures=None).index()
