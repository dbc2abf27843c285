"""Whether a file that no layout recognises is damaged rather than unknown."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pandas as pd

_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE_ENDINGS = (".xlsx", ".zip")
# A damaged file fails in as many ways as there are parsers.
FAILURES = (
    zipfile.BadZipFile,
    UnicodeError,
    ValueError,
    LookupError,
    OSError,
    pd.errors.ParserError,
)
TORN = "ファイルが壊れているか、途中で切れています。公表元から取得し直してください。"
EMPTY = "空のファイルです。公表元から取得し直してください。"
OLD = "旧形式の xls か、パスワード付きのブックです。パスワードのない xlsx で保存し直してください。"
NOT_AN_ARCHIVE = "名前は xlsx か zip ですが、中身が違います。公表元から取得し直してください。"


def damage_of(path: Path) -> str | None:
    """Return what is wrong with a file in Japanese, or nothing when it can be opened."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if not head:
        return EMPTY
    if head == _OLD_OFFICE:
        return OLD
    if not head.startswith(_ARCHIVE):
        return NOT_AN_ARCHIVE if path.suffix.lower() in _ARCHIVE_ENDINGS else None
    try:
        with zipfile.ZipFile(path) as archive:
            return TORN if archive.testzip() else None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return TORN
