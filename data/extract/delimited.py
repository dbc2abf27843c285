"""Delimited text as published: UTF-8 with or without a mark, or CP932; every value stays text."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pandas as pd

from data.errors import UnreadableFile
from data.extract import RowIssue, text_table

_ENCODINGS = ("utf-8-sig", "cp932")
_TORN = "unexpected end of data"


def plain(label: object) -> str:
    """Return a label folded for comparison: NFKC, without any space."""
    return "".join(unicodedata.normalize("NFKC", str(label)).split())


def header_of(head: bytes) -> set[str]:
    """Return the folded column labels of the first line, or nothing when it is not text."""
    return {plain(label) for label in text_table.header_of(head)}


def read_delimited(
    content: bytes, *, file_name: str, unwanted: re.Pattern[str] | None = None
) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Return the rows as text with their source_ref, and the rows whose width is wrong.

    Columns with an unwanted label are left out.
    """
    rows = list(csv.reader(io.StringIO(_decode(content, file_name), newline="")))
    header = [plain(label) for label in rows[0]]
    if len(rows[-1]) < len(header) and not content.endswith((b"\n", b"\r")):
        raise UnreadableFile(
            f"行 {len(rows)} の途中で切れています。",
            action="残りの行がないので使いません。公表元から取得し直してください。",
            file=file_name,
        )
    chosen = [n for n, label in enumerate(header) if not (unwanted and unwanted.match(label))]
    is_whole = len(chosen) == len(header)
    kept: list[list[str]] = []
    issues: list[RowIssue] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        ref = f"行 {number}"
        if len(row) == len(header):
            kept.append([*(row if is_whole else [row[n] for n in chosen]), ref])
        else:
            reason = f"列の数が見出し（{len(header)}列）と違うため除きました。"
            issues.append(RowIssue(ref, "", f"{len(row)}列", reason))
    columns = [*(header[n] for n in chosen), "source_ref"]
    return pd.DataFrame(kept, columns=columns, dtype="str"), issues


def _decode(content: bytes, file_name: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            if error.reason == _TORN:  # before CP932, which reads most of what is torn
                raise UnreadableFile(
                    "最後の文字の途中で切れています。",
                    action="残りの行がないので使いません。公表元から取得し直してください。",
                    file=file_name,
                ) from error
    raise UnreadableFile(
        "文字コードを読み取れません。",
        action="UTF-8 か Shift_JIS (CP932) の CSV を、公表元から取得し直してください。",
        file=file_name,
    )
