"""The invented boundary file of all Japan, at a thousandth of its size."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
import shapely

from bench.n03_file import N03Size, unzipped_bytes, write_n03
from bench.n03_size import STEPS, border_faults, missing_steps
from data.build import build_from_raw
from data.generations import Store
from data.harmonise import boundary_choice

SMALL = N03Size(rows=4, columns=5, pieces=250, islets=10)


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> Path:
    folder = tmp_path_factory.mktemp("n03")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boundary_choice, "HEAVY_VERTICES", 1_000)
        raw = folder / "raw"
        raw.mkdir()
        assert 500_000 < unzipped_bytes(write_n03(raw, size=SMALL)) < 700_000
        build_from_raw(
            Store(folder / "store"),
            raw=raw,
            dataset="official",
            progress=lambda text, share: told.append(f"[{share:4.0%}] {text}"),
        )
    return Store(folder / "store").current()


def test_full_resolution_is_simplified_with_shared_borders(
    generation: Path, told: list[str]
) -> None:
    assert missing_steps("\n".join(told)) == []
    assert border_faults(generation, size=SMALL) == []
    with duckdb.connect(str(generation), read_only=True) as con:
        codes = con.execute("select area_code from area where area_type = 'ward'").fetchall()
        kept = con.execute(
            "select geometry_wkb from area_boundary where area_code = '02303'"
        ).fetchall()
    assert sorted(codes) == [("01101",), ("01102",), ("01103",)]
    assert shapely.get_num_coordinates(shapely.from_wkb([wkb for (wkb,) in kept])).max() < 200


def test_what_is_wrong_with_borders_and_progress_is_said(generation: Path, tmp_path: Path) -> None:
    damaged = Path(shutil.copyfile(generation, tmp_path / "damaged.duckdb"))
    with duckdb.connect(str(damaged)) as con:
        code, wkb = con.execute(
            "select area_code, geometry_wkb from area_boundary"
            " where detail = 'national' and area_code = '02303'"
        ).fetchall()[0]
        moved = shapely.transform(shapely.from_wkb(wkb), lambda points: points + 0.02)
        con.execute(
            "update area_boundary set geometry_wkb = $wkb"
            " where detail = 'national' and area_code = $code",
            {"wkb": shapely.to_wkb(moved), "code": code},
        )
    assert border_faults(damaged, size=SMALL) == [
        "national: areas overlap",
        "national: there are gaps between areas",
        "national: neighbours do not share their borders",
    ]
    assert missing_steps("世代 000001 を公開しました。") == [
        f"no progress was told of {step}" for step in STEPS
    ]
