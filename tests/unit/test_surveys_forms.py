"""Forms that one municipality fills in, a question in each row."""

from __future__ import annotations

from surveys.checked import CheckedFile
from surveys.checking import FileCheck
from surveys.content import Cell, SheetContent
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM


def checked(rows: list[list[Cell]], *, framework: str = "r3") -> CheckedFile:
    check = FileCheck(
        FORM,
        framework=framework,  # type: ignore[arg-type]
        fiscal_year=2023,
        places=places_of(),
    )
    return check.run([SheetContent("調査票", rows)], file="a.xlsx")


def answers(found: CheckedFile) -> list[tuple[str, str, str | None, str]]:
    return [(a.area_code, a.question_id, a.value, a.source_ref) for a in found.answers]


def test_questions_in_rows_are_read() -> None:
    found = checked(
        [
            ["令和5年度 実施状況調査票", "", ""],
            ["市町村名", "山手市", ""],
            ["1. 協議体について", "", ""],
            ["協議体の設置", "○", "選んでください"],
            ["問2 研修回数（回）", 12.0, ""],
        ]
    )
    assert answers(found) == [
        ("81201", "council", "1", "調査票!B4"),
        ("81201", "training_n", "12", "調査票!B5"),
    ]
    assert found.acceptable


def test_groups_of_questions_are_joined() -> None:
    found = checked(
        [
            ["", "団体コード", 812013.0],
            ["", "市町村名", "山手市"],
            ["ア 資源の把握", "実施状況", "実施済"],
            ["", "実施方法", "直営"],
            ["イ 課題抽出・対応策", "実施状況", "未実施"],
        ],
        framework="h27r2",
    )
    assert [(key, value) for _, key, value, _ in answers(found)] == [
        ("item_a_status", "done"),
        ("item_a_mode", "direct"),
        ("item_i_status", "none"),
    ]


def test_an_unknown_question_with_an_answer_is_asked() -> None:
    found = checked([["市町村名", "山手市"], ["協議体の設置", "○"], ["会議の雰囲気", "良い"]])
    assert [(p.cell, p.level) for p in found.problems if p.stops] == [("A3", "asked")]
    assert [key for _, key, _, _ in answers(found)] == ["council"]


def test_a_misspelt_municipality_is_asked() -> None:
    found = checked([["市町村名", "山出市"], ["協議体の設置", "○"]])
    assert [(p.cell, p.value) for p in found.problems if p.stops] == [("B1", "山出市")]
    assert found.answers == []


def test_a_question_left_blank_is_unanswered() -> None:
    found = checked([["市町村名", "山手市"], ["協議体の設置", ""], ["研修回数", 0.0]])
    assert [(a.question_id, a.status, a.value) for a in found.answers] == [
        ("council", "unanswered", None),
        ("training_n", "observed", "0"),
    ]


def test_a_second_column_of_answers_is_never_passed_over() -> None:
    rows: list[list[Cell]] = [
        ["市町村名", "山手市", ""],
        ["", "前年度", "今年度"],
        ["研修回数", 11.0, 12.0],
    ]
    found = checked(rows)
    assert found.answers == []
    assert not found.acceptable
    rows[1:] = [["", "回答", ""], ["研修回数", 11.0, "延べ"]]
    assert [a.value for a in checked(rows).answers] == ["11"]


def test_a_head_over_the_questions_is_none_of_them() -> None:
    for head in (["", "設問", "回答"], ["番号", "設問", "回答"], ["No.", "質問", "回答欄"],
                 ["問", "内容", "回答"], ["項目", "項目", "回答"]):  # fmt: skip
        rows: list[list[Cell]] = [["市町村名", "", "山手市"], [], [*head]]
        found = checked([*rows, ["問1", "協議体の設置", "○"], ["問2", "研修回数", 12.0]])
        assert [(key, value) for _, key, value, _ in answers(found)] == [
            ("council", "1"),
            ("training_n", "12"),
        ]
        assert found.acceptable, head


def test_who_filled_in_a_form_is_left_out_and_told() -> None:
    rows: list[list[Cell]] = [["市町村名", "山手市"], ["担当者", "青木"], ["電話番号", "055"]]
    asked: list[list[Cell]] = [["協議体の設置", "○"], ["担当者会議", 3.0]]
    found = checked([*rows, *asked])
    assert [(p.cell, p.level, p.value) for p in found.problems if p.rule == "記入者"] == [
        ("A2", "mended", "担当者"),
        ("A3", "mended", "電話番号"),
    ]
    assert [p.cell for p in found.problems if p.stops] == ["A5"]
    # a question that only begins like one of them is asked, above the others too
    above = checked([*rows, *reversed(asked)])
    assert [p.cell for p in above.problems if p.stops] == ["A4"]
