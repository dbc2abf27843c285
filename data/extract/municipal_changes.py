"""市区町村の廃置分合等 (e-Stat 標準地域コード): old and new codes with dates and reasons."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
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
    words, changes = content["reasons"], content["changes"]
    if not isinstance(words, dict) or not isinstance(changes, list):
        raise UnreadableFile("変更の一覧か、理由の一覧がありません。", file=file.name)
    rows: list[dict[str, str]] = []
    issues: list[RowIssue] = []
    for number, change in enumerate(changes):
        if isinstance(change, dict) and not (change.get("old") and change.get("new")):
            continue
        ref = f"changes[{number}]"
        faulty = _faulty(change)
        if faulty:
            issues.append(RowIssue(ref, faulty, "", f"{faulty}が読み取れないため除きました。"))
            continue
        rows.append(_row(change, words) | {"source_ref": ref})
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
    return Extract(NAME, "municipal_changes", vintage, {"changes": frame}, len(changes), issues)


def _faulty(change: object) -> str:
    """Name the first part of a change that is not as it must be, blank when all are."""
    if not isinstance(change, dict) or not all(
        isinstance(change[side], dict) for side in ("old", "new")
    ):
        return "変更"
    if not _is_day(change["date"]):
        return "date"
    for side in ("old", "new"):
        if not re.fullmatch(r"\d{5}", str(change[side]["code"])):
            return f"{side}.code"
    return ""


def _is_day(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _row(change: dict[str, Any], words: dict[str, str]) -> dict[str, str]:
    return {
        "date": change["date"],
        "reason_key": change["reason"],
        "reason": words.get(change["reason"], change["reason"]),
        "old_code": change["old"]["code"],
        "old_name": change["old"]["name"],
        "new_code": change["new"]["code"],
        "new_name": change["new"]["name"],
    }
