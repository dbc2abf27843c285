"""What two editions of projections say of the same area and year, side by side and never joined."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.population_held import measure_years
from analytics.population_measures import measure_series
from data.catalogue import load_catalogue

COLUMNS = ["year", "newer", "older", "difference", "percent"]


def two_editions(
    con: duckdb.DuckDBPyConnection, *, area_code: str, measure: str
) -> tuple[str, str] | None:
    """Return the two newest projections that have the measure of the area in a common year."""
    entries = load_catalogue().editions
    held = measure_years(con, area_code=area_code)[measure]
    projections = [edition for edition in held if entries[edition].has_projection]
    for place, newer in enumerate(projections):
        for older in projections[place + 1 :]:
            if set(held[newer]) & set(held[older]):
                return newer, older
    return None


def edition_differences(
    con: duckdb.DuckDBPyConnection, *, area_code: str, measure: str, editions: tuple[str, str]
) -> pd.DataFrame:
    """Return the value of each edition in the years that both have, and newer less older.

    Columns COLUMNS; the values in the unit of the measure, `percent` of the older one.
    """
    newer, older = (
        measure_series(con, area_codes=(area_code,), edition=edition, measure=measure,
                       form="persons").dropna(subset=["value"]).set_index("year")["value"]
        for edition in editions
    )  # fmt: skip
    both = pd.DataFrame({"newer": newer, "older": older}).dropna().sort_index().reset_index()
    difference = both["newer"] - both["older"]
    percent = (100 * difference / both["older"]).where(both["older"] > 0)
    return both.assign(difference=difference, percent=percent)[COLUMNS]


def difference_sentence(
    frame: pd.DataFrame, *, area_name: str, label: str, newer: str, older: str, unit: str,
    decimals: int,
) -> str:  # fmt: skip
    """Say how far the newer edition lies from the older one in the last common year."""
    if frame.empty:
        return ""
    last = frame.iloc[-1]
    step = round(float(last["difference"]), decimals)
    named = f"{int(last['year'])}年の{area_name}の{label}は、{newer}と{older}"
    if step == 0:
        return f"{named}とで同じです。"
    way = "多い" if step > 0 else "少ない"
    share = "" if pd.isna(last["percent"]) else f"（{abs(last['percent']):.1f}%）"
    return f"{named}とを比べると、{newer}が{abs(step):,.{decimals}f}{unit}{share}{way}値です。"
