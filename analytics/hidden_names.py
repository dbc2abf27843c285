"""Letters in the place of the names of areas, so that only the own area is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from string import ascii_uppercase

import pandas as pd


def letters_of(codes: Sequence[str], *, own_code: str | None, key: str) -> dict[str, str]:
    """Return a letter for every code but the own one: A to Z, then AA, AB and so on.

    The order follows the key, and so neither codes nor values; the same key gives the same letters.
    """

    def mixed(code: str) -> str:
        return blake2b(f"{key}:{code}".encode(), digest_size=16).hexdigest()

    others = sorted({code for code in codes if code != own_code}, key=mixed)
    return {code: _letter(place) for place, code in enumerate(others)}


def _letter(place: int) -> str:
    first, last = divmod(place, len(ascii_uppercase))
    return (_letter(first - 1) if first else "") + ascii_uppercase[last]


def without_names(frame: pd.DataFrame, letters: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows with letters for codes and names, ordered by them, and no trace of the rest.

    What names a row of a source is left out, and sources that differ by area are named together.
    Rows of areas without a letter stay as they are and come first.
    """
    letter = frame["area_code"].map(dict(letters))
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
