"""Certified persons to be expected: people by age class times rates that stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.demand_bands import age_persons, band_name, band_words
from analytics.demand_homevisit import homevisit_series
from analytics.demand_rates import area_rates, edited, rate_bands
from analytics.scope import NATION
from data.catalogue.demand_rates import Band, load_demand_rates

Edits = tuple[tuple[int, float], ...]
WORKING: Band = (20, 64)
OLD: Band = (75, None)
FALLBACK = "national_2020"

_FACTS = ["area_code", "area_name", "area_type", "year", "is_projection", "basis"]
_HOLDER = ["holder_code", "holder_name", "how", "period"]


def rates_on_offer(con: duckdb.DuckDBPyConnection, *, area_code: str) -> tuple[str, ...]:
    """Return the choices of rates that say something about the area, the default first."""
    loaded = ["own", *(["prefecture", "nation"] if area_code != NATION else [])]
    there = [
        rates for rates in loaded if not area_rates(con, area_codes=[area_code], rates=rates).empty
    ]
    published = list(load_demand_rates().rates)
    if "own" in there:
        return (*there, *published)
    return (FALLBACK, *there, *(key for key in published if key != FALLBACK))


def certified_wide(
    persons: pd.DataFrame, rates: pd.DataFrame, *, bands: Sequence[Band]
) -> pd.DataFrame:
    """Return persons by area and year with the certified: Σ persons of a class × rate ÷ 100.

    `persons` has a column of persons a class, `rates` one of per cent. Adds certified (persons) and
    the rates' holder; certified is null where a class or its rate is.
    """
    names = [band_name(band) for band in bands]
    joined = persons.merge(rates, on="area_code", how="left", suffixes=("", "_percent"))
    parts = pd.DataFrame({name: joined[name] * joined[f"{name}_percent"] / 100 for name in names})
    certified = parts.sum(axis=1, min_count=len(names)).where(parts.notna().all(axis=1))
    return joined.assign(certified=certified)


def certified_by_age(wide: pd.DataFrame, *, bands: Sequence[Band]) -> pd.DataFrame:
    """Return a row per area, year and age class: persons, rate in per cent, certified persons."""
    rows = []
    for order, band in enumerate(bands):
        name = band_name(band)
        part = wide[[*_FACTS, *_HOLDER]].assign(
            age_class=band_words(band),
            order=order,
            persons=wide[name],
            percent=wide[f"{name}_percent"],
            certified=wide[name] * wide[f"{name}_percent"] / 100,
        )
        rows.append(part)
    long = pd.concat(rows, ignore_index=True)
    return long.sort_values(["area_code", "year", "order"], ignore_index=True)


def certified_of_group(wide: pd.DataFrame, *, key: str, name: str, members: int) -> pd.DataFrame:
    """Return the members' people and certified persons summed by year, as those of one area.

    `wide` has the members as `certified_wide` returns them. A sum is null where not every one of
    the members has the figure.
    """
    ages = [column for column in wide if _is_age(str(column))]
    years = wide.groupby("year", as_index=False)
    summed = years[[*ages, "certified"]].sum(min_count=members)
    projected = years["is_projection"].any()
    return summed.merge(projected, on="year").assign(
        area_code=key, area_name=name, area_type="group", basis="sum"
    )


def _is_age(column: str) -> bool:
    return column.startswith("age_") and not column.endswith("_percent")


def indexed(frame: pd.DataFrame, *, column: str, base_year: int) -> pd.DataFrame:
    """Return the rows of areas that have the column, with value: its index, base year as 100.

    An area without a figure above nought in the base year is left out.
    """
    at_base = frame[frame["year"] == base_year].set_index("area_code")[column].astype("float64")
    base = frame["area_code"].map(at_base[at_base > 0])
    found = frame.assign(value=100 * frame[column] / base)
    return found[found["value"].notna()].reset_index(drop=True)


def demand_bands() -> tuple[Band, ...]:
    """Return all age classes that any choice of rates or the workforce needs."""
    published = (entry.bands for entry in load_demand_rates().rates.values())
    every = [*rate_bands("own"), *(band for bands in published for band in bands), WORKING, OLD]
    return tuple(dict.fromkeys(every))


def demand_series(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    edition: str,
    rates: str,
    edits: Edits = (),
) -> pd.DataFrame:
    """Return certified persons and the people behind them by area and year.

    Columns: the area, year, is_projection, basis, persons by class, age_20_64, age_75_plus,
    the rates in per cent (…_percent) with their holder, and certified (persons).
    """
    persons = age_persons(con, area_codes=area_codes, edition=edition, bands=demand_bands())
    percents = edited(area_rates(con, area_codes=area_codes, rates=rates), edits=dict(edits))
    return certified_wide(persons, percents, bands=rate_bands(rates))


def demand_headline(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    edition: str,
    years: tuple[int, ...] = (2030, 2040),
) -> pd.DataFrame:
    """Return certified persons and home visits of the area now and in the years asked for.

    Columns: item (certified, homevisit), year, value, unit, base_year, base_value, percent_change,
    area_name (whose figure it is), basis (in words). Only what the loaded files give.
    """
    rates = rates_on_offer(con, area_code=area_code)[0]
    series = demand_series(con, area_codes=(area_code,), edition=edition, rates=rates)
    certified = series.rename(columns={"certified": "value"})
    certified = certified.assign(basis=rates_words(certified), item="certified", unit="人")
    visits = homevisit_series(con, area_code=area_code).assign(item="homevisit", unit="件/月")
    return pd.concat(
        [_asked(certified, years), _asked(visits, years)], ignore_index=True
    )[["item", "year", "value", "unit", "base_year", "base_value", "percent_change", "area_name",
       "basis"]]  # fmt: skip


def rates_words(wide: pd.DataFrame) -> str:
    """Return whose rates of when the certified are reckoned with, for the first area."""
    known = wide.dropna(subset=["holder_name"])
    if known.empty:
        return ""
    first = known.iloc[0]
    if first["how"] == "published":
        return f"{first['holder_name']}の認定率"
    year = int(str(first["period"]).removeprefix("FY"))
    return f"{first['holder_name']}の{year}年度末の認定率"


def _asked(frame: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Return the years asked for beside the first year that is known."""
    known = frame.dropna(subset=["value"]).sort_values("year")
    if known.empty:
        return known.assign(base_year=[], base_value=[], percent_change=[])
    base = known.iloc[0]
    chosen = known[known["year"].isin(years)]
    growth = 100 * chosen["value"] / base["value"] - 100 if base["value"] > 0 else float("nan")
    return chosen.assign(
        base_year=int(base["year"]), base_value=float(base["value"]), percent_change=growth
    )
