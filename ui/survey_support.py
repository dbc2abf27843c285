"""What the page of prefectural support shows, made once for a store and a fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analytics.support import support_matrix, support_requests
from analytics.support_sentence import (
    own_sentence,
    published_sentence,
    request_sentence,
    support_sentence,
)
from analytics.support_table import (
    own_answers,
    printed_provision,
    provision_labels,
    requests_by_kind,
    shares_view,
)
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from charts.support_bars import support_bars
from data.era import fiscal_year_label
from ui import survey_columns as columns
from ui.blocks import ColumnLabel
from ui.store import ask
from ui.survey_parts import Part

PUBLISHED = "公表値（平成28年度・全国）"
DEMO = "演習データ（架空）"


@dataclass(frozen=True)
class Told:
    """A part of the page with the sentence that says it."""

    part: Part
    sentence: str


@lru_cache(maxsize=128)
def shares(
    store_key: str, fiscal_year: int, *, own_area: str | None, own_name: str, is_demo: bool
) -> Told:
    """Return the shares of prefectures giving each support against the published figures.

    What the own prefecture answered is told in each row, in the sentence and in the table.
    """
    frame = ask(shares_view, fiscal_year=fiscal_year)
    if own_area:
        answers = ask(own_answers, prefecture_code=own_area, fiscal_year=fiscal_year)
        frame["own"] = frame["item_key"].map(answers)
        frame["own_label"] = frame["own"].map(columns.PROVISION_WORDS)
    answering = "回答した都道府県のうち"
    has_issues = (frame["kind"] == "issue").any()
    what = "支援を行う都道府県と課題を挙げる都道府県" if has_issues else "支援を行う都道府県"
    part = Part(
        title=f"{what}の割合（{fiscal_year_label(fiscal_year)}）",
        stem=f"support_shares_{fiscal_year}",
        figure=support_bars(
            frame,
            share_title=f"{DEMO}：{answering}" if is_demo else answering,
            published_title=PUBLISHED,
            own_name=own_name,
        ),
        frame=frame.assign(fiscal_year_label=fiscal_year_label(fiscal_year)),
        columns=columns.SUPPORT_SHARES | ({"own_label": ColumnLabel(own_name)} if own_area else {}),
    )
    place = f"{DEMO}の都道府県" if is_demo else "都道府県"
    told = support_sentence(frame, fiscal_year=fiscal_year, place=place)
    told += published_sentence(frame, published=PUBLISHED)
    return Told(part, told + own_sentence(frame, own_name=own_name))


@lru_cache(maxsize=256)
def provision(store_key: str, fiscal_year: int, own_area: str | None) -> Part:
    """Return which prefecture gives which support."""
    matrix = ask(support_matrix, fiscal_year=fiscal_year)
    short = matrix["question_id"].map(provision_labels(short=True))
    printed = printed_provision(matrix, words=columns.PROVISION_WORDS)
    return Part(
        title=f"都道府県×支援（{fiscal_year_label(fiscal_year)}）",
        stem=f"support_matrix_{fiscal_year}",
        figure=status_matrix(
            matrix.assign(item_label=short),
            labels=columns.PROVISION_WORDS,
            items=list(dict.fromkeys(short)),
            own_area=own_area,
        ),
        frame=printed.assign(fiscal_year_label=fiscal_year_label(fiscal_year)),
        columns=columns.provision_columns(provision_labels()),
    )


@lru_cache(maxsize=256)
def requests(store_key: str, prefecture_code: str, name: str, fiscal_year: int) -> Told:
    """Return what the municipalities of a prefecture ask for, told by whether it is given."""
    frame = ask(support_requests, prefecture_code=prefecture_code, fiscal_year=fiscal_year)
    year = fiscal_year_label(fiscal_year)
    part = Part(
        title=f"{name}の市町村が希望する支援と、行われている支援（{year}）",
        stem=f"support_requests_{prefecture_code}_{fiscal_year}",
        figure=status_bars(
            requests_by_kind(frame),
            labels=columns.PROVISION_WORDS,
            axis_title="希望する市町村数",
            total=int(frame["expected"].max()),
        ),
        frame=frame.assign(
            given_label=frame["given"].map(columns.PROVISION_WORDS), fiscal_year_label=year
        ),
        columns=columns.REQUESTS,
    )
    return Told(part, request_sentence(frame, area_name=name, fiscal_year=fiscal_year))
