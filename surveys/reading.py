"""Reading an uploaded file so that neither its size nor its content can harm the server."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from dataclasses import asdict

from surveys.child import run_child
from surveys.container import check_kind
from surveys.content import SheetContent, from_json
from surveys.limits import DEFAULT, Limits
from surveys.refusals import WorkbookRefused, refused

_ENCODINGS = ("utf-8-sig", "cp932")


def read_file(content: bytes, *, name: str, limits: Limits = DEFAULT) -> list[SheetContent]:
    """Return the sheets of a workbook, or the one table of a CSV file, by the name's ending."""
    if name.lower().endswith(".csv"):
        return [_read_csv(content, name=name, limits=limits)]
    return read_workbook(content, name=name, limits=limits)


def read_workbook(content: bytes, *, name: str, limits: Limits = DEFAULT) -> list[SheetContent]:
    """Read a workbook in a process of its own, bounded in memory, time and output."""
    try:
        check_kind(content, limits=limits)
        order = json.dumps(asdict(limits)).encode("ascii") + b"\n" + content
        output = run_child("surveys.reading_child", order, limits=limits)
        if output.startswith(b"{"):
            answer = json.loads(output)
            raise refused(answer["code"], cell=answer["cell"])
        return from_json(output)
    except WorkbookRefused as refusal:
        refusal.file = name
        raise


def _read_csv(content: bytes, *, name: str, limits: Limits) -> SheetContent:
    if not content.strip():
        raise refused("empty", file=name)
    if len(content) > limits.file_bytes:
        raise refused("too_heavy", file=name)
    try:
        rows = list(csv.reader(io.StringIO(_decode(content, name), newline="")))
    except csv.Error as error:
        raise refused("broken", file=name) from error
    if len(rows) > limits.rows or max(map(len, rows)) > limits.columns:
        raise refused("too_large", file=name)
    return SheetContent("CSV", [[*row] for row in rows])


def _decode(content: bytes, name: str) -> str:
    if b"\0" in content:
        raise refused("encoding", file=name)
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise refused("encoding", file=name)
