"""Rules between the answers of a municipality, between rows, and with the totals of a sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from data.catalogue.survey import SurveyDefinition
from surveys.checked import Answer, TotalRead
from surveys.matching import ColumnMatch
from surveys.places import Places
from surveys.problems import Level, Problem
from surveys.tables import SurveyTable
from surveys.values import ColumnReader

_SCENES = ("daily", "transition", "acute", "eol")
_GOALS_BY_SCENE = ("1", "2", "3")
_NOT_DONE = ("none", "planned")
_WHOLE = ("合計", "総計", "計", "県計", "都計", "道計", "府計", "市町村計")


def check_answers(answers: Iterable[Answer], *, places: Places, file: str) -> list[Problem]:
    """Return what contradicts itself and what is there twice."""
    by_area: dict[str, dict[str, Answer]] = defaultdict(dict)
    problems = []
    rows = list(answers)
    counts = Counter((row.area_code, row.question_id) for row in rows)
    for row in rows:
        by_area[row.area_code][row.question_id] = row
        if counts[(row.area_code, row.question_id)] > 1:
            message = "同じ市町村の同じ設問への回答が二つあります。"
            problems.append(_at(row, "error", "重複", message, "一つにしてください。", file))
    for area, own in by_area.items():
        values = {question: row.value for question, row in own.items() if row.value is not None}
        open_reasons = [(key, "実施していない理由がありません。") for key in _open_reasons(own)]
        for question, message in [*_contradictions(values), *open_reasons]:
            text = f"{places.names[area]}：{message}"
            problems.append(
                _at(own[question], "warning", "設問間", text, "確かめてください。", file)
            )
    return problems


def read_totals(
    table: SurveyTable,
    matches: list[ColumnMatch],
    definition: SurveyDefinition,
    places: Places,
) -> list[TotalRead]:
    """Return every printed total of a number whose rows can all be read, and their sum."""
    kinds = [(row, places.find(row.code.text, row.name.text).kind) for row in table.rows]
    totals = [
        row for row, kind in kinds if kind == "total" and "".join(row.name.text.split()) in _WHOLE
    ]
    if len(totals) != 1:
        return []
    rows = [row for row, kind in kinds if kind in ("respondent", "asked")]
    found = []
    for match in matches:
        if not (match.sure and match.question_id):
            continue
        question = definition.question(match.question_id)
        if question.type not in ("count", "number"):
            continue
        reader = ColumnReader(question, [], survey_year=0)
        place = match.column.position
        readings = [reader.read(row.cells[place].text) for row in rows]
        printed = totals[0].cells[place]
        whole = reader.read(printed.text).value
        if whole is None or any(reading.how in ("asked", "wrong") for reading in readings):
            continue
        added = sum(float(reading.value) for reading in readings if reading.value is not None)
        found.append(TotalRead(table.sheet, printed.cell, question.id, float(whole), added))
    return found


def total_problems(totals: list[TotalRead], definition: SurveyDefinition) -> list[Problem]:
    """Return a warning for each printed total that is not the sum of its rows."""
    problems = []
    for total in totals:
        if not total.agrees:
            label = definition.question(total.question_id).label
            message = f"「{label}」の合計が行の和（{total.added:g}）と違います。"
            action = "確かめてください。"
            problems.append(
                Problem("warning", "合計", message, action, sheet=total.sheet, cell=total.cell)
            )
    return problems


def _contradictions(values: dict[str, str]) -> list[tuple[str, str]]:
    """Return pairs of question and message for the rules between questions (V5 to V8)."""
    found = []
    for question, value in values.items():
        if question.endswith("_status"):
            item = question.removesuffix("_status")
            if value == "done" and f"{item}_reason" in values:
                found.append((f"{item}_reason", "実施しているのに実施していない理由があります。"))
            if value in _NOT_DONE and f"{item}_mode" in values:
                found.append((f"{item}_mode", "実施していないのに実施方法があります。"))
    goals = [values.get(f"scene_{scene}_goal") for scene in _SCENES]
    if values.get("goal_setting") in _GOALS_BY_SCENE and None not in goals and "1" not in goals:
        message = "場面別に目指す姿を定めたという回答と、各場面の回答が合いません。"
        found.append(("goal_setting", message))
    if values.get("council") == "0" and "council_area" in values:
        found.append(("council_area", "協議体がないのに開催圏域があります。"))
    if values.get("coord_count") == "0" and "coord_level" in values:
        found.append(("coord_level", "コーディネーターが0人なのに種別があります。"))
    return found


def _open_reasons(own: dict[str, Answer]) -> list[str]:
    """Return the reasons that were asked of an item not done, and left open (V5)."""
    return [
        f"{question.removesuffix('_status')}_reason"
        for question, answer in own.items()
        if question.endswith("_status")
        and answer.value == "none"
        and (reason := own.get(f"{question.removesuffix('_status')}_reason"))
        and reason.status == "unanswered"
    ]


def _at(row: Answer, level: Level, rule: str, message: str, action: str, file: str) -> Problem:
    sheet, _, cell = row.source_ref.rpartition("!")
    return Problem(level, rule, message, action, file, sheet, cell, row.value or "")
