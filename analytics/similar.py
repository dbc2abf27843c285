"""Municipalities like a given one, and why they are like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
from pyproj import Transformer
from scipy.spatial.distance import cdist

from analytics.municipal_facts import Facts, municipal_facts

Among = Literal["nation", "prefecture"]
Floats = npt.NDArray[np.float64]
NEAR = 0.35  # standard deviations within which a variable is called near
MOST_REASONS = 3
# Lambert conformal conic over Japan: distances in metres, a few per cent at the ends
_PLANE = "+proj=lcc +lat_1=33 +lat_2=44 +lat_0=37 +lon_0=137 +ellps=GRS80"


@dataclass(frozen=True)
class Variable:
    """What municipalities are matched by; words go before 「が近い」."""

    key: str
    label: str
    words: str
    unit: str
    decimals: int
    default_weight: int
    is_skewed: bool = False


VARIABLES = {
    variable.key: variable
    for variable in (
        Variable("population", "人口", "人口規模", "人", 0, 3, is_skewed=True),
        Variable("density", "人口密度", "人口密度", "人/km²", 0, 1, is_skewed=True),
        Variable("aging_share", "高齢化率", "高齢化率", "%", 1, 3),
        Variable("workers_per_senior", "高齢者1人を支える現役世代", "支える現役世代の割合",
                 "人", 2, 1),
        Variable("growth_75plus", "75歳以上人口の伸び（2040年）", "75歳以上の伸び", "倍", 2, 2),
        Variable("kind", "市・町・村・特別区・政令市の別", "市町村の別", "", 0, 1),
        Variable("distance_km", "地理的な距離", "場所", "km", 0, 0),
    )
}  # fmt: skip


def known_variables(facts: Facts, *, area_code: str) -> tuple[str, ...]:
    """Return the variables that the area has and that some other area has too."""
    frame = _with_distance(facts.frame, area_code).set_index("area_code")
    if area_code not in frame.index:
        return ()
    counts = frame[list(VARIABLES)].notna().sum()
    own = frame.loc[area_code, list(VARIABLES)].notna()
    return tuple(key for key in VARIABLES if own[key] and counts[key] > 1)


def similar_areas(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    variables: Sequence[str],
    weights: Mapping[str, float] | Sequence[tuple[str, float]],
    among: Among,
    count: int = 10,
) -> pd.DataFrame:
    """Return the municipalities nearest to one by the weighted variables, nearest first.

    Columns: area_code, area_name, prefecture_name, distance (0 to 1, the farthest of all that are
    compared is 1), nearness (per cent), reason, and the values of every variable chosen. Compared
    are the municipalities that have all of them; none is returned when the area itself lacks one.

    References
    ----------
    CIPFA nearest neighbours: Euclidean distance of z-scores, rebased to the farthest. Population
    and density enter as logarithms; the kind of area and the place are scaled so that two areas
    taken at random differ as much by them as by any z-score.
    """
    return similar_to(
        municipal_facts(con),
        area_code=area_code,
        variables=variables,
        weights=weights,
        among=among,
        count=count,
    )


def similar_to(
    facts: Facts,
    *,
    area_code: str,
    variables: Sequence[str],
    weights: Mapping[str, float] | Sequence[tuple[str, float]],
    among: Among,
    count: int = 10,
) -> pd.DataFrame:
    """Return what similar_areas does, from facts that are at hand."""
    chosen = {key: float(dict(weights).get(key, 1)) for key in variables if key in VARIABLES}
    chosen = {key: weight for key, weight in chosen.items() if weight > 0}
    frame = _with_distance(facts.frame, area_code)
    known = frame.dropna(subset=list(chosen)).reset_index(drop=True)
    own = known.index[known["area_code"] == area_code]
    if not chosen or own.empty or len(known) < 2:
        return pd.DataFrame(columns=[*_COLUMNS, *chosen])
    parts = {key: _scaled(known, key) for key in chosen}
    matrix = np.hstack([parts[key] * np.sqrt(weight) for key, weight in chosen.items()])
    distance = cdist(matrix[own], matrix)[0]
    farthest = distance.max()
    apart = {key: cdist(part[own], part)[0] for key, part in parts.items()}
    known = known.assign(
        distance=distance / farthest if farthest else 0.0,
        reason=[_reason(apart, chosen, place) for place in range(len(known))],
    )
    known["nearness"] = 100 * (1 - known["distance"])
    return _nearest(known, area_code, among, count)[[*_COLUMNS, *chosen]]


_COLUMNS = ("area_code", "area_name", "prefecture_name", "distance", "nearness", "reason")


def _nearest(known: pd.DataFrame, area_code: str, among: Among, count: int) -> pd.DataFrame:
    others = known[known["area_code"] != area_code]
    if among == "prefecture":
        others = others[others["prefecture_code"] == area_code[:2]]
    ranked = others.sort_values(["distance", "area_code"], kind="stable")
    return ranked.head(count).reset_index(drop=True)


def _with_distance(frame: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """Add where each area lies on a plane, and how many kilometres from the area."""
    x, y = _plane().transform(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    placed = frame.assign(x=np.where(np.isfinite(x), x, np.nan) / 1000,
                          y=np.where(np.isfinite(y), y, np.nan) / 1000)  # fmt: skip
    own = placed[placed["area_code"] == area_code]
    if own.empty:
        return placed.assign(distance_km=np.nan)
    row = own.iloc[0]
    return placed.assign(distance_km=np.hypot(placed["x"] - row["x"], placed["y"] - row["y"]))


@cache
def _plane() -> Transformer:
    return Transformer.from_crs("EPSG:6668", _PLANE, always_xy=True)


def _scaled(known: pd.DataFrame, key: str) -> Floats:
    """Return the columns of a variable whose squared differences average two, as z-scores' do."""
    if key == "kind":
        columns = pd.get_dummies(known["kind"]).to_numpy(dtype=float)
    elif key == "distance_km":
        columns = known[["x", "y"]].to_numpy(dtype=float)
    else:
        values = known[[key]].to_numpy(dtype=float)
        columns = np.log(np.maximum(values, 1)) if VARIABLES[key].is_skewed else values
    spread = np.sqrt(columns.var(axis=0, ddof=0).sum())
    centred = columns - columns.mean(axis=0)
    scaled: Floats = centred / spread if spread > 0 else np.zeros_like(columns)
    return scaled


def _reason(apart: Mapping[str, Floats], chosen: Mapping[str, float], place: int) -> str:
    """Say by which variables the area is near, those of most weight first."""
    near = [key for key in chosen if apart[key][place] <= NEAR]
    near.sort(key=lambda key: (-chosen[key], apart[key][place]))
    if not near:
        return "一つだけで近い項目はないが、全体として近い"
    words = "・".join(VARIABLES[key].words for key in near[:MOST_REASONS])
    return f"{words}が近い"
