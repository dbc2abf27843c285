"""Answers to a form that has no page of its own: what was answered, and by whom."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.answer_counts import NUMBERS
from analytics.form_answers import NOT_ASKED, counts_of_code, form_answers, in_words
from analytics.survey_status import CATEGORY_KEYS, category_labels
from data.catalogue import load_catalogue
from data.catalogue.survey import Question, SurveyDefinition

WITH_OWN_VIEWS = ("municipal_form", "prefectural_form", "discharge_form")
ANSWERED = "answered"
GAPS = ("unanswered", "not_applicable", "suppressed", "missing", "not_published", "absent")
KINDS = {"done": "あり", "none": "なし", ANSWERED: "回答あり"} | {
    gap: category_labels("r3")[gap] for gap in GAPS
}
_YES_NO = {"1": "done", "0": "none"}
_RETURNED = ("observed", "suppressed", "missing")


def other_surveys(respondent: str) -> dict[str, SurveyDefinition]:
    """Return the forms of the catalogue that only the general view shows, by their keys."""
    return {
        key: form
        for key, form in load_catalogue().surveys.items()
        if key not in WITH_OWN_VIEWS and form.respondent == respondent
    }


def survey_results(
    con: DuckDBPyConnection, *, survey_id: str, area_code: str, fiscal_year: int
) -> pd.DataFrame:
    """Return one row per respondent of an area and question asked in the year.

    category is a kind of answer (see KINDS), words the answer as printed. What nobody was asked,
    and what may be personal, is left out.
    """
    form = load_catalogue().surveys[survey_id]
    asked = {question.id: question for question in form.questions if not question.personal}
    answers = form_answers(
        con,
        survey_id=survey_id,
        level=form.respondent,
        area_code=area_code,
        fiscal_year=fiscal_year,
        question_ids=tuple(asked),
    )
    answers = answers[answers["status"] != NOT_ASKED].reset_index(drop=True)
    told = list(zip(*(answers[c] for c in ("question_id", "value", "status")), strict=True))
    labels = question_labels(form)
    return answers.assign(
        item_label=answers["question_id"].map(labels),
        category=[_kind(asked[key], value, status) for key, value, status in told],
        words=[in_words(key, value, status, survey_id) for key, value, status in told],
    )


def question_labels(form: SurveyDefinition) -> dict[str, str]:
    """Return the questions by id as printed, with the id behind a label that comes twice."""
    labels = [question.label for question in form.questions]
    return {
        question.id: f"{question.label}（{question.id}）"
        if labels.count(question.label) > 1
        else question.label
        for question in form.questions
    }


def _kind(question: Question, value: object, status: str) -> str:
    if status != "observed":
        return status
    return _YES_NO.get(str(value), ANSWERED) if question.type == "bool" else ANSWERED


def question_table(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row per question: every kind of answer, who answered, and the share of yes.

    rate is yes ÷ answering in per cent, only of questions of yes or no that somebody answered.
    """
    keys = ["question_id", "item_label"]
    counts = results.groupby(keys, sort=False)["category"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=list(dict.fromkeys([*KINDS, *CATEGORY_KEYS])), fill_value=0)
    counts["answering"] = counts[["done", "none", ANSWERED]].sum(axis=1)
    counts["expected"] = counts["answering"] + counts[list(GAPS)].sum(axis=1)
    is_yes_no = (counts["done"] + counts["none"]) > 0
    counts["rate"] = (100 * counts["done"] / counts["answering"]).where(is_yes_no)
    return counts.reset_index().rename_axis(columns=None)


def kinds_by_question(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per question and kind of answer, as stacked bars take it."""
    ends = [
        f"{f'あり {done:,}' if pd.notna(rate) else ''}\n回答 {answering:,}".strip()
        for done, rate, answering in zip(
            table["done"], table["rate"], table["answering"], strict=True
        )
    ]
    return table.assign(end_text=ends, item_short=table["item_label"]).melt(
        id_vars=["item_label", "item_short", "end_text"],
        value_vars=list(KINDS),
        var_name="category",
        value_name="respondents",
    )


def answer_table(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row per respondent with its answer to every question in words, by question id."""
    keys = ["prefecture_name", "area_code", "area_name"]
    if results.empty:
        return pd.DataFrame(columns=keys)
    named = results.assign(prefecture_name=results["prefecture_name"].fillna(""))
    wide = named.pivot(index=keys, columns="question_id", values="words")
    wide = wide[list(dict.fromkeys(results["question_id"]))]
    return wide.reset_index().rename_axis(columns=None).sort_values("area_code", ignore_index=True)


def choice_table(results: pd.DataFrame, *, question_id: str, survey_id: str) -> pd.DataFrame:
    """Return one row per answer offered, with its share of those who answered, and every gap."""
    frame = counts_of_code(results, question_id=question_id, survey_id=survey_id)
    own = results.loc[results["question_id"] == question_id, "category"]
    return frame.assign(**{gap: int((own == gap).sum()) for gap in GAPS})


def number_table(results: pd.DataFrame, *, question_id: str) -> pd.DataFrame:
    """Return the respondents of a question of numbers, value null where there is no number."""
    own = results[results["question_id"] == question_id]
    value = pd.to_numeric(own["value"].where(own["status"] == "observed"), errors="coerce")
    return own.assign(value=value).reset_index(drop=True)


def returned_counts(results: pd.DataFrame) -> dict[str, int]:
    """Return how many are to answer, returned the form, left it empty, or have no row in it."""
    area = results["area_code"]
    returned = results["status"].isin(_RETURNED).groupby(area).any()
    in_form = (results["status"] != "absent").groupby(area).any()
    return {
        "expected": len(in_form),
        "returned": int(returned.sum()),
        "unanswered": int((in_form & ~returned).sum()),
        "absent": int((~in_form).sum()),
    }


def is_number(question: Question) -> bool:
    """Tell whether answers are quantities."""
    return question.type in NUMBERS
