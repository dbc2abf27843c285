"""One figure per area, edition and year, where several files of an edition are loaded."""

from __future__ import annotations

import pandas as pd

ONE_WORK = "one_work"
_AREA_YEAR = ["area_code", "edition", "year"]
_ROW = [*_AREA_YEAR, "sex", "age_from", "age_to"]


def keep_richest(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return population rows in which every area and year of an edition comes from one file.

    The file with most rows for it (the finest age bands) is kept; two files are never mixed.
    Files with the same text in the column one_work are one table printed in parts.
    """
    population = pd.concat(frames, ignore_index=True)
    work = population["source_id"].astype("object")
    if ONE_WORK in population.columns:
        work = population.pop(ONE_WORK).astype("object").where(lambda text: text.notna(), work)
    population = population.assign(work=work)
    counted = population.groupby([*_AREA_YEAR, "work"], as_index=False).size()
    best = counted.sort_values(["size", "work"], ascending=[False, True])
    best = best.drop_duplicates(_AREA_YEAR)[[*_AREA_YEAR, "work"]]
    kept = population.merge(best, on=[*_AREA_YEAR, "work"], how="inner").drop(columns="work")
    return _without_overlap(kept.drop_duplicates(_ROW, ignore_index=True))


def _without_overlap(population: pd.DataFrame) -> pd.DataFrame:
    """Turn 65歳以上 into 65〜74歳 where 75歳以上 is printed beside it, so that bands add up."""
    keys = [*_AREA_YEAR, "sex"]
    is_open = population["age_to"].isna()
    older = population[is_open & (population["age_from"] == 75)].set_index(keys)
    at_65 = population.index[is_open & (population["age_from"] == 65)]
    rows = pd.MultiIndex.from_frame(population.loc[at_65, keys])
    oldest = older["persons"].reindex(rows).to_numpy()
    both = at_65[~pd.isna(oldest)]
    if both.empty:
        return population
    population = population.copy()
    population.loc[both, "persons"] -= oldest[~pd.isna(oldest)]
    population.loc[both, "age_to"] = 74
    parts = older["source_ref"].reindex(rows)[~pd.isna(oldest)].to_numpy()
    population.loc[both, "source_ref"] = population.loc[both, "source_ref"] + "－" + parts
    return population
