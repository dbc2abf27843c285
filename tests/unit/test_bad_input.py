"""Bad input gets one clear Japanese message that says what to do, and nothing is lost."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.cli import main
from data.generations import Store
from tests.tiny_region import ROOT
from tests.unit.raw_fixtures import FIXTURES

NOBODY = 65534
HOLDER = """
import sys, time
from pathlib import Path
from data.generations import Store
with Store(Path(sys.argv[1])).writing():
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES, tmp_path / "raw"))


@pytest.fixture
def new_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("STORE", str(tmp_path / "new_store"))
    return Store(tmp_path / "new_store")


def is_one_clear_message(text: str) -> bool:
    """Japanese, a few lines, no traceback and no name of a Python exception."""
    lines = text.strip().splitlines()
    return (
        0 < len(lines) <= 3
        and re.search(r"[ぁ-ん]", text) is not None
        and re.search(r"Traceback|Error\b|Errno", text) is None
    )


def contents(store: Store) -> dict[str, str]:
    """Every file of the store except the lock, by its digest."""
    return {
        path.relative_to(store.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in store.root.rglob("*")
        if path.is_file() and path.name != "write.lock"
    }


def last_words(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said besides the steps of the build."""
    said = capsys.readouterr().err.splitlines()
    return "\n".join(line for line in said if not re.match(r"\[ *\d+%\]", line))


def launch(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/launch.py", "run"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_missing_raw_folder_is_named(
    new_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "official", "--raw", str(tmp_path / "nowhere")]) == 1
    said = last_words(capsys)
    assert is_one_clear_message(said), said
    assert "フォルダーがありません" in said
    assert "nowhere" in said
    assert "--raw" in said
    assert new_store.is_empty()


@pytest.mark.parametrize("content", [None, "地図ではない,表\n1,2\n"])
def test_a_raw_folder_with_nothing_usable_keeps_what_is_published(
    tiny_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    if content:
        (folder / "memo.csv").write_text(content, encoding="utf-8")
    before = contents(tiny_store)
    assert main(["build", "official", "--raw", str(folder)]) == 1
    said = last_words(capsys)
    assert is_one_clear_message(said), said
    assert "使える資料がありません" in said
    assert "N03" in said
    assert contents(tiny_store) == before


def test_unknown_and_broken_files_are_named_and_the_build_goes_on(
    raw: Path, new_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (raw / "geo_n03_2024_85.geojson").read_bytes()
    (raw / "cut.geojson").write_bytes(whole[: len(whole) // 2])
    (raw / "memo.csv").write_text("会議,メモ\n1,2\n", encoding="utf-8")
    (raw / "nothing.csv").write_bytes(b"")
    (raw / "noise.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)))
    assert main(["build", "official", "--raw", str(raw)]) == 0
    printed = capsys.readouterr().out
    assert "cut.geojson　市区町村の境界（N03）・読めません" in printed
    for name in ("memo.csv", "nothing.csv", "noise.xlsx"):
        assert re.search(rf"{re.escape(name)}　.*(様式が分かりません|読めません)", printed), name
    assert "geo_n03_2024_85.geojson　市区町村の境界（N03）・読み込み" in printed
    with duckdb.connect(str(new_store.current()), read_only=True) as con:
        outcomes = dict(con.execute("select file_name, outcome from build_report").fetchall())
        areas = con.execute("select count(*) from area where area_code like '85___'").fetchone()
        reasons = con.execute(
            "select count(*) from build_report where outcome != 'loaded' and reason is null"
        ).fetchone()
    assert outcomes["cut.geojson"] == "broken"
    assert outcomes["memo.csv"] == "not_recognised"
    assert outcomes["nothing.csv"] == outcomes["noise.xlsx"] == "broken"
    assert outcomes["geo_n03_2024_85.geojson"] == "loaded"
    assert areas[0] > 0
    assert reasons == (0,)


def test_a_port_in_use_is_named_with_another_one(tiny_store: Store) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = time.monotonic()
        done = launch(PORT=str(port), HOST="127.0.0.1")
    assert done.returncode not in (0, None)
    assert is_one_clear_message(done.stderr), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"ポート {port}" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr
    assert done.stdout == ""
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_no_port_is_named(port: str) -> None:
    done = launch(PORT=port)
    assert done.returncode == 1
    assert is_one_clear_message(done.stderr), done.stderr
    assert f"PORT={port}" in done.stderr


def test_a_second_writer_is_told_to_wait(
    tiny_store: Store, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(tiny_store)
    command = [sys.executable, "-c", HOLDER, str(tiny_store.root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline().strip() == "writing"
        try:
            code = main(["build", "official", "--raw", str(raw)])
            info = main(["info"])
        finally:
            holder.kill()
    said = last_words(capsys)
    assert (code, info) == (1, 0)
    assert is_one_clear_message(said), said
    assert "ほかの処理がデータを更新している" in said
    assert contents(tiny_store) == before


@pytest.fixture
def locked_store(tiny: Path) -> Iterator[Store]:
    """A store that a user without rights can read but not write, as on a read-only disk."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        with store.writing() as draft:
            draft.write_bytes(tiny.read_bytes())
        for path in (Path(folder), *store.root.rglob("*"), store.root):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield store
        for path in (store.root, *store.root.rglob("*")):
            path.chmod(0o755)


@pytest.fixture
def without_rights(locked_store: Store) -> Iterator[None]:
    """Lay down the rights of root, to whom no folder is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="rights of files work differently on Windows")
@pytest.mark.usefixtures("without_rights")
def test_a_store_on_a_read_only_disk_is_read_but_not_written(
    locked_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORE", str(locked_store.root))
    before = contents(locked_store)
    assert main(["info"]) == 0
    assert "世代：000001" in capsys.readouterr().out
    assert main(["build", "official", "--raw", str(locked_store.root.parent)]) == 1
    said = last_words(capsys)
    assert is_one_clear_message(said), said
    assert "書き込めません" in said
    assert "STORE" in said
    assert contents(locked_store) == before


def test_an_empty_store_says_how_to_fill_it(
    new_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["info"]) == 1
    said = last_words(capsys)
    assert is_one_clear_message(said), said
    assert "python -m data build demo" in said
    assert "--raw" in said


def test_a_pointer_to_nothing_is_got_over(
    tiny_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_store.pointer.write_bytes(b"\xff\xfe??")
    assert main(["info"]) == 0
    assert "世代：000001" in capsys.readouterr().out


def test_a_generation_cut_in_half_is_found_by_verify_and_got_over_by_info(
    tiny_store: Store, tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
    newest = tiny_store.folder / "000002.duckdb"
    newest.write_bytes(newest.read_bytes()[: newest.stat().st_size // 2])
    assert main(["verify"]) == 1
    said = last_words(capsys)
    assert is_one_clear_message(said), said
    assert "世代 000002 は壊れています" in said
    assert main(["info"]) == 0
    assert "世代：000001" in capsys.readouterr().out
    assert (tiny_store.root / "quarantine" / "000002.duckdb").exists()


def test_lost_data_are_not_replaced_by_the_demo(
    tiny_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny_store.folder / "000001.duckdb").write_bytes(b"x")
    for _ in range(2):
        assert main(["info"]) == 1
        said = last_words(capsys)
        assert is_one_clear_message(said), said
        assert "壊れている" in said
        assert "バックアップ" in said
    assert main(["build", "demo", "--if-empty", "--quiet"]) == 0
    assert tiny_store.generations() == []
