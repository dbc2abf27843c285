"""The raw folder: every file recognised by content and read, one after another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import structlog

from data.catalogue import Catalogue
from data.damage import FAILURES, TORN, damage_of
from data.errors import UserError
from data.extract import Extract, RawFile, recognise
from data.extract.needed import require_columns, resembled
from data.fetch.manifest import Entry, read_manifest
from data.harmonise.refusal import log_bug, place_of
from data.report import BuildReport, FileReport

log = structlog.get_logger()
Progress = Callable[[str, float], None]
NOT_RECOGNISED = "内容から様式を判別できませんでした。対応する様式は docs の資料一覧にあります。"
UNREAD = (
    "読む途中で、この製品が想定していない内容に当たりました（記録：{}）。"
    "このファイルは使わず、ほかのファイルだけで作りました。公表元から取り直し、"
    "それでも同じなら、ファイルの名前とこの記録を、この製品の保守の担当に伝えてください。"
)
_IGNORED = {"README.md", "manifest.json", ".DS_Store", "Thumbs.db", "desktop.ini"}


def raw_files(folder: Path) -> list[RawFile]:
    """Return the files below a raw folder in the order of their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        RawFile(path=path, name=path.relative_to(folder).as_posix())
        for path in paths
        if path.name not in _IGNORED and not path.name.startswith(("~$", "."))
    ]


def read_folder(
    folder: Path, *, report: BuildReport, progress: Progress
) -> list[tuple[FileReport, Extract]]:
    """Read every file, noting in the report those that are not recognised or broken."""
    files = raw_files(folder)
    fetched = _fetched(folder)
    found = []
    for number, file in enumerate(files):
        progress(f"読み込み：{file.name}", number / len(files))
        entry = FileReport(file_name=file.name)
        report.files.append(entry)
        stated = fetched[file.name].get("stated", "") if file.name in fetched else ""
        extract = _read(file, entry, stated=stated)
        if extract is not None:
            found.append((entry, extract))
    return found


def _fetched(folder: Path) -> dict[str, Entry]:
    """Return what the download noted of its files; a damaged note is as good as none."""
    try:
        return read_manifest(folder)
    except UserError as error:
        log.warning("manifest_unread", error=type(error).__name__)
        return {}


def _read(file: RawFile, entry: FileReport, *, stated: str) -> Extract | None:
    try:
        layout = recognise(file)
        if layout is None:
            damage = damage_of(file.path)
            entry.outcome = "broken" if damage else "not_recognised"
            entry.reason = damage or resembled(file) or NOT_RECOGNISED
            return None
        entry.layout = layout.NAME
        extract = layout.read(file)
        require_columns(layout, extract, file)
    except UserError as error:
        entry.outcome, entry.reason = "broken", error.in_file()
        return None
    except FAILURES as error:  # the build goes on without it
        log.warning("raw_file_broken", file=file.name, error=type(error).__name__)
        entry.outcome, entry.reason = "broken", _without(error)
        return None
    except MemoryError:  # says nothing of the file
        raise
    except Exception as error:
        log_bug(file.name, error, event="reading_failed")
        entry.outcome, entry.reason = "failed", UNREAD.format(place_of(error))
        return None
    if stated and getattr(layout, "DATED_ON_PAGE", False):
        extract.vintage = stated
    entry.rows_read, entry.vintage = extract.rows_read, extract.vintage
    entry.issues.extend(extract.issues)
    entry.outcome = "loaded" if extract.frames else "not_used"
    return extract


def _without(error: Exception) -> str:
    """Name the entry that a file lacks, where the error does; else call the file torn."""
    named = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
    return f"必要な項目「{named}」がありません。" if named else TORN


def source_row(
    file: FileReport, extract: Extract, *, folder: Path, dataset: str, catalogue: Catalogue
) -> dict[str, str | date | None]:
    """Return the row of the table source for a loaded file; a demo file claims no publisher."""
    path = folder / file.file_name
    known = catalogue.sources[extract.source_key]
    entry = known.model_copy(update=extract.cited)
    is_demo = dataset == "demo"
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "source_id": file.source_id,
        "title": _demo_title(known.title, extract) if is_demo else entry.title,
        "publisher": (catalogue.sources["demo"] if is_demo else entry).publisher,
        "licence": "架空のデータ（実在の地域・施設とは関係ありません）"
        if is_demo
        else entry.licence,
        "url": None if is_demo else entry.url,
        "vintage": file.vintage,
        "file_name": file.file_name,
        "sha256": digest,
        "retrieved_on": datetime.fromtimestamp(path.stat().st_mtime).astimezone().date(),
    }


def _demo_title(title: str, extract: Extract) -> str:
    named = extract.cited.get("title")
    return f"演習データ（架空）：{named or title + 'の様式'}"
