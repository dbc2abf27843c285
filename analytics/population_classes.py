"""Classes of a map of population, the same for all years of an edition."""

from __future__ import annotations

import math

import duckdb
import pandas as pd

from analytics.population_measures import Form, measure_parts
from data.catalogue.population_measures import load_population_measures
from geo.classification import class_breaks

CLASSES = 6


def map_classes(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    level: str,
    edition: str,
    measure: str,
    form: Form,
    base_year: int | None = None,
) -> tuple[float, ...]:
    """Return upper bounds of the classes, the same for all years of the edition.

    Growth and index have a middle, from which classes of equal width go both ways.
    """
    frame = measure_parts(con, area_code=area_code, level=level, edition=edition, measure=measure,
                          form=form, base_year=base_year)  # fmt: skip
    known = frame["value"].dropna()
    if known.empty:
        return ()
    if form in ("index", "growth"):
        return _around(known, middle=100.0 if form == "index" else 0.0)
    breaks = class_breaks(known, scheme="quantile", k=CLASSES)
    is_count = form == "persons" and not load_population_measures()[measure].is_ratio
    return tuple(_two_digits(breaks) if is_count else breaks)


def _two_digits(breaks: list[float]) -> list[float]:
    """Return bounds rounded to two leading digits, each once."""
    rounded = [round(b, 1 - math.floor(math.log10(b))) if b > 0 else b for b in breaks]
    return sorted(set(rounded))


def _around(values: pd.Series, *, middle: float) -> tuple[float, ...]:
    typical = float((values - middle).abs().quantile(0.9))
    step = next((step for step in (2, 5, 10, 15, 20, 30) if 2.5 * step >= typical), 40)
    return tuple(middle + place * step for place in (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0))
