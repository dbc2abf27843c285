"""The codes of insurers that are no municipality, by the names that other files give them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.extract import Extract, ltc_certified, ltc_insured, mieruka_export
from data.harmonise.area_index import AreaIndex
from data.harmonise.insurance import harmonise_certified, harmonise_insured
from data.harmonise.names import fold_name

_READERS = {ltc_insured.NAME: harmonise_insured, ltc_certified.NAME: harmonise_certified}


def insurers_by_name(
    extracts: Iterable[Extract], *, area: pd.DataFrame, index: AreaIndex
) -> dict[tuple[str, str], str]:
    """Return codes by prefecture and folded name; none where no file prints insurers by name."""
    found = list(extracts)
    if all(extract.layout != mieruka_export.NAME for extract in found):
        return {}
    tables = [
        _READERS[extract.layout](extract, source_id="", areas=index).tables["area"]
        for extract in found
        if extract.layout in _READERS and extract.frames
    ]
    named = pd.concat([frame[["area_code", "name"]] for frame in (area, *tables)])
    unions = named[named["area_code"].astype("str").str.startswith("ins-")]
    return {
        (str(code).split("-")[1], fold_name(str(name))): str(code)
        for code, name in zip(unions["area_code"], unions["name"], strict=True)
    }
