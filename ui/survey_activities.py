"""What the page of programme items shows, made once for a store, a region and a fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analytics.activities_sentence import activities_sentence
from analytics.activities_table import (
    counts_by_kind,
    framework_columns,
    implemented_word,
    item_labels,
    printed_answers,
    sorted_by_done,
)
from analytics.activities_views import answers_view, prefectures_view, rates_view
from analytics.survey_status import category_labels, response_counts
from charts.rate_by_year import rate_by_year
from charts.rate_matrix import rate_matrix
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from data.catalogue import load_catalogue
from data.era import fiscal_year_label, short_era
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


@lru_cache(maxsize=64)
def prefectures(store_key: str, region: Region, framework: str, fiscal_year: int) -> Part:
    """Return the rates of a fiscal year by prefecture and item."""
    chosen = {"area_code": region.code, "framework": framework, "fiscal_year": fiscal_year}
    frame = ask(prefectures_view, **chosen)
    short = frame["item_short"]
    return Part(
        title=f"都道府県別・項目別の割合（{fiscal_year_label(fiscal_year)}）",
        stem=f"activities_prefectures_{fiscal_year}",
        figure=rate_matrix(
            frame.assign(item_label=short),
            word=implemented_word(framework),
            items=list(dict.fromkeys(short)),
        ),
        frame=frame,
        columns=columns.RATES_BY_PREFECTURE,
    )


@lru_cache(maxsize=128)
def municipalities(
    store_key: str, region: Region, framework: str, fiscal_year: int, order: str
) -> Part:
    """Return the answers of a fiscal year by municipality and item, in the order chosen."""
    chosen = {"area_code": region.code, "framework": framework, "fiscal_year": fiscal_year}
    answers = ask(answers_view, **chosen)
    answers = sorted_by_done(answers) if order == "done" else answers
    asked = set(answers["item_short"])
    printed = printed_answers(answers, framework=framework)
    return Part(
        title=f"{region.name}の市町村×項目（{fiscal_year_label(fiscal_year)}）",
        stem=f"activities_{region.code}_{fiscal_year}",
        figure=status_matrix(
            answers.assign(item_label=answers["item_short"]),
            labels=category_labels(framework),
            items=[item for item in item_labels(framework, short=True).values() if item in asked],
            own_area=region.own_area,
        ),
        frame=printed.assign(**framework_columns(framework, fiscal_year)),
        columns=columns.answer_columns(item_labels(framework)),
    )
