"""Reading an uploaded file so that neither its size nor its content can harm the server."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

import psutil

from surveys.container import check_kind
from surveys.content import SheetContent, from_json
from surveys.limits import DEFAULT, Limits
from surveys.refusals import WorkbookRefused, refused

_ROOT = Path(__file__).resolve().parents[1]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from surveys.reading_child import main; main()"
)
_KEPT_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
_ENCODINGS = ("utf-8-sig", "cp932")
_PAUSE = 0.02


def read_file(content: bytes, *, name: str, limits: Limits = DEFAULT) -> list[SheetContent]:
    """Return the sheets of a workbook, or the one table of a CSV file, by the name's ending."""
    if name.lower().endswith(".csv"):
        return [_read_csv(content, name=name, limits=limits)]
    return read_workbook(content, name=name, limits=limits)


def read_workbook(content: bytes, *, name: str, limits: Limits = DEFAULT) -> list[SheetContent]:
    """Read a workbook in a process of its own, bounded in memory, time and output."""
    try:
        check_kind(content, limits=limits)
        output = _run(content, limits=limits)
        answer = json.loads(output)
        if isinstance(answer, dict):
            raise refused(answer["code"], cell=answer["cell"])
        return from_json(output)
    except WorkbookRefused as refusal:
        refusal.file = name
        raise


def _run(content: bytes, *, limits: Limits) -> bytes:
    environment = {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-c", _START, str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    order = json.dumps(asdict(limits)).encode("ascii") + b"\n" + content
    guard = threading.Thread(target=watch, args=(process, limits), daemon=True)
    feed = threading.Thread(target=_feed, args=(process.stdin, order), daemon=True)
    guard.start()
    feed.start()
    output = process.stdout.read(limits.output_bytes + 1)
    if len(output) > limits.output_bytes:
        process.kill()
    failed = process.wait() != 0
    guard.join()
    feed.join()
    process.stdout.close()
    if failed or not output:
        raise refused("reading_stopped")
    return output


def _feed(stdin: IO[bytes], order: bytes) -> None:
    """Hand over the file; a child that has ended does not take it."""
    with suppress(OSError):
        stdin.write(order)
    with suppress(OSError):
        stdin.close()


def watch(process: subprocess.Popen[bytes], limits: Limits) -> None:
    """End the child when it takes too long or too much memory."""
    end = time.monotonic() + limits.seconds
    while process.poll() is None:
        with suppress(psutil.Error):
            if psutil.Process(process.pid).memory_info().rss > limits.memory_bytes:
                process.kill()
        if time.monotonic() > end:
            process.kill()
        time.sleep(_PAUSE)


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
