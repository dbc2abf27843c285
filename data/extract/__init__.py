"""Files in: each module reads one layout as published and keeps the source's own labels."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast

import pandas as pd

HEAD_BYTES = 65_536


@dataclass(frozen=True)
class RawFile:
    """A file of the raw folder, with its name relative to that folder."""

    path: Path
    name: str

    def head(self) -> bytes:
        """Return the first bytes, from which text layouts are recognised."""
        with self.path.open("rb") as stream:
            return stream.read(HEAD_BYTES)


@dataclass
class RowIssue:
    """A row that was set aside, or a value that was mended on reading."""

    source_ref: str
    field: str
    found: str
    reason: str
    set_aside: bool = True


@dataclass
class Extract:
    """What one file holds; every frame carries a source_ref column.

    `cited` is what the file says of its publisher (title, publisher, licence, url), where it does.
    """

    layout: str
    source_key: str
    vintage: str
    frames: dict[str, pd.DataFrame]
    rows_read: int
    issues: list[RowIssue] = field(default_factory=list)
    cited: dict[str, str] = field(default_factory=dict)


class Layout(Protocol):
    """What a module of this package offers; NAME is also Extract.layout."""

    NAME: str

    def recognises(self, file: RawFile, head: bytes) -> bool:
        """Tell from its content whether the file has this layout."""
        ...

    def read(self, file: RawFile) -> Extract:
        """Read the file; raise UnreadableFile when it is damaged."""
        ...


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Return every layout of this package; those marked FALLBACK are asked last."""
    modules = [
        importlib.import_module(f"{__name__}.{entry.name}")
        for entry in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name)
    ]
    found = [module for module in modules if hasattr(module, "recognises")]
    found.sort(key=lambda module: bool(getattr(module, "FALLBACK", False)))
    return tuple(cast(Layout, module) for module in found)


def recognise(file: RawFile) -> Layout | None:
    """Return the layout that a file's content shows, or None."""
    head = file.head()
    return next((layout for layout in layouts() if layout.recognises(file, head)), None)
