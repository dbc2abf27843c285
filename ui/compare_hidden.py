"""Letters in the place of the names, in the rows of a comparison."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.hidden_names import without_names
from analytics.scope import Scope, part_codes
from ui.hidden import NO_MAP, NOTE, is_hidden, letters_for
from ui.store import ask

__all__ = ["NOTE", "NO_MAP", "choose_hiding", "hidden", "letters"]


def choose_hiding() -> bool:
    """Tell whether the names are hidden; the switch is in the header."""
    return is_hidden()


@lru_cache(maxsize=64)
def letters(store_key: str, scope: Scope, only: tuple[str, ...]) -> dict[str, str]:
    """Return the letters of the areas in view; all views of the comparison share them."""
    codes = only or tuple(ask(part_codes, scope=scope))
    return letters_for(codes, own_code=scope.own_code or scope.parent_code)


def hidden(
    frame: pd.DataFrame, store_key: str, scope: Scope, only: tuple[str, ...]
) -> pd.DataFrame:
    """Return the rows of a view without the names."""
    return without_names(frame, letters(store_key, scope, only))
