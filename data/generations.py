"""The store: immutable generations, a pointer to the current one, and one writer at a time."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import BaseFileLock, FileLock, Timeout

from data.errors import StoreError
from data.generation_file import describe, file_problem, manifest_path, open_generation, sync
from data.store_faults import (
    EMPTY_ACTION,
    NOT_WRITABLE,
    fallback_banner,
    is_disk_full,
    no_space,
    not_writable,
)
from data.verification import check_generation

__all__ = ["Store", "open_generation"]

KEPT = 14
LOCK_SECONDS = 0.5
SPACE_FACTOR = 3
_NAME = re.compile(r"\d{6}\.duckdb")


class Store:
    """A folder of generations; readers never write to it."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self._checked: dict[tuple[str, int, int], str | None] = {}
        self._banner: str | None = None
        if str(root).startswith(("\\\\", "//")):
            raise StoreError(
                "ネットワーク共有（UNCパス）は保存先にできません。",
                "このパソコンのディスク上のフォルダーを STORE に指定してください。",
            )

    @property
    def folder(self) -> Path:
        """The folder that holds the generation files."""
        return self.root / "generations"

    @property
    def pointer(self) -> Path:
        """The file that names the current generation."""
        return self.root / "CURRENT"

    def generations(self) -> list[Path]:
        """Return the published generations, oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))

    def is_empty(self) -> bool:
        """Tell whether nothing has ever been published here (a lost generation is not nothing)."""
        return not (self.generations() or self.pointer.exists() or self._set_aside())

    def _set_aside(self) -> list[Path]:
        return list((self.root / "quarantine").glob("*.duckdb"))

    def stamp(self) -> tuple[int, int]:
        """Return a cheap mark (one stat) that changes whenever CURRENT is replaced."""
        try:
            status = self.pointer.stat()
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    def banner(self) -> str | None:
        """Return the sentence to show when `current` had to fall back, else nothing."""
        return self._banner

    def current(self) -> Path:
        """Return the generation to serve: the one CURRENT names, else the newest sound one."""
        if self.is_empty():
            raise StoreError(f"保存先にデータがありません（{self.root.name}）。", EMPTY_ACTION)
        named = self._named()
        for path in self._candidates(named, self.generations()):
            problem = self.problem_of(path)
            if problem is None:
                self._banner = None if path == named else fallback_banner(named, path)
                return path
            self._quarantine(path)
        raise StoreError(
            "保存先のデータがすべて壊れているため、開けません。",
            "バックアップから保存先のフォルダーを戻すか、作り直してください。" + EMPTY_ACTION,
        )

    def _candidates(self, named: Path | None, found: list[Path]) -> list[Path]:
        older = [path for path in reversed(found) if named is None or path.name < named.name]
        newer = [path for path in reversed(found) if named is not None and path.name > named.name]
        first = [named] if named is not None and named in found else []
        return first + older + newer

    def _named(self) -> Path | None:
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return self.folder / name if _NAME.fullmatch(name) else None

    def problem_of(self, path: Path) -> str | None:
        """Return what is wrong with a generation, else nothing; a file is read once only."""
        status = path.stat()
        key = (path.name, status.st_size, status.st_mtime_ns)
        if key not in self._checked:
            self._checked[key] = file_problem(path)
        return self._checked[key]

    def _quarantine(self, path: Path) -> None:
        """Set a broken file aside; on a read-only disk it stays and is skipped."""
        target = self.root / "quarantine"
        try:
            target.mkdir(exist_ok=True)
            for part in (path, manifest_path(path)):
                if part.exists():
                    part.replace(target / part.name)
        except OSError:
            return

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Yield the path of a draft; when the block ends well, verify and publish it."""
        with self._locked():
            for leftover in self.folder.glob("draft-*"):
                leftover.unlink()
            self._require_space()
            draft = self.folder / f"draft-{os.getpid()}.duckdb"
            try:
                yield draft
                self._publish(draft)
            except (OSError, duckdb.IOException) as error:
                if is_disk_full(error):
                    raise no_space("書き込みの途中でなくなりました") from error
                raise
            finally:
                for part in self.folder.glob(f"{draft.name}*"):
                    part.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self._acquire()
        try:
            yield
        finally:
            lock.release()

    def _acquire(self) -> BaseFileLock:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / "write.lock", timeout=LOCK_SECONDS)
            lock.acquire()
        except Timeout as error:
            raise StoreError(
                "ほかの処理がデータを更新しているため、いまは更新できません。",
                "その処理が終わってから、もう一度実行してください。",
            ) from error
        except PermissionError as error:
            raise not_writable(self.root) from error
        except OSError as error:
            if error.errno in NOT_WRITABLE:
                raise not_writable(self.root) from error
            raise
        return lock

    def require_writable(self) -> None:
        """Raise StoreError now when a later `writing` would find the store locked or full."""
        with self._locked():
            self._require_space()

    def _require_space(self) -> None:
        found = self.generations()
        needed = SPACE_FACTOR * found[-1].stat().st_size if found else 0
        if shutil.disk_usage(self.folder).free < needed:
            raise no_space(f"{needed // 1_000_000} MB 必要です")

    def _publish(self, draft: Path) -> None:
        found = self.generations()
        taken = [*found, *self._set_aside()]
        numbers = [int(path.stem) for path in taken if path.stem.isdigit()]
        target = self.folder / f"{max(numbers, default=0) + 1:06d}.duckdb"
        with duckdb.connect(str(draft)) as con:
            con.execute("delete from meta where key = 'generation'")
            con.execute("insert into meta values ('generation', $name)", {"name": target.stem})
            con.execute("checkpoint")
        check_generation(draft)
        manifest = manifest_path(target)
        manifest.write_text(json.dumps(describe(draft), indent=1), encoding="utf-8")
        sync(manifest)
        sync(draft)
        draft.replace(target)
        sync(self.folder)
        self._point_to(target)
        for old in self.generations()[:-KEPT]:
            if old != self._named():
                old.unlink()
                manifest_path(old).unlink(missing_ok=True)

    def _point_to(self, generation: Path) -> None:
        fresh = self.root / "CURRENT.new"
        fresh.write_text(generation.name + "\n", encoding="utf-8")
        sync(fresh)
        for attempt in range(20):
            try:
                fresh.replace(self.pointer)
                break
            except PermissionError:  # on Windows while a reader has it open
                if attempt == 19:
                    raise
                time.sleep(0.05)
        sync(self.root)

    def rollback(self, to: str | None = None) -> Path:
        """Serve an earlier generation again (the one before the current, or the one named)."""
        with self._locked():
            current = self.current()
            older = [path for path in self.generations() if path.name < current.name]
            wanted = self.folder / f"{to}.duckdb" if to else (older[-1] if older else None)
            if wanted is None or wanted not in self.generations():
                kept = "、".join(path.stem for path in self.generations())
                raise StoreError("戻す先の世代がありません。", f"保存されている世代：{kept}")
            problem = file_problem(wanted)
            if problem:
                raise StoreError(f"世代 {wanted.stem} は壊れているため戻せません。", problem)
            self._point_to(wanted)
            return wanted
