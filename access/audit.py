"""The audit log: one line per deed, each sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from access.roles import Action, Actor
from data.errors import StoreError
from data.generation_file import sync
from data.store_faults import is_disk_full, no_space, not_writable

FILE = "audit.jsonl"
HEAD = "audit.head"
TORN = "audit.torn"
FIRST = "0" * 64
LOCK_SECONDS = 5.0
# Codes, identifiers, hashes and counts; no blank, so that no sentence, name or cell value fits in.
_IDENTIFIER = re.compile(r"[0-9A-Za-z_.:,+/-]{0,200}")


@dataclass(frozen=True)
class Verdict:
    """What the check of the chain found: how many lines hold, and the first that does not."""

    lines: int
    broken_line: int | None = None
    reason: str = ""

    @property
    def is_sound(self) -> bool:
        """Tell whether the whole chain holds."""
        return self.broken_line is None


def note(
    root: Path,
    *,
    actor: Actor,
    action: Action,
    result: str,
    details: Mapping[str, str | int],
) -> None:
    """Append one entry; `details` holds identifiers and counts, never cell values or free text."""
    for value in (result, *details, *(v for v in details.values() if isinstance(v, str))):
        if not _IDENTIFIER.fullmatch(value):
            raise ValueError("an audit entry holds identifiers and counts only")
    body = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "actor": actor.subject,
        "role": str(actor.role),
        "action": str(action),
        "result": result,
        "details": dict(details),
    }
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "audit.lock", timeout=LOCK_SECONDS):
            _append(root, body)
    except Timeout as error:
        raise StoreError(
            "操作の記録に書き込めないため、操作を中止しました。", "もう一度実行してください。"
        ) from error
    except OSError as error:
        if is_disk_full(error):
            raise no_space("操作の記録") from error
        raise not_writable(root) from error


def _append(root: Path, body: dict[str, Any]) -> None:
    _set_torn_end_aside(root)
    number, previous = _head(root)
    entry = {"n": number + 1, **body, "previous": previous}
    entry["hash"] = seal(entry)
    with (root / FILE).open("ab") as stream:
        stream.write(_line(entry))
        stream.flush()
        os.fsync(stream.fileno())
    fresh = root / f"{HEAD}.new"
    fresh.write_text(f"{entry['n']} {entry['hash']}\n", encoding="ascii")
    sync(fresh)
    _replace(fresh, root / HEAD)


def _replace(fresh: Path, target: Path) -> None:
    for attempt in range(20):
        try:
            fresh.replace(target)
            return
        except PermissionError:  # on Windows while a reader has it open
            if attempt == 19:
                raise
            time.sleep(0.05)


def _line(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=True).encode() + b"\n"


def seal(entry: Mapping[str, Any]) -> str:
    """Return the hash of an entry without its own seal; it covers the hash before it."""
    body = {key: value for key, value in entry.items() if key != "hash"}
    text = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _head(root: Path) -> tuple[int, str]:
    """Return the number and the hash to go on from: those of the last whole line."""
    last = _last_line(root / FILE)
    if last is None:
        return 0, FIRST
    try:
        entry = json.loads(last)
        return int(entry["n"]), str(entry["hash"])
    except (ValueError, KeyError, TypeError):
        # A line that somebody broke stays as it is; what follows is sealed to its text.
        return _lines(root / FILE), hashlib.sha256(last).hexdigest()


def _last_line(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            end = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, end - 65_536))
            return next(iter(reversed(stream.read().splitlines())), None)
    except FileNotFoundError:
        return None


def _lines(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in stream)


def _set_torn_end_aside(root: Path) -> None:
    """Move a line that a power cut left unfinished out of the way; its deed was never done."""
    path = root / FILE
    if not path.exists() or not path.stat().st_size:
        return
    with path.open("rb+") as stream:
        stream.seek(-1, os.SEEK_END)
        if stream.read(1) == b"\n":
            return
        stream.seek(0)
        whole = stream.read().rfind(b"\n") + 1
        stream.seek(whole)
        with (root / TORN).open("ab") as aside:
            aside.write(stream.read() + b"\n")
        stream.truncate(whole)


def entries(root: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries, oldest first; a line that cannot be read is left out."""
    return entries_in(content(root))


def entries_in(log: bytes) -> Iterator[dict[str, Any]]:
    """Yield the entries of a log, as above."""
    for line in BytesIO(log):
        try:
            entry = json.loads(line.decode(errors="replace"))
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry


def head(root: Path) -> tuple[int, str]:
    """Return the number and the hash of the newest entry, to be kept elsewhere as an anchor."""
    return _head(root)


def verify(root: Path) -> Verdict:
    """Check every seal, the order, and the end against the head; name the first broken line."""
    kept, kept_seal = _kept_head(root)
    return _checked(content(root), kept, kept_seal)


def content(root: Path) -> bytes:
    """Return the log as it is kept."""
    try:
        return (root / FILE).read_bytes()
    except FileNotFoundError:
        return b""


@lru_cache(maxsize=1)
def _checked(log: bytes, kept: int, kept_seal: str) -> Verdict:
    """Return the verdict on these very bytes, which is reached once."""
    previous, number = FIRST, 0
    for line in BytesIO(log):
        number += 1
        reason = _fault(line, number=number, previous=previous)
        if reason:
            return Verdict(number - 1, number, reason)
        previous = str(json.loads(line)["hash"])
        if number == kept and previous != kept_seal:
            return Verdict(number - 1, number, "末尾の控えと合いません")
    return _checked_end(number, kept=kept)


def _kept_head(root: Path) -> tuple[int, str]:
    try:
        number, kept_seal = (root / HEAD).read_text(encoding="ascii").split()
        return int(number), kept_seal
    except (OSError, ValueError):
        return 0, ""


def _fault(line: bytes, *, number: int, previous: str) -> str:
    try:
        entry = json.loads(line)
        kept = (entry["n"], entry["previous"], entry["hash"])
    except (ValueError, KeyError, TypeError):
        return "行を読めません"
    if kept[2] != seal(entry) or line != _line(entry):
        return "内容が書き換えられています"
    if kept[:2] != (number, previous):
        return "前の行が消されたか、入れ替えられています"
    return ""


def _checked_end(number: int, *, kept: int) -> Verdict:
    if kept > number:
        return Verdict(number, number + 1, "ここから後の行が消されています")
    # A power cut between line and head leaves the head one behind: that is no tampering.
    if number - kept > 1:
        return Verdict(kept, kept + 1, "ここから後は、末尾の控えにない行です")
    return Verdict(number)
