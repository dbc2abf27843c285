"""What an upload changes: a number is compared as a number, a gap as a gap."""

from __future__ import annotations

import pandas as pd

from surveys.comparison import changes_of
from tests.unit.survey_stand import FORM

_COLUMNS = ["area_code", "question_id", "value", "status"]


def kinds(
    now: list[tuple[str, str | None, str]], before: list[tuple[str, str | None, str]]
) -> list:
    frames = [
        pd.DataFrame([("81201", *row) for row in rows], columns=_COLUMNS).astype("str")
        for rows in (now, before)
    ]
    questions = {question.id: question for question in FORM.questions}
    found = changes_of(*frames, questions=questions, names={"81201": "山手市"})
    return found["kind"].tolist()


def test_the_same_number_written_otherwise_is_unchanged() -> None:
    now = [("coord_fte", "0", "observed"), ("coord_count", "3", "observed")]
    assert kinds(now, [("coord_fte", "0.0", "observed"), ("coord_count", "4", "observed")]) == [
        "unchanged",
        "changed",
    ]


def test_a_text_is_not_compared_as_a_number() -> None:
    now = [("indicator_list", "1", "observed"), ("council", None, "unanswered")]
    before = [("indicator_list", "1.0", "observed"), ("council", None, "unanswered")]
    assert kinds(now, before) == ["changed", "unchanged"]
