"""The whole errand: every wanted file asked for, checked, put in place and noted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.damage import damage_of
from data.errors import UserError
from data.extract import RawFile, known_unused, recognise
from data.extract.sheets import close_workbooks
from data.fetch.links import Link, newest_link
from data.fetch.manifest import Entry, digest_of, read_manifest, write_manifest
from data.fetch.plan import Wanted, file_name
from data.fetch.transfer import Manner, Received, Transfer

Progress = Callable[[str, float], None]
_ARCHIVES = (".zip", ".xlsx")


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
        if known and not (known["etag"] or known["last_modified"]):
            return Outcome(wanted, "unchanged", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        received = self.transfer.file(url, part, unless=_conditions(known))
        if received is None:
            return Outcome(wanted, "unchanged", name)
        try:
            require_usable(part, name)
        except UserError:
            part.unlink()
            raise
        os.replace(part, target)
        self.files[name] = _noted(wanted, Link(url, stated), target, received)
        write_manifest(self.raw, self.files)
        return Outcome(wanted, "fetched", name)


def fetch_files(
    wanted: list[Wanted], *, raw: Path, progress: Progress, manner: Manner | None = None
) -> list[Outcome]:
    """Bring every wanted file into the raw folder; one that fails does not stop the others."""
    raw.mkdir(parents=True, exist_ok=True)
    errand = _Errand(raw, manner or Manner())
    outcomes = []
    for number, one in enumerate(wanted):
        progress(f"取得：{one.title}", number / len(wanted))
        outcomes.append(_outcome(errand, one))
    return outcomes


def _outcome(errand: _Errand, wanted: Wanted) -> Outcome:
    if wanted.by_hand:
        return Outcome(wanted, "by_hand")
    try:
        return errand.get(wanted)
    except UserError as error:
        return Outcome(wanted, "failed", reason=str(error).replace("\n", ""))


def require_usable(part: Path, name: str) -> None:
    """Raise UserError when what has arrived is no file that a build can read."""
    with part.open("rb") as stream:
        head = stream.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise UserError("ファイルではなく、HTMLのページが返りました。")
    if name.endswith(_ARCHIVES) and not head.startswith(b"pk"):
        raise UserError("名前は zip か xlsx ですが、中身が違います。")
    damage = damage_of(part)
    if damage:
        raise UserError(damage)
    layout = recognise(RawFile(part, name))
    close_workbooks()
    if layout is None or layout.NAME == known_unused.NAME:
        raise UserError("取得しましたが、読み込める様式ではありません。")


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
