"""Support given in one year beside the change in implementation since; it shows no cause."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities import prefecture_rates
from analytics.support import support_matrix
from data.catalogue import load_catalogue

NATION = "00"


def support_and_change(con: DuckDBPyConnection, *, first_year: int, last_year: int) -> pd.DataFrame:
    """Return one row per prefecture: supports given in the first year, and the change to the last.

    A rate is done ÷ answering summed over the items asked in both years, in per cent; the change is
    in points. Both years must lie in one framework, since items do not continue across it.

    Raises
    ------
    ValueError
        The years belong to different frameworks.
    """
    programme = load_catalogue().programme
    framework = programme.framework_of(first_year).key
    if programme.framework_of(last_year).key != framework:
        raise ValueError("implementation is not compared across two frameworks")
    given = _given(support_matrix(con, fiscal_year=first_year))
    years = {
        year: prefecture_rates(con, area_code=NATION, framework=framework, fiscal_year=year)
        for year in (first_year, last_year)
    }
    both = set(years[first_year]["item_key"]) & set(years[last_year]["item_key"])
    before = _rate(years[first_year], both).add_suffix("_before")
    joined = before.join(_rate(years[last_year], both).add_suffix("_after"), how="outer")
    frame = given.join(joined).reset_index()
    frame["change"] = frame["rate_after"] - frame["rate_before"]
    return frame


def _given(matrix: pd.DataFrame) -> pd.DataFrame:
    answers = matrix.groupby(["area_code", "area_name"])["category"]
    frame = answers.agg(
        given=lambda kinds: int((kinds == "done").sum()),
        asked=lambda kinds: int(kinds.isin(["done", "none"]).sum()),
    )
    frame["given"] = frame["given"].where(frame["asked"] > 0).astype("Int64")
    return frame.reset_index().set_index("area_code")


def _rate(rates: pd.DataFrame, items: set[str]) -> pd.DataFrame:
    sums = rates[rates["item_key"].isin(items)].groupby("area_code")[["done", "answering"]].sum()
    sums["rate"] = (100 * sums["done"] / sums["answering"]).where(sums["answering"] > 0)
    return sums


def change_sentence(frame: pd.DataFrame, *, first: str, last: str) -> str:
    """Say how prefectures with more and with fewer supports changed, and that it is no cause."""
    known = frame.dropna(subset=["given", "change"])
    if len(known) < 2:
        return (
            f"{first}から{last}までの両方に回答のある都道府県が2つに満たないため、並べられません。"
        )
    middle = float(known["given"].astype(float).median())
    more = known[known["given"].astype(float) > middle]
    fewer = known[known["given"].astype(float) <= middle]
    opening = f"{first}に行っていた支援の数と、{last}までの実施割合の変化："
    tail = "支援が変化の原因であることを示すものではありません。"
    if more.empty:
        return (
            f"{opening}どの都道府県も支援の数が{middle:.0f}件以下で、分けて比べられません。{tail}"
        )
    return (
        f"{opening}支援が{middle:g}件より多い{len(more)}都道府県では{_pooled(more):+.1f}ポイント、"
        f"{middle:g}件以下の{len(fewer)}都道府県では{_pooled(fewer):+.1f}ポイントです。{tail}"
    )


def _pooled(rows: pd.DataFrame) -> float:
    """Return the change of the rate of all rows together, from summed counts."""
    before = 100 * rows["done_before"].sum() / rows["answering_before"].sum()
    after = 100 * rows["done_after"].sum() / rows["answering_after"].sum()
    return float(after - before)
