"""Measures of population by area and year of one edition: persons, shares, ratios, indices."""

from __future__ import annotations

from typing import Literal

import duckdb
import pandas as pd

from analytics.areas import areas_inside
from analytics.population_groups import group_persons
from data.catalogue.population_measures import PopulationMeasure, load_population_measures

Form = Literal["persons", "share", "index", "growth"]
FORMS: tuple[Form, ...] = ("persons", "share", "index", "growth")
COLUMNS = ["area_code", "area_name", "area_type", "year", "value", "persons", "denominator",
           "is_projection", "basis"]  # fmt: skip

_YEARS = """
with final as (
    select
        year,
        bool_or(is_projection) as is_projection
    from population_total
    where edition = $edition
    group by year
    order by year
)
select * from final
"""


def measure_series(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: tuple[str, ...],
    edition: str,
    measure: str,
    form: Form,
    base_year: int | None = None,
) -> pd.DataFrame:
    """Return a measure by year for the areas, in their order; years without a value are null.

    The columns are COLUMNS. `value` is persons, a share of all ages in per cent, a ratio, an
    index with the base year as 100, or growth from the base year in per cent; `persons` is the
    numerator and `denominator` what it was divided by.
    """
    entry = load_population_measures()[measure]
    frame = group_persons(con, area_codes=area_codes, edition=edition, groups=_groups(entry, form))
    place = {code: rank for rank, code in enumerate(area_codes)}
    ordered = frame.sort_values(["area_code", "year"], ignore_index=True)
    ordered = ordered.sort_values("area_code", key=lambda codes: codes.map(place), kind="stable",
                                  ignore_index=True)  # fmt: skip
    return with_values(ordered, entry=entry, form=form, base_year=base_year)


def measure_parts(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    level: str,
    edition: str,
    measure: str,
    form: Form,
    base_year: int | None = None,
) -> pd.DataFrame:
    """Return a measure for all parts of an area and all years of the edition, null where none."""
    parts = areas_inside(con, area_code=area_code, level=level)
    years = con.execute(_YEARS, {"edition": edition}).df()
    frame = measure_series(con, area_codes=tuple(parts["area_code"]), edition=edition,
                           measure=measure, form=form, base_year=base_year)  # fmt: skip
    grid = parts[["area_code", "area_name", "area_type"]].merge(years, "cross")
    known = frame.drop(columns=["area_name", "area_type", "is_projection"])
    whole: pd.DataFrame = grid.merge(known, "left", ["area_code", "year"])
    return whole[COLUMNS]


def group_series(
    con: duckdb.DuckDBPyConnection,
    *,
    groups: tuple[tuple[str, str, tuple[str, ...]], ...],
    edition: str,
    measure: str,
    form: Form,
    base_year: int | None = None,
) -> pd.DataFrame:
    """Return a measure for chosen groups (key, name, codes of members) as for areas.

    A group has a figure only where every member has one.
    """
    entry = load_population_measures()[measure]
    wanted = _groups(entry, form)
    codes = tuple(dict.fromkeys(code for _, _, members in groups for code in members))
    frame = group_persons(con, area_codes=codes, edition=edition, groups=wanted)
    summed = [_summed(frame, key, name, members, wanted) for key, name, members in groups]
    return with_values(pd.concat(summed, ignore_index=True), entry=entry, form=form,
                       base_year=base_year)  # fmt: skip


def _summed(
    frame: pd.DataFrame, key: str, name: str, members: tuple[str, ...], wanted: list[str]
) -> pd.DataFrame:
    inside = frame[frame["area_code"].isin(members)].groupby("year", as_index=False)
    sums = inside[wanted].sum(min_count=len(set(members)))
    projected = inside["is_projection"].any()
    return sums.merge(projected, "left", "year").assign(
        area_code=key, area_name=name, area_type="group", basis="sum"
    )


def _groups(entry: PopulationMeasure, form: Form) -> list[str]:
    """Return the groups of people needed: the denominator only where one divides by it."""
    if entry.is_ratio or form == "share":
        return list(dict.fromkeys([entry.numerator, entry.denominator or "total"]))
    return [entry.numerator]


def with_values(
    frame: pd.DataFrame, *, entry: PopulationMeasure, form: Form, base_year: int | None
) -> pd.DataFrame:
    """Return COLUMNS from persons by group; a division by nobody gives no value."""
    persons = frame[entry.numerator].astype(float)
    value, denominator = persons, pd.Series(float("nan"), index=frame.index)
    if entry.is_ratio or form == "share":
        denominator = frame[entry.denominator or "total"].astype(float)
        scale = entry.per if entry.is_ratio else 100
        value = (scale * persons / denominator).where(denominator > 0)
    if form in ("index", "growth"):
        base = _at_base(frame, value, base_year)
        denominator = denominator if entry.is_ratio else base
        value = (100 * value / base).where(base > 0) - (100 if form == "growth" else 0)
    filled = frame.assign(value=value, persons=persons, denominator=denominator)
    return filled[COLUMNS]


def _at_base(frame: pd.DataFrame, value: pd.Series, base_year: int | None) -> pd.Series:
    """Return for every row the value of its area in the base year, else in the first year."""
    if frame.empty:
        return value
    year = int(frame["year"].min()) if base_year is None else base_year
    at = frame["year"] == year
    of_area = value[at].set_axis(frame["area_code"][at])
    return frame["area_code"].map(of_area).astype(float)


def peaks(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: tuple[str, ...],
    edition: str,
    measure: str,
    base_year: int | None = None,
) -> pd.DataFrame:
    """Return when the persons of a measure are most, and how far they rise from the base year.

    Columns area_code, peak_year, peak_persons, base_persons, rise_percent and at_end, which tells
    that the last year of the edition is the highest. The base is the first year by default; an
    area with a single year has no course and is left out.
    """
    series = measure_series(con, area_codes=area_codes, edition=edition, measure=measure,
                            form="persons")  # fmt: skip
    return peaks_of(series, base_year=base_year)


def peaks_of(series: pd.DataFrame, *, base_year: int | None = None) -> pd.DataFrame:
    """Return the peaks of a frame of persons by area and year; see `peaks`."""
    rows = []
    for code, own in series.dropna(subset=["persons"]).groupby("area_code", sort=False):
        ordered = own.sort_values("year")
        if len(ordered) < 2:
            continue
        top = ordered.iloc[int(ordered["persons"].to_numpy().argmax())]
        at_base = ordered if base_year is None else ordered[ordered["year"] == base_year]
        base = float("nan") if at_base.empty else float(at_base["persons"].iloc[0])
        rows.append(
            {
                "area_code": code,
                "peak_year": int(top["year"]),
                "peak_persons": float(top["persons"]),
                "base_persons": base,
                "rise_percent": 100 * top["persons"] / base - 100 if base > 0 else float("nan"),
                "at_end": bool(top["year"] == ordered["year"].max()),
            }
        )
    columns = ["area_code", "peak_year", "peak_persons", "base_persons", "rise_percent", "at_end"]
    return pd.DataFrame(rows, columns=columns)
