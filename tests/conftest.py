"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.generations import Store
from tests.tiny_region import SCHEMA, write_tiny_region


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_region(tmp_path_factory.mktemp("tiny") / "tiny.duckdb")


@pytest.fixture
def tiny_con(tiny: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(tiny), read_only=True) as con:
        yield con


@pytest.fixture
def tiny_store(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
    monkeypatch.setenv("STORE", str(store.root))
    return store


@pytest.fixture
def fresh_con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        yield con


@pytest.fixture(scope="session")
def official_raw() -> Path:
    folder = os.environ.get("OFFICIAL_RAW")
    if not folder:
        pytest.skip("OFFICIAL_RAW names no folder with the publishers' files")
    return Path(folder)
