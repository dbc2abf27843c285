"""Published figures that the five documents do not hold, each with where it was read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from data.catalogue.reading import read_entries, read_toml
from data.catalogue.records import Record, Text

_ROOT = Path(__file__).parent
_FILE = "library/outside_figures.toml"


class OutsideFigure(Record):
    """One figure as printed, its source, and how far it was checked."""

    key: Annotated[str, StringConstraints(pattern=r"^X\d+(_[a-z]+)?$")]
    area: Text
    period: Text
    measure: Text
    unit: Text
    value_text: Text
    source: Text
    check: Text


@lru_cache(maxsize=2)
def load_outside_figures(root: Path = _ROOT) -> dict[str, OutsideFigure]:
    """Return the figures as the catalogue's file gives them."""
    return read_entries(OutsideFigure, read_toml(root, _FILE), file=_FILE)
