"""Which series of the exports of the 「見える化」 system is which quantity of ours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.catalogue.contents import fold_service_name
from data.catalogue.reading import fault, read_entries, read_toml
from data.catalogue.records import Key, Record, Text

IndicatorCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{1,3}(-[a-z])?$")]

_ROOT = Path(__file__).parent
_FILE = "mieruka.toml"


class MierukaSeries(Record):
    """One printed series, and the quantity that it is."""

    label: Text
    measure: Key


class MierukaIndicator(Record):
    """One indicator of the system: its unit, its time, and the series that are used."""

    key: IndicatorCode
    title: Text
    unit: Text
    from_series: Literal["march_end", "fiscal_year", "year"]
    from_areas: Literal["fiscal_year", "year"]
    comparable: list[Text] = Field(default_factory=list)
    series: list[MierukaSeries] = Field(min_length=1)

    def measure_of(self, label: str) -> str | None:
        """Return the quantity of a printed series without its 【】, None where it is not used."""
        folded = fold_service_name(label)
        return next(
            (one.measure for one in self.series if fold_service_name(one.label) == folded), None
        )


@lru_cache(maxsize=4)
def load_mieruka(root: Path = _ROOT) -> dict[str, MierukaIndicator]:
    """Return the indicators that are used, by their code; CatalogueError names a fault."""
    found = read_entries(MierukaIndicator, read_toml(root, _FILE), file=_FILE)
    known = read_toml(root, "measures.toml")
    for key, entry in found.items():
        for series in entry.series:
            if series.measure not in known:
                raise fault(
                    f"「{series.measure}」という量はありません。",
                    action="measures.toml にある量を書いてください。",
                    file=_FILE,
                    entry=key,
                    field="measure",
                )
    return found
