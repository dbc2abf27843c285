"""Spellings of the names of respondents, and the nearest of them to a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd
from rapidfuzz import fuzz, process

from analytics.name_search import fold as fold_kana
from data.harmonise.names import fold_name

_ORDINAL = re.compile(r"^\(?[0-9]{1,3}[).:、,]*(?=[^0-9).:、,])")
_KANA = re.compile(r"[ぁ-ゖァ-ヶ]{2}")
_NEAR = 60.0
_NAMED_NEAR = 3


def without_ordinal(text: str) -> str:
    """Return a name without the number of its row ("4.", "(4)", and ④ once in NFKC)."""
    return _ORDINAL.sub("", text)


def spellings_of(living: pd.DataFrame) -> dict[str, set[str]]:
    """Return codes by folded name, and by reading with and without the district."""
    found: dict[str, set[str]] = defaultdict(set)
    columns = ["area_code", "name", "name_kana"]
    for code, name, kana in living[columns].itertuples(index=False):
        found[fold_name(name)].add(code)
        if isinstance(kana, str) and kana:
            reading = fold_kana(kana)
            found[reading].add(code)
            found[reading.partition("グン")[2] or reading].add(code)
    return found


def former_names(ended: pd.DataFrame, spellings: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return codes of places that ended, by names that no living place has."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in ended[["area_code", "name"]].itertuples(index=False):
        form = fold_name(name)
        if form not in spellings:
            found[form].add(code)
    return found


def nearest(text: str, spellings: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the few codes whose names, or readings where the text has kana, are near."""
    forms = {fold_name(text)} | ({fold_kana(text)} if _KANA.search(text) else set())
    scores: dict[str, float] = {}
    for form in forms:
        near = process.extract(
            form, list(spellings), scorer=fuzz.ratio, limit=6, score_cutoff=_NEAR
        )
        for spelling, score, _ in near:
            for code in spellings[spelling]:
                scores[code] = max(score, scores.get(code, 0.0))
    return tuple(sorted(scores, key=lambda code: (-scores[code], code)))[:_NAMED_NEAR]
