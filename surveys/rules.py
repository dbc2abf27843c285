"""Rules between the answers of a municipality, between rows, and with the totals of a sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from data.catalogue.survey import Rule, SurveyDefinition
from surveys.checked import Answer, TotalRead
from surveys.matching import ColumnMatch
from surveys.places import Places
from surveys.problems import Level, Problem
from surveys.tables import SurveyTable
from surveys.values import ColumnReader

_WHOLE = ("合計", "総計", "計", "県計", "都計", "道計", "府計", "市町村計")


def check_answers(
    answers: Iterable[Answer], *, rules: Iterable[Rule], places: Places, file: str
) -> list[Problem]:
    """Return what breaks the rules of its form and what is there twice."""
    by_area: dict[str, dict[str, Answer]] = defaultdict(dict)
    problems = []
    rows, asked = list(answers), list(rules)
    for row in rows:
        by_area[row.area_code][row.question_id] = row
    if sum(map(len, by_area.values())) < len(rows):
        message = "同じ市町村の同じ設問への回答が二つあります。"
        action = "一つにしてください。"
        problems += [_at(row, "error", "重複", message, action, file) for row in _doubles(rows)]
    for area, own in by_area.items():
        broken = [(key, rule.message) for rule in asked for key in _breaches(rule, own)]
        for question, message in broken:
            text = f"{places.names[area]}：{message}"
            problems.append(
                _at(own[question], "warning", "設問間", text, "確かめてください。", file)
            )
    return problems


def _doubles(rows: Iterable[Answer]) -> list[Answer]:
    """Return the answers that are not the only one of their respondent to their question."""
    counts = Counter((row.area_code, row.question_id) for row in rows)
    return [row for row in rows if counts[(row.area_code, row.question_id)] > 1]


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


def _breaches(rule: Rule, own: Mapping[str, Answer]) -> list[str]:
    """Return the questions at which the answers of a respondent break a rule."""
    values = {key: own[key].value for key in (rule.when, *rule.then) if key in own}
    whole = values.get(rule.when)
    if whole is None:
        return []
    if rule.kind == "part_of_whole":
        parts = {key: values.get(key) for key in rule.then}
        return [key for key, part in parts.items() if part and float(part) > float(whole)]
    if not _is_one_of(whole, rule.answers):
        return []
    if rule.kind == "forbids":
        return [key for key in rule.then if values.get(key) is not None]
    if rule.kind == "requires":
        return [key for key in rule.then if key in own and own[key].status == "unanswered"]
    given = [values.get(key) for key in rule.then]
    fulfilled = any(part is None or _is_one_of(part, rule.wanted) for part in given)
    return [] if fulfilled else [rule.when]


def _is_one_of(value: str, answers: list[str]) -> bool:
    return not set(value.split(";")).isdisjoint(answers)


def _at(row: Answer, level: Level, rule: str, message: str, action: str, file: str) -> Problem:
    sheet, _, cell = row.source_ref.rpartition("!")
    return Problem(level, rule, message, action, file, sheet, cell, row.value or "")
