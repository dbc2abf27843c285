"""The whole errand: every wanted file asked for, checked, put in place and noted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.errors import UserError
from data.fetch.arrival import require_no_piece_of, require_wanted
from data.fetch.links import Link, newest_link
from data.fetch.manifest import Entry, digest_of, read_manifest, write_manifest
from data.fetch.plan import Wanted, file_name
from data.fetch.transfer import Manner, Received, Transfer

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one wanted file: fetched, unchanged, failed or by_hand."""

    wanted: Wanted
    result: str
    name: str = ""
    reason: str = ""

    def line(self) -> str:
        """Return one line for the console."""
        told = {"fetched": "取得", "unchanged": "変わりなし", "failed": "失敗"}
        if self.result == "by_hand":
            return self.wanted.line()
        tail = f"：{self.reason}" if self.reason else ""
        return f"  {self.wanted.title}　{told[self.result]}　{self.name}{tail}"


class _Errand:
    """The raw folder, its manifest, and the pages that have been read already."""

    def __init__(self, raw: Path, manner: Manner) -> None:
        self.raw = raw
        self.files = read_manifest(raw)
        self.transfer = Transfer(manner)
        self._pages: dict[str, tuple[str, str] | UserError] = {}

    def link(self, wanted: Wanted) -> Link:
        if wanted.address:
            return Link(wanted.address, "")
        text, moved_to = self._page(wanted.page)
        return newest_link(text, page=moved_to, pattern=wanted.link)

    def _page(self, address: str) -> tuple[str, str]:
        """Return a page that is asked for once in a run, whatever comes of it."""
        if address not in self._pages:
            try:
                self._pages[address] = self.transfer.page(address)
            except UserError as error:
                self._pages[address] = error
        found = self._pages[address]
        if isinstance(found, UserError):
            raise found
        return found

    def get(self, wanted: Wanted) -> Outcome:
        url, stated = self.link(wanted)
        name = f"{wanted.folder}/{file_name(url, save_as=wanted.save_as)}"
        target = self.raw / name
        if target.exists() and name not in self.files:
            return Outcome(wanted, "unchanged", name, "置いてあったものを残します。")
        known = self.files.get(name) if target.exists() else None
        if known and (known["url"] != url or known["sha256"] != digest_of(target)):
            known = None
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        received = self.transfer.file(url, part, unless=_conditions(known))
        if received is None:
            return Outcome(wanted, "unchanged", name)
        result = self._put(part, target, wanted, known)
        self.files[name] = _noted(wanted, Link(url, stated), target, received)
        write_manifest(self.raw, self.files)
        return Outcome(wanted, result, name)

    def _put(self, part: Path, target: Path, wanted: Wanted, known: Entry | None) -> str:
        """Replace the old file by what has arrived, when it is usable and not the very same.

        While it is checked it has its own ending, by which some readers go.
        """
        arrived = target.with_name(f".{target.name}")
        os.replace(part, arrived)
        try:
            if known and digest_of(arrived) == known["sha256"]:
                return "unchanged"
            if known:
                require_no_piece_of(arrived, target)
            require_wanted(arrived, target.relative_to(self.raw).as_posix(), wanted)
            os.replace(arrived, target)
            return "fetched"
        finally:
            arrived.unlink(missing_ok=True)


def fetch_files(
    wanted: list[Wanted], *, raw: Path, progress: Progress, manner: Manner | None = None
) -> list[Outcome]:
    """Bring every wanted file into the raw folder; one that fails does not stop the others.

    UserError when the folder itself cannot be read or written, since no other file would fit.
    """
    try:
        raw.mkdir(parents=True, exist_ok=True)
        errand = _Errand(raw, manner or Manner())
        outcomes = []
        for number, one in enumerate(wanted):
            progress(f"取得：{one.title}", number / len(wanted))
            outcomes.append(_outcome(errand, one))
            if not one.by_hand:
                progress(outcomes[-1].line().strip(), (number + 1) / len(wanted))
        return outcomes
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(
            f"資料のフォルダー {raw} に書き込めないため、やめました（{error.strerror or error}）。",
            "空き容量と、書き込みの権限を確認して、もう一度実行してください。",
        ) from error


def _outcome(errand: _Errand, wanted: Wanted) -> Outcome:
    if wanted.by_hand:
        return Outcome(wanted, "by_hand")
    try:
        return errand.get(wanted)
    except UserError as error:
        return Outcome(wanted, "failed", reason=str(error).replace("\n", ""))


def _conditions(known: Entry | None) -> dict[str, str]:
    if known is None:
        return {}
    pairs = {"If-None-Match": known["etag"], "If-Modified-Since": known["last_modified"]}
    return {name: value for name, value in pairs.items() if value}


def _noted(wanted: Wanted, link: Link, target: Path, received: Received) -> Entry:
    return {
        "title": wanted.title,
        "source": wanted.source,
        "url": link.url,
        "stated": link.stated,
        "page": wanted.page,
        "fetched_at": datetime.now(tz=UTC).astimezone().isoformat(timespec="seconds"),
        "bytes": target.stat().st_size,
        "sha256": digest_of(target),
        "etag": received.etag,
        "last_modified": received.last_modified,
    }
