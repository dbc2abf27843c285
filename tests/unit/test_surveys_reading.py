"""What the reading process tells of a sheet, and how it is held."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime

import pytest
import xlsxwriter

from surveys.cells import address, column_letters, column_number
from surveys.child import watch
from surveys.content import SheetContent, from_json, text_of, to_json
from surveys.limits import DEFAULT
from surveys.reading import read_file
from surveys.refusals import REASONS, WorkbookRefused
from tests.unit import odd_workbooks as odd


def book_of(rows: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("回答")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return buffer.getvalue()


def test_values_dates_merges_and_hidden_places_are_told() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("回答")
    sheet.merge_range("A1:C1", "表題")
    sheet.write_row("A2", ["札幌市", 3, True])
    sheet.write_datetime("D2", datetime(2024, 4, 1), book.add_format({"num_format": "yyyy/m/d"}))
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column("B:C", None, None, {"hidden": True})
    book.add_worksheet("控え").hide()
    book.close()
    first, second = read_file(buffer.getvalue(), name="a.xlsx")
    assert first.rows == [["表題", "", "", ""], ["札幌市", 3.0, True, "2024-04-01"]]
    assert first.merged == [(0, 0, 0, 2)]
    assert first.hidden_rows == [2]
    assert first.hidden_columns == [2, 3]
    assert (first.hidden, second.hidden) == (False, True)


def test_errors_and_formulas_without_a_value_are_named_by_cell() -> None:
    rows = (
        '<row r="5"><c r="B5"><f>SUM(A1)</f></c><c r="C5" t="e"><f>A9</f><v>#REF!</v></c>'
        '<c r="D5"><f>1+1</f><v>2</v></c><c r="E5" t="str"><f>""</f><v></v></c></row>'
    )
    (sheet,) = read_file(odd.workbook(sheet_xml=odd.sheet(rows)), name="a.xlsx")
    assert sheet.uncached == ["B5"]
    assert sheet.errors == {"C5": "#REF!"}
    assert sheet.rows[4][3] == 2.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_is_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    content = "コード,市町村名\r\n011002,札幌市\r\n".encode(encoding)
    assert read_file(content, name="a.CSV")[0].rows == [
        ["コード", "市町村名"],
        ["011002", "札幌市"],
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" ", "empty"),
        (b"\x81", "encoding"),
        (b"a\0b", "encoding"),
        (b"," * 600, "too_large"),
        (b"a" * 200_000, "broken"),
    ],
)
def test_a_bad_csv_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        read_file(content, name="a.csv")
    assert refusal.value.code == code


BOUNDS = [{"seconds": 0.03}, {"memory_bytes": 30_000_000}, {"output_bytes": 1_000}]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: next(iter(bound)))
def test_a_reading_that_takes_too_much_is_ended(bound: dict[str, int]) -> None:
    content = book_of([[f"{n} あ" for n in range(150)]] * 400)
    assert len(read_file(content, name="a.xlsx")[0].rows) == 400
    started = time.monotonic()
    with pytest.raises(WorkbookRefused) as refusal:
        read_file(content, name="a.xlsx", limits=replace(DEFAULT, **bound))
    assert refusal.value.code == "reading_stopped"
    assert time.monotonic() - started < 5


def test_a_child_is_ended_from_outside_where_it_cannot_bound_itself() -> None:
    glutton = "import time; held = b'x' * 120_000_000; time.sleep(30)"
    process = subprocess.Popen([sys.executable, "-c", glutton])
    watch(process, replace(DEFAULT, memory_bytes=60_000_000))
    assert process.wait() != 0


def test_every_refusal_says_what_to_do() -> None:
    assert all(
        message.endswith("。") and action.endswith("。") for message, action in REASONS.values()
    )


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_have_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters) == number
    assert address(0, number - 1) == f"{letters}1"


def test_sheets_survive_the_way_between_processes() -> None:
    sheet = SheetContent(
        "回", [["\ud800", 1.0, True]] * 250, merged=[(0, 0, 1, 1)], errors={"A1": "#N/A"}
    )
    assert from_json(to_json([sheet])) == [sheet]


@pytest.mark.parametrize(("cell", "text"), [(3.0, "3"), (1.5, "1.5"), (True, "TRUE"), (" a ", "a")])
def test_cells_read_as_text(cell: str | float, text: str) -> None:
    assert text_of(cell) == text


def mutated(seed: int) -> bytes:
    """Change some bytes of a workbook's file, or of its sheet with the archive made sound again."""
    chance = random.Random(seed)
    if seed % 2:
        content = bytearray(odd.workbook())
    else:
        content = bytearray(
            odd.sheet('<row r="1"><c r="A1" t="e"><f>1</f><v>2</v></c></row>').encode()
        )
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 2:
        return bytes(content)
    return odd.packed({**odd.parts(), "xl/worksheets/sheet1.xml": bytes(content)})


@pytest.mark.slow
def test_mutated_workbooks_are_read_or_refused() -> None:
    refusals = []
    for seed in range(100):
        try:
            read_file(mutated(seed), name="a.xlsx")
        except WorkbookRefused as refusal:
            refusals.append(refusal.code)
    assert set(refusals) <= set(REASONS)
    assert 25 < len(refusals) < 100
