"""What tells municipalities apart: people, age, growth, land and kind, one row each."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from analytics.land import land_areas
from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

NEAR_YEARS = 5
FUTURE_YEAR = 2040
KINDS = {"市": "市", "町": "町", "村": "村", "区": "特別区"}
DESIGNATED = "政令指定都市"


@dataclass(frozen=True)
class Facts:
    """The municipalities, and for each variable where its figures come from."""

    frame: pd.DataFrame
    basis: dict[str, str]


_PLACES = """
with final as (
    select
        area.area_code,
        area.name as area_name,
        area.area_type,
        left(area.area_code, 2) as prefecture_code,
        prefecture.name as prefecture_name,
        area.lon,
        area.lat
    from area
    left join area as prefecture
        on
            prefecture.area_code = left(area.area_code, 2)
            and prefecture.area_type = 'prefecture'
    where
        area.area_type in ('municipality', 'designated_city')
        and area.valid_to is null
        and area.area_code not in (select unnest($without_office::varchar[]))
    order by area.area_code
)

select * from final
"""

_EDITIONS = """
with final as (
    select
        population_total.edition,
        population_total.year,
        count(population_total.total) as total,
        count(population_total.age_65_plus) as age_65_plus,
        count(population_total.age_15_64) as age_15_64,
        count(population_total.age_75_plus) as age_75_plus
    from population_total
    inner join area
        on
            area.area_code = population_total.area_code
            and area.area_type in ('municipality', 'designated_city')
    group by
        population_total.edition,
        population_total.year
)

select * from final
"""

_PEOPLE = """
with final as (
    select
        area_code,
        total,
        age_15_64,
        age_65_plus,
        age_75_plus
    from population_total
    where
        edition = $edition
        and year = $year
)

select * from final
"""

_BUILT = "select value from meta where key = 'built_at'"


def area_kind(name: str, area_type: str) -> str:
    """Return 政令指定都市, 市, 町, 村 or 特別区, as the name of a municipality says."""
    return DESIGNATED if area_type == "designated_city" else KINDS.get(name[-1:], "その他")


def built_year(con: duckdb.DuckDBPyConnection) -> int:
    """Return the year in which the generation was built."""
    found = con.execute(_BUILT).fetchone()
    return int(found[0][:4]) if found else 0


def municipal_facts(con: duckdb.DuckDBPyConnection) -> Facts:
    """Return one row per municipality of today: code, name, kind, point, and what is known of it.

    population (persons), aging_share (per cent), workers_per_senior (persons aged 15 to 64 per
    person aged 65 and over), growth_75plus (times, to 2040), density (persons per km²). Each
    variable is taken from one edition and year; NaN where that has no figure.
    """
    places = con.execute(_PLACES, {"without_office": list(WITHOUT_RESIDENTS)}).df()
    places["kind"] = [
        area_kind(name, kind)
        for name, kind in zip(places["area_name"], places["area_type"], strict=True)
    ]
    frame, basis = places.set_index("area_code"), {"kind": "市区町村の名称"}
    editions, now = con.execute(_EDITIONS).df(), built_year(con)
    for variable, columns in _COLUMNS.items():
        chosen = _nearest(editions, columns=columns, year=now)
        frame[variable] = _NOTHING
        if chosen is not None:
            people = _people(con, *chosen).reindex(frame.index)
            frame[variable] = _FORMULAS[variable](people)
            basis[variable] = f"{_edition_name(chosen[0])} {chosen[1]}年"
    frame["growth_75plus"], basis["growth_75plus"] = _growth(con, editions, frame.index)
    frame["density"], basis["density"] = _density(con, frame, basis)
    frame[list(_MEASURED)] = frame[list(_MEASURED)].astype("float64")
    known = {variable: words for variable, words in basis.items() if words}
    return Facts(frame.reset_index(), known)


_NOTHING = float("nan")
_MEASURED = ("population", "aging_share", "workers_per_senior", "growth_75plus", "density")
_COLUMNS = {
    "population": ("total",),
    "aging_share": ("total", "age_65_plus"),
    "workers_per_senior": ("age_15_64", "age_65_plus"),
}
_FORMULAS = {
    "population": lambda people: people["total"],
    "aging_share": lambda people: 100 * people["age_65_plus"] / people["total"].replace(0, np.nan),
    "workers_per_senior": lambda people: (
        people["age_15_64"] / people["age_65_plus"].replace(0, np.nan)
    ),
}


def _people(con: duckdb.DuckDBPyConnection, edition: str, year: int) -> pd.DataFrame:
    frame: pd.DataFrame = con.execute(_PEOPLE, {"edition": edition, "year": year}).df()
    return frame.set_index("area_code")


def _nearest(
    editions: pd.DataFrame, *, columns: tuple[str, ...], year: int
) -> tuple[str, int] | None:
    """Return the newest edition that has the columns near to the year, and the year nearest."""
    counts = editions[list(columns)].min(axis=1)
    near = (editions["year"] - year).abs() <= NEAR_YEARS
    found = editions[near & (counts > 0) & (counts >= 0.9 * counts[near].max())]
    if found.empty:
        return None
    order = {key: entry.order for key, entry in load_catalogue().editions.items()}
    place = found["edition"].map(order).fillna(len(order))
    best = found.assign(place=place, gap=(found["year"] - year).abs())
    row = best.sort_values(["place", "gap", "year"], kind="stable").iloc[0]
    return str(row["edition"]), int(row["year"])


def _edition_name(edition: str) -> str:
    entry = load_catalogue().editions.get(edition)
    return entry.short_label if entry else edition


def _growth(
    con: duckdb.DuckDBPyConnection, editions: pd.DataFrame, codes: pd.Index
) -> tuple[pd.Series, str]:
    """Return persons aged 75 and over in 2040 as a multiple of the first year of the edition."""
    known = editions[editions["age_75_plus"] > 0]
    last = known.loc[known["year"] == FUTURE_YEAR, "edition"].tolist()
    order = load_catalogue().editions
    ranked = sorted(last, key=lambda key: order[key].order if key in order else len(order))
    if not ranked:
        return pd.Series(_NOTHING, index=codes), ""
    edition = ranked[0]
    first = int(known.loc[known["edition"] == edition, "year"].min())
    then = _people(con, edition, FUTURE_YEAR)["age_75_plus"].reindex(codes)
    base = _people(con, edition, first)["age_75_plus"].reindex(codes)
    words = f"{_edition_name(edition)} {first}年→{FUTURE_YEAR}年"
    return then / base.replace(0, np.nan), words


def _density(
    con: duckdb.DuckDBPyConnection, frame: pd.DataFrame, basis: dict[str, str]
) -> tuple[pd.Series, str]:
    land = land_areas(con, area_codes=frame.index.tolist()).set_index("area_code")["km2"]
    if land.empty or "population" not in basis:
        return pd.Series(_NOTHING, index=frame.index), ""
    square_km = land.reindex(frame.index).where(lambda km: km > 0)
    words = f"{basis['population']}÷境界から測った面積（内水面を含む）"
    return frame["population"] / square_km, words
