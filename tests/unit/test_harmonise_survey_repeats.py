"""One form for each respondent and year, whatever lies in the folder."""

from __future__ import annotations

import pandas as pd

from data.harmonise.survey_repeats import (
    EMPTY_REASON,
    REASON,
    one_form_each,
    settle_workbooks,
)

COLUMNS = ["area_code", "question_id", "value", "status", "import_id"]
OLD = """
81 sup_data 1 observed   old
81 sup_desk 0 observed   old
82 sup_data 1 observed   old
"""


def answers(text: str) -> pd.DataFrame:
    rows = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(
        survey_id="prefectural_form",
        fiscal_year=2018,
        source_ref=[f"回答!D{place}" for place in range(len(frame))],
    )


def tables(*texts: str) -> dict[str, list[pd.DataFrame]]:
    frames = [answers(text) for text in texts]
    imports = [
        pd.DataFrame(
            {"import_id": [frame["import_id"].iloc[0]], "file_name": [f"{place}.xlsx"],
             "superseded_by": [None]}
        )
        for place, frame in enumerate(frames)
    ]  # fmt: skip
    return {"survey_answer": frames, "survey_import": imports}


def kept(of: dict[str, list[pd.DataFrame]]) -> set[tuple[str, str, str]]:
    (frame,) = of["survey_answer"]
    return set(zip(frame["area_code"], frame["question_id"], frame["import_id"], strict=True))


def test_a_prefecture_that_answered_twice_counts_once_with_its_later_form() -> None:
    made = tables(OLD, "81 sup_data 0 observed new")
    issues = settle_workbooks(made)
    # the whole later form, and no cell of the earlier one beside it
    assert kept(made) == {("81", "sup_data", "new"), ("82", "sup_data", "old")}
    assert [(issue.found, issue.reason) for issue in issues["0.xlsx"]] == [("81", REASON)]
    assert made["survey_import"][0]["superseded_by"].isna().all()


def test_an_empty_form_does_not_replace_an_answered_one() -> None:
    made = tables(OLD, "81 sup_data - unanswered new")
    issues = settle_workbooks(made)
    assert ("81", "sup_data", "old") in kept(made)
    assert [(issue.found, issue.reason) for issue in issues["1.xlsx"]] == [("81", EMPTY_REASON)]


def test_a_workbook_of_which_nothing_is_left_names_its_heir() -> None:
    made = tables("81 sup_data 1 observed old", "81 sup_data 0 observed new")
    settle_workbooks(made)
    imports = made["survey_import"][0].set_index("import_id")["superseded_by"]
    assert imports["old"] == "new"
    assert pd.isna(imports["new"])


def test_the_same_workbook_twice_is_one_import() -> None:
    made = tables(OLD, OLD)
    assert settle_workbooks(made) == {}
    assert len(made["survey_import"][0]) == 1
    assert len(made["survey_answer"][0]) == 3


def test_two_rows_of_a_sheet_are_two_forms() -> None:
    frame = answers("81 sup_data 1 observed a\n81 sup_desk 1 observed a\n81 sup_data 0 observed a")
    found, left = one_form_each(frame, form=pd.Series(["7", "7", "9"]))
    assert found[["question_id", "value"]].to_numpy().tolist() == [["sup_data", "0"]]
    assert left["source_ref"].tolist() == ["回答!D0"]


def test_without_repeats_nothing_changes() -> None:
    frame = answers(OLD)
    found, left = one_form_each(frame, form=frame["import_id"])
    assert found is frame
    assert left.empty
    assert settle_workbooks({}) == {}
