"""An upload beside what is published, beside last year, and beside who should have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from data.catalogue.survey import Question
from surveys.readings import GAPS

KINDS = ("new", "changed", "unchanged", "withdrawn")
KIND_LABELS = {"new": "新規", "changed": "変更", "unchanged": "同じ", "withdrawn": "取り下げ"}
JUMP_PERCENT = 50.0
NUMERIC = ("count", "number", "year")
_KEY = ["area_code", "question_id"]


@dataclass
class Comparison:
    """What would change; frames as in compare, jumps, totals of the sheets and missing."""

    changes: pd.DataFrame = field(default_factory=pd.DataFrame)
    jumps: pd.DataFrame = field(default_factory=pd.DataFrame)
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)
    missing: pd.DataFrame = field(default_factory=pd.DataFrame)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many answers are new, changed, unchanged and withdrawn."""
        if self.changes.empty:
            return dict.fromkeys(KINDS, 0)
        found = self.changes["kind"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in KINDS}


def answer_label(value: str | None, status: str, question: Question) -> str:
    """Return an answer in words: labels of its codes, or the kind of gap."""
    if status != "observed" or value is None:
        return GAPS.get(status, "未公表" if status == "not_published" else "")
    codes = value.split(";") if question.type == "multi" else [value]
    return "・".join(question.allowed.get(code, code) for code in codes)


def changes_of(
    answers: pd.DataFrame,
    published: pd.DataFrame,
    *,
    questions: Mapping[str, Question],
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Return every answer of an upload with what is published for it, in words, and its kind.

    new has nothing (or a gap) before; withdrawn was observed and is a gap now.
    """
    both = answers[[*_KEY, "value", "status"]].merge(
        published, on=_KEY, how="left", suffixes=("", "_before")
    )
    both = both.sort_values("area_code", kind="stable", ignore_index=True)
    now, then = both["status"] == "observed", both["status_before"] == "observed"
    same = (both["status"] == both["status_before"]) & (_same_values(both, questions) | ~now)
    both["kind"] = np.select(
        [same, then & ~now, then | both["status_before"].notna() & ~now],
        ["unchanged", "withdrawn", "changed"],
        default="new",
    )
    words = _in_words(both, questions)
    return pd.DataFrame(
        {
            "area_code": both["area_code"],
            "area_name": both["area_code"].map(dict(names)),
            "question_id": both["question_id"],
            "question": both["question_id"].map({k: q.label for k, q in questions.items()}),
            "before": words["before"],
            "after": words["after"],
            "kind": both["kind"],
        }
    )


def _same_values(both: pd.DataFrame, questions: Mapping[str, Question]) -> pd.Series:
    """Tell which answers have the same value; 0.0 and 0 are one number."""
    alike = both["value"] == both["value_before"]
    numeric = [key for key, question in questions.items() if question.type in NUMERIC]
    open_ones = ~alike & both["question_id"].isin(numeric)
    pairs = [
        pd.to_numeric(both.loc[open_ones, name], errors="coerce").astype("float64")
        for name in ("value", "value_before")
    ]
    alike[open_ones] = pairs[0] == pairs[1]
    return alike


def _in_words(both: pd.DataFrame, questions: Mapping[str, Question]) -> dict[str, list[str]]:
    known: dict[tuple[str, object, object], str] = {}

    def words(columns: Sequence[str]) -> list[str]:
        rows = list(zip(*(both[name].astype(object).tolist() for name in columns), strict=True))
        for key in set(rows).difference(known):
            question_id, value, status = key
            text = value if isinstance(value, str) else None
            state = status if isinstance(status, str) else "absent"
            known[key] = answer_label(text, state, questions[question_id])
        return list(map(known.__getitem__, rows))

    return {
        "after": words(["question_id", "value", "status"]),
        "before": words(["question_id", "value_before", "status_before"]),
    }


def jumps_of(
    answers: pd.DataFrame,
    last_year: pd.DataFrame,
    *,
    questions: Mapping[str, Question],
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Return the counts that changed by more than half since last year, from another than zero."""
    counted = [key for key, q in questions.items() if q.type in ("count", "number")]
    pairs = [
        frame[(frame["status"] == "observed") & frame["question_id"].isin(counted)]
        for frame in (answers, last_year)
    ]
    both = pairs[0].merge(pairs[1], on=_KEY, suffixes=("", "_before"))
    now = pd.to_numeric(both["value"], errors="coerce").astype("float64")
    then = pd.to_numeric(both["value_before"], errors="coerce").astype("float64")
    percent = 100 * (now - then) / then.where(then != 0)
    far = percent.abs() > JUMP_PERCENT
    return pd.DataFrame(
        {
            "area_code": both["area_code"],
            "area_name": both["area_code"].map(dict(names)),
            "question_id": both["question_id"],
            "question": both["question_id"].map({k: q.label for k, q in questions.items()}),
            "last_year": then,
            "this_year": now,
            "change_percent": percent,
            "source_ref": both["source_ref"],
            "file": both["file"],
        }
    )[far].reset_index(drop=True)


def missing_of(
    answers: pd.DataFrame, published: pd.DataFrame, *, names: Mapping[str, str], prefecture: str
) -> pd.DataFrame:
    """Return who should have answered and has not, neither in the upload nor before.

    What the upload replaces is no answer any more.
    Without a prefecture, those of the prefectures that occur in the upload are expected.
    """
    occurring = set(answers["area_code"].drop_duplicates().str.extract(r"(\d{2})", expand=False))
    expected = {prefecture} if prefecture else occurring
    told = _answering(answers)
    before = published[~published["area_code"].isin(told)]
    given = pd.MultiIndex.from_frame(answers[_KEY])
    told |= _answering(before[~pd.MultiIndex.from_frame(before[_KEY]).isin(given)])
    rows = [
        (code, name)
        for code, name in sorted(names.items())
        if code not in told and _digits(code) in expected
    ]
    return pd.DataFrame(rows, columns=["area_code", "area_name"])


def _answering(answers: pd.DataFrame) -> set[str]:
    return set(answers.loc[answers["status"] != "unanswered", "area_code"].unique())


def _digits(code: str) -> str:
    return "".join(letter for letter in code.rpartition("-")[2] if letter.isdigit())[:2]
