"""Readings of municipal names, by code."""

from __future__ import annotations

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.json_file import read_json

NAME = "市区町村名のよみ"


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its top-level key."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"kana"' in head


def read(file: RawFile) -> Extract:
    """Read one row per code."""
    content = read_json(file)
    kana = content["kana"]
    if not isinstance(kana, dict):
        raise UnreadableFile("よみの一覧（kana）がありません。", file=file.name)
    frame = pd.DataFrame(
        {
            "code": list(kana),
            "kana": list(kana.values()),
            "source_ref": [f"kana.{code}" for code in kana],
        },
        dtype="str",
    )
    vintage = f"{content['asOf']}現在" if content.get("asOf") else ""
    return Extract(NAME, "municipal_kana", vintage, {"kana": frame}, len(frame))
