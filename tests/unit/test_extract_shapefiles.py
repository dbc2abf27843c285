"""N03 as Shapefiles, in both encodings, alone and zipped, before and after 2024."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import box

from data.errors import UnreadableFile
from data.extract import RawFile, boundaries, known_unused, recognise
from data.harmonise.places import gather_places

OLD = {
    "N03_001": ["見本県", "見本県", "見本県"],
    "N03_002": [None, None, None],
    "N03_003": ["見本市", "峠郡", None],
    "N03_004": ["北区", "峠町", "所属未定地"],
    "N03_007": ["85101", "85301", None],
}
NEW = {
    "N03_001": ["見本県", "見本県", "見本県"],
    "N03_002": [None, None, None],
    "N03_003": [None, "峠郡", None],
    "N03_004": ["見本市", "峠町", "所属未定地"],
    "N03_005": ["北区", None, None],
    "N03_007": ["85101", "85301", None],
}


def write(folder: Path, columns: dict, *, encoding: str, cpg: bool, stem: str) -> Path:
    shapes = [box(135 + n, 35, 136 + n, 36) for n in range(3)]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:6668")
    path = folder / f"{stem}.shp"
    pyogrio.write_dataframe(frame, path, driver="ESRI Shapefile", encoding=encoding)
    if not cpg:
        path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


CASES = pytest.mark.parametrize(
    ("columns", "encoding", "cpg"),
    [(OLD, "CP932", False), (OLD, "CP932", True), (NEW, "UTF-8", True), (NEW, "UTF-8", False)],
)


@CASES
def test_a_shapefile_says_the_same_in_every_encoding(
    tmp_path: Path, columns: dict, encoding: str, cpg: bool
) -> None:
    path = write(tmp_path, columns, encoding=encoding, cpg=cpg, stem="N03-20240101_85")
    file = RawFile(path, path.name)
    assert recognise(file) is boundaries
    extract = boundaries.read(file)
    assert extract.vintage == "2024年1月1日現在"
    places = gather_places([extract]).set_index("code")
    assert places.loc["85101", ["own_name", "city_name"]].tolist() == ["北区", "見本市"]
    assert places.loc["85301", ["own_name", "district"]].tolist() == ["峠町", "峠郡"]
    assert [issue.found for issue in extract.issues] == ["見本県・所属未定地"]
    assert extract.frames["polygons"].crs.to_epsg() == 6668


@CASES
def test_a_zip_with_a_shapefile_alone_is_read(
    tmp_path: Path, columns: dict, encoding: str, cpg: bool
) -> None:
    path = write(tmp_path, columns, encoding=encoding, cpg=cpg, stem="N03-23_85_230101")
    packed = tmp_path / "downloaded.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in sorted(tmp_path.glob("N03-23*")):
            archive.write(part, f"N03-20230101_85_GML/{part.name}")
    file = RawFile(packed, packed.name)
    assert recognise(file) is boundaries
    extract = boundaries.read(file)
    assert extract.vintage == "2023年1月1日現在"
    assert set(extract.frames["polygons"]["N03_001"]) == {"見本県"}
    assert path.exists()


def test_companions_are_named_as_parts(tmp_path: Path) -> None:
    path = write(tmp_path, OLD, encoding="CP932", cpg=True, stem="N03-23_85_230101")
    for ending in (".dbf", ".shx", ".prj", ".cpg"):
        part = path.with_suffix(ending)
        file = RawFile(part, part.name)
        assert recognise(file) is known_unused, ending
        assert ".shp" in known_unused.read(file).issues[0].reason


@pytest.mark.parametrize("missing", [".dbf", ".shx"])
def test_a_shapefile_that_lacks_a_part_is_refused_by_name(tmp_path: Path, missing: str) -> None:
    path = write(tmp_path, OLD, encoding="CP932", cpg=True, stem="N03-23_85_230101")
    path.with_suffix(missing).unlink()
    file = RawFile(path, path.name)
    assert recognise(file) is boundaries
    with pytest.raises(UnreadableFile, match=rf"\{missing} がありません"):
        boundaries.read(file)


def test_a_shapefile_of_something_else_is_not_taken(tmp_path: Path) -> None:
    path = write(tmp_path, {"P04_001": ["1", "2", "3"]}, encoding="CP932", cpg=True, stem="P04")
    assert recognise(RawFile(path, path.name)) is None


@pytest.mark.parametrize(("encoding", "said"), [("CP932", "UTF-8"), ("UTF-8", "Shift_JIS")])
def test_a_companion_that_names_the_wrong_encoding_is_not_believed(
    tmp_path: Path, encoding: str, said: str
) -> None:
    path = write(tmp_path, NEW, encoding=encoding, cpg=True, stem="N03-20240101_85")
    path.with_suffix(".cpg").write_text(said, encoding="ascii")
    extract = boundaries.read(RawFile(path, path.name))
    assert set(extract.frames["polygons"]["N03_001"]) == {"見本県"}


@pytest.mark.parametrize("missing", ["N03_003", "N03_004", "N03_007"])
def test_boundaries_that_lack_a_column_are_refused_by_name(tmp_path: Path, missing: str) -> None:
    columns = {name: cells for name, cells in NEW.items() if name != missing}
    path = write(tmp_path, columns, encoding="UTF-8", cpg=True, stem="N03-20240101_85")
    file = RawFile(path, path.name)
    assert recognise(file) is boundaries
    with pytest.raises(UnreadableFile, match=missing):
        boundaries.read(file)


@pytest.mark.parametrize(
    ("printed", "read"),
    [(["８５１０１", "85301", None], "85101"), ([1101.0, 85301.0, None], "01101")],
)
def test_codes_are_read_as_five_digits(tmp_path: Path, printed: list, read: str) -> None:
    columns = NEW | {"N03_007": printed}
    path = write(tmp_path, columns, encoding="UTF-8", cpg=True, stem="N03-20240101_85")
    extract = boundaries.read(RawFile(path, path.name))
    assert extract.frames["polygons"]["N03_007"].tolist() == [read, "85301"]
    assert len(extract.issues) == 1


def test_codes_with_check_digits_are_refused(tmp_path: Path) -> None:
    columns = NEW | {"N03_007": ["851011", "853011", None]}
    path = write(tmp_path, columns, encoding="UTF-8", cpg=True, stem="N03-20240101_85")
    with pytest.raises(UnreadableFile, match="851011"):
        boundaries.read(RawFile(path, path.name))


def test_a_zip_of_several_prefectures_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "N03.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for stem in ("N03-20240101_85", "N03-20240101_86"):
            write(tmp_path, NEW, encoding="UTF-8", cpg=True, stem=stem)
            for part in sorted(tmp_path.glob(f"{stem}.*")):
                archive.write(part, part.name)
    with pytest.raises(UnreadableFile, match="いくつもの都道府県"):
        boundaries.read(RawFile(packed, packed.name))
