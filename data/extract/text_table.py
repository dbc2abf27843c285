"""Delimited text in UTF-8 (with or without BOM) or CP932, as text, with its row numbers."""

from __future__ import annotations

import csv
import io

import pandas as pd

from data.errors import UnreadableFile
from data.extract import RawFile

_ENCODINGS = ("utf-8-sig", "cp932")


def header_of(head: bytes) -> list[str]:
    """Return the fields of the first line, or nothing when it is no text."""
    line = head.split(b"\n", 1)[0].rstrip(b"\r")
    for encoding in _ENCODINGS:
        try:
            return next(csv.reader([line.decode(encoding)]), [])
        except (UnicodeDecodeError, csv.Error):
            continue
    return []


def read_text_table(file: RawFile) -> pd.DataFrame:
    """Return every cell as text (blank when empty) and source_ref 行 n, counting the header."""
    text = decoded(file)
    try:
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UnreadableFile(
            "表として読めません。", action="公表元から取得し直してください。", file=file.name
        ) from error
    frame["source_ref"] = [f"行 {number}" for number in range(2, len(frame) + 2)]
    return frame


def decoded(file: RawFile) -> str:
    """Return the text of a file, in whichever of the known encodings it is."""
    content = file.path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        "文字コードが分かりません（UTF-8かShift_JISで読めません）。",
        action="UTF-8で保存し直してください。",
        file=file.name,
    )
