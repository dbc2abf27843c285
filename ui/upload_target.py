"""Which survey, fiscal year and prefecture the files are answers to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st
from duckdb import DuckDBPyConnection

from analytics.survey_status import survey_years
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from surveys.proposal import places_of
from surveys.target import Target, surveys_offered
from surveys.uploads import ReadFile, target_of
from ui import blocks
from ui.selection import Area, area_of, choose
from ui.store import ask

FIRST_YEAR = 2015
APRIL = 4
ALL = "all"


@dataclass(frozen=True)
class Scope:
    """The target, and its prefecture in words."""

    target: Target
    place: str


def choose_scope(area: Area, *, files: Sequence[ReadFile] | None = None) -> Scope:
    """Let the user choose the survey and the year; the prefecture is the region's or the files'.

    Given files, also who alone of them is to be replaced.
    """
    labels = surveys_offered()
    first = next(iter(labels))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        survey_id = choose("調査", labels, param="survey", default=first)
        options = year_options(survey_id)
        year = choose("年度", options, param="fy", default=newest_year(survey_id, options))
        marked = target_of(files) if files else None
        prefecture = area.prefecture_code or (marked.prefecture if marked else "")
        target = Target(survey_id, int(year), prefecture)
        if files is not None:
            target = replace(target, only=_choose_only(target))
    found = area_of(prefecture) if prefecture else None
    place = found.name if found else "読み込んだ都道府県すべて"
    framework = load_catalogue().programme.frameworks[target.framework].label
    blocks.notes([f"対象：{place}の回答者。{framework}。都道府県は画面上の地域で選びます。"])
    if marked:
        _say_difference(marked, target)
    return Scope(target, place)


def _say_difference(marked: Target, target: Target) -> None:
    """Warn where the files say that they are something else than what is chosen."""
    own = (marked.survey_id, marked.fiscal_year, marked.prefecture or target.prefecture)
    if own == (target.survey_id, target.fiscal_year, target.prefecture):
        return
    place = area_of(marked.prefecture) if marked.prefecture else None
    st.warning(
        f"ファイルには「{surveys_offered()[marked.survey_id]}・"
        f"{fiscal_year_label(marked.fiscal_year)}{'・' + place.name if place else ''}」とあります。"
        "上の選択と違います。"
    )


def year_options(survey_id: str) -> dict[str, str]:
    """Return the fiscal years that may be chosen: from the first one to the present one."""
    years = ask(survey_years, survey_id=survey_id)["fiscal_year"].tolist()
    today = date.today()
    last = max([*years, today.year if today.month >= APRIL else today.year - 1])
    return {str(year): fiscal_year_label(year) for year in range(last, FIRST_YEAR - 1, -1)}


def newest_year(survey_id: str, options: dict[str, str]) -> str:
    """Return the newest year with answers, else the newest that may be chosen."""
    years = ask(survey_years, survey_id=survey_id)["fiscal_year"].tolist()
    return str(max(years)) if years else next(iter(options))


def respondents(target: Target) -> dict[str, str]:
    """Return the names of those who answer the form in the year of the target, by code."""
    return dict(ask(_names, target=replace(target, only="")))


def _names(con: DuckDBPyConnection, *, target: Target) -> dict[str, str]:
    return places_of(con, target).names


def _choose_only(target: Target) -> str:
    names = respondents(target) if target.prefecture else {}
    options = {ALL: "ファイルにある回答者すべて", **names}
    chosen = choose("入れ替える回答者", options, param="only", default=ALL)
    return "" if chosen == ALL else chosen
