"""Support of two areas beside each other: what municipalities ask for, what prefectures give."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.pair_sentence import answers_sentence, requests_sentence
from analytics.support import support_matrix
from analytics.support_table import provision_labels
from analytics.support_unmet import request_cells
from charts.answer_style import legend_label
from charts.status_matrix import status_matrix
from charts.support_requests import request_legend, request_matrix
from data.era import fiscal_year_label, short_era
from ui import answers_pair, blocks
from ui import survey_columns as columns
from ui.answers_pair import Answers
from ui.pair_choice import names_of
from ui.selection import Area
from ui.store import ask, served
from ui.support_choice import FORM, MUNICIPAL_FORM
from ui.support_unmet import WORDS
from ui.survey_parts import sources
from ui.survey_scope import loaded_years, survey_region

Codes = tuple[str, str]


def draw(area: Area, other: Area, fiscal_year: int, framework: str) -> None:
    """Draw the requests of two municipalities, or the support that two prefectures give."""
    names = names_of(area, other)
    years = tuple(year for year, asked_in in loaded_years(FORM) if asked_in == framework)
    regions = [survey_region(each) for each in (area, other)]
    cited = sources(FORM)
    if area.area_type == other.area_type == "prefecture":
        made = _provision(served(), (area.code, other.code), names, (fiscal_year, years))
    elif regions[0].own_area and regions[1].own_area:
        codes = tuple((str(region.own_area), region.code) for region in regions)
        made = _requests(served(), codes, names, (fiscal_year, years))
        cited = [*cited, *sources(MUNICIPAL_FORM)]
    else:
        blocks.empty("圏域の支援の回答はありません。", "都道府県か市町村を選んで並べてください。")
        return
    if made is None:
        blocks.empty("どちらかの地域に、調査の回答がありません。", "別の地域を選んでください。")
        return
    answers_pair.draw(made, names, source=cited)


@lru_cache(maxsize=64)
def _provision(
    store_key: str, codes: Codes, names: Codes, when: tuple[int, tuple[int, ...]]
) -> Answers | None:
    """Return which support two prefectures give, a support a row and a year a column."""
    labels, short = provision_labels(), provision_labels(short=True)
    found = []
    for year in when[1]:
        matrix = ask(support_matrix, fiscal_year=year)
        found.append(_dated(matrix[matrix["area_code"].isin(codes)], year))
    frame = pd.concat(found)
    frame = frame.assign(
        item_key=frame["question_id"],
        item_label=frame["question_id"].map(labels),
        item_short=frame["question_id"].map(short),
        words=frame["category"].map(columns.PROVISION_WORDS),
    )
    frames = [frame[frame["area_code"] == code] for code in codes]
    if any(each.empty for each in frames):
        return None
    words = columns.PROVISION_WORDS
    drawn = [
        status_matrix(answers_pair.turned(each, years="era"), labels=words, items=_eras(when))
        for each in frames
    ]
    order = [legend_label(kind, label) for kind, label in words.items()]
    sentence = answers_sentence(*_now(frames, when[0]), names=names,
                                when=fiscal_year_label(when[0]), word="行っている")  # fmt: skip
    return Answers(f"{names[0]}と{names[1]}の支援（年度別）",
                   answers_pair.same_legend(drawn[0], drawn[1], order=order), sentence, frame,
                   f"support_pair_{codes[0]}_{codes[1]}")  # fmt: skip


@lru_cache(maxsize=64)
def _requests(
    store_key: str,
    codes: tuple[Codes, ...],
    names: Codes,
    when: tuple[int, tuple[int, ...]],
) -> Answers | None:
    """Return what two municipalities (code, prefecture) ask for, and whether it is given."""
    frames = []
    for code, inside in codes:
        found = []
        for year in when[1]:
            cells = ask(request_cells, area_code=inside, fiscal_year=year)
            found.append(_dated(cells[cells["area_code"] == code], year))
        frame = pd.concat(found)
        frames.append(
            frame.assign(
                item_key=frame["request_key"],
                item_label=frame["label"],
                item_short=frame["short_label"],
                words=frame["category"].map(WORDS),
            ).sort_values(["item_key", "fiscal_year"], kind="stable")
        )
    if any(each.empty for each in frames):
        return None
    drawn = [
        request_matrix(answers_pair.turned(each, years="era"), labels=WORDS, items=_eras(when))
        for each in frames
    ]
    order = [request_legend(kind, label) for kind, label in WORDS.items()]
    sentence = requests_sentence(*_now(frames, when[0]), names=names,
                                 when=fiscal_year_label(when[0]))  # fmt: skip
    return Answers(f"{names[0]}と{names[1]}が希望する支援（年度別）",
                   answers_pair.same_legend(drawn[0], drawn[1], order=order), sentence,
                   pd.concat(frames), f"support_pair_{codes[0][0]}_{codes[1][0]}")  # fmt: skip


def _dated(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    return frame.assign(fiscal_year=year, era=short_era(year),
                        fiscal_year_label=fiscal_year_label(year))  # fmt: skip


def _eras(when: tuple[int, tuple[int, ...]]) -> list[str]:
    return [short_era(year) for year in when[1]]


def _now(frames: list[pd.DataFrame], fiscal_year: int) -> tuple[dict[str, str], dict[str, str]]:
    first, second = (
        dict(zip(rows["item_short"], rows["category"], strict=True))
        for rows in (each[each["fiscal_year"] == fiscal_year] for each in frames)
    )
    return first, second
