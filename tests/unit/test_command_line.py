"""The commands that README names: build, info, verify, rollback, export."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data.cli import main
from data.generations import Store
from tests.tiny_region import ROOT
from tests.unit.raw_fixtures import FIXTURES


@pytest.fixture
def two_generations(tiny_store: Store, tiny: Path) -> Store:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
    return tiny_store


def test_build_publishes_and_reports_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORE", str(tmp_path / "store"))
    assert main(["build", "official", "--raw", str(FIXTURES)]) == 0
    printed, said = capsys.readouterr()
    files = [path.name for path in FIXTURES.iterdir() if path.is_file()]
    assert all(f"  {name}　" in printed for name in files)
    assert printed.strip().endswith("世代 000001 を公開しました。")
    assert "[100%] 完了" in said
    assert main(["build", "official", "--raw", str(FIXTURES), "--quiet"]) == 0
    assert capsys.readouterr().out.strip() == "世代 000002 を公開しました。"
    assert (tmp_path / "store" / "CURRENT").read_text().strip() == "000002.duckdb"


def test_build_if_empty_leaves_a_filled_store_alone(
    tiny_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "demo", "--if-empty", "--quiet"]) == 0
    assert [path.stem for path in tiny_store.generations()] == ["000001"]
    assert capsys.readouterr().out == ""


def test_info_counts_what_the_tables_hold(
    tiny_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["info", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    with duckdb.connect(str(tiny_store.current()), read_only=True) as con:
        counts = {
            name: con.execute(f"select count(*) from {name}").fetchone()[0]
            for (name,) in con.execute(
                "select table_name from duckdb_tables() where not internal"
            ).fetchall()
        }
    assert facts["generation"] == "000001"
    assert {name: facts["counts"][name] for name in ("area", "population")} == {
        name: counts[name] for name in ("area", "population")
    }
    assert main(["info"]) == 0
    assert f"{counts['area']:,} 行" in capsys.readouterr().out


def test_verify_reads_every_generation(
    two_generations: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "世代 000001：正常",
        "世代 000002：正常",
        "表示中：世代 000002",
    ]


def test_rollback_serves_the_one_before_and_the_one_named(
    two_generations: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollback"]) == 0
    assert "世代 000001 に戻しました" in capsys.readouterr().out
    assert two_generations.pointer.read_text().strip() == "000001.duckdb"
    assert main(["rollback", "--to", "000002"]) == 0
    assert two_generations.pointer.read_text().strip() == "000002.duckdb"
    assert main(["rollback", "--to", "../../etc"]) == 1
    said = capsys.readouterr().err
    assert "戻す先の世代がありません" in said
    assert "000001、000002" in said
    assert two_generations.pointer.read_text().strip() == "000002.duckdb"


def test_export_writes_every_table_as_csv(
    tiny_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert main(["export", str(folder)]) == 0
    written = sorted(folder.glob("*.csv"))
    assert f"{len(written)} 個の表" in capsys.readouterr().out
    content = (folder / "area.csv").read_bytes()
    with duckdb.connect(str(tiny_store.current()), read_only=True) as con:
        areas = con.execute("select area_code, name from area").fetchall()
        tables = con.execute("select count(*) from duckdb_tables() where not internal").fetchone()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert {(row["area_code"], row["name"]) for row in rows} == set(areas)
    assert len(written) >= tables[0] - 2  # geometry has no place in a table of text


@pytest.mark.parametrize("arguments", [[], ["build"], ["build", "official"], ["dance"]])
def test_a_command_that_is_not_one_prints_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "python -m data" in capsys.readouterr().err


def test_the_module_runs_as_the_readme_says(tiny_store: Store) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "info"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "世代：000001" in done.stdout
