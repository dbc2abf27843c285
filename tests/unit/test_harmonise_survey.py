from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.extract import survey_workbook
from data.harmonise import Harmonised
from data.harmonise.codes import official_code6
from data.harmonise.survey import harmonise_survey
from tests.unit.area_stand import area_stand
from tests.unit.survey_book import survey_book

CITY, TOWN = official_code6("81100"), official_code6("81401")


def harmonised(
    folder: Path, rows: list[list[object]], questions: list[str], **form: object
) -> Harmonised:
    file = survey_book(folder / "a.xlsx", rows, questions=questions, **form)  # type: ignore[arg-type]
    return harmonise_survey(survey_workbook.read(file), source_id="s", areas=area_stand())


@pytest.mark.parametrize(
    ("printed", "value", "status"),
    [
        ("done", "done", "observed"),
        ("実施", "done", "observed"),
        ("", None, "unanswered"),
        ("－", None, "not_applicable"),
        ("***", None, "suppressed"),
        ("…", None, "missing"),
        ("たぶん", None, "missing"),
    ],
)
def test_each_sign_has_its_own_status(
    tmp_path: Path, printed: str, value: str | None, status: str
) -> None:
    done = harmonised(tmp_path, [[CITY, "中央市", printed]], ["item_a_status"])
    row = done.tables["survey_answer"].iloc[0]
    assert (None if pd.isna(row["value"]) else row["value"], row["status"]) == (value, status)
    assert len(done.issues) == (printed == "たぶん")


def test_several_answers_counts_and_zero(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [CITY, "中央市", "a1;a2", 0],
        [TOWN, "森ヶ丘町", "a1;謎", "１,２００"],
    ]
    done = harmonised(tmp_path, rows, ["item_a_reason", "training_n"])
    table = done.tables["survey_answer"]
    assert [None if pd.isna(v) else v for v in table["value"]] == ["a1;a2", "0", None, "1200"]
    assert table["status"].tolist() == ["observed", "observed", "missing", "observed"]


def test_a_form_that_never_came_back_is_unanswered_throughout(tmp_path: Path) -> None:
    done = harmonised(
        tmp_path, [[TOWN, "森ヶ丘町", "未回収", "done"]], ["response", "item_a_status"]
    )
    table = done.tables["survey_answer"]
    assert table[["area_code", "status"]].to_numpy().tolist() == [["81401", "unanswered"]]
    assert table["value"].isna().all()


def test_respondents_keep_the_code_of_that_year(tmp_path: Path) -> None:
    rows: list[list[object]] = [[official_code6("81402"), "旧里町", "done"]]
    table = harmonised(tmp_path, rows, ["item_a_status"]).tables["survey_answer"]
    assert table["area_code"].tolist() == ["81402"]


def test_faulty_codes_foreign_questions_and_wrong_names_are_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [CITY, "山手市", "done", "1"],
        [TOWN[:5] + str((int(TOWN[5]) + 1) % 10), "森ヶ丘町", "done", "1"],
    ]
    done = harmonised(tmp_path, rows, ["item_a_status", "goal_setting"])
    assert done.tables["survey_answer"]["area_code"].tolist() == ["81100"]
    assert sorted((issue.field, issue.set_aside) for issue in done.issues) == [
        ("area_code", True),
        ("area_name", False),
        ("goal_setting", False),
    ]


def test_the_import_is_recorded(tmp_path: Path) -> None:
    rows: list[list[object]] = [[CITY, "中央市", "done"], [TOWN, "森ヶ丘町", ""]]
    done = harmonised(tmp_path, rows, ["item_a_status"], year=2018)
    imported = done.tables["survey_import"].iloc[0]
    assert (imported["survey_id"], imported["fiscal_year"]) == ("municipal_form", 2018)
    assert (imported["file_name"], imported["row_count"]) == ("a.xlsx", 2)
    assert set(done.tables["survey_answer"]["import_id"]) == {imported["import_id"]}
    assert done.coverage == [("survey:municipal_form:2018", "81")]


def test_prefectures_answer_their_own_form(tmp_path: Path) -> None:
    rows: list[list[object]] = [[official_code6("81000"), "東見本県", "1"], ["82", "西見本県", ""]]
    done = harmonised(tmp_path, rows, ["sup_wide_area"], survey_id="prefectural_form")
    table = done.tables["survey_answer"]
    assert table[["area_code", "status"]].to_numpy().tolist() == [
        ["81", "observed"],
        ["82", "unanswered"],
    ]
