"""Raw files in, one published generation out: read, harmonise, validate, derive, publish."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from data.accepted.carrying import carry_uploads
from data.accepted.zone_layers import place_zones
from data.catalogue import Catalogue, load_catalogue
from data.demo.raw import write_demo_raw
from data.demo.size import USUAL, DemoSize
from data.derive.parts import derive_descendants
from data.derive.run import derive_tables
from data.errors import BuildError, StoreError
from data.generations import Store
from data.harmonise.area_files import areas_of_files, require_boundaries
from data.harmonise.areas import AreaTables
from data.harmonise.files import Found, harmonise_files
from data.harmonise.refusal import ended_clearly
from data.harmonise.scope import name_the_whole
from data.reading import Progress, read_folder, source_row
from data.report import BuildReport
from data.tables import create_tables, insert_frame
from data.vintages import set_older_aside
from geo.layers import build_layers

SCHEMA_VERSION = "1"
DEMO_SEED = 20261122


def _silent(text: str, share: float) -> None:
    """Tell nobody."""


def build_demo(
    store: Store,
    *,
    seed: int = DEMO_SEED,
    size: DemoSize = USUAL,
    progress: Progress = _silent,
) -> BuildReport:
    """Invent the demo region as raw files, and publish a generation built from them."""
    store.require_writable()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        write_demo_raw(
            raw, seed=seed, size=size, progress=lambda text, share: progress(text, 0.4 * share)
        )
        return build_from_raw(
            store,
            raw=raw,
            dataset="demo",
            progress=lambda text, share: progress(text, 0.4 + 0.6 * share),
        )


def build_from_raw(
    store: Store,
    *,
    raw: Path,
    dataset: str,
    prefectures: set[str] | None = None,
    progress: Progress = _silent,
) -> BuildReport:
    """Publish a generation from a folder of raw files; the published one stays if this fails."""
    if not raw.is_dir():
        raise BuildError(
            f"フォルダーがありません：{raw}", "--raw に、資料を入れたフォルダーを指定してください。"
        )
    load_catalogue()  # what is wrong there is told before files are read
    report = BuildReport()
    with ended_clearly(), store.writing() as draft:
        found = read_folder(
            raw, report=report, progress=lambda text, share: progress(text, 0.4 * share)
        )
        require_boundaries(found, files=report.files)
        set_older_aside(found)
        progress("地域と境界を整えています", 0.4)
        areas = areas_of_files(
            found,
            files=report.files,
            prefectures=prefectures,
            progress=lambda text: progress(text, 0.45),
        )
        _name_sources(found, areas)
        if prefectures is not None:
            name_the_whole(areas)
        tables = harmonise_files(found, areas, is_part=prefectures is not None)
        with duckdb.connect(str(draft)) as con:
            progress("表に書き込んでいます", 0.6)
            _write_loaded(con, found, tables, raw=raw, dataset=dataset)
            _carry_uploads(con, store, dataset)
            progress("地図を作っています", 0.65)
            _write_layers(con, areas)
            progress("指標を計算しています", 0.85)
            derive_tables(con, catalogue=load_catalogue())
            _write_report(con, report, dataset)
        progress("検証して公開しています", 0.95)
    progress("完了", 1.0)
    return report


def _name_sources(found: Found, areas: AreaTables) -> None:
    names = Counter(Path(entry.file_name).name for entry, _ in found)
    for entry, extract in found:
        for unused, reason in areas.superseded:
            if unused is extract:
                entry.outcome, entry.reason = "not_used", reason
        entry.issues.extend(issue for owner, issue in areas.issues if owner is extract)
        if entry.outcome in ("loaded", "older"):
            own = Path(entry.file_name).name
            told = own if names[own] == 1 else entry.file_name
            entry.source_id = f"{extract.source_key}:{told}"


def _write_loaded(
    con: duckdb.DuckDBPyConnection,
    found: Found,
    tables: dict[str, pd.DataFrame],
    *,
    raw: Path,
    dataset: str,
) -> None:
    """Create the schema and write all that comes from files and from the catalogue."""
    catalogue = load_catalogue()
    create_tables(con)
    for table, frame in tables.items():
        insert_frame(con, table, frame)
    _write_sources(con, found, raw, dataset, catalogue)
    _write_facts(con, catalogue)
    derive_descendants(con)


def _carry_uploads(con: duckdb.DuckDBPyConnection, store: Store, dataset: str) -> None:
    """Take accepted uploads over from what is served now, if anything is."""
    if store.is_empty():
        return
    with suppress(StoreError):  # nothing sound to take them from; the originals stay in imports/
        carry_uploads(con, published=store.current(), dataset=dataset)


def _write_sources(
    con: duckdb.DuckDBPyConnection, found: Found, raw: Path, dataset: str, catalogue: Catalogue
) -> None:
    rows = [
        source_row(entry, extract, folder=raw, dataset=dataset, catalogue=catalogue)
        for entry, extract in found
        if entry.source_id
    ]
    insert_frame(con, "source", pd.DataFrame(rows).drop_duplicates("source_id"))


def _write_layers(con: duckdb.DuckDBPyConnection, areas: AreaTables) -> None:
    descendants = con.execute(
        "select ancestor_code, descendant_code, level from area_descendant where valid_to is null"
    ).df()
    names = con.execute("select area_code, name as area_name, area_type from area").df()
    boundary, topology, neighbour = build_layers(areas.boundaries, descendants, names)
    insert_frame(con, "area_boundary", boundary)
    insert_frame(con, "boundary_topology", topology)
    insert_frame(con, "area_neighbour", neighbour)
    place_zones(con)


def _write_facts(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    insert_frame(
        con, "reference_fact", pd.DataFrame([fact.model_dump() for fact in catalogue.facts])
    )


def _write_report(con: duckdb.DuckDBPyConnection, report: BuildReport, dataset: str) -> None:
    insert_frame(con, "build_report", report.file_frame())
    insert_frame(con, "row_issue", report.issue_frame())
    facts = {
        "dataset": dataset,
        "schema_version": SCHEMA_VERSION,
        "built_at": datetime.now(tz=UTC).astimezone().isoformat(timespec="seconds"),
    }
    insert_frame(con, "meta", pd.DataFrame(facts.items(), columns=["key", "value"]))
