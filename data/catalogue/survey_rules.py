"""Checks that a rule between questions can be asked of the form it stands in."""

from __future__ import annotations

from data.catalogue.reading import fault
from data.catalogue.references import require
from data.catalogue.survey import Question, Rule, SurveyDefinition

NUMERIC = ("count", "number")


def check_rules(survey: SurveyDefinition, *, file: str) -> None:
    """Raise CatalogueError for the first rule that names what is not there or does not fit."""
    questions = {question.id: question for question in survey.questions}
    for number, rule in enumerate(survey.rules, start=1):
        entry = f"rules {number}：{rule.when}"
        require([rule.when], questions, what="設問", file=file, entry=entry, field="when")
        require(rule.then, questions, what="設問", file=file, entry=entry, field="then")
        found = _misfit(rule, questions)
        if found:
            field, message, action = found
            raise fault(message, action=action, file=file, entry=entry, field=field)


def _misfit(rule: Rule, questions: dict[str, Question]) -> tuple[str, str, str] | None:
    """Return field, message and action for the first part of a rule that does not fit its kind."""
    whole, parts = questions[rule.when], [questions[key] for key in rule.then]
    if not all(set(part.frameworks) & set(whole.frameworks) for part in parts):
        return "then", "同じ枠組で尋ねない設問どうしです。", "frameworks を確かめてください。"
    if rule.kind == "part_of_whole":
        return _misfit_of_numbers(rule, [whole, *parts])
    if not rule.answers:
        return "answers", "規則の当てはまる回答がありません。", "answers を書いてください。"
    strange = _not_allowed(rule.answers, whole)
    if strange:
        return "answers", f"「{strange}」という回答はありません。", _choices(whole)
    if (rule.kind == "at_least_one") != bool(rule.wanted):
        action = "kind が at_least_one の規則にだけ wanted を書いてください。"
        return "wanted", "wanted と kind が合いません。", action
    for part in parts:
        strange = _not_allowed(rule.wanted, part)
        if strange:
            return "wanted", f"「{strange}」という回答は{part.id}にありません。", _choices(part)
    return None


def _misfit_of_numbers(rule: Rule, asked: list[Question]) -> tuple[str, str, str] | None:
    if rule.answers or rule.wanted:
        action = "answers と wanted を消してください。"
        return "answers", "part_of_whole は回答によらず、いつも確かめます。", action
    for question in asked:
        if question.type not in NUMERIC:
            action = f"type が {'か'.join(NUMERIC)} の設問を書いてください。"
            return "then", f"{question.id} は数の設問ではありません。", action
    return None


def _not_allowed(answers: list[str], question: Question) -> str:
    """Return the first answer that the question cannot have, blank when it can have all."""
    if question.allowed:
        return next((code for code in answers if code not in question.allowed), "")
    return next((text for text in answers if not text.isdecimal()), "")


def _choices(question: Question) -> str:
    return f"使える値：{'、'.join(question.allowed) or '数'}"
