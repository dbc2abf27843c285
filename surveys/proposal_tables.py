"""The tables of a proposal: files, columns, values, names, answers and totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pandas as pd

from data.catalogue import load_catalogue
from data.catalogue.survey import Question
from surveys.checked import CheckedFile, ValueRead
from surveys.matching import ColumnMatch, key_of
from surveys.readings import GAPS
from surveys.target import Target
from surveys.uploads import ReadFile
from surveys.wording import fold_answer
from surveys.year_choice import YearChoice


class Named(Protocol):
    """Respondents with their names by code."""

    names: dict[str, str]


YEARS = "years"
Checked = Sequence[tuple[ReadFile, CheckedFile]]
_COLUMNS = [
    "key", "header", "file", "sheet", "cell", "how", "confidence", "question_id", "question",
    "candidates",
]  # fmt: skip
_VALUES = [
    "question_id", "question", "printed", "folded", "cells", "how", "code", "answer", "note",
    "candidates",
]  # fmt: skip
_NAMES = [
    "printed", "file", "sheet", "cell", "how", "area_code", "area_name", "note", "candidates",
]  # fmt: skip
_ANSWERS = ["file", "area_code", "question_id", "value", "status", "source_ref"]


def file_table(read: list[ReadFile], known: pd.DataFrame) -> pd.DataFrame:
    """Return name, sha256, outcome, message and known_import of every file.

    known are the files of imports of the same form; known_import names the one that has this very
    file and counts.
    """
    same = known[known["counts"].astype(bool)]
    accepted = dict(zip(same["sha256"], same["import_id"], strict=True))
    rows = [
        (
            file.name,
            file.sha256,
            "読めません" if file.refusal else "読めました",
            f"{file.refusal.message}{file.refusal.action}" if file.refusal else "",
            accepted.get(file.sha256, ""),
        )
        for file in read
    ]
    return pd.DataFrame(rows, columns=["name", "sha256", "outcome", "message", "known_import"])


def column_table(checked: Checked, target: Target) -> pd.DataFrame:
    """Return one row for each different header, with what its column was taken for.

    A choice between columns of several years is one too, its years the candidates.
    """
    labels = {question.id: question.label for question in _questions(target)}
    rows: dict[str, tuple[object, ...]] = {}
    for file, found in checked:
        for match, sheet in zip(found.matches, found.sheets, strict=True):
            row = _column(match, file.name, sheet, labels)
            rows.setdefault(str(row[0]), row)
        for sheet, choice in found.years:
            if choice.options:
                rows.setdefault(choice.key, _years(choice, file.name, sheet))
    return pd.DataFrame(list(rows.values()), columns=_COLUMNS)


def _questions(target: Target) -> tuple[Question, ...] | list[Question]:
    return load_catalogue().surveys[target.survey_id].questions


def _column(
    match: ColumnMatch, file: str, sheet: str, labels: Mapping[str, str]
) -> tuple[object, ...]:
    header = " ".join(match.column.levels)
    question = match.question_id
    return (
        key_of(match.column),
        header,
        file,
        sheet,
        match.column.cell,
        match.how,
        match.confidence,
        question,
        labels.get(question, ""),
        list(match.candidates),
    )


def _years(choice: YearChoice, file: str, sheet: str) -> tuple[object, ...]:
    header, options = "｜".join(choice.headings), list(choice.options)
    return (choice.key, header, file, sheet, choice.cell, YEARS, 1.0, choice.chosen, "", options)


def value_table(checked: Checked, target: Target) -> pd.DataFrame:
    """Return the different texts under closed and open questions that were not read as printed.

    A text that somebody chose a meaning for before is there too, as decided.
    """
    found: dict[tuple[str, ...], ValueRead] = {}
    for _, file in checked:
        for key, read in file.values.items():
            found.setdefault(key, ValueRead(read.reading)).add(read.reading, read.cells)
    questions = {question.id: question for question in _questions(target)}
    rows = [
        _value(questions[question], printed, read)
        for (question, printed, *_), read in found.items()
        if questions[question].type != "text"
        or read.reading.decided
        or read.reading.how != "as_printed"
    ]
    return pd.DataFrame(rows, columns=_VALUES)


def _value(question: Question, printed: str, read: ValueRead) -> tuple[object, ...]:
    reading = read.reading
    code = reading.value or (f"[{reading.status}]" if reading.status else "")
    parts = code.split(";") if question.type == "multi" else [code]
    return (
        question.id,
        question.label,
        printed,
        reading.key or fold_answer(printed),
        read.cells,
        "decided" if reading.decided else reading.how,
        code,
        "・".join(question.allowed.get(part, GAPS.get(part.strip("[]"), part)) for part in parts),
        reading.note,
        list(reading.candidates),
    )


def name_table(checked: Checked, places: Named) -> pd.DataFrame:
    """Return the names that were mended, chosen by a person, or have to be asked."""
    rows = []
    for file, found in checked:
        for name in found.names:
            who = name.respondent
            how = "decided" if name.is_decided else ("asked" if who.kind == "asked" else "mended")
            if name.is_decided or who.kind == "asked" or who.mended:
                area = places.names.get(who.code, "")
                note = who.doubt or who.mended
                where = (name.printed, file.name, name.sheet, name.cell)
                rows.append((*where, how, who.code, area, note, list(who.candidates)))
    return pd.DataFrame(rows, columns=_NAMES)


def answer_table(checked: Checked) -> pd.DataFrame:
    """Return the answers that are sure, of all files."""
    rows = [
        (file.name, a.area_code, a.question_id, a.value, a.status, a.source_ref)
        for file, found in checked
        for a in found.answers
    ]
    return pd.DataFrame(rows, columns=_ANSWERS, dtype="object").astype(
        dict.fromkeys(_ANSWERS, "str")
    )


def total_table(checked: Checked, questions: Mapping[str, Question]) -> pd.DataFrame:
    """Return every printed total of a sheet beside the sum of its rows."""
    rows = [
        (
            file.name,
            total.sheet,
            total.cell,
            questions[total.question_id].label,
            total.printed,
            total.added,
            total.agrees,
        )
        for file, found in checked
        for total in found.totals
    ]
    return pd.DataFrame(
        rows, columns=["file", "sheet", "cell", "question", "printed", "added", "agrees"]
    )
