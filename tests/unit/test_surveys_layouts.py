"""Labelled layouts of foreign books: what is right, what is asked, nothing wrong."""

from __future__ import annotations

import pytest

from surveys.checked import CheckedFile, Decisions
from surveys.checking import FileCheck
from surveys.content import SheetContent
from surveys.matching import key_of
from surveys.tables import TableColumn
from tests.unit.foreign_layouts import LAYOUTS, YAMATE, Layout, Rows
from tests.unit.messy_workbooks import Truth
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM

LAST_AND_THIS = "年度の列：前年度｜今年度"


def checked(
    rows: Rows, *, layout: Layout | None = None, decisions: Decisions | None = None
) -> CheckedFile:
    check = FileCheck(
        FORM, framework="r3", fiscal_year=2023, places=places_of(), decisions=decisions
    )
    merged = list(layout.merged) if layout else []
    return check.run([SheetContent("回答", rows, merged=merged)], file="a.xlsx")


def answers(found: CheckedFile) -> Truth:
    return {(a.area_code, a.question_id): a.value or f"[{a.status}]" for a in found.answers}


def stopping(found: CheckedFile) -> list[str]:
    return [problem.cell for problem in found.problems if problem.stops]


def listed(found: CheckedFile) -> list[str]:
    return [problem.message for problem in found.problems if problem.level == "mended"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_foreign_layout_is_right_or_asked_and_never_wrong(name: str) -> None:
    layout = LAYOUTS[name]
    found = checked(layout.rows, layout=layout)
    given = {key: value for key, value in answers(found).items() if key in layout.truth}
    assert [key for key, value in given.items() if layout.truth[key] != value] == []
    others = [value for key, value in answers(found).items() if key not in layout.truth]
    assert set(others) <= {"[unanswered]"}
    assert len(layout.truth) - len(given) == layout.asked
    assert found.acceptable == (layout.asked == 0 and not layout.unsure), stopping(found)


def test_towns_across_and_ticked_choices_are_listed() -> None:
    turned = checked(LAYOUTS["towns across"].rows)
    assert "行と列が入れ替わった表として読みました（設問が行、市町村が列）。" in listed(turned)
    ticked = checked(LAYOUTS["boxes in cells of a form"].rows)
    assert "選択肢ごとに分かれたセルの印を、一つの回答として読みました。" in listed(ticked)


def test_last_and_this_year_are_asked_once_and_follow_the_choice() -> None:
    rows = LAYOUTS["last and this year in a form"].rows
    found = checked(rows)
    assert stopping(found) == ["B2"]
    ((_, choice),) = found.years
    assert (choice.key, choice.options) == (LAST_AND_THIS, ("今年度", "前年度"))
    for chosen, count in (("今年度", "12"), ("前年度", "11")):
        decided = checked(rows, decisions=Decisions(columns={LAST_AND_THIS: chosen}))
        assert answers(decided)[YAMATE, "training_n"] == count
        assert any(f"「{chosen}」の列" in message for message in listed(decided))


def test_a_merged_answer_over_towns_counts_for_each_and_is_listed() -> None:
    rows: Rows = [["設問", "山手市", "川辺市"], ["協議体の設置", "○", ""], ["研修回数", 1.0, 2.0]]
    found = checked(rows, layout=Layout(rows, merged=((1, 1, 1, 2),)))
    assert {answers(found)[area, "council"] for area in ("81201", "81202")} == {"1"}
    assert "結合されたセルの値を各行の回答としました。" in listed(found)


def test_an_answer_of_another_year_alone_is_pointed_out() -> None:
    layout = LAYOUTS["towns across, two years each"]
    rows: Rows = [*layout.rows[:3], ["研修回数", 11.0, "", 1.0, 0.0]]
    found = checked(rows, layout=layout)
    assert [p.cell for p in found.problems if p.rule == "年度の列" and p.level == "warning"] == [
        "B4"
    ]


def test_years_in_short_are_read_and_years_without_an_era_asked() -> None:
    years: Rows = [["平30"], ["H.30"], ["平成三十年度"], ["29"], ["元年度"], ["平成三十年"]]
    towns = ["中央市", "山手市", "川辺市", "龍ケ崎市", "滝沢市", "塩竈町"]
    rows: Rows = [[town, *year] for town, year in zip(towns, years, strict=True)]
    found = checked([["市町村名", "着手年度"], *rows])
    assert set(answers(found).values()) == {"2018"}
    assert len(found.answers) == 3
    asked = {key[1]: read.reading for key, read in found.values.items()}
    assert [asked[text].candidates for text in ("29", "元年度", "平成三十年")] == [
        ("2017",),
        ("2019",),
        ("2018",),
    ]


def test_what_was_decided_of_a_header_with_a_year_is_not_remembered() -> None:
    for header, applies in (
        ("研修会（令和5年度）", False),
        ("前年度研修会", False),
        ("研修会", True),
    ):
        key = key_of(TableColumn(1, (header,), "B1"))
        remembered = Decisions(columns={key: "training_n"}, remembered_columns=frozenset([key]))
        rows: Rows = [["市町村名", header], ["山手市", 12]]
        found = checked(rows, decisions=remembered)
        assert (answers(found) == {(YAMATE, "training_n"): "12"}) == applies
        assert bool(stopping(found)) != applies
        assert answers(checked(rows, decisions=Decisions(columns={key: "training_n"})))


def test_a_remembered_name_with_a_year_is_asked_again() -> None:
    rows: Rows = [["市町村名", "研修回数"], ["山手市（R4）", 12]]
    assert answers(checked(rows, decisions=Decisions(remembered={"山手市（R4）": YAMATE}))) == {}
    assert answers(checked(rows, decisions=Decisions(respondents={"山手市（R4）": YAMATE})))
