"""Labelled layouts of foreign books: what is right, what is asked, nothing wrong."""

from __future__ import annotations

from surveys.checked import CheckedFile, Decisions
from surveys.checking import FileCheck
from surveys.content import Cell, SheetContent
from surveys.matching import key_of
from surveys.tables import TableColumn
from tests.unit.messy_workbooks import Truth
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM

Rows = list[list[Cell]]
Merged = list[tuple[int, int, int, int]]
YAMATE, KAWABE = "81201", "81202"


def checked(
    rows: Rows, *, merged: Merged | None = None, decisions: Decisions | None = None
) -> CheckedFile:
    check = FileCheck(
        FORM, framework="r3", fiscal_year=2023, places=places_of(), decisions=decisions
    )
    return check.run([SheetContent("回答", rows, merged=merged or [])], file="a.xlsx")


def answers(found: CheckedFile) -> Truth:
    return {(a.area_code, a.question_id): a.value or f"[{a.status}]" for a in found.answers}


def stopping(found: CheckedFile) -> list[str]:
    return [problem.cell for problem in found.problems if problem.stops]


def listed(found: CheckedFile) -> list[str]:
    return [problem.message for problem in found.problems if problem.level == "mended"]


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
