"""Published rates and weights by age from which demand is reckoned."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pydantic import Field

from data.catalogue.reading import fault, read_entries, read_toml, refuse_unknown
from data.catalogue.records import Key, Record, Text

Band = tuple[int, int | None]

_ROOT = Path(__file__).parent
_FILE = "demand_rates.toml"


class AgeClass(Record):
    """One age class; no upper age for an open one."""

    age_from: int = Field(ge=0, le=110)
    age_to: int | None = Field(default=None, ge=0, le=110)

    @property
    def band(self) -> Band:
        """The first and the last age."""
        return self.age_from, self.age_to


class AgeRate(AgeClass):
    """Certified persons per hundred of an age class."""

    percent: float = Field(ge=0, le=100)


class AgeWeight(AgeClass):
    """Demand of one person of an age class, in the unit of its formula."""

    weight: float = Field(ge=0)


class Cited(Record):
    """What is known of any published figure: its names, its source and what to mind."""

    key: Key
    label: Text
    short_label: Text
    citation: Text
    url: Text
    note: Text


class RateSet(Cited):
    """Certification rates by age as one publication prints them."""

    period: Text
    numerator: Text
    denominator: Text
    by_age: list[AgeRate] = Field(min_length=1)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The age classes in order."""
        return tuple(rate.band for rate in self.by_age)


class WeightSet(Cited):
    """Weights by age whose weighted sum of people is an index of demand."""

    by_age: list[AgeWeight] = Field(min_length=1)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The age classes in order."""
        return tuple(weight.band for weight in self.by_age)


class DemandRates(Record):
    """All published rates and weights, in the order in which they are offered."""

    rates: dict[str, RateSet]
    weights: dict[str, WeightSet]


@lru_cache(maxsize=4)
def load_demand_rates(root: Path = _ROOT) -> DemandRates:
    """Return the published rates and weights; CatalogueError names the entry at fault."""
    content = read_toml(root, _FILE)
    refuse_unknown(content, ("rates", "weights"), file=_FILE)
    found = DemandRates(
        rates=read_entries(RateSet, content.get("rates", {}), file=_FILE),
        weights=read_entries(WeightSet, content.get("weights", {}), file=_FILE),
    )
    for rates in found.rates.values():
        _check_ages(rates.key, rates.bands)
    for weights in found.weights.values():
        _check_ages(weights.key, weights.bands)
    return found


def _check_ages(key: str, bands: tuple[Band, ...]) -> None:
    """Raise CatalogueError unless the classes follow on each other and the last one is open."""
    follows = all(
        end is not None and following == end + 1 for (_, end), (following, _) in pairwise(bands)
    )
    if not follows or bands[-1][1] is not None:
        raise fault(
            "年齢区分がつながっていません。",
            action="前の区分の最後の年齢の次から始め、最後の区分は age_to を書かないでください。",
            file=_FILE,
            entry=key,
            field="by_age",
        )
