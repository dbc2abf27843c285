"""The parts of an area beside each other: in which order, and growth against level."""

from __future__ import annotations

from typing import Literal

import pandas as pd

Sort = Literal["code", "value", "growth", "peak"]
SORTS: tuple[Sort, ...] = ("code", "value", "growth", "peak")
LABELLED = 3  # areas named at each end of the scatter


def growth_of(levels: pd.DataFrame, *, base_year: int, year: int) -> pd.Series:
    """Return the change of each area's value from one year to another, in per cent by code.

    A change from nothing is no figure.
    """
    at = levels.set_index(["area_code", "year"])["value"].astype(float).unstack("year")
    if base_year not in at or year not in at:
        return pd.Series(float("nan"), index=at.index)
    before: pd.Series = at[base_year]
    return (100 * at[year] / before - 100).where(before > 0)


def peak_years(frame: pd.DataFrame) -> pd.Series:
    """Return by code the first year in which each area's value is highest; null without any."""
    known = frame.dropna(subset=["value"]).sort_values(["area_code", "year"])
    top = known.loc[known.groupby("area_code")["value"].idxmax()]
    peaks = top.set_index("area_code")["year"].astype(float)
    return peaks.reindex(frame["area_code"].drop_duplicates().sort_values())


def parts_order(
    frame: pd.DataFrame, levels: pd.DataFrame, *, sort: Sort, base_year: int, year: int
) -> tuple[str, ...]:
    """Return the codes in the order wanted; areas without a figure come last.

    `frame` is what is drawn, `levels` the same measure undivided by a base. Values and growth go
    from high to low, peaks from early to late, ties by code.
    """
    codes = sorted(frame["area_code"].unique())
    if sort == "code":
        return tuple(codes)
    if sort == "peak":
        keys = peak_years(frame)
    elif sort == "growth":
        keys = -growth_of(levels, base_year=base_year, year=year)
    else:
        keys = -frame[frame["year"] == year].set_index("area_code")["value"].astype(float)
    ordered = keys.reindex(codes).sort_values(kind="stable", na_position="last")
    return tuple(ordered.index)


def growth_against_level(
    frame: pd.DataFrame, levels: pd.DataFrame, *, base_year: int, year: int
) -> pd.DataFrame:
    """Return area_code, area_name, level, growth and is_labelled for each part.

    The level is the value of `frame` in the base year, the growth (per cent) that of `levels`
    from the base year to the year.
    """
    base = frame[frame["year"] == base_year].sort_values("area_code")
    growth = growth_of(levels, base_year=base_year, year=year)
    found = base[["area_code", "area_name"]].assign(
        level=base["value"].astype(float), growth=base["area_code"].map(growth).astype(float)
    )
    known = found.dropna(subset=["level", "growth"])
    ends = pd.concat(
        [
            known.nlargest(LABELLED, "growth"),
            known.nsmallest(LABELLED, "growth"),
            known.nlargest(LABELLED, "level"),
        ]
    )
    labelled = found["area_code"].isin(ends["area_code"])
    return found.assign(is_labelled=labelled).reset_index(drop=True)


def first_projected(frame: pd.DataFrame) -> int | None:
    """Return the first year that is projected; none where all were counted."""
    years = frame.loc[frame["is_projection"].fillna(False).astype(bool), "year"]
    return None if years.empty else int(years.min())


def years_known(frame: pd.DataFrame) -> tuple[int, ...]:
    """Return the years in which at least one area has a value, in order."""
    return tuple(sorted({int(year) for year in frame.loc[frame["value"].notna(), "year"]}))


def side_by_side(
    frame: pd.DataFrame,
    levels: pd.DataFrame,
    *,
    order: tuple[str, ...],
    base_year: int,
    year: int,
) -> pd.DataFrame:
    """Return a row an area in the order given: a column y2025 a year, peak_year and growth."""
    wide = frame.set_index(["area_code", "year"])["value"].unstack("year").add_prefix("y")
    names = frame.drop_duplicates("area_code").set_index("area_code")["area_name"]
    table = wide.assign(
        area_name=names,
        peak_year=peak_years(frame).astype("Int64"),
        growth=growth_of(levels, base_year=base_year, year=year),
    )
    return table.reindex(list(order)).rename_axis(index="area_code", columns=None).reset_index()
