"""The kinds of entries, each a TOML file: its fields, their types, labels and longest text."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from data.catalogue.reading import read_entry, read_toml
from data.catalogue.records import Key, Record, Text
from data.errors import CatalogueError

_ROOT = Path(__file__).parent / "kinds"
Value = str | int | float | bool | None
FieldType = Literal[
    "text",
    "long_text",
    "choice",
    "number",
    "date",
    "month",
    "bool",
    "area",
    "indicator",
    "indicators",  # several, as keys with commas between
]


class FieldEntry(Record):
    """One field of a kind; a choice names its codes, a text may be limited in length."""

    key: Key
    label: Text
    type: FieldType
    required: bool = False
    choices: dict[str, Text] = Field(default_factory=dict)
    max_length: int = 200
    minimum: float | None = None
    maximum: float | None = None
    help: str = ""

    @model_validator(mode="after")
    def _choices_belong_to_a_choice(self) -> FieldEntry:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("choices goes with type = choice")
        return self


class KindEntry(Record):
    """One kind of entry; a single one holds one entry for an area and subject, others many."""

    key: Key
    label: Text
    explanation: Text
    single: bool = False
    subject_label: Text
    subjects: dict[str, Text] = Field(default_factory=dict)
    fields: list[FieldEntry] = Field(min_length=1)

    def field(self, key: str) -> FieldEntry:
        """Return the field of that key, or raise KeyError."""
        for entry in self.fields:
            if entry.key == key:
                return entry
        raise KeyError(key)

    @property
    def required(self) -> list[FieldEntry]:
        """The fields without which nothing is saved."""
        return [entry for entry in self.fields if entry.required]


@lru_cache(maxsize=4)
def load_kinds(root: Path = _ROOT) -> dict[str, KindEntry]:
    """Return the kinds by key; CatalogueError names the file and field at fault."""
    found = {}
    for path in sorted(root.glob("*.toml")):
        raw = read_toml(root, path.name) | {"key": path.stem}
        found[path.stem] = read_entry(KindEntry, raw, file=path.name, entry=path.stem)
        _refuse_twins(found[path.stem], path.name)
    return found


def _refuse_twins(kind: KindEntry, file: str) -> None:
    keys = [entry.key for entry in kind.fields]
    twins = sorted({key for key in keys if keys.count(key) > 1})
    if twins:
        message = f"同じ項目が2回あります（{'、'.join(twins)}）。"
        raise CatalogueError(message, action="key を変えてください。", file=file)


def kind_of(key: str) -> KindEntry:
    """Return the kind of that key, or raise KeyError."""
    return load_kinds()[key]
