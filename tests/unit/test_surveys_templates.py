"""Templates that we make come back with no question asked, and exports are like them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from access.roles import NotAllowed
from data.catalogue import load_catalogue
from data.extract import RawFile
from data.extract.survey_workbook import read as read_collected
from data.extract.survey_workbook import recognises
from data.generations import Store, open_generation
from surveys.answer_words import choices, printed_answer
from surveys.definitions import definition_table, version_of
from surveys.target import SurveyError, Target
from surveys.templates import clean_export, template
from surveys.uploads import UploadedFile, read_uploads, target_of
from surveys.values import ColumnReader
from tests.unit.intake_stand import (
    COUNCIL,
    NAMES,
    STAFF,
    VIEWER,
    Y2021,
    accepted,
    council_book,
    proposed,
    store_of,
)

Y2018 = Target("municipal_form", 2018, "81")


@pytest.fixture
def intake(tiny: Path, tmp_path: Path) -> Store:
    return store_of(tiny, tmp_path / "store")


def made(store: Store, target: Target = Y2021, **chosen: object) -> bytes:
    with open_generation(store.current()) as con:
        return template(con, actor=STAFF, target=target, **chosen)  # type: ignore[arg-type]


def filled(content: bytes, cells: dict[str, str], sheet: str = "回答") -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, text in cells.items():
        book[sheet][cell] = text
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_template_filled_in_comes_back_unasked(intake: Store) -> None:
    blank = made(intake, kind="prefecture")
    page = openpyxl.load_workbook(io.BytesIO(blank))["回答"]
    ids = [cell.value for cell in page[6]]
    column = page.cell(6, ids.index("council") + 1).column_letter
    found = proposed(intake, filled(blank, {f"{column}7": "あり", f"{column}8": "－"}))
    assert {p.rule for p in found.problems if p.level != "mended"} == {"取り下げ"}
    assert set(found.columns["how"]) == {"code"}
    own = found.answers[found.answers["question_id"] == "council"]
    assert own[["area_code", "value", "status"]].fillna("").to_numpy().tolist() == [
        ["81100", "1", "observed"],
        ["81201", "", "not_applicable"],
    ]


def test_the_form_of_one_prefecture_comes_back_unasked(intake: Store) -> None:
    target = Target("prefectural_form", 2021, "81")
    blank = made(intake, kind="prefecture", target=target)
    found = proposed(intake, filled(blank, {"C7": "あり"}), target=target)
    assert [p for p in found.problems if p.level in ("asked", "error")] == []
    assert found.answers["area_code"].unique().tolist() == ["81"]


def test_a_label_over_the_identifier_of_another_question_is_asked(intake: Store) -> None:
    blank = made(intake, kind="prefecture")
    page = openpyxl.load_workbook(io.BytesIO(blank))["回答"]
    letters = [c.column_letter for c in page[6] if c.value in ("training_n", "council")]
    labels = {f"{a}5": page[f"{b}5"].value for a, b in (letters, letters[::-1])}
    found = proposed(intake, filled(blank, {**labels, f"{letters[0]}7": "1"}))
    asked = [p.cell for p in found.problems if p.level == "asked" and p.rule == "列名"]
    assert len(asked) == len(labels)


def test_a_blank_template_replaces_nothing(intake: Store) -> None:
    found = proposed(intake, made(intake, kind="prefecture"))
    assert found.answers.empty
    assert [p.message for p in found.problems if p.stops] == ["回答が0件です。"]


def test_the_form_of_one_municipality_comes_back_unasked(intake: Store) -> None:
    blank = made(intake, kind="municipality", area_code="81203")
    page = openpyxl.load_workbook(io.BytesIO(blank))["回答票"]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    cells = {f"C{rows['council']}": "あり", f"C{rows['training_n']}": "4"}
    cells[f"C{rows['want_support']}"] = ";".join(choices(Y2021.definition.question("want_support")))
    found = proposed(intake, filled(blank, cells, "回答票"))
    assert found.acceptable
    assert [p for p in found.problems if p.level in ("asked", "error", "mended")] == []
    told = found.answers[found.answers["status"] == "observed"]
    answers = dict(zip(told["question_id"], told["value"], strict=True))
    assert answers == {
        "council": "1",
        "training_n": "4",
        "want_support": ";".join(Y2021.definition.question("want_support").allowed),
    }
    assert set(found.answers["area_code"]) == {"81203"}


def test_last_years_answers_filled_in_are_read_as_they_are_published(intake: Store) -> None:
    book = made(intake, kind="prefecture", filled=True, target=Target("municipal_form", 2019, "81"))
    found = proposed(intake, book, target=Y2018)
    assert found.comparison.counts["changed"] == 0
    assert found.comparison.counts["unchanged"] > 20
    assert "別の様式か年度" in " ".join(p.message for p in found.problems)


def test_a_template_says_what_it_is_for(intake: Store) -> None:
    (read,) = read_uploads([UploadedFile("a.xlsx", made(intake, kind="prefecture"))], actor=STAFF)
    assert target_of([read]) == Y2021
    assert read.mark is not None
    assert read.mark.version == version_of("municipal_form")


def test_an_old_template_is_pointed_out(intake: Store) -> None:
    old = filled(made(intake, kind="prefecture"), {"D1": "00000000"})
    assert "ひな形" in proposed(intake, old).warnings


def test_headers_are_protected_and_answers_are_not(intake: Store) -> None:
    page = openpyxl.load_workbook(io.BytesIO(made(intake, kind="prefecture")))["回答"]
    assert page.protection.sheet
    assert page["C5"].protection.locked
    assert not page["C7"].protection.locked
    assert "記号：start_fy" in page["C5"].comment.text
    lists = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert '"あり,なし,－"' in lists


def test_the_layout_is_that_of_last_year(intake: Store) -> None:
    head = ["団体コード", "市町村名", "多職種研修の開催回数", "協議体の有無"]
    accepted(intake, council_book({"81201": (3, "あり")}, head))
    page = openpyxl.load_workbook(
        io.BytesIO(made(intake, target=Target("municipal_form", 2022, "81"), kind="prefecture"))
    )["回答"]
    assert [page["C5"].value, page["D5"].value] == head[2:]
    assert [page["C6"].value, page["D6"].value] == ["training_n", "council"]
    assert page.max_column == 2 + len(Y2021.questions())


def test_the_clean_export_is_read_by_the_next_build(intake: Store, tmp_path: Path) -> None:
    accepted(intake, council_book(COUNCIL))
    with open_generation(intake.current()) as con:
        book = clean_export(con, actor=STAFF, target=Y2021, kind="xlsx")
        text = clean_export(con, actor=STAFF, target=Y2021, kind="csv").decode("utf-8-sig")
    path = tmp_path / "回答.xlsx"
    path.write_bytes(book)
    assert recognises(RawFile(path, path.name), book[:8])
    extract = read_collected(RawFile(path, path.name))
    own = extract.frames["answers"].query("question_id == 'council'")
    assert own["value"].tolist() == ["あり"] * 5
    assert text.splitlines()[2].startswith("812013,山手市,")
    again = proposed(intake, book)
    assert again.comparison.counts["changed"] == again.comparison.counts["withdrawn"] == 0


def test_every_choice_of_every_form_is_read_back() -> None:
    for definition in load_catalogue().surveys.values():
        for question in definition.questions:
            reader = ColumnReader(question, [], survey_year=2021)
            for code in question.allowed:
                printed = printed_answer(question, code, "observed")
                assert printed == question.allowed[code]
                assert reader.read(printed).value == code, (definition.key, question.id)
            if question.type == "multi":
                both = ";".join(question.allowed)
                found = reader.read(printed_answer(question, both, "observed"))
                assert (found.value, found.how) == (both, "as_printed"), question.id


def test_definitions_name_every_field_and_its_version() -> None:
    table = definition_table("municipal_form", framework="r3")
    assert set(table["版"]) == {version_of("municipal_form")}
    assert "item_ku_status" not in set(table["記号"])
    own = table.set_index("記号").loc["council"]
    assert own["選択肢"] == "1＝あり、0＝なし"
    assert own["注意する組合せ"] == "協議体がないのに開催圏域があります。"


def test_who_may_have_templates(intake: Store) -> None:
    with open_generation(intake.current()) as con:
        with pytest.raises(NotAllowed):
            template(con, actor=VIEWER, target=Y2021, kind="prefecture")
        with pytest.raises(NotAllowed):
            clean_export(con, actor=VIEWER, target=Y2021, kind="csv")
        with pytest.raises(SurveyError, match="選ばれていません"):
            template(con, actor=STAFF, target=Y2021, kind="municipality")
        with pytest.raises(SurveyError, match="回答者ではありません"):
            template(con, actor=STAFF, target=Y2021, kind="municipality", area_code="99999")
    assert NAMES["81201"] == "山手市"
