"""manifest.json of the raw folder: what came from where, when, and with which checksum."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import NotRequired, TypedDict

from data.errors import UserError

NAME = "manifest.json"


class Entry(TypedDict):
    """One downloaded file."""

    title: str
    source: str
    url: str
    page: str
    stated: NotRequired[str]
    fetched_at: str
    bytes: int
    sha256: str
    etag: str
    last_modified: str


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Return the entries by file name; nothing when there is no manifest yet."""
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        files: dict[str, Entry] = json.loads(path.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            "取得の記録を読めません。",
            "manifest.json を別の名前にして、もう一度実行してください。",
            file=NAME,
        ) from error
    return files


def write_manifest(folder: Path, files: dict[str, Entry]) -> None:
    """Replace the manifest in one step, so that it is never half written."""
    draft = folder / f".{NAME}.new"
    text = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=1)
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, folder / NAME)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
