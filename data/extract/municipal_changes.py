"""市区町村の廃置分合等 (e-Stat 標準地域コード): old and new codes with dates and reasons."""

from __future__ import annotations

import pandas as pd

from data.extract import Extract, RawFile
from data.extract.json_file import read_json

NAME = "市区町村の変更履歴（標準地域コード）"


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its top-level keys."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and (
        b'"reasons"' in head and b'"changes"' in head
    )


def read(file: RawFile) -> Extract:
    """Read one row per pair of old and new code, the reason as key and in Japanese."""
    content = read_json(file)
    words = content["reasons"]
    rows = [
        {
            "date": change["date"],
            "reason_key": change["reason"],
            "reason": words.get(change["reason"], change["reason"]),
            "old_code": change["old"]["code"],
            "old_name": change["old"]["name"],
            "new_code": change["new"]["code"],
            "new_name": change["new"]["name"],
            "source_ref": f"changes[{number}]",
        }
        for number, change in enumerate(content["changes"])
        if change.get("old") and change.get("new")
    ]
    columns = [
        "date",
        "reason_key",
        "reason",
        "old_code",
        "old_name",
        "new_code",
        "new_name",
        "source_ref",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    vintage = f"{content['fetched_at']}取得" if content.get("fetched_at") else ""
    return Extract(NAME, "municipal_changes", vintage, {"changes": frame}, len(content["changes"]))
