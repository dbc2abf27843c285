"""The uploaded originals, kept beside the generations under their checksum."""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from data.errors import StoreError
from data.generation_file import sync
from data.store_faults import not_writable
from surveys.uploads import UploadedFile

FOLDER = "imports"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep_originals(root: Path, files: Iterable[UploadedFile]) -> None:
    """Write every file once, whole or not at all."""
    try:
        _write(root / FOLDER, files)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise not_writable(root) from error
        raise


def _write(folder: Path, files: Iterable[UploadedFile]) -> None:
    folder.mkdir(exist_ok=True)
    for file in files:
        target = folder / file.sha256
        if target.exists() and target.stat().st_size == len(file.content):
            continue
        fresh = folder / f"{file.sha256}.new"
        fresh.write_bytes(file.content)
        sync(fresh)
        fresh.replace(target)
    sync(folder)


def original_bytes(root: Path, sha256: str) -> bytes:
    """Return a kept original; StoreError where it is gone or no longer what it was."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("no checksum")
    try:
        content = (root / FOLDER / sha256).read_bytes()
    except OSError as error:
        raise StoreError(
            "取込の原本が見つかりません。", "バックアップから戻してください。"
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreError("取込の原本が壊れています。", "バックアップから戻してください。")
    return content
