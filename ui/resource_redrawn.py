"""What a reader of the resource page must know of areas that were drawn anew."""

from __future__ import annotations

import re
from functools import lru_cache

from analytics.denominators import denominator_of
from analytics.resources import facility_sources
from analytics.scope import Scope
from ui import blocks
from ui.redrawn_note import redrawn_since
from ui.store import ask, served

_YEAR = re.compile(r"(\d{4})年")


def say_redrawn(scope: Scope, *, types: tuple[str, ...], base_year: int | None = None) -> None:
    """Say it where a list, or the people it is related to, is from before the change."""
    periods = list(_listed(served(), types, scope.parent_code))
    if base_year is not None:
        periods.append(str(base_year))
    elif (people := ask(denominator_of, scope=scope)) is not None:
        periods.append(people.period)
    blocks.notes(
        redrawn_since(
            parent_code=scope.parent_code,
            level=scope.level,
            own_code=scope.own_code,
            periods=periods,
        )
    )


@lru_cache(maxsize=4_000)
def _listed(store_key: str, types: tuple[str, ...], area_code: str) -> tuple[str, ...]:
    """Return the years of the lists of the types; a list without a day has none."""
    rows = ask(facility_sources, facility_types=types, area_codes=(area_code,))
    found = (_YEAR.search(str(vintage)) for vintage in rows["vintage"].dropna())
    return tuple(match[1] for match in found if match)
