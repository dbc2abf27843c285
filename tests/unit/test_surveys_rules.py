"""The rules between answers come from the form, whatever its questions are called."""

from __future__ import annotations

import pytest

from data.catalogue.survey import Rule, RuleKind
from surveys.checked import Answer
from surveys.rules import check_answers
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM


def broken(rules: list[Rule], answers: dict[str, str | None]) -> list[tuple[str, str]]:
    rows = [
        Answer("81201", key, value, "unanswered" if value is None else "observed", f"回答!{key}")
        for key, value in answers.items()
    ]
    found = check_answers(rows, rules=rules, places=places_of(), file="a.xlsx")
    return [(problem.cell, problem.message) for problem in found]


def rule(kind: RuleKind, then: list[str], **rest: list[str]) -> Rule:
    return Rule(kind=kind, when="whole", then=then, message="合いません。", **rest)


@pytest.mark.parametrize(
    ("asked", "answers", "cells"),
    [
        (rule("forbids", ["a", "b"], answers=["0"]), {"whole": "0", "a": "1", "b": None}, ["a"]),
        (rule("forbids", ["a"], answers=["0"]), {"whole": "1", "a": "1"}, []),
        (rule("forbids", ["a"], answers=["y"]), {"whole": "x;y", "a": "1"}, ["a"]),
        (rule("requires", ["a", "b"], answers=["1"]), {"whole": "1", "a": None, "b": "2"}, ["a"]),
        (rule("requires", ["a"], answers=["1"]), {"whole": "1"}, []),
        (rule("part_of_whole", ["a", "b"]), {"whole": "2", "a": "2.0", "b": "2.5"}, ["b"]),
        (rule("part_of_whole", ["a"]), {"whole": None, "a": "3"}, []),
    ],
)
def test_what_breaks_a_rule_is_said_at_its_cell(
    asked: Rule, answers: dict[str, str | None], cells: list[str]
) -> None:
    assert [cell for cell, _ in broken([asked], answers)] == cells


def test_one_of_several_is_wanted_only_once_all_are_given() -> None:
    asked = rule("at_least_one", ["a", "b"], answers=["1"], wanted=["1"])
    assert broken([asked], {"whole": "1", "a": "0", "b": "0"}) == [
        ("whole", "山手市：合いません。")
    ]
    assert broken([asked], {"whole": "1", "a": "0", "b": "1"}) == []
    assert broken([asked], {"whole": "1", "a": "0"}) == []


def test_the_shipped_rules_of_both_frameworks() -> None:
    old: dict[str, str | None] = {"item_ku_status": "planned", "item_ku_mode": "direct"}
    assert broken(FORM.rules, old) == [
        ("item_ku_mode", "山手市：実施していないのに実施方法があります。")
    ]
    scenes = {f"scene_{scene}_goal": "0" for scene in ("daily", "transition", "acute", "eol")}
    new: dict[str, str | None] = {"goal_setting": "2", **scenes, "coord_count": "0"}
    assert [cell for cell, _ in broken(FORM.rules, {**new, "coord_level": "kikan"})] == [
        "goal_setting",
        "coord_level",
    ]
