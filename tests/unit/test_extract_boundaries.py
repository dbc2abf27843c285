"""Boundary files in both forms of columns."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
import shapely

from data.errors import UnreadableFile
from data.extract import RawFile, boundaries, recognise
from tests.unit.raw_fixtures import FIXTURES, raw, read


def test_n03_columns_are_read_and_the_unassigned_place_is_set_aside() -> None:
    extract = read("geo_N03-21_85_210101.geojson")
    frame = extract.frames["polygons"]
    assert extract.vintage == "2021年1月1日現在"
    assert extract.rows_read == 6
    assert list(frame["N03_007"]) == ["85101", "85102", "85201", "85201", "85301"]
    assert frame.crs.to_epsg() == 6668
    (issue,) = extract.issues
    assert (issue.source_ref, issue.found) == ("地物 6", "見本県・所属未定地")
    assert issue.set_aside


def test_name_and_code_columns_without_crs_are_taken_as_jgd2011() -> None:
    extract = read("geo_n03_2024_85.geojson")
    assert extract.vintage == "2024年現在"
    assert extract.frames["polygons"].crs.to_epsg() == 6668


def test_prefecture_outlines_are_recognised_and_give_no_frame() -> None:
    extract = read("geo_prefectures.geojson")
    assert (extract.frames, extract.rows_read) == ({}, 1)


def test_the_publishers_zip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "N03-20250101_85_GML.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FIXTURES / "geo_N03-21_85_210101.geojson", "N03-20250101_85.geojson")
        archive.writestr("KS-META.xml", "<x/>")
    file = RawFile(path, path.name)
    layout = recognise(file)
    assert layout is boundaries
    extract = boundaries.read(file)
    assert extract.vintage == "2025年1月1日現在"
    assert len(extract.frames["polygons"]) == 5


def test_a_file_cut_in_half_is_named(tmp_path: Path) -> None:
    whole = (FIXTURES / "geo_N03-21_85_210101.geojson").read_bytes()
    path = tmp_path / "cut.geojson"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match=r"cut\.geojson"):
        boundaries.read(RawFile(path, path.name))


def test_recognition_is_by_content_not_by_name(tmp_path: Path) -> None:
    renamed = tmp_path / "data.txt"
    shutil.copy(FIXTURES / "geo_n03_2024_85.geojson", renamed)
    assert recognise(RawFile(renamed, renamed.name)) is boundaries
    other = tmp_path / "N03-21_210101.geojson"
    other.write_text('{"type":"FeatureCollection","features":[]}', encoding="utf-8")
    assert recognise(RawFile(other, other.name)) is None


def drawn(folder: Path, *rings: str) -> RawFile:
    """A file of towns, each with one ring."""
    features = ",".join(
        f'{{"type":"Feature","properties":{{"name":"町{n}","code":"8530{n}"}},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'
        for n, ring in enumerate(rings, start=1)
    )
    path = folder / "drawn.geojson"
    path.write_text(f'{{"type":"FeatureCollection","features":[{features}]}}', encoding="utf-8")
    return RawFile(path, path.name)


SQUARE = "[[135,30],[136,30],[136,31],[135,31],[135,30]]"
BOW_TIE = "[[135,30],[136,31],[136,30],[135,31],[135,30]]"
SWAPPED = "[[30,135],[30,136],[31,136],[31,135],[30,135]]"
A_LINE = "[[135,30],[136,31],[135,30],[135,30]]"


def test_invalid_rings_are_mended_and_said(tmp_path: Path) -> None:
    extract = boundaries.read(drawn(tmp_path, SQUARE, BOW_TIE))
    frame = extract.frames["polygons"]
    assert bool(frame.geometry.is_valid.all())
    assert shapely.area(frame.geometry.to_numpy()) == pytest.approx([1, 0.5])
    (issue,) = extract.issues
    assert (issue.source_ref, issue.found, issue.set_aside) == ("地物 2", "町2", False)
    assert "自分と交わる" in issue.reason


def test_rings_that_enclose_nothing_are_set_aside(tmp_path: Path) -> None:
    extract = boundaries.read(drawn(tmp_path, SQUARE, A_LINE))
    assert list(extract.frames["polygons"]["code"]) == ["85301"]
    (issue,) = extract.issues
    assert (issue.found, issue.reason, issue.set_aside) == ("町2", "図形がありません", True)


def test_a_polygon_outside_the_country_is_set_aside(tmp_path: Path) -> None:
    extract = boundaries.read(drawn(tmp_path, SQUARE, SWAPPED))
    assert list(extract.frames["polygons"]["code"]) == ["85301"]
    (issue,) = extract.issues
    assert (issue.found, issue.set_aside) == ("町2", True)
    assert "緯度と経度が入れ替わっている" in issue.reason


def test_a_file_with_swapped_coordinates_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"drawn\.geojson") as refused:
        boundaries.read(drawn(tmp_path, SWAPPED))
    assert "緯度と経度が入れ替わっている" in str(refused.value)
    assert "経度・緯度の順" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "as_of"),
    [
        ("N03-20240101_19.geojson", "2024-01-01"),
        ("n03_2021/geojson_s0010/N03-21_19_210101.json", "2021-01-01"),
        ("n03_2024/yamanashi.geojson", "2024"),
        ("shizuoka.geojson", ""),
    ],
)
def test_reference_date_from_the_publishers_name(name: str, as_of: str) -> None:
    assert boundaries.as_of_name(name) == as_of


def test_head_of_a_file_is_short() -> None:
    assert raw("municipal_kana.json").head().startswith(b"{")
