"""Which files are wanted: the entries of downloads.toml, one by prefecture or service."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from data.catalogue.reading import read_entries, read_toml
from data.catalogue.records import Key, Record, Text
from data.errors import UserError
from data.harmonise.names import PREFECTURES

_FILE = "downloads.toml"
_SAFE = re.compile(r"[\w][\w.\-]*")


class Download(Record):
    """A publication: where it lies, and into which folder it goes."""

    key: Key
    title: Text
    source: Key
    folder: Text
    layout: str = ""
    column: str = ""
    holds: dict[str, list[str]] = Field(default_factory=dict)
    address: str = ""
    page: str = ""
    link: str = ""
    each: list[str] = Field(default_factory=list)
    save_as: str = ""
    by_hand: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Download:
        ways = (bool(self.address), bool(self.page and self.link), bool(self.by_hand))
        if sum(ways) != 1:
            raise ValueError("address か、page と link か、by_hand の一つだけを書いてください")
        if not self.by_hand and not self.layout:
            raise ValueError("layout に、届くはずの様式の名前を書いてください")
        if self.column and set(self.holds) != set(self.each):
            raise ValueError("holds に、each の一つずつの中身を書いてください")
        return self


@dataclass(frozen=True)
class Wanted:
    """One file: an address, or a page on which a link matches the pattern."""

    key: str
    title: str
    source: str
    folder: str
    address: str = ""
    page: str = ""
    link: str = ""
    save_as: str = ""
    by_hand: str = ""
    layout: str = ""
    prefecture: str = ""
    column: str = ""
    holds: tuple[str, ...] = ()

    def line(self) -> str:
        """Return one line that says what would be asked for."""
        if self.by_hand:
            return f"  {self.title}　手で取るもの：{self.by_hand} {self.page}"
        place = self.address or f"{self.page} のうち {self.link}"
        return f"  {self.title}　{place}"


def read_downloads(folder: Path = Path(__file__).parent) -> dict[str, Download]:
    """Return the entries of downloads.toml; CatalogueError names a faulty one."""
    return read_entries(Download, read_toml(folder, _FILE), file=_FILE)


def wanted_files(
    downloads: dict[str, Download], *, prefectures: set[str] | None, only: Iterable[str]
) -> list[Wanted]:
    """Return the files of the chosen entries and prefectures, in the order of the plan."""
    unknown = sorted(set(only) - set(downloads))
    if unknown:
        raise UserError(
            f"取得の一覧にありません：{'、'.join(unknown)}",
            f"使える名前：{'、'.join(downloads)}",
        )
    chosen = [entry for key, entry in downloads.items() if not only or key in set(only)]
    numbers = [f"{number:02d}" for number in range(1, len(PREFECTURES) + 1)]
    absent = sorted((prefectures or set()) - set(numbers))
    if absent:
        raise UserError(
            f"その都道府県コードはありません：{'、'.join(absent)}",
            f"{numbers[0]}〜{numbers[-1]} の2桁のコードを指定してください。",
        )
    codes = [code for code in numbers if prefectures is None or code in prefectures]
    return [wanted for entry in chosen for wanted in _expanded(entry, codes)]


def _expanded(entry: Download, codes: list[str]) -> list[Wanted]:
    by_prefecture = "{prefecture}" in entry.address
    parts = codes if by_prefecture else entry.each or [""]
    return [
        Wanted(
            key=entry.key,
            title=f"{entry.title} {part}".strip(),
            source=entry.source,
            folder=entry.folder,
            address=entry.address.replace("{prefecture}", part).replace("{each}", part),
            page=entry.page,
            link=entry.link.replace("{each}", re.escape(part)),
            save_as=entry.save_as,
            by_hand=entry.by_hand,
            layout=entry.layout,
            prefecture=part if by_prefecture else "",
            column=entry.column,
            holds=tuple(entry.holds.get(part, ())),
        )
        for part in parts
    ]


def file_name(url: str, *, save_as: str) -> str:
    """Return the name to save under; UserError when the address ends in none that is safe."""
    name = save_as or urlsplit(url).path.rpartition("/")[2]
    if not _SAFE.fullmatch(name):
        raise UserError(f"ファイルの名前として使えません：{name or url}")
    return name
