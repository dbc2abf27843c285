"""No file ends a build: the one at which a step fails is refused by name, the others are built."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from structlog.testing import capture_logs

from data import build
from data.build import build_from_raw
from data.errors import BuildError, InvalidRows
from data.extract import Extract, RawFile, common_table
from data.generations import Store
from data.harmonise import files
from data.harmonise.area_files import areas_of_files
from data.harmonise.areas import AreaTables
from data.harmonise.files import harmonise_files
from data.harmonise.refusal import TOGETHER
from data.reading import read_folder
from data.report import BuildReport, FileReport
from data.validate import validate_memberships, validate_references, validate_values
from tests.unit.raw_fixtures import FIXTURES, read
from tests.unit.table_stand import COLUMNS, HEAD

SECRET = "見本太郎"
Pair = tuple[FileReport, Extract]
NORTH, BOTH = "geo_N03-21_85_210101.geojson", "geo_n03_2024_85.geojson"
CHANGES, KANA, MEMBERS = "municipal_changes.json", "municipal_kana.json", "municipal_membership.csv"


def in_folder(*names: str) -> list[Pair]:
    extracts = [read(name) for name in names]
    return [
        (FileReport(name, extract.layout, "loaded" if extract.frames else "not_used"), extract)
        for name, extract in zip(names, extracts, strict=True)
    ]


def areas_of(found: list[Pair]) -> AreaTables:
    entries = [entry for entry, _ in found]
    return areas_of_files(found, files=entries, prefectures=None, progress=lambda text: None)


def outcomes(found: list[Pair]) -> dict[str, str]:
    return {entry.file_name: entry.outcome for entry, _ in found}


@pytest.mark.parametrize(
    ("name", "frame", "damage"),
    [
        (CHANGES, "changes", lambda rows: rows.assign(date="2019年の春")),
        (CHANGES, "changes", lambda rows: rows.assign(new_code=85_201.5)),
        (KANA, "kana", lambda rows: rows.drop(columns="kana")),
        (MEMBERS, "memberships", lambda rows: rows.drop(columns="圏域名")),
        (MEMBERS, "memberships", lambda rows: rows.assign(圏域名="")),
        (BOTH, "polygons", lambda rows: rows.drop(columns="as_of")),
    ],
)
def test_a_file_that_areas_cannot_be_made_of_is_refused(
    name: str, frame: str, damage: object
) -> None:
    names = [NORTH, BOTH, CHANGES, KANA, MEMBERS]
    found = in_folder(*names)
    broken = dict(found_by_name(found))[name]
    broken.frames[frame] = damage(broken.frames[frame])  # type: ignore[operator]
    with capture_logs() as lines:
        tables = areas_of(found)
    told = outcomes(found)
    assert told.pop(name) in ("failed", "broken")
    assert set(told.values()) == {"loaded"}
    assert "85201" in set(tables.area["area_code"])
    entry = next(entry for entry, _ in found if entry.file_name == name)
    assert entry.reason
    assert (entry.rows_read, entry.source_id) == (0, None)
    assert "2019年の春" not in str(lines)


def found_by_name(found: list[Pair]) -> list[tuple[str, Extract]]:
    return [(entry.file_name, extract) for entry, extract in found]


def test_a_build_whose_boundaries_are_lost_says_which_file(tmp_path: Path) -> None:
    found = in_folder(CHANGES, NORTH)
    polygons = found[1][1].frames["polygons"]
    found[1][1].frames["polygons"] = polygons.drop(columns="as_of")
    with pytest.raises(BuildError) as caught:
        areas_of(found)
    assert NORTH in str(caught.value)
    assert "N03" in str(caught.value)
    assert "KeyError" in str(caught.value)
    assert outcomes(found) == {CHANGES: "loaded", NORTH: "failed"}


def test_impossible_values_refuse_their_file_and_keep_the_others(tmp_path: Path) -> None:
    found, areas = with_tables(tmp_path, deaths="deaths_total")
    rows = found[0][1].frames["population"]
    rows["年"] = rows["年"].str.replace("2015", "9015")
    tables = harmonise_files(found, areas)
    entry = found[0][0]
    assert outcomes(found) == {"ipss_age.csv": "broken", "deaths.csv": "loaded"}
    assert "population に、ありえない値の行があります" in str(entry.reason)
    assert "year「9015" in str(entry.reason)
    assert "行 " in str(entry.reason)
    assert "population" not in tables
    assert tables["measure"]["value"].tolist() == [20.0]
    assert set(tables["source_coverage"]["source_id"]) == {"s:deaths.csv"}


def test_of_two_files_that_fail_together_the_later_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usual = files.one_value_each

    def one_value_each(frames: list[pd.DataFrame]) -> object:
        if len(frames) > 2:
            raise IndexError(SECRET)
        return usual(frames)

    monkeypatch.setattr(files, "one_value_each", one_value_each)
    found, areas = with_tables(tmp_path, a="deaths_total", b="deaths_home", c="deaths_facility")
    with capture_logs() as lines:
        tables = harmonise_files(found, areas)
    assert outcomes(found) == dict.fromkeys(("ipss_age.csv", "a.csv", "b.csv"), "loaded") | {
        "c.csv": "failed"
    }
    assert TOGETHER in str(found[-1][0].reason)
    assert tables["measure"]["source_id"].tolist() == ["s:a.csv", "s:b.csv"]
    assert SECRET not in str(lines)
    (line,) = lines
    assert (line["event"], line["file"], line["kind"]) == ("tables_failed", "c.csv", "IndexError")


def with_tables(folder: Path, **items: str) -> tuple[list[Pair], AreaTables]:
    """Return the projection and a common table for each item, and the areas of the region."""
    found = in_folder("ipss_age.csv")
    for name, item in items.items():
        path = folder / f"{name}.csv"
        path.write_text(f"{HEAD}{COLUMNS}852015,浜辺市,2023年,{item},20\n", encoding="utf-8")
        extract = common_table.read(RawFile(path, path.name))
        found.append((FileReport(path.name, extract.layout, "loaded"), extract))
    for entry, _ in found:
        entry.source_id = f"s:{entry.file_name}"
    return found, areas_of(in_folder(NORTH, CHANGES))


def test_a_file_whose_reading_fails_unforeseen_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def read_nothing(file: object) -> Extract:
        raise AttributeError(SECRET)

    (tmp_path / "deaths.csv").write_text(HEAD + COLUMNS, encoding="utf-8")
    (tmp_path / NORTH).write_bytes((FIXTURES / NORTH).read_bytes())
    monkeypatch.setattr(common_table, "read", read_nothing)
    report = BuildReport()
    with capture_logs() as lines:
        found = read_folder(tmp_path, report=report, progress=lambda text, share: None)
    assert [entry.file_name for entry, _ in found] == [NORTH]
    told = report.files[0]
    assert (told.file_name, told.outcome) == ("deaths.csv", "failed")
    assert "AttributeError" in str(told.reason)
    assert lines[0]["event"] == "reading_failed"
    assert SECRET not in f"{told.reason}{lines}"


def test_what_no_file_is_to_blame_for_ends_the_build_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_store: Store
) -> None:
    def derive_nothing(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError(SECRET)

    (tmp_path / NORTH).write_bytes((FIXTURES / NORTH).read_bytes())
    monkeypatch.setattr(build, "set_older_aside", derive_nothing)
    before = tiny_store.generations()
    with capture_logs() as lines, pytest.raises(BuildError) as caught:
        build_from_raw(tiny_store, raw=tmp_path, dataset="official")
    assert "ZeroDivisionError" in str(caught.value)
    assert "公開中のデータはそのままです" in str(caught.value)
    assert lines[0]["event"] == "build_failed"
    assert SECRET not in f"{caught.value}{lines}"
    assert tiny_store.generations() == before


def test_rows_of_areas_in_no_list_are_named() -> None:
    area = pd.DataFrame({"area_code": ["19201"]})
    people = pd.DataFrame({"area_code": ["19201", "19999"]})
    with pytest.raises(InvalidRows, match="19999"):
        validate_references({"area": area, "population": people})
    validate_references({"area": area, "population": people[:1]})


def test_a_municipality_in_two_areas_of_a_kind_is_found() -> None:
    members = pd.DataFrame(
        [("19201", "hc-1901", "health_center_area", None, None),
         ("19201", "hc-1902", "health_center_area", None, None)],
        columns=["area_code", "parent_area_code", "parent_type", "valid_from", "valid_to"],
    )  # fmt: skip
    with pytest.raises(InvalidRows, match="二度入る"):
        validate_memberships(members)
    validate_memberships(members[:1])


def test_the_place_of_a_row_is_named() -> None:
    frame = pd.DataFrame(
        {"area_code": ["1x"], "period": ["2023"], "status": ["observed"], "source_ref": ["行 7"]}
    )
    with pytest.raises(InvalidRows, match="行 7 area_code「1x」"):
        validate_values("measure", frame)


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA])
def test_a_file_of_which_no_row_has_an_area_is_no_fault(nothing: object) -> None:
    frame = pd.DataFrame(
        {
            "facility_id": ["kaigo-1"],
            "facility_type": ["day"],
            "area_code": [nothing],
            "location_quality": ["missing"],
            "lon": [nothing],
            "lat": [nothing],
            "source_ref": ["行 2"],
        }
    )
    validate_values("facility", frame)
    with pytest.raises(InvalidRows, match="行 2 location_quality「near」"):
        validate_values("facility", frame.assign(location_quality="near"))
