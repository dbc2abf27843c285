"""The figures of the survey pages, built once for a generation when asked through `ask`."""

from __future__ import annotations

from typing import Any

from duckdb import DuckDBPyConnection

from analytics.activities_table import implemented_word, item_labels
from analytics.activities_views import answers_view, kinds_view, prefectures_view, rates_view
from analytics.support import support_matrix, support_requests
from analytics.support_table import provision_labels, requests_by_kind, shares_view
from analytics.survey_status import category_labels
from charts.rate_by_year import rate_by_year
from charts.rate_matrix import rate_matrix
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from charts.support_bars import support_bars
from data.era import short_era
from ui.survey_columns import PROVISION_WORDS

Figure = dict[str, Any]


def rates_figure(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> Figure:
    """Return the rates of a framework by year, the fiscal year outlined."""
    frame = rates_view(con, area_code=area_code, framework=framework)
    return rate_by_year(frame, word=implemented_word(framework), selected=short_era(fiscal_year))


def kinds_figure(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> Figure:
    """Return how many municipalities gave each kind of answer in a fiscal year."""
    frame = kinds_view(con, area_code=area_code, framework=framework, fiscal_year=fiscal_year)
    return status_bars(
        frame,
        labels=category_labels(framework),
        axis_title="市町村数",
        total=int(frame.groupby("item_label")["respondents"].sum().max()),
    )


def prefectures_figure(
    con: DuckDBPyConnection, *, area_code: str, framework: str, fiscal_year: int
) -> Figure:
    """Return the rates of a fiscal year by prefecture and item."""
    frame = prefectures_view(con, area_code=area_code, framework=framework, fiscal_year=fiscal_year)
    short = frame["item_short"]
    return rate_matrix(
        frame.assign(item_label=short),
        word=implemented_word(framework),
        items=list(dict.fromkeys(short)),
    )


def answers_figure(
    con: DuckDBPyConnection,
    *,
    area_code: str,
    framework: str,
    fiscal_year: int,
    order: str,
    own_area: str | None,
) -> Figure:
    """Return the answers of a fiscal year by municipality and item."""
    frame = answers_view(
        con, area_code=area_code, framework=framework, fiscal_year=fiscal_year, order=order
    )
    asked = set(frame["item_short"])
    return status_matrix(
        frame.assign(item_label=frame["item_short"]),
        labels=category_labels(framework),
        items=[item for item in item_labels(framework, short=True).values() if item in asked],
        own_area=own_area,
    )


def shares_figure(con: DuckDBPyConnection, *, fiscal_year: int, published: str) -> Figure:
    """Return the shares of prefectures giving each support against the published figures."""
    frame = shares_view(con, fiscal_year=fiscal_year)
    return support_bars(frame, share_title="回答した都道府県のうち", published_title=published)


def provision_figure(con: DuckDBPyConnection, *, fiscal_year: int, own_area: str | None) -> Figure:
    """Return which prefecture gives which support."""
    matrix = support_matrix(con, fiscal_year=fiscal_year)
    short = matrix["question_id"].map(provision_labels(short=True))
    return status_matrix(
        matrix.assign(item_label=short),
        labels=PROVISION_WORDS,
        items=list(dict.fromkeys(short)),
        own_area=own_area,
    )


def requests_figure(con: DuckDBPyConnection, *, prefecture_code: str, fiscal_year: int) -> Figure:
    """Return what the municipalities of a prefecture ask for, told by whether it is given."""
    frame = support_requests(con, prefecture_code=prefecture_code, fiscal_year=fiscal_year)
    return status_bars(
        requests_by_kind(frame),
        labels=PROVISION_WORDS,
        axis_title="希望する市町村数",
        total=int(frame["expected"].max()),
    )
