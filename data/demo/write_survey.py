"""Write the demo region's survey answers, one workbook a form and year, in the collected layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from data.catalogue import load_catalogue
from data.demo.survey import DemoSurvey, framework_of
from data.demo.workbook import Cell, write_book
from data.harmonise.codes import official_code6

SURVEY_FOLDER = "jisshi_jokyo_chosa"
NOT_RETURNED = "未回収"
RETURNED = "回収"
_IDENTITY_TYPES = frozenset({"code", "name"})


def question_columns(survey_id: str, framework: str) -> list[tuple[str, str]]:
    """Return (question id, label) of a framework's questions, without the personal ones."""
    definition = load_catalogue().surveys[survey_id]
    return [
        (question.id, question.label)
        for question in definition.questions
        if framework in question.frameworks
        and question.type not in _IDENTITY_TYPES
        and not question.personal
    ]


def write_survey(survey: DemoSurvey, prefectures: dict[int, pd.DataFrame], directory: Path) -> None:
    """Write every year's municipal and prefectural workbook."""
    folder = directory / SURVEY_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for year, answers in survey.answers.items():
        rows = survey.respondents[year][["area_code", "name", "responded"]]
        _write_form("municipal_form", year, rows, answers, folder / f"市町村票_{year}年度.xlsx")
    for year, answers in prefectures.items():
        rows = pd.DataFrame(
            {
                "area_code": answers["prefecture_code"] + "000",
                "name": answers["prefecture_name"],
                "responded": True,
            }
        )
        _write_form("prefectural_form", year, rows, answers, folder / f"都道府県票_{year}年度.xlsx")


def _write_form(
    survey_id: str, year: int, rows: pd.DataFrame, answers: pd.DataFrame, path: Path
) -> None:
    framework = framework_of(year)
    questions = question_columns(survey_id, framework)
    ids = [question_id for question_id, _ in questions]
    head: list[list[Cell]] = [
        ["様式", survey_id],
        ["枠組", framework],
        ["年度", year],
        [],
        ["団体コード", "団体名", "回答", *(label for _, label in questions)],
        ["area_code", "area_name", "response", *ids],
    ]
    write_book(path, "回答", [*head, *_lines(rows, answers[ids])])


def _lines(rows: pd.DataFrame, answers: pd.DataFrame) -> Iterator[list[Cell]]:
    """Yield a line a respondent; who did not answer has no cells behind that word."""
    cells = answers.to_numpy(dtype=object).tolist()
    for row, values in zip(rows.to_dict("records"), cells, strict=True):
        state = RETURNED if row["responded"] else NOT_RETURNED
        printed = values if row["responded"] else ()
        yield [official_code6(row["area_code"]), row["name"], state, *printed]
