"""The programme items of two areas beside each other, in all years of one framework."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.activities_table import implemented_word, item_labels
from analytics.activities_views import answers_view, rates_view
from analytics.pair_sentence import answers_sentence, rates_sentence
from analytics.survey_status import category_labels
from charts.answer_style import legend_label
from charts.rate_by_year import rate_by_year
from charts.status_matrix import status_matrix
from data.era import fiscal_year_label, short_era
from ui import answers_pair, blocks
from ui.activity_choice import FORM
from ui.answers_pair import Answers, Figure
from ui.pair_choice import names_of
from ui.selection import Area
from ui.store import ask, served
from ui.survey_parts import sources
from ui.survey_scope import loaded_years, survey_region


def draw(area: Area, other: Area, fiscal_year: int, framework: str) -> None:
    """Draw what both municipalities answered, or the rates of both larger areas."""
    names = names_of(area, other)
    years = tuple(year for year, of in loaded_years(FORM) if of == framework)
    regions = [survey_region(each) for each in (area, other)]
    if regions[0].own_area is None or regions[1].own_area is None:
        made = _rates(served(), (area.code, other.code), names, framework, fiscal_year)
    else:
        codes = tuple((str(region.own_area), region.code) for region in regions)
        made = _answers(served(), codes, names, framework, (fiscal_year, years))
    if made is None:
        blocks.empty(
            "どちらかの地域に、調査の回答がありません。", "別の地域か年度を選んでください。"
        )
        return
    answers_pair.draw(made, names, source=sources(FORM))


@lru_cache(maxsize=128)
def _answers(
    store_key: str,
    codes: tuple[tuple[str, str], ...],
    names: tuple[str, str],
    framework: str,
    when: tuple[int, tuple[int, ...]],
) -> Answers | None:
    """Return the answers of two municipalities (code, prefecture), an item a row."""
    fiscal_year, years = when
    frames = [_of(code, inside, framework, years) for code, inside in codes]
    if any(frame.empty for frame in frames):
        return None
    labels = category_labels(framework)
    eras = [short_era(year) for year in years]
    drawn = [
        status_matrix(answers_pair.turned(frame, years="era"), labels=labels, items=eras)
        for frame in frames
    ]
    order = [legend_label(kind, words) for kind, words in labels.items()]
    now = [_by_label(frame[frame["fiscal_year"] == fiscal_year]) for frame in frames]
    sentence = answers_sentence(*now, names=names, when=fiscal_year_label(fiscal_year),
                                word=implemented_word(framework))  # fmt: skip
    together = pd.concat(frames).assign(words=lambda rows: rows["category"].map(labels))
    return Answers(
        title=f"{names[0]}と{names[1]}の取組（{eras[0]}～{eras[-1]}）",
        figures=answers_pair.same_legend(drawn[0], drawn[1], order=order),
        sentence=sentence,
        frame=together,
        stem=f"activities_pair_{codes[0][0]}_{codes[1][0]}",
    )


def _of(code: str, inside: str, framework: str, years: tuple[int, ...]) -> pd.DataFrame:
    found = []
    for year in years:
        answers = ask(answers_view, area_code=inside, framework=framework, fiscal_year=year)
        own = answers[answers["area_code"] == code]
        found.append(own.assign(fiscal_year=year, era=short_era(year),
                                fiscal_year_label=fiscal_year_label(year)))  # fmt: skip
    frame: pd.DataFrame = pd.concat(found)
    return frame.assign(item_label=frame["item_key"].map(item_labels(framework)))


def _by_label(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["item_short"], frame["category"], strict=True))


@lru_cache(maxsize=128)
def _rates(
    store_key: str,
    codes: tuple[str, str],
    names: tuple[str, str],
    framework: str,
    fiscal_year: int,
) -> Answers | None:
    """Return the rates of two larger areas; the classes of the colours are the same always."""
    frames = [ask(rates_view, area_code=code, framework=framework) for code in codes]
    if any(frame.empty for frame in frames):
        return None
    word = implemented_word(framework)
    figures: list[Figure] = [
        rate_by_year(frame, word=word, selected=short_era(fiscal_year)) for frame in frames
    ]
    now = [frame[frame["fiscal_year"] == fiscal_year].set_index("item_label") for frame in frames]
    both = pd.DataFrame({"own": now[0]["rate"], "other": now[1]["rate"]}).astype(float)
    when = fiscal_year_label(fiscal_year)
    return Answers(
        title=f"{names[0]}と{names[1]}の項目別の割合（{word}、年度別）",
        figures=(figures[0], figures[1]),
        sentence=rates_sentence(
            both.reset_index(), names=names, unit=f"{when}の割合（%）", decimals=1
        ),
        frame=pd.DataFrame(),
        stem="",
    )
