"""Facilities by hexagonal cell: how many there are in each, of all that have coordinates."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.facilities import facility_points
from data.catalogue import load_catalogue
from geo.cells import cells_of

Conditions = tuple[tuple[str, str], ...]
COLUMNS = ["cell", "facilities"]


def cell_counts(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    facility_types: Sequence[str],
    resolution: int,
    filters: Conditions = (),
    search: str = "",
) -> pd.DataFrame:
    """Return the cells of an area that hold facilities, each facility counted once.

    A facility of several types is one facility. Columns: cell (short H3 name), facilities.
    """
    points = facility_points(
        con, area_code=area_code, facility_types=facility_types, filters=filters, search=search
    )
    return _counted(points, resolution)


def _counted(points: pd.DataFrame, resolution: int) -> pd.DataFrame:
    if points.empty:
        return pd.DataFrame({"cell": pd.Series(dtype="str"), "facilities": pd.Series(dtype="int")})
    once = points.drop_duplicates("facility_id")
    cells = cells_of(once["lon"], once["lat"], resolution=resolution)
    counts = cells.value_counts().sort_index()
    return pd.DataFrame({"cell": counts.index, "facilities": counts.to_numpy()})


def cells_sentence(counts: pd.DataFrame, *, named: str, width_km: float) -> str:
    """Say how the facilities spread over the cells that hold any."""
    total, most = int(counts["facilities"].sum()), int(counts["facilities"].max())
    alone = int((counts["facilities"] == 1).sum())
    return (
        f"{named}は、位置の分かる{total:,}か所が、径 約{width_km:.0f}kmの六角形{len(counts):,}個に"
        f"あります。最も多い六角形に{most:,}か所、1か所だけの六角形は{alone:,}個です。"
    )


def cells_in(con: duckdb.DuckDBPyConnection, *, area_code: str, resolution: int) -> list[str]:
    """Return the cells of an area that hold a facility of any type, in order."""
    every = tuple(load_catalogue().facility_types)
    counts = cell_counts(con, area_code=area_code, facility_types=every, resolution=resolution)
    return list(counts["cell"])
