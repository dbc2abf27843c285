"""The small hand-written raw files, as the loaders meet them."""

from __future__ import annotations

from pathlib import Path

from data.extract import Extract, RawFile, recognise

FIXTURES = Path(__file__).parent.parent / "fixtures"
AREA_FILES = (
    "geo_N03-21_85_210101.geojson",
    "geo_n03_2024_85.geojson",
    "geo_n03_2024_85_wards.geojson",
    "geo_prefectures.geojson",
    "municipal_changes.json",
    "municipal_kana.json",
    "municipal_land_area.csv",
    "municipal_membership.csv",
)


def raw(name: str) -> RawFile:
    return RawFile(FIXTURES / name, name)


def read(name: str) -> Extract:
    """Recognise a file by its content and read it."""
    layout = recognise(raw(name))
    assert layout is not None, f"{name} is not recognised"
    return layout.read(raw(name))
