"""Letters in the place of the names of areas, so that only the own area is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from string import ascii_uppercase
from typing import Any

import duckdb
import pandas as pd

from analytics.place_names import HOME

WORD = "地域"
# What holds the name of some area and is none.
_NO_NAMES = ("中央値",)
_HEAD = 2
_MUNICIPAL = ("municipality", "designated_city", "ward")

_AREAS = (
    "with"
    + HOME
    + """
placed as (
    select
        area.area_code,
        area.area_type,
        area.name,
        area.valid_to is not null as is_past,
        case
            when area.area_type = 'prefecture' then area.area_code
            when regexp_full_match(area.area_code, '[0-9]{5}') then area.area_code[1:2]
            else home.prefecture_code
        end as prefecture_code
    from area
    left join home using (area_code)
),
final as (
    select
        placed.area_code,
        placed.area_type,
        placed.name,
        placed.is_past,
        placed.prefecture_code,
        prefecture.name as prefecture_name
    from placed
    left join area as prefecture
        on prefecture.area_code = placed.prefecture_code and prefecture.area_type = 'prefecture'
    order by placed.area_code
)
select * from final
"""
)


def every_area(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return all areas, present and past, with their type, name and prefecture."""
    found: pd.DataFrame = con.execute(_AREAS).df()
    return found


def _mixed(code: str, key: str) -> str:
    return blake2b(f"{key}:{code}".encode(), digest_size=16).hexdigest()


def _letter(place: int) -> str:
    first, last = divmod(place, len(ascii_uppercase))
    return (_letter(first - 1) if first else "") + ascii_uppercase[last]


def veil_over(areas: pd.DataFrame, *, known: Collection[str], first: str | None, key: str) -> Veil:
    """Return letters for all areas but the known ones.

    Those of the prefecture `first` come first, and of these the municipalities of today; which
    areas are known does not change the letters of the others.
    """
    ordered = sorted(
        areas.itertuples(),
        key=lambda row: (row.prefecture_code != first, row.is_past,
                         row.area_type not in _MUNICIPAL, _mixed(str(row.area_code), key)),
    )  # fmt: skip
    codes = [str(row.area_code) for row in ordered]
    places = {code: place for place, code in enumerate(codes) if code not in known}
    letters = {code: _letter(place) for code, place in places.items()}
    words = {name: name for name in _NO_NAMES}
    for row in areas.itertuples():
        letter = letters.get(str(row.area_code))
        for name in _names(row):
            if letter is None:
                words[name] = name
            elif name not in words:
                words[name] = f"{WORD}{letter}"
    return Veil(letters, places, words, _by_head(words))


def _names(row: Any) -> list[str]:  # noqa: ANN401 - a row of every_area
    name = str(row.name)
    placed = row.area_type in _MUNICIPAL and isinstance(row.prefecture_name, str)
    return [name, f"{row.prefecture_name}{name}"] if placed else [name]


def _by_head(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    heads: dict[str, list[str]] = {}
    for name in sorted(words, key=len, reverse=True):
        heads.setdefault(name[:_HEAD], []).append(name)
    return {head: tuple(names) for head, names in heads.items()}


@dataclass(frozen=True, eq=False)
class Veil:
    """Letters for all areas but those that may be known.

    `letters` and `places` (their order) are by code. `words` are what stands for a name, a known
    name for itself; `heads` finds names by their first characters.
    """

    letters: Mapping[str, str]
    places: Mapping[str, int]
    words: Mapping[str, str]
    heads: Mapping[str, tuple[str, ...]]

    def text(self, text: str) -> str:
        """Return a text in which letters stand for the names."""
        return _lettered(self, text)

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows without names and codes, in the order of the letters."""
        changed = frame.reset_index(drop=True)
        codes = changed.get("area_code")
        changed = changed.assign(**{
            str(column): self._column(changed[column], is_code=str(column).endswith("code"))
            for column in changed
            if not pd.api.types.is_numeric_dtype(changed[column])
        })  # fmt: skip
        if codes is None:
            return changed
        letters = codes.map(self.letters.get).astype(object)
        if "area_name" in changed:
            named = WORD + letters.fillna("")
            changed["area_name"] = named.where(letters.notna(), changed["area_name"])
        order = codes.map(dict(self.places)).fillna(-1).sort_values(kind="stable").index
        return changed.loc[order].reset_index(drop=True)

    def _column(self, values: pd.Series, *, is_code: bool) -> pd.Series:
        texts = {value for value in values if isinstance(value, str)}
        known = {
            text: self.letters.get(text, text) if is_code else self.text(text) for text in texts
        }
        return values.map(lambda value: known[value] if isinstance(value, str) else value)

    def spec(self, part: Any) -> Any:  # noqa: ANN401 - any piece of a figure
        """Return a figure without names and codes; rows of areas in the order of the letters.

        Rows keep what places them in the figure; lists of other things keep their order.
        """
        if isinstance(part, str):
            return self.text(part)
        if isinstance(part, Mapping):
            return {
                key: self.letters.get(value, value) if key == "area_code" else self.spec(value)
                for key, value in part.items()
            }
        if isinstance(part, list):
            return [self.spec(item) for item in sorted(part, key=self._place)]
        return part

    def _place(self, item: Any) -> int:  # noqa: ANN401 - any item of a list
        return self.places.get(str(item.get("area_code")), -1) if isinstance(item, Mapping) else -1


@lru_cache(maxsize=8_192)
def _lettered(veil: Veil, text: str) -> str:
    """Return a text in which letters stand for the names; a page says the same ones every time."""
    parts, place = [], 0
    while place < len(text):
        names = veil.heads.get(text[place : place + _HEAD], ())
        name = next((name for name in names if text.startswith(name, place)), None)
        parts.append(text[place] if name is None else veil.words[name])
        place += 1 if name is None else len(name)
    return "".join(parts)


def without_names(frame: pd.DataFrame, letters: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows with letters for codes and names, ordered by them, and no trace of the rest.

    What names a row of a source is left out, and sources that differ by area are named together.
    Rows of areas without a letter stay as they are and come first.
    """
    letter = frame["area_code"].map(letters.get).astype(object)
    hidden = letter.notna()
    changed = frame.assign(
        area_code=letter.where(hidden, frame["area_code"]),
        area_name=("地域" + letter.fillna("")).where(hidden, frame["area_name"]),
    )
    if "source_ref" in frame:
        changed["source_ref"] = frame["source_ref"].where(~hidden)
    for column in ("source_title", "vintage"):
        if column in frame and hidden.any():
            together = "／".join(map(str, frame.loc[hidden, column].dropna().unique()))
            known = hidden & frame[column].notna()
            changed[column] = frame[column].where(~known, together)
    places = {code: place for place, code in enumerate(letters.values())}
    order = changed["area_code"].where(hidden).map(places).fillna(-1)
    return changed.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
