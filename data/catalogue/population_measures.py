"""What can be counted of a population: groups of people, shares and ratios of two groups."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.catalogue.reading import fault, read_entries, read_toml
from data.catalogue.records import Key, Record, Text

_FILE = "population_measures.toml"
_GROUP = r"^(total|male|female|age_\d+_(\d+|plus)|band_\d{2}_(\d{2}|plus))$"
Group = Annotated[str, StringConstraints(pattern=_GROUP)]


class PopulationMeasure(Record):
    """One measure: a count of people, or the ratio of two counts."""

    key: Key
    label: Text
    short_label: Text
    unit: Text
    decimals: Annotated[int, Field(ge=0, le=3)]
    kind: Literal["persons", "ratio"]
    numerator: Group
    denominator: Group | None = None
    per: Annotated[int, Field(ge=1)] = 1
    definition: Text

    @property
    def is_ratio(self) -> bool:
        """Tell whether the value is one group divided by another."""
        return self.kind == "ratio"

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groups of people that the measure needs, each once."""
        wanted = (self.numerator, self.denominator)
        return tuple(dict.fromkeys(group for group in wanted if group))


@lru_cache(maxsize=4)
def load_population_measures(
    root: Path = Path(__file__).parent,
) -> dict[str, PopulationMeasure]:
    """Return the measures by key; CatalogueError names the entry and field at fault."""
    entries = read_entries(PopulationMeasure, read_toml(root, _FILE), file=_FILE)
    for key, entry in entries.items():
        if entry.is_ratio and entry.denominator is None:
            raise fault(
                "比の分母がありません。",
                action="denominator に人の区分を書いてください。",
                file=_FILE,
                entry=key,
                field="denominator",
            )
    return entries
