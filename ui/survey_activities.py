"""What the page of programme items shows, made once for a store, a region and a fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analytics.activities_sentence import activities_sentence
from analytics.activities_table import (
    counts_by_kind,
    implemented_word,
    item_labels,
)
from analytics.activities_views import rates_view
from analytics.survey_status import category_labels, response_counts
from charts.rate_by_year import rate_by_year
from charts.status_bars import status_bars
from data.catalogue import load_catalogue
from data.era import short_era
from ui import survey_columns as columns
from ui.store import ask
from ui.survey_parts import Figure, Part
from ui.survey_scope import Region


@dataclass(frozen=True)
class Activities:
    """The rates of a region: by framework and year, of one year by kind of answer, in words."""

    sentence: str
    by_year: dict[str, Figure]
    kinds: Figure
    of_year: pd.DataFrame
    all_years: Part


@lru_cache(maxsize=256)
def activities(
    store_key: str,
    region: Region,
    framework: str,
    fiscal_year: int,
    gap_years: tuple[int, ...] = (),
) -> Activities | None:
    """Return what is shown of a region; None where it has no municipality to be asked."""
    rates = {
        key: found
        for key in load_catalogue().programme.frameworks
        if not (found := ask(rates_view, area_code=region.code, framework=key)).empty
    }
    if framework not in rates:
        return None
    of_year = rates[framework][rates[framework]["fiscal_year"] == fiscal_year]
    by_year = {key: _by_year(found, key, fiscal_year, gap_years) for key, found in rates.items()}
    return Activities(
        sentence=activities_sentence(
            of_year,
            area_name=region.name,
            fiscal_year=fiscal_year,
            labels=item_labels(framework),
            word=implemented_word(framework),
        ),
        by_year=by_year,
        kinds=status_bars(
            counts_by_kind(of_year, framework=framework),
            labels=category_labels(framework),
            axis_title="市町村数",
            total=int(of_year["expected"].max()),
        ),
        of_year=of_year,
        all_years=Part(
            title=f"{region.name}の項目別の実施状況（全年度）",
            stem=f"activities_rates_{region.code}",
            frame=pd.concat(rates.values(), ignore_index=True),
            columns=columns.RATES_BY_YEAR,
            figure=by_year[framework],
        ),
    )


def _by_year(
    rates: pd.DataFrame, framework: str, fiscal_year: int, gap_years: tuple[int, ...]
) -> Figure:
    entry = load_catalogue().programme.frameworks[framework]
    last = entry.last_year or fiscal_year
    return rate_by_year(
        rates,
        word=implemented_word(framework),
        selected=short_era(fiscal_year),
        without_survey=[short_era(year) for year in gap_years if entry.first_year <= year <= last],
    )


@lru_cache(maxsize=512)
def response(store_key: str, area_code: str, fiscal_year: int) -> str:
    """Return who was asked and who answered, in words; nothing where nobody was to be asked."""
    counts = ask(response_counts, area_code=area_code, fiscal_year=fiscal_year)
    expected, returned = counts["expected"], counts["returned"]
    if not expected:
        return ""
    share = f"（{100 * returned / expected:.1f}％）"
    return (
        f"対象 {expected:,}市町村（{fiscal_year}年10月1日現在）　回答 {returned:,}{share}　"
        f"未回収 {counts['unanswered']:,}　回答票なし {counts['absent']:,}"
    )
