"""Checks that what one entry of the catalogue names is there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from data.catalogue.contents import Catalogue, fold_service_name
from data.catalogue.indicator_checks import check_indicators
from data.catalogue.reading import fault
from data.catalogue.references import questions_by_id, refuse_repeats, require
from data.catalogue.survey import Question
from data.catalogue.survey_rules import check_rules

_PROGRAMME = "programme.toml"


def check_references(catalogue: Catalogue, *, origins: Mapping[str, str]) -> None:
    """Raise CatalogueError for the first name that leads nowhere."""
    _check_forms_apart(catalogue)
    for survey_id, survey in catalogue.surveys.items():
        file = f"surveys/{survey_id}.toml"
        refuse_repeats((question.id for question in survey.questions), file=file)
        for question in survey.questions:
            _check_question(question, file=file)
        check_rules(survey, file=file)
    for check in (_check_sources, _check_services, _check_programme, _check_facts):
        check(catalogue)
    check_indicators(catalogue, origins=origins)


def _check_forms_apart(catalogue: Catalogue) -> None:
    """An indicator names a question alone: the same name in two forms would mix their answers."""
    forms: dict[str, str] = {}
    for survey_id, survey in catalogue.surveys.items():
        for question in survey.questions:
            if forms.setdefault(question.id, survey_id) != survey_id:
                raise fault(
                    f"同じ設問の記号が surveys/{forms[question.id]}.toml にもあります。",
                    action="どちらかの id を別の記号にしてください。",
                    file=f"surveys/{survey_id}.toml",
                    entry=question.id,
                    field="id",
                )


def _check_sources(catalogue: Catalogue) -> None:
    for file, entries in (
        ("facility_types.toml", catalogue.facility_types),
        ("measures.toml", catalogue.measures),
    ):
        for key, entry in entries.items():
            require(
                [entry.source_key],
                catalogue.sources,
                what="出典",
                file=file,
                entry=key,
                field="source_key",
            )
    for denominator in catalogue.denominators:
        require(
            [denominator.edition],
            catalogue.editions,
            what="版",
            file="denominators.toml",
            entry=denominator.key,
            field="edition",
        )


def _check_services(catalogue: Catalogue) -> None:
    meanings: dict[str, str] = {}
    for key, entry in catalogue.facility_types.items():
        for name in map(fold_service_name, entry.service_names):
            if name in meanings:
                raise fault(
                    f"「{name}」は {meanings[name]} にもあります。",
                    action="一つの種類だけに書いてください。",
                    file="facility_types.toml",
                    entry=key,
                    field="service_names",
                )
            meanings[name] = key


def _check_question(question: Question, *, file: str) -> None:
    closed = question.type in ("bool", "enum", "multi")
    if closed and not question.allowed:
        raise fault(
            "選択肢がありません。",
            action="allowed を書いてください。",
            file=file,
            entry=question.id,
            field="allowed",
        )
    if question.allowed and not closed:
        raise fault(
            f"type が {question.type} の設問に選択肢があります。",
            action="type を bool、enum、multi のどれかにするか、allowed を消してください。",
            file=file,
            entry=question.id,
            field="allowed",
        )


def _check_programme(catalogue: Catalogue) -> None:
    _check_items(catalogue)
    programme, questions = catalogue.programme, questions_by_id(catalogue)
    items = [item.key for item in programme.items]
    supports = [support.key for support in programme.support_items]
    named = partial(require, file=_PROGRAMME)
    ordinance = [entry.label for entry in programme.ordinance.values()]
    for row in programme.crosswalk:
        named([row.ordinance], [*ordinance, ""], what="号", entry=row.key, field="ordinance")
        named(row.old_items, items, what="項目", entry=row.key, field="old_items")
    for reason in programme.reasons.values():
        named([reason.item], [*items, ""], what="項目", entry=reason.key, field="item")
    for support in programme.support_items:
        asked = [support.question_id]
        named(asked, questions, what="設問", entry=support.key, field="question_id")
    for request in programme.request_items:
        named(request.answered_by, supports, what="支援", entry=request.key, field="answered_by")


def _check_items(catalogue: Catalogue) -> None:
    programme, questions = catalogue.programme, questions_by_id(catalogue)
    for item in programme.items:
        named = partial(require, file=_PROGRAMME, entry=item.key)
        named([item.framework], programme.frameworks, what="枠組み", field="framework")
        named([item.group], programme.groups, what="段階", field="group")
        named([item.question_id], questions, what="設問", field="question_id")
        answers = questions[item.question_id].allowed
        named(item.implemented_values, answers, what="回答", field="implemented_values")


def _check_facts(catalogue: Catalogue) -> None:
    fact_ids = [fact.fact_id for fact in catalogue.facts]
    refuse_repeats(fact_ids, file="reference_facts.csv")
    programme = catalogue.programme
    claims = {entry.key: entry.published_fact for entry in programme.support_items}
    claims |= {entry.key: entry.published_fact for entry in programme.issues.values()}
    for key, fact_id in claims.items():
        if fact_id is not None and fact_id not in fact_ids:
            raise fault(
                f"「{fact_id}」という公表値はありません。",
                action="reference_facts.csv の fact_id を書いてください。",
                file=_PROGRAMME,
                entry=key,
                field="published_fact",
            )
