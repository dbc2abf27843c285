"""The fields of a group's sheet, as data: sections, prompts, lengths, and what may be picked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from analytics.cross_table import FUNCTIONS, PROGRAMMES, cell_key
from data.catalogue import load_catalogue
from data.catalogue.indicator import Dimension
from data.catalogue.reading import read_entry, read_toml
from data.catalogue.records import Key, Record, Text
from data.errors import CatalogueError

FILE = "sheet_fields.toml"
TARGET = "target."
MAX_TARGET = 40
_ROOT = Path(__file__).parent
_FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+){0,2}$")]


class SheetField(Record):
    """A blank to write in; `pick` names the field of its indicators, those of `stage` first."""

    key: _FieldKey
    label: Text
    prompt: str = ""
    example: str = ""
    max_length: int = Field(gt=0, le=2_000)
    pick: str = ""
    max_picks: int = 3
    stage: Dimension | None = None


class SheetSection(Record):
    """Fields that are written together, and the document from which their names are taken."""

    key: Key
    title: Text
    lead: Text
    source: str
    cell_max_length: int = 0
    fields: list[SheetField] = Field(default_factory=list)

    @property
    def is_grid(self) -> bool:
        """Tell whether the fields are the cells of the cross-table."""
        return self.cell_max_length > 0


@lru_cache(maxsize=1)
def sections() -> tuple[SheetSection, ...]:
    """Return the sections in their order; CatalogueError names what is at fault."""
    read = read_toml(_ROOT, FILE)["sections"]
    found = tuple(
        _with_cells(read_entry(SheetSection, raw, file=FILE, entry=raw["key"])) for raw in read
    )
    unknown = {section.source for section in found} - set(load_catalogue().documents)
    if unknown:
        raise CatalogueError(f"資料がありません（{'、'.join(sorted(unknown))}）。", file=FILE)
    return found


def _with_cells(section: SheetSection) -> SheetSection:
    if not section.is_grid:
        return section
    cells = [
        SheetField(
            key=f"{section.key}.{cell_key(programme, function)}",
            label=f"{programme_label} × {function_label}",
            max_length=section.cell_max_length,
        )
        for function, function_label in FUNCTIONS.items()
        for programme, programme_label in PROGRAMMES.items()
    ]
    return section.model_copy(update={"fields": cells})


@lru_cache(maxsize=1)
def text_fields() -> dict[str, SheetField]:
    """Return every blank by its key."""
    return {field.key: field for section in sections() for field in section.fields}


@lru_cache(maxsize=1)
def pick_fields() -> dict[str, SheetField]:
    """Return the blanks that take indicators, by the key of the field that holds these."""
    return {field.pick: field for field in text_fields().values() if field.pick}
