"""Among the parts of an area: where people aged 75 and over, and 85 and over, grow most."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.figures import change, persons
from analytics.population_measures import measure_parts
from data.catalogue.population_measures import load_population_measures

OLD = ("age_75_plus", "age_85_plus")
NOW, NEXT = 2025, 2035
COLUMNS = ["area_code", "area_name", "measure", "from_year", "to_year", "before", "after",
           "added", "percent"]  # fmt: skip


def old_growth(
    con: duckdb.DuckDBPyConnection, *, area_code: str, level: str, edition: str
) -> pd.DataFrame:
    """Return how the old of every part grow from near 2025 to near 2035 and to the last year.

    Columns COLUMNS: persons before, after and added, growth in per cent (null from nobody).
    """
    found = [
        growth_between(
            measure_parts(con, area_code=area_code, level=level, edition=edition, measure=measure,
                          form="persons"),
            measure=measure,
        )
        for measure in OLD
    ]  # fmt: skip
    return pd.concat(found, ignore_index=True)


def growth_between(frame: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """Return the growth of a frame of persons by area and year; see `old_growth`."""
    years = sorted({int(year) for year in frame.dropna(subset=["persons"])["year"]})
    if len(years) < 2:
        return pd.DataFrame(columns=COLUMNS)
    start = min(years, key=lambda year: (abs(year - NOW), year))
    ends = {min(years, key=lambda year: (abs(year - NEXT), year)), years[-1]}
    before = frame[frame["year"] == start].set_index("area_code")["persons"]
    rows = []
    for end in sorted(end for end in ends if end > start):
        later = frame[frame["year"] == end].dropna(subset=["persons"])
        earlier = later["area_code"].map(before)
        rows.append(
            later[["area_code", "area_name"]].assign(
                measure=measure,
                from_year=start,
                to_year=end,
                before=earlier,
                after=later["persons"],
                added=later["persons"] - earlier,
                percent=(100 * later["persons"] / earlier - 100).where(earlier > 0),
            )
        )
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=COLUMNS)


def growth_sentence(frame: pd.DataFrame, *, where: str, level_name: str, edition_name: str) -> str:
    """Say in which part the old grow most, by rate and by number, until each of the years."""
    known = frame.dropna(subset=["percent"])
    if known.empty or known["area_code"].nunique() < 2:
        return ""
    start = int(known["from_year"].iloc[0])
    labels = {key: load_population_measures()[key].short_label for key in OLD}
    rates = [_leaders(known, measure, "percent", label) for measure, label in labels.items()]
    numbers = [_leaders(known, measure, "added", label) for measure, label in labels.items()]
    rate_words = "。".join(words for words in rates if words)
    number_words = "。".join(words for words in numbers if words)
    return (
        f"{where}の{level_name}のうち、{start}年からの増加率が最も高いのは、{rate_words}です"
        f"（{edition_name}）。増える人数が最も多いのは、{number_words}です。"
    )


def _leaders(known: pd.DataFrame, measure: str, column: str, label: str) -> str:
    """Name the part with the highest value until each year."""
    told = []
    for end, rows in known[known["measure"] == measure].groupby("to_year"):
        ordered = rows.sort_values([column, "area_code"], ascending=[False, True])
        top = ordered.iloc[0]
        value = float(top[column])
        words = change(value) if column == "percent" else _number(value)
        if words.endswith("減"):
            words = f"どの地域も減る中で減り方が最小、{words}"
        told.append(f"{end}年までは{top['area_name']}（{words}）")
    return f"{label}では{'、'.join(told)}" if told else ""


def _number(added: float) -> str:
    return f"{persons(abs(added))}{'増' if added >= 0 else '減'}"


def rank_sentence(frame: pd.DataFrame, *, area_code: str) -> str:
    """Say where the growth of one part stands among the others, until the first of the years."""
    told = []
    for measure in OLD:
        rows = frame[frame["measure"] == measure].dropna(subset=["percent"])
        rows = rows[rows["to_year"] == rows["to_year"].min()]
        own = rows[rows["area_code"] == area_code]
        if own.empty or len(rows) < 2:
            continue
        value = float(own["percent"].iloc[0])
        rank = int((rows["percent"] > value).sum()) + 1
        label = load_population_measures()[measure].short_label
        told.append(f"{label}は{change(value)}で{len(rows):,}地域中{rank:,}番目")
    if not told:
        return ""
    name = str(frame.loc[frame["area_code"] == area_code, "area_name"].iloc[0])
    years = frame[["from_year", "to_year"]].min()
    span = f"{int(years['from_year'])}年から{int(years['to_year'])}年まで"
    return f"{name}の{span}の増加率は、{'、'.join(told)}です（高い順）。"
