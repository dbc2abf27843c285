"""The reference library: the names of the documents, case cards, fee and funding tables."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.catalogue.reading import read_entries, read_toml
from data.catalogue.records import Key, Record, Text

_ROOT = Path(__file__).parent
FactId = Annotated[str, StringConstraints(pattern=r"^F\d{3}$")]
DocumentKey = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
# A page of the product, with what its address says: activities?view=areas
PageLink = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(\?[a-z]+=[a-z0-9_]+(&[a-z]+=[a-z0-9_]+)*)?$")
]
Kind = Literal["system", "item", "method", "structure", "case", "fee", "data", "law", "guide"]
KIND_LABELS: dict[str, str] = {
    "system": "制度・事業",
    "item": "事業項目（ア〜ク）",
    "method": "計画・評価の方法",
    "structure": "体制・担い手",
    "case": "事例",
    "fee": "報酬・財源",
    "data": "調査・データ",
    "law": "法令・計画",
    "guide": "手引き・研修",
}


class LibraryEntry(Record):
    """One name of the documents: what it is, its figures, where the product shows it."""

    key: Key
    number: int = Field(ge=1)
    name: Text
    kind: Kind
    documents: list[DocumentKey] = Field(min_length=1)
    what: Text
    facts: list[FactId] = Field(default_factory=list)
    see: list[PageLink] = Field(default_factory=list)
    slot: str = ""


class CaseCard(Record):
    """One case of the documents: where, what was done, its figures."""

    key: Key
    name: Text
    place: Text
    area_code: str = ""
    document: DocumentKey
    done: list[Text] = Field(min_length=1)
    facts: list[FactId] = Field(default_factory=list)
    outside: list[str] = Field(default_factory=list)


class MoneyTable(Record):
    """One table of fees or funding: the figures it holds, and what to know of them."""

    key: Key
    title: Text
    note: Text
    facts: list[FactId] = Field(min_length=1)


class ReferenceLibrary(Record):
    """All of the library, in the order of its files."""

    entries: dict[str, LibraryEntry]
    cases: dict[str, CaseCard]
    money: dict[str, MoneyTable]

    def numbered(self, number: int) -> LibraryEntry | None:
        """Return the entry of a number, or None."""
        return next((e for e in self.entries.values() if e.number == number), None)


@lru_cache(maxsize=2)
def load_library(root: Path = _ROOT) -> ReferenceLibrary:
    """Return the library as the catalogue's files give it."""

    def content(name: str) -> tuple[str, dict[str, object]]:
        file = f"library/{name}.toml"
        return file, read_toml(root, file)

    (entries, rows), (cases, cards), (money, tables) = map(content, ("entries", "cases", "money"))
    return ReferenceLibrary(
        entries=read_entries(LibraryEntry, rows, file=entries),
        cases=read_entries(CaseCard, cards, file=cases),
        money=read_entries(MoneyTable, tables, file=money),
    )
