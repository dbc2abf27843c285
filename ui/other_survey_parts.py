"""What the general view shows of a form, made once for a store, a place and a fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analytics.activities_table import framework_columns
from analytics.survey_results import (
    KINDS,
    answer_table,
    choice_table,
    is_number,
    kinds_by_question,
    number_table,
    question_labels,
    question_table,
    returned_counts,
    survey_results,
)
from analytics.survey_results_sentence import question_sentence, results_sentence
from charts.code_bars import code_bars
from charts.ranking import ranking
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from data.catalogue import load_catalogue
from data.catalogue.survey import Question, SurveyDefinition
from data.era import fiscal_year_label
from exports.columns import ColumnLabel
from ui import survey_columns as columns
from ui.hidden import veiled_frame
from ui.store import ask
from ui.survey_parts import Figure, Part
from ui.survey_scope import Region

UNITS = {"municipality": "市町村", "prefecture": "都道府県", "health_center_area": "保健所"}
MOST_BARS = 120
_SHORT = 9


@dataclass(frozen=True)
class Asked:
    """A form, the place whose respondents are shown, and the fiscal year."""

    survey_id: str
    region: Region
    fiscal_year: int
    framework: str
    hide: bool

    @property
    def form(self) -> SurveyDefinition:
        """The definition of the form."""
        return load_catalogue().surveys[self.survey_id]

    @property
    def unit(self) -> str:
        """What one respondent is called."""
        return UNITS[self.form.respondent]

    @property
    def year_label(self) -> str:
        """The fiscal year as it is printed."""
        return fiscal_year_label(self.fiscal_year)

    @property
    def place(self) -> str:
        """Place and year, as titles and sentences begin."""
        return f"{self.region.name}・{self.year_label}"

    def stem(self, of: str) -> str:
        """The name under which a part is saved."""
        return f"{self.survey_id}_{of}_{self.region.code}_{self.fiscal_year}"


@dataclass(frozen=True)
class Told:
    """A part with the sentence that says it; without a figure there is only its table."""

    part: Part
    sentence: str


def results_of(asked: Asked) -> pd.DataFrame:
    """Return every answer to the form in the place and year."""
    found: pd.DataFrame = ask(
        survey_results,
        survey_id=asked.survey_id,
        area_code=asked.region.code,
        fiscal_year=asked.fiscal_year,
    )
    return found


@lru_cache(maxsize=128)
def overview(store_key: str, asked: Asked) -> Told:
    """Return how every question was answered, by kind of answer."""
    results = results_of(asked)
    table = question_table(results)
    counts = returned_counts(results)
    sentence = results_sentence(
        counts, table, place=asked.place, unit=asked.unit, title=asked.form.label
    )
    rates = columns.rate_columns(unit=asked.unit, done="あり")
    kinds = {kind: ColumnLabel(KINDS[kind], asked.unit, 0) for kind in ("none", "answered")}
    part = Part(
        title=f"{asked.form.label}：設問ごとの回答（{asked.place}）",
        stem=asked.stem("questions"),
        figure=status_bars(
            kinds_by_question(table),
            labels=KINDS,
            axis_title=f"{asked.unit}数",
            total=counts["expected"],
        ),
        frame=_dated(table, asked),
        columns={
            **columns.FRAMEWORK_AND_YEAR,
            "item_label": ColumnLabel("設問"),
            **rates,
            "rate": ColumnLabel("「あり」の割合", "%", 1),
            **kinds,
        },
    )
    return Told(part, sentence)


@lru_cache(maxsize=128)
def grid(store_key: str, asked: Asked) -> Part:
    """Return every respondent with its answer to every question."""
    results = results_of(asked)
    labels = question_labels(asked.form)
    order = list(dict.fromkeys(results["question_id"]))
    short = {key: f"{n} {_shortened(labels[key])}" for n, key in enumerate(order, start=1)}
    return Part(
        title=f"{asked.form.label}：{asked.unit}×設問（{asked.place}）",
        stem=asked.stem("answers"),
        figure=status_matrix(
            results.assign(item_label=results["question_id"].map(short)),
            labels=KINDS,
            items=list(short.values()),
            own_area=asked.region.own_area,
        ),
        frame=_named(_dated(answer_table(results), asked), asked),
        columns=_respondent(asked) | {key: ColumnLabel(labels[key]) for key in order},
    )


@lru_cache(maxsize=256)
def one_question(store_key: str, asked: Asked, question_id: str) -> Told:
    """Return how one question was answered, with a figure of its choices or numbers."""
    results = results_of(asked)
    question = asked.form.question(question_id)
    title = f"{question_labels(asked.form)[question_id]}（{asked.place}）"
    if question.allowed:
        frame = choice_table(results, question_id=question_id, survey_id=asked.survey_id)
        figure = _choices(asked, frame, results, question_id)
        shown: Mapping[str, ColumnLabel] = {
            **columns.FRAMEWORK_AND_YEAR,
            "label": ColumnLabel("回答"),
            **columns.rate_columns(unit=asked.unit, done="選んだ"),
        }
        printed = frame.rename(columns={"municipalities": "done"})
    else:
        frame = number_table(results, question_id=question_id)
        figure = _numbers(asked, frame, question) if is_number(question) else {}
        shown, printed = _answer_columns(asked, question), _named(frame, asked)
    part = Part(title, asked.stem(question_id), figure, _dated(printed, asked), shown)
    said = question_sentence(question, frame, results, place=asked.place, unit=asked.unit)
    return Told(part, said)


@lru_cache(maxsize=256)
def respondents(store_key: str, asked: Asked, question_id: str) -> Part:
    """Return who gave which answer to one question."""
    question = asked.form.question(question_id)
    frame = number_table(results_of(asked), question_id=question_id)
    return Part(
        title=f"{asked.unit}ごとの回答：{question_labels(asked.form)[question_id]}（{asked.place}）",
        stem=asked.stem(f"{question_id}_by_area"),
        figure={},
        frame=_named(_dated(frame, asked), asked),
        columns=_answer_columns(asked, question),
    )


def _choices(asked: Asked, frame: pd.DataFrame, results: pd.DataFrame, question_id: str) -> Figure:
    own = results[
        (results["area_code"] == (asked.region.own_area or ""))
        & (results["question_id"] == question_id)
    ]["value"].dropna()
    return code_bars(
        frame,
        axis_title=f"回答した{asked.unit}のうち（％）",
        own_codes=tuple(code for value in own for code in str(value).split(";")),
        unit=asked.unit,
    )


def _numbers(asked: Asked, frame: pd.DataFrame, question: Question) -> Figure:
    """Return the numbers from the most to the fewest; nothing where the bars would be too many."""
    if len(frame) > MOST_BARS:
        return {}
    drawn = frame.sort_values("value", ascending=False, kind="stable")
    return ranking(
        drawn.assign(lower_ci=None, upper_ci=None, status_label=drawn["words"]),
        title=question.label,
        unit="",
        decimals=0 if question.type == "count" else 1,
        own_code=asked.region.own_area,
    )


def _answer_columns(asked: Asked, question: Question) -> dict[str, ColumnLabel]:
    return _respondent(asked) | {"words": ColumnLabel(question.label)}


def _respondent(asked: Asked) -> dict[str, ColumnLabel]:
    above = {} if asked.unit == "都道府県" else {"prefecture_name": ColumnLabel("都道府県")}
    return {
        **columns.FRAMEWORK_AND_YEAR,
        **above,
        "area_code": ColumnLabel("区域コード" if asked.unit == "保健所" else "団体コード"),
        "area_name": ColumnLabel(asked.unit),
    }


def _dated(frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    return frame.assign(**framework_columns(asked.framework, asked.fiscal_year))


def _named(frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Return respondents as they may be shown: without names and prefectures where hidden."""
    if not asked.hide:
        return frame
    return veiled_frame(frame).drop(columns="prefecture_name", errors="ignore")


def _shortened(label: str) -> str:
    return label if len(label) <= _SHORT else f"{label[: _SHORT - 1]}…"
