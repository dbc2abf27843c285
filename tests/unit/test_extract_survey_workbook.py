from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.extract import recognise, survey_workbook
from tests.unit.survey_book import survey_book

STATUS = "item_a_status"


def test_answers_in_long_form_as_printed(tmp_path: Path) -> None:
    rows = [["811009", "中央市", "done", "", 12], ["812013", "山手市", "－", "未回収", ""]]
    file = survey_book(tmp_path / "a.xlsx", rows, questions=[STATUS, "response", "training_n"])
    assert recognise(file) is survey_workbook
    extract = survey_workbook.read(file)
    assert (extract.source_key, extract.rows_read) == ("survey_municipal", 2)
    assert extract.vintage == "平成30年度(2018年度)調査"
    columns = ["area_code", "response", "question_id", "value", "source_ref"]
    assert extract.frames["answers"][columns].to_numpy().tolist() == [
        ["811009", "", STATUS, "done", "回答!C7"],
        ["811009", "", "training_n", "12", "回答!E7"],
        ["812013", "未回収", STATUS, "－", "回答!C8"],
        ["812013", "未回収", "training_n", "", "回答!E8"],
    ]


def test_totals_and_repeated_respondents_are_set_aside(tmp_path: Path) -> None:
    rows = [["811009", "中央市", "done"], ["", "合計", "1"], ["811009", "中央市", "none"]]
    extract = survey_workbook.read(survey_book(tmp_path / "a.xlsx", rows, questions=[STATUS]))
    assert extract.frames["answers"]["value"].tolist() == ["done"]
    assert [issue.source_ref for issue in extract.issues] == ["回答!A8", "回答!A9"]


@pytest.mark.parametrize(
    ("printed", "year"),
    [(2016, 2016), ("平成28年度", 2016), ("令和元年度", 2019), ("２０２４", 2024)],
)
def test_years_as_people_write_them(tmp_path: Path, printed: object, year: int) -> None:
    file = survey_book(
        tmp_path / "a.xlsx", [["811009", "中央市", ""]], questions=[STATUS], year=printed
    )
    assert survey_workbook.read(file).frames["form"].loc[0, "fiscal_year"] == year


def test_columns_beyond_z_are_named_as_excel_names_them(tmp_path: Path) -> None:
    questions = [f"q{number}" for number in range(30)]
    rows: list[list[object]] = [["811009", "中央市", *["1"] * 30]]
    extract = survey_workbook.read(survey_book(tmp_path / "a.xlsx", rows, questions=questions))
    refs = extract.frames["answers"]["source_ref"].tolist()
    assert [refs[0], refs[23], refs[24], refs[29]] == ["回答!C7", "回答!Z7", "回答!AA7", "回答!AF7"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"survey_id": "another_form"}, "様式「another_form」"),
        ({"framework": "r9"}, "枠組「r9」"),
        ({"year": "昨年度"}, "年度「昨年度」"),
        ({"rows": []}, "回答が0件"),
    ],
)
def test_a_form_that_cannot_be_told_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    settings: dict[str, object] = {"rows": [["811009", "中央市", "done"]], **change}
    file = survey_book(tmp_path / "a.xlsx", questions=[STATUS], **settings)  # type: ignore[arg-type]
    with pytest.raises(UnreadableFile, match=message):
        survey_workbook.read(file)
