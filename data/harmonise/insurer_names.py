"""The codes of insurers that are no municipality, by the names that other files give them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.extract import ltc_certified, ltc_insured
from data.harmonise.names import fold_name

UNION_LAYOUTS = frozenset({ltc_insured.NAME, ltc_certified.NAME})


def insurers_by_name(
    unions: Iterable[pd.DataFrame], *, area: pd.DataFrame
) -> dict[tuple[str, str], str]:
    """Return codes by prefecture and folded name, from the areas and from the insurers' tables."""
    named = pd.concat([frame[["area_code", "name"]] for frame in (area, *unions)])
    insurers = named[named["area_code"].astype("str").str.startswith("ins-")]
    return {
        (str(code).split("-")[1], fold_name(str(name))): str(code)
        for code, name in zip(insurers["area_code"], insurers["name"], strict=True)
    }
