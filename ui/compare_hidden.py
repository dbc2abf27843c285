"""Letters in the place of the names, in the rows of a comparison."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.hidden_names import letters_of, without_names
from analytics.scope import Scope, part_codes
from ui.hidden import NO_MAP, NOTE, is_hidden
from ui.store import ask

__all__ = ["NOTE", "NO_MAP", "NO_SIMILAR", "choose_hiding", "hidden", "letters"]
NO_SIMILAR = (
    "名前を隠している間は、似た市区町村を示しません。",
    "どの市区町村が似ているかは、名前なしでは示せないためです。",
)


def choose_hiding() -> bool:
    """Tell whether the names are hidden; the switch is in the header."""
    return is_hidden()


@lru_cache(maxsize=64)
def letters(store_key: str, scope: Scope, only: tuple[str, ...]) -> dict[str, str]:
    """Return the letters of the areas in view; all views of the comparison share them."""
    codes = only or tuple(ask(part_codes, scope=scope))
    return letters_of(codes, own_code=scope.own_code, key=store_key)


def hidden(
    frame: pd.DataFrame, store_key: str, scope: Scope, only: tuple[str, ...]
) -> pd.DataFrame:
    """Return the rows of a view without the names."""
    return without_names(frame, letters(store_key, scope, only))
