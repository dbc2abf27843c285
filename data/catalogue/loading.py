"""Reads the files of the catalogue that have more shape than a list of entries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from data.catalogue.indicator import IndicatorEntry
from data.catalogue.programme import (
    CrosswalkRow,
    FrameworkEntry,
    IssueCode,
    OrdinanceItem,
    Programme,
    ProgrammeGroup,
    ProgrammeItem,
    ReasonCode,
    RequestItem,
    SupportItem,
)
from data.catalogue.reading import (
    fault,
    read_entries,
    read_entry,
    read_rows,
    read_table,
    read_toml,
    refuse_unknown,
)
from data.catalogue.records import (
    DocumentEntry,
    FacilityGroup,
    FacilityTypeEntry,
    ReferenceFact,
)
from data.catalogue.survey import Question, Rule, SurveyDefinition

CodeLists = Mapping[str, Mapping[str, str]]
Named = TypeVar("Named")

_PROGRAMME = "programme.toml"


def read_facility_types(root: Path) -> dict[str, FacilityTypeEntry]:
    """Return the facility types; group labels and colours come from their groups."""
    name = "facility_types.toml"
    content = read_toml(root, name)
    refuse_unknown(content, ("groups", "types", "attribute_sets"), file=name)
    groups = read_entries(FacilityGroup, content.get("groups", {}), file=name)
    attribute_sets = content.get("attribute_sets", {})
    tables = {}
    for key in content.get("types", {}):
        raw = read_table(content["types"], key, file=name)
        group = groups.get(raw.get("group", ""))
        if group is None:
            raise fault(
                "知らない区分です。",
                action=f"使える区分：{'、'.join(groups)}",
                file=name,
                entry=key,
                field="group",
            )
        attributes = raw.get("attributes", {})
        if isinstance(attributes, str):
            attributes = _named(
                attribute_sets, attributes, file=name, entry=key, field="attributes"
            )
        defaults = {"group_label": group.label, "color": group.color}
        tables[key] = {**defaults, **raw, "attributes": attributes}
    return read_entries(FacilityTypeEntry, tables, file=name)


def _named(lists: Mapping[str, Named], name: str, *, file: str, entry: str, field: str) -> Named:
    if name not in lists:
        raise fault(
            f"「{name}」という一覧はありません。",
            action=f"使える一覧：{'、'.join(lists)}",
            file=file,
            entry=entry,
            field=field,
        )
    return lists[name]


def read_indicators(root: Path) -> tuple[dict[str, IndicatorEntry], dict[str, str]]:
    """Return the indicators of the folder indicators, and the file of each."""
    indicators: dict[str, IndicatorEntry] = {}
    origins: dict[str, str] = {}
    for path in sorted((root / "indicators").glob("*.toml")):
        name = f"indicators/{path.name}"
        for key, entry in read_entries(IndicatorEntry, read_toml(root, name), file=name).items():
            if key in indicators:
                raise fault(
                    f"同じ指標が {origins[key]} にもあります。",
                    action="どちらかを消してください。",
                    file=name,
                    entry=key,
                )
            indicators[key], origins[key] = entry, name
    return indicators, origins


def read_programme(root: Path) -> Programme:
    """Return the structure of the programme."""
    content = read_toml(root, _PROGRAMME)
    tables = {
        field: read_entries(model, content.pop(field, {}), file=_PROGRAMME)
        for field, model in (
            ("frameworks", FrameworkEntry),
            ("groups", ProgrammeGroup),
            ("ordinance", OrdinanceItem),
            ("reasons", ReasonCode),
            ("issues", IssueCode),
        )
    }
    lists = {
        field: list(read_entries(model, content.pop(field, {}), file=_PROGRAMME).values())
        for field, model in (
            ("items", ProgrammeItem),
            ("crosswalk", CrosswalkRow),
            ("support_items", SupportItem),
            ("request_items", RequestItem),
        )
    }
    return read_entry(Programme, {**content, **tables, **lists}, file=_PROGRAMME, entry="")


def programme_code_lists(programme: Programme) -> dict[str, dict[str, str]]:
    """Return the code lists that forms share with the programme."""
    items = {item.key for item in programme.items_of("h27r2")}
    lists = {
        f"reasons.{key}": {
            reason.key: reason.label
            for reason in programme.reasons.values()
            if reason.item in (key, "")
        }
        for key in sorted(items)
    }
    for respondent in ("municipality", "prefecture"):
        lists[f"issues.{respondent}"] = {
            issue.key: issue.label
            for issue in programme.issues.values()
            if respondent in issue.respondents
        }
    lists["requests"] = {request.key: request.label for request in programme.request_items}
    return lists


def read_surveys(root: Path, *, shared: CodeLists) -> dict[str, SurveyDefinition]:
    """Return the survey forms with their code lists put in."""
    surveys = {}
    for path in sorted((root / "surveys").glob("*.toml")):
        name = f"surveys/{path.name}"
        content = read_toml(root, name)
        lists = {**shared, **content.pop("code_lists", {})}
        questions = [_question(raw, lists, file=name) for raw in content.pop("questions", [])]
        rules = [
            read_entry(Rule, raw, file=name, entry=f"rules {number}")
            for number, rule in enumerate(content.pop("rules", []), start=1)
            for raw in _for_each(rule)
        ]
        raw = {"key": path.stem, **content, "questions": questions, "rules": rules}
        surveys[path.stem] = read_entry(SurveyDefinition, raw, file=name, entry=path.stem)
    return surveys


def _for_each(rule: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a rule once for every word of its list each, put in where it says {each}."""
    raw = {key: value for key, value in rule.items() if key != "each"}
    words = rule.get("each", [""])
    return [{key: _filled(value, str(word)) for key, value in raw.items()} for word in words]


def _filled(value: object, word: str) -> object:
    if isinstance(value, list):
        return [_filled(part, word) for part in value]
    return value.replace("{each}", word) if isinstance(value, str) else value


def _question(raw: Mapping[str, Any], lists: CodeLists, *, file: str) -> Question:
    allowed, entry = raw.get("allowed", {}), str(raw.get("id", ""))
    if isinstance(allowed, str):
        allowed = _named(lists, allowed, file=file, entry=entry, field="allowed")
    return read_entry(Question, {**raw, "allowed": allowed}, file=file, entry=entry)


def read_facts(root: Path, *, documents: Mapping[str, DocumentEntry]) -> list[ReferenceFact]:
    """Return the published figures, each with the title of its document."""
    name = "reference_facts.csv"
    facts = []
    for row in read_rows(root, name):
        entry = row.get("fact_id", "")
        document = _named(
            documents, row.get("document", ""), file=name, entry=entry, field="document"
        )
        value = _number(row.get("value", ""), file=name, entry=entry)
        raw = {**row, "value": value, "source_title": document.title}
        facts.append(read_entry(ReferenceFact, raw, file=name, entry=entry))
    return facts


def _number(text: str, *, file: str, entry: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError as error:
        action = "数字だけを書くか、一つの数でなければ空にしてください。"
        raise fault(
            f"「{text}」は数ではありません。", action=action, file=file, entry=entry, field="value"
        ) from error
