"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock
from hypothesis import settings

from data.generations import Store
from tests.tiny_region import ROOT, SCHEMA, write_tiny_region

# How long things take is measured by the benchmarks, not by tests on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_region(tmp_path_factory.mktemp("tiny") / "tiny.duckdb")


@pytest.fixture
def tiny_con(tiny: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(tiny), read_only=True) as con:
        yield con


def built_store(root: Path, tiny: Path) -> Store:
    """Return a new store whose one generation is the tiny region."""
    store = Store(root)
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
    return store


class Shelf:
    """Keeps the tiny store of a file of tests as long as no test of it has written there."""

    def __init__(self, tiny: Path, factory: pytest.TempPathFactory) -> None:
        self.tiny, self.factory = tiny, factory
        self.store: Store | None = None
        self.stand: list[tuple[str, int, int, int]] = []

    def lend(self) -> Store:
        """Return a store as a build leaves it: the last one untouched, else another."""
        if self.store is None or standing(self.store.root) != self.stand:
            self.store = built_store(self.factory.mktemp("store") / "store", self.tiny)
            self.stand = standing(self.store.root)
        return self.store


def standing(folder: Path) -> list[tuple[str, int, int, int]]:
    """Return what tells an untouched folder: names, modes, sizes and times."""
    facts = [(path, path.lstat()) for path in sorted([folder, *folder.rglob("*")])]
    return [(str(path), fact.st_mode, fact.st_size, fact.st_mtime_ns) for path, fact in facts]


@pytest.fixture(scope="module")
def shelf(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tiny, tmp_path_factory)


@pytest.fixture
def tiny_store(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = shelf.lend()
    monkeypatch.setenv("STORE", str(store.root))
    return store


@pytest.fixture
def unseen_store(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store of which nothing is cached yet."""
    store = built_store(tmp_path / "store", tiny)
    monkeypatch.setenv("STORE", str(store.root))
    return store


@pytest.fixture
def fresh_con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        yield con


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the whole demo region, built once by the command that the README names.

    TEST_DEMO_STORE names one that was built before, to save the build while developing.
    """
    if ready := os.environ.get("TEST_DEMO_STORE"):
        return Path(ready)
    return built_once(tmp_path_factory, "demo")


@pytest.fixture(scope="session")
def official_store(official_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the publishers' files of all Japan; TEST_OFFICIAL_STORE as above."""
    if ready := os.environ.get("TEST_OFFICIAL_STORE"):
        return Path(ready)
    return built_once(tmp_path_factory, "official", "--raw", str(official_raw))


def built_once(factory: pytest.TempPathFactory, *arguments: str) -> Path:
    """Build a store that all workers of one run share; the first to ask builds it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    store = shared / f"{arguments[0]}_store"
    with FileLock(store.with_suffix(".lock")):
        if not (store / "CURRENT").exists():
            build_on_command_line(*arguments, store=store)
    return store


def build_on_command_line(*arguments: str, store: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "data", "build", *arguments],
        cwd=ROOT,
        env={**os.environ, "STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def official_raw() -> Path:
    folder = os.environ.get("OFFICIAL_RAW")
    if not folder:
        pytest.skip("OFFICIAL_RAW names no folder with the publishers' files")
    return Path(folder)
