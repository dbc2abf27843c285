"""Changes, readings, land area, memberships and named pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.extract import RawFile, municipal_changes, planning_area_pairs, recognise
from tests.unit.raw_fixtures import raw, read


def test_changes_carry_the_reason_in_japanese() -> None:
    frame = read("municipal_changes.json").frames["changes"]
    assert len(frame) == 7
    merger = frame[frame["old_code"] == "85303"].iloc[0]
    assert (merger["reason"], merger["date"], merger["new_name"]) == (
        "編入合併",
        "2019-04-01",
        "峠町",
    )


@pytest.mark.parametrize(("place", "entry"), [((), "date"), (("old",), "code")])
def test_a_change_without_its_day_or_code_is_named(
    tmp_path: Path, place: tuple[str, ...], entry: str
) -> None:
    content = json.loads(raw("municipal_changes.json").path.read_text(encoding="utf-8"))
    change = content["changes"][0]
    (change[place[0]] if place else change)[entry] = ""
    path = tmp_path / "changes.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    extract = municipal_changes.read(RawFile(path, path.name))
    assert len(extract.frames["changes"]) == 6
    [issue] = extract.issues
    assert (issue.source_ref, issue.field) == ("changes[0]", ".".join([*place, entry]))


def test_broken_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "changes.json"
    path.write_text('{"reasons": {}, "changes": [', encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"changes\.json"):
        municipal_changes.read(RawFile(path, path.name))


def test_readings() -> None:
    extract = read("municipal_kana.json")
    frame = extract.frames["kana"].set_index("code")
    assert frame.loc["85201", "kana"] == "はまべし"
    assert extract.vintage == "2026-01-01現在"


def test_land_area_is_read_from_cp932_and_lone_spaces_are_blank() -> None:
    frame = read("municipal_land_area.csv").frames["land_area"]
    ward = frame[frame["行政コード"] == "85101"].iloc[0]
    assert (ward["市郡"], ward["区町村"]) == ("架橋市", "北区")
    assert ward["振興局等、支庁"] == ""
    assert ward["source_ref"] == "行 6"


def test_memberships() -> None:
    frame = read("municipal_membership.csv").frames["memberships"]
    assert frame["団体コード"].tolist()[0] == "851001"
    assert len(frame) == 5


def test_planning_area_pairs(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(
        "構想区域コード,都道府県,構想区域,所在地（市区町村名）\n0101,北海道,南,函館市\n",
        encoding="utf-8-sig",
    )
    file = RawFile(path, path.name)
    assert recognise(file) is planning_area_pairs
    extract = planning_area_pairs.read(file)
    assert (extract.frames["pairs"].loc[0, "構想区域コード"], extract.vintage) == ("0101", "")
    for name in ("koso_r6/pairs_from_R7.csv", "iryo_koso_r7/pairs.csv", "令和7年度/a.csv"):
        assert planning_area_pairs.read(RawFile(path, name)).vintage == "令和7年度(2025年度)"
