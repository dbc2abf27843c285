"""What changes when only some prefectures are loaded, or a register is read as a whole."""

from __future__ import annotations

import pandas as pd

from data.harmonise.areas import AreaTables
from data.harmonise.facility_areas import NOWHERE

NATION = "00"


def name_the_whole(areas: AreaTables) -> None:
    """Rename the nation in a build of some prefectures, so that no part passes for all Japan."""
    count = int((areas.area["area_type"] == "prefecture").sum())
    whole = areas.area["area_code"] == NATION
    areas.area.loc[whole, "name"] = f"読み込んだ{count}都道府県の計"


def without_nation(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Drop the sources' rows for all Japan, which do not describe the loaded prefectures."""
    return [frame[frame["area_code"] != NATION] for frame in frames]


def widen_coverage(coverage: pd.DataFrame, *, source_key: str) -> pd.DataFrame:
    """Let every file of a register reach as far as the widest one does.

    The register of care offices is published service by service for the whole country: a service
    that is offered in few prefectures is absent from the others, not missing. What a file covers
    NOWHERE in a part of the country goes with this step.
    """
    somewhere = coverage["area_code"] != NOWHERE
    own = coverage["source_id"].str.startswith(f"{source_key}:")
    reach = coverage.loc[own & somewhere].groupby("subject")["area_code"].agg(frozenset)
    if reach.empty:
        return coverage[somewhere]
    widest = next((areas for areas in reach if NATION in areas), max(reach, key=len))
    sources = coverage.loc[own, ["source_id", "subject"]].drop_duplicates()
    spread = sources.merge(pd.DataFrame({"area_code": sorted(widest)}), how="cross")
    return pd.concat([coverage[~own & somewhere], spread], ignore_index=True)
