"""A store built from the hand-written raw files, and tables that staff bring to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from data.build import build_from_raw
from data.generations import Store, open_generation
from surveys.acceptance import Accepted
from surveys.table_acceptance import accept_tables
from surveys.table_proposal import TableProposal, propose_tables
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.intake_stand import STAFF
from tests.unit.raw_fixtures import FIXTURES

RAW = (
    "geo_N03-21_85_210101.geojson",
    "municipal_changes.json",
    "municipal_kana.json",
    "municipal_membership.csv",
    "ipss_age.csv",
)
HEAD = "様式,指標の表（共通様式）\n資料名,死亡の場所\n公表者,見本県\n時点,令和5年\n\n"
COLUMNS = "地域コード,地域名,時点,項目,数値\n"
MEMBER_COLUMNS = "団体コード,市区町村名,圏域種別,圏域コード,圏域名,適用開始,適用終了\n"


def raw_folder(root: Path, **tables: str) -> Path:
    """Copy the raw files; tables are further CSV files by their name."""
    root.mkdir(exist_ok=True)
    for name in RAW:
        shutil.copyfile(FIXTURES / name, root / name)
    for name, text in tables.items():
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
    return root


def built(root: Path, raw: Path) -> Store:
    store = Store(root)
    build_from_raw(store, raw=raw, dataset="official")
    return store


def proposed(store: Store, *texts: str, name: str = "表{}.csv") -> TableProposal:
    files = [UploadedFile(name.format(n), text.encode()) for n, text in enumerate(texts, start=1)]
    return propose_tables(store, actor=STAFF, read=read_uploads(files, actor=STAFF))


def accepted(store: Store, *texts: str) -> Accepted:
    found = proposed(store, *texts)
    reasons = dict.fromkeys(found.warnings, "確かめた")
    return accept_tables(store, actor=STAFF, proposal=found, reasons=reasons)


def rows_of(store: Store, query: str) -> list[tuple[object, ...]]:
    with open_generation(store.current()) as con:
        return list(con.execute(query).fetchall())


def snapshot(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every table that a membership changes, in an order of its own."""
    tables = (
        "area", "area_membership", "area_descendant", "population_total", "facility_count",
        "indicator", "observation", "area_boundary", "boundary_topology",
    )  # fmt: skip
    with duckdb.connect(str(path), read_only=True) as con:
        return {name: con.table(name).order("all").fetchall() for name in tables}
