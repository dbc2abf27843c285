"""The demo's raw folder: every file is recognised, and two runs write the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from data.demo.raw import write_demo_raw
from data.demo.size import DemoSize
from data.extract import RawFile, recognise

SCALE = 0.25


def written(directory: Path) -> dict[str, str]:
    """Write a small raw folder and return the digest of each file."""
    steps: list[float] = []
    write_demo_raw(directory, size=DemoSize(SCALE), progress=lambda _, share: steps.append(share))
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 1.0)
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a raw folder and its digests."""
    directory = tmp_path_factory.mktemp("raw")
    return directory, written(directory)


def test_two_runs_write_the_same_bytes(first: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    assert written(tmp_path) == first[1]


def test_every_file_is_recognised_and_read(first: tuple[Path, dict[str, str]]) -> None:
    directory, digests = first
    layouts = {}
    for name in digests:
        file = RawFile(directory / name, name)
        layout = recognise(file)
        assert layout is not None, name
        layouts[name] = layout.read(file)
    assert all(extract.rows_read > 0 for extract in layouts.values())
    keys = {extract.source_key for extract in layouts.values()}
    assert {
        "kaigo_service",
        "medical_net",
        "facility_standards",
        "ltc_report",
        "planning_area_report",
        "survey_municipal",
        "survey_prefectural",
        "area_membership",
        "n03",
    } <= keys
    assert (directory / "suikei_kekka.xlsx").exists()
