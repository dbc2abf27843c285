"""What staff have written about the municipalities of a region, for the views that show it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.areas import areas_inside
from analytics.groups import known_codes
from records.file import stamp
from ui.activity_choice import FORM, Chosen
from ui.records_form import record_form, records_of
from ui.store import ask, served, store
from ui.survey_parts import sources

BY_STAFF = "担当者の記録（この画面で書かれたもの）"


def asked_in(chosen: Chosen) -> tuple[str, ...]:
    """Return the survey of the year as it is cited, nothing where no answers are loaded."""
    return tuple(sources(FORM, chosen.fiscal_year)) if chosen.years else ()


def places_of(chosen: Chosen) -> pd.DataFrame:
    """Return today's municipalities of the region, area_code and area_name, in order of code."""
    return _places(served(), chosen.region.code)


@lru_cache(maxsize=128)
def _places(store_key: str, area_code: str) -> pd.DataFrame:
    inside = ask(areas_inside, area_code=area_code, level="municipality")
    if not inside.empty:
        return inside[["area_code", "area_name"]]
    names = ask(known_codes, codes=(area_code,))
    return pd.DataFrame({"area_code": list(names), "area_name": list(names.values())})


def written() -> tuple[int, int]:
    """Return a mark of what staff have written so far, as a key for what is made from it."""
    return stamp(store().root)


def entries_in(kind: str, chosen: Chosen) -> pd.DataFrame:
    """Return the entries of a kind that belong to municipalities of the region."""
    return _entries(served(), written(), kind, chosen).copy(deep=False)


@lru_cache(maxsize=128)
def _entries(
    store_key: str, mark: tuple[int, int], kind: str, chosen: Chosen
) -> pd.DataFrame:  # fmt: skip
    rows = records_of(kind, area_code=None)
    return rows[rows["area_code"].isin(list(places_of(chosen)["area_code"]))].reset_index(drop=True)


def names_of(codes: tuple[str, ...]) -> dict[str, str]:
    """Return the names of areas of any kind by their code."""
    return dict(ask(known_codes, codes=tuple(sorted(set(codes)))))


def write_here(
    label: str, kind: str, *, area_code: str, key: str, subject: str | None = None
) -> None:
    """Keep the entries of a place and their form in reach, drawn when they are opened."""
    opened = st.expander(label, key=f"open_{key}", on_change="rerun", icon=":material/edit_note:")
    if opened.open:
        with opened:
            record_form(kind, area_code=area_code, subject=subject)
