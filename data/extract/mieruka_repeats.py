"""The same export downloaded more than once, as in 名前 (1).xlsx: one of them counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from data.extract import Extract
from data.extract.mieruka_export import AREAS, NAME

REPEATED = "同じ書き出し（{}）があるため、使いません。"


def repeats(found: Mapping[str, Extract]) -> dict[str, str]:
    """Return which exports are not used, by their file name, and the file used for each.

    Alike are those of one indicator, shape, year and set of areas. The one exported last counts,
    and of one day the one whose name bears no number.
    """
    used: dict[Hashable, str] = {}
    keys = {name: key for name, extract in found.items() if (key := _key(extract)) is not None}
    for name in sorted(keys, key=lambda name: (_day(found[name]), name)):
        used[keys[name]] = name
    return {name: used[key] for name, key in keys.items() if used[key] != name}


def _key(extract: Extract) -> Hashable | None:
    if extract.layout != NAME or not extract.frames:
        return None
    frame = extract.frames["values"]
    first = frame.iloc[0]
    year = first["time"] if first["shape"] == AREAS else ""
    return first["code"], first["shape"], year, frozenset(frame["area"])


def _day(extract: Extract) -> tuple[int, ...]:
    parts = extract.vintage.translate(str.maketrans("年月日", "   ")).split()
    return tuple(int(part) for part in parts if part.isdecimal())
