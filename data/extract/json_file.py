"""JSON files as objects."""

from __future__ import annotations

import json
from typing import Any

from data.errors import UnreadableFile
from data.extract import RawFile


def read_json(file: RawFile) -> dict[str, Any]:
    """Return the object in a JSON file."""
    try:
        content = json.loads(file.path.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            "JSONとして読めません。", action="公表元から取得し直してください。", file=file.name
        ) from error
    if not isinstance(content, dict):
        raise UnreadableFile("JSONの中身が想定と違います。", file=file.name)
    return content
