"""One figure per area, edition and year, where several files of an edition are loaded."""

from __future__ import annotations

import pandas as pd

_AREA_YEAR = ["area_code", "edition", "year"]


def keep_richest(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return population rows in which every area and year of an edition comes from one file.

    The file with most rows for it (the finest age bands) is kept; two files are never mixed.
    """
    population = pd.concat(frames, ignore_index=True)
    counted = population.groupby([*_AREA_YEAR, "source_id"], as_index=False).size()
    best = counted.sort_values(["size", "source_id"], ascending=[False, True])
    best = best.drop_duplicates(_AREA_YEAR)[[*_AREA_YEAR, "source_id"]]
    return population.merge(best, on=[*_AREA_YEAR, "source_id"], how="inner")
