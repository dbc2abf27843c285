from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import UserError
from data.export import export_tables
from data.generations import Store


def test_every_row_and_no_binary_is_written(tiny_store: Store, tmp_path: Path) -> None:
    written = {path.stem: path for path in export_tables(tiny_store.current(), tmp_path / "out")}
    assert "area_boundary" not in written
    with written["area"].open(encoding="utf-8-sig", newline="") as file:
        names = {row["area_code"]: row["name"] for row in csv.DictReader(file)}
    assert names["81201"] == "山手市" or "山手市" in names.values()


def test_a_file_in_the_way_is_named(tiny_store: Store, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    with pytest.raises(UserError, match="taken"):
        export_tables(tiny_store.current(), taken)
    with pytest.raises(UserError, match="作れません"):
        export_tables(tiny_store.current(), taken / "below")


def test_a_folder_in_use_is_left_alone(tiny_store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("")
    with pytest.raises(UserError, match="空ではありません"):
        export_tables(tiny_store.current(), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]


def test_a_reader_that_stops_early_is_no_fault(tiny_store: Store) -> None:
    told = subprocess.run(
        f"{sys.executable} -m data info --json | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stderr == ""
    assert len(told.stdout) == 10
