"""The switch that hides the names of all areas but the own one, on every page and in every file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import parents_of
from analytics.hidden_names import Veil, every_area, veil_over
from exports.sections import AreaSheet
from ui.address import read, write
from ui.kept import Kept
from ui.store import ask, served

PARAM = "hide"
KEY = "hide_names"
NATION = "00"
NOTE = (
    "名前を隠しています。表・図・ファイルの地域は文字で示し、この地域だけ名前を出します。"
    "分子・分母の数から推測できることがあります。"
)
NO_MAP = (
    "名前を隠している間は、地図を示しません。",
    "地域の形で名前がわかるためです。「名前を隠す」を切ると表示されます。",
)
NO_PLACES = (
    "名前を隠している間は、この見かたを示しません。",
    "施設の名前や場所で地域がわかるためです。「名前を隠す」を切ると表示されます。",
)
# These name an area by its code in the address, or by its letter.
_NAMING = ("left", "right", "like", "lines")

_frames: Kept[pd.DataFrame] = Kept(most=64)
_figures: Kept[dict[str, Any] | None] = Kept(most=128)


def choose_hidden() -> None:
    """Draw the switch; the choice travels in the address and from page to page."""
    code = read(PARAM)
    if code not in (None, "1"):
        st.warning(f"「名前を隠す」に指定された「{code[:20]}」は使えません。")
        write(PARAM, None)
    st.session_state[KEY] = read(PARAM) == "1"
    st.toggle("名前を隠す", key=KEY, on_change=_changed)


def _changed() -> None:
    write(PARAM, "1" if st.session_state[KEY] else None)
    for param in _NAMING:
        write(param, None)


def settle_hidden() -> None:
    """Take the choice over from the page before; from here on the address alone tells it."""
    read(PARAM)


def is_hidden() -> bool:
    """Tell whether names are hidden; asked for nearly every word of a page."""
    return st.query_params.get(PARAM) == "1"


def veil() -> Veil | None:
    """Return what hides the names, or None where they are shown."""
    return _veil(served(), read("area") or NATION) if is_hidden() else None


@lru_cache(maxsize=64)
def _veil(store_key: str, own_code: str) -> Veil:
    areas = ask(every_area)
    own = areas[areas["area_code"] == own_code]
    home = None if own.empty else own["prefecture_code"].iloc[0]
    known = {NATION, own_code, *ask(parents_of, area_code=own_code)["area_code"]}
    return veil_over(areas, known=known, first=home, key=store_key)


def letters_for(codes: Sequence[str], *, own_code: str | None) -> dict[str, str]:
    """Return the letters of areas as every page shows them, in their order."""
    cover = _veil(served(), own_code or NATION)
    known = [code for code in codes if code in cover.letters]
    return {code: cover.letters[code] for code in sorted(known, key=cover.places.__getitem__)}


def veiled_text(text: str) -> str:
    """Return a text as it may be shown."""
    cover = veil()
    return text if cover is None else cover.text(text)


def veiled_options(options: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a choice as they may be shown, by code; hundreds where groups are."""
    cover = veil()
    if cover is None:
        return dict(options)
    return {code: cover.text(words) for code, words in options.items()}


def veiled_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows as they may be shown; nobody may change them afterwards."""
    cover = veil()
    return frame if cover is None else _behind(cover, frame)


def _behind(cover: Veil, frame: pd.DataFrame) -> pd.DataFrame:
    return _frames.of(frame, by=cover, make=lambda: cover.frame(frame))


def by_letters(codes: Sequence[str]) -> tuple[str, ...]:
    """Return codes in the order of their letters, for a figure that places areas by itself."""
    cover = veil()
    return tuple(codes if cover is None else sorted(codes, key=lambda c: cover.places.get(c, -1)))


def veiled_sheet(sheet: AreaSheet) -> AreaSheet:
    """Return the sheet of an area as it may be shown and saved."""
    cover = veil()
    return sheet if cover is None else _sheet_behind(cover, sheet)


@lru_cache(maxsize=64)
def _sheet_behind(cover: Veil, sheet: AreaSheet) -> AreaSheet:
    sections = tuple(
        replace(each, sentence=cover.text(each.sentence), frame=_behind(cover, each.frame))
        for each in sheet.sections
    )
    rows = _behind(cover, sheet.rows)
    return replace(sheet, sentence=cover.text(sheet.sentence), sections=sections, rows=rows)


def veiled_figure(spec: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a figure as it may be shown, which nobody may change afterwards.

    None for a map, since a shape tells the name.
    """
    cover = veil()
    if cover is None:
        return dict(spec)
    return _figures.of(spec, by=cover, make=lambda: _figure_behind(cover, spec))


def _figure_behind(cover: Veil, spec: Mapping[str, Any]) -> dict[str, Any] | None:
    return None if draws_places(spec) else dict(cover.spec(spec))


def draws_places(spec: Mapping[str, Any]) -> bool:
    """Tell whether a figure is a map."""
    return '"projection"' in json.dumps(spec, default=str)
