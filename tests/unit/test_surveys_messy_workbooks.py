"""Labelled messy workbooks read from their bytes: what is right, what is asked, nothing wrong."""

from __future__ import annotations

import io
import time

import pandas as pd
import pytest
import xlsxwriter

from surveys.checked import CheckedFile
from surveys.checking import FileCheck
from surveys.places import Places
from surveys.reading import read_file
from tests.unit.messy_looks import LOOKS
from tests.unit.messy_workbooks import EXAMPLES as LAYOUTS
from tests.unit.messy_workbooks import Messy
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM

EXAMPLES = LAYOUTS | LOOKS


def read(messy: Messy) -> CheckedFile:
    name = "回答.csv" if messy.csv else "回答.xlsx"
    check = FileCheck(
        FORM,
        framework=messy.framework,  # type: ignore[arg-type]
        fiscal_year=2023,
        places=places_of(),
    )
    return check.run(read_file(messy.content(), name=name), file=name)


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 30


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda name: name.replace(" ", "_"))
def test_a_messy_workbook_is_right_or_asked_and_never_wrong(example: str) -> None:
    messy = EXAMPLES[example]
    found = read(messy)
    answers = {
        (answer.area_code, answer.question_id): answer.value or f"[{answer.status}]"
        for answer in found.answers
    }
    wrong = {key: value for key, value in answers.items() if messy.truth.get(key) != value}
    assert wrong == {}
    assert len(messy.truth) - len(answers) == messy.asked
    assert found.acceptable == (messy.asked == 0), [p for p in found.problems if p.stops]


def test_a_nationwide_collection_is_checked_in_time() -> None:
    questions = [q for q in FORM.questions if "r3" in q.frameworks and not q.personal][:58]
    codes = [f"{10000 + number:05d}" for number in range(1741)]
    areas = pd.DataFrame(
        [(code, "municipality", f"仮{code}市", None, None) for code in codes],
        columns=["area_code", "area_type", "name", "name_kana", "valid_to"],
    )
    none = pd.DataFrame(columns=["old_code", "new_code", "reason"])
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("回答")
    sheet.write_row(0, 0, ["団体コード", "市町村名", *[q.label for q in questions], *["備考"] * 20])
    for line, code in enumerate(codes, start=1):
        cells = [
            next(iter(q.allowed), "2017" if q.type == "year" else line % 90) for q in questions
        ]
        sheet.write_row(line, 0, [code, f"仮{code}市", *cells, *["特になし"] * 20])
    book.close()
    started = time.process_time()
    check = FileCheck(
        FORM, framework="r3", fiscal_year=2023, places=Places(areas, none, prefecture="")
    )
    found = check.run(read_file(buffer.getvalue(), name="a.xlsx"), file="a.xlsx")
    assert time.process_time() - started < 6
    assert found.acceptable, [p for p in found.problems if p.stops][:3]
    assert len(found.answers) == 1741 * 58
