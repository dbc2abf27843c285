"""The tables of a generation as a whole, put together from areas and files, and held to rules."""

from __future__ import annotations

import pandas as pd

from data.harmonise.areas import AreaTables
from data.harmonise.scope import without_nation
from data.validate import validate_references, validate_table

_LINK = ["area_code", "parent_area_code"]
_NONE = pd.DataFrame()


def whole_tables(
    tables: dict[str, list[pd.DataFrame]], areas: AreaTables, *, is_part: bool
) -> dict[str, pd.DataFrame]:
    """Return one frame for each table, without repeats; InvalidRows where a rule is broken.

    A build of some prefectures (`is_part`) has no row for all Japan.
    """
    given = dict(tables)
    areas_of_files = pd.concat([_NONE, *given.pop("area", [])], ignore_index=True)
    links_of_files = pd.concat([_NONE, *given.pop("area_membership", [])], ignore_index=True)
    named = _beside(areas.area, areas_of_files, keys=["area_code"])
    whole = {
        "area": [named.drop_duplicates(["area_code", "name"])],
        "area_membership": [_beside(areas.area_membership, links_of_files, keys=_LINK)],
        "area_change": [areas.area_change],
    }
    if is_part:
        for table in {"population", "measure"} & given.keys():
            given[table] = without_nation(given[table])
    done = {}
    for table, frames in (whole | given).items():
        filled = [frame for frame in frames if not frame.empty]
        if filled:
            done[table] = pd.concat(filled, ignore_index=True).drop_duplicates()
            validate_table(table, done[table])
    validate_references(done)
    return done


def _beside(own: pd.DataFrame, others: pd.DataFrame, *, keys: list[str]) -> pd.DataFrame:
    """Return own rows and those others of which own says nothing; own ones have the days."""
    known = pd.MultiIndex.from_frame(own[keys])
    told = pd.MultiIndex.from_frame(others.reindex(columns=keys))
    return pd.concat([own, others[~told.isin(known)]], ignore_index=True)
