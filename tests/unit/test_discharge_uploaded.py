"""The care managers' form by month through the upload: checked, in force, undone, kept."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from data.accepted.reading import imports
from data.catalogue import load_catalogue
from data.generations import Store, open_generation
from surveys.acceptance import Accepted, undo
from surveys.discharge_template import discharge_template
from surveys.table_acceptance import accept_tables
from surveys.table_proposal import TableProposal, propose_tables
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.intake_stand import STAFF
from tests.unit.table_stand import MEMBER_COLUMNS, built, raw_folder, rows_of

QUESTIONS = [question.id for question in load_catalogue().surveys["discharge_form"].questions]
LABELS = [question.label for question in load_catalogue().surveys["discharge_form"].questions]
ZONES = MEMBER_COLUMNS + (
    "851001,架橋市,保健所,8501,架橋保健所,,\n852015,浜辺市,保健所,8502,海保健所,,\n"
    "853011,峠町,保健所,8502,海保健所,,\n858889,知らない町,保健所,8502,海保健所,,\n"
)
COUNTS = (8, 6, 10, 7, 2)
SUM = """
select area_code, value, status, source_ref from measure
where measure_id = 'cm_discharges_known_care' and period = 'FY2024' order by all
"""
MONTHS = """
select right(question_id, 2), value from survey_answer
where survey_id = 'discharge_form' and question_id like 'discharges_known_care%'
    and area_code = 'hc-8501' order by all
"""


def sheet(*rows: list[object], year: object = 2024, heads: list[str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "入退院"
    page.append(["様式", "discharge_form"])
    page.append(["年度", year])
    for _ in range(3):
        page.append([None])
    page.append(heads or ["area_code", "area_name", "month", *QUESTIONS])
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row(code: str, name: str, month: str, counts: tuple[object, ...] = COUNTS) -> list[object]:
    return [code, name, month, *counts, *counts]


def proposed(store: Store, content: bytes) -> TableProposal:
    files = [UploadedFile("入退院.xlsx", content)]
    return propose_tables(store, actor=STAFF, read=read_uploads(files, actor=STAFF))


def accepted(store: Store, content: bytes) -> Accepted:
    found = proposed(store, content)
    reasons = dict.fromkeys(found.warnings, "確かめた")
    return accept_tables(store, actor=STAFF, proposal=found, reasons=reasons)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    raw = raw_folder(tmp_path / "raw", zones=ZONES)
    (raw / "入退院.xlsx").write_bytes(
        sheet(row("hc-8501", "架橋保健所", "6月"), row("hc-8502", "海保健所", "6月"))
    )
    return built(tmp_path / "store", raw)


def test_a_month_joins_those_of_the_raw_folder_and_leaves_again(store: Store) -> None:
    before = rows_of(store, SUM)
    assert [line[:2] for line in before] == [("85", 20.0), ("hc-8501", 10.0), ("hc-8502", 10.0)]
    done = accepted(store, sheet(row("hc-8501", "架橋保健所", "2024-07")))
    assert rows_of(store, SUM) == [
        ("85", 30.0, "observed", "保健所の区域の合計"),
        ("hc-8501", 20.0, "observed", "入退院（6月・7月の合計）"),
        before[2],
    ]
    assert rows_of(store, MONTHS) == [("06", "10"), ("07", "10")]
    undo(store, actor=STAFF, import_id=done.import_id)
    assert rows_of(store, SUM) == before
    assert rows_of(store, MONTHS) == [("06", "10")]


def test_a_month_is_replaced_and_a_rate_without_all_its_counts_is_missing(store: Store) -> None:
    accepted(store, sheet(row("hc-8501", "架橋保健所", "6月", (8, 6, "", 7, 2))))
    assert [line[1:3] for line in rows_of(store, SUM)[:2]] == [(None, "missing")] * 2
    accepted(store, sheet(row("hc-8501", "架橋保健所", "6月", (8, 6, 12, 7, 2))))
    assert rows_of(store, SUM)[1][1:3] == (12.0, "observed")
    with open_generation(store.current()) as con:
        states = sorted(imports(con, survey_id="discharge_form")["state"])
    assert states == ["in_force", "partly", "superseded"]


def test_the_next_build_keeps_the_months_and_their_sums(tmp_path: Path, store: Store) -> None:
    accepted(store, sheet(row("hc-8501", "架橋保健所", "7月")))
    kept = rows_of(store, SUM)
    built(store.root, tmp_path / "raw")
    assert rows_of(store, SUM) == kept
    assert rows_of(store, MONTHS) == [("06", "10"), ("07", "10")]


def test_wrong_cells_are_named(store: Store) -> None:
    found = proposed(
        store,
        sheet(
            row("hc-8599", "どこか", "6月"),
            row("hc-8501", "架橋保健所", "13月"),
            row("hc-8501", "架橋保健所", "7月", (8, 9, 10, 7, 2)),
            row("hc-8502", "海保健所", "7月", ("多数", 6, 10, 7, 2)),
        ),
    )
    wrong = [(p.cell, p.rule) for p in found.problems if p.stops]
    assert wrong == [
        ("A7", "保健所コード"),
        ("C8", "月"),
        ("D10", "件数"),
        ("I10", "件数"),
        ("E9", "件数"),
        ("J9", "件数"),
    ]


def test_words_in_place_of_codes_are_read_and_listed(store: Store) -> None:
    heads = ["保健所コード", "保健所名", "調査月", *LABELS]
    content = sheet(row("", "海保健所", "７月", ("８", 6, 10, 7, 2)), heads=heads)
    found = proposed(store, content)
    assert found.acceptable
    assert set(found.answers["area_code"]) == {"hc-8502"}
    mended = [(p.cell, p.rule) for p in found.problems if p.level == "mended"]
    assert mended == [("A7", "保健所コード"), ("D7", "件数"), ("I7", "件数")]


def test_a_year_that_cannot_be_read_stops_it(store: Store) -> None:
    found = proposed(store, sheet(row("hc-8501", "架橋保健所", "7月"), year="昨年"))
    assert [p.rule for p in found.problems if p.stops] == ["年度"]


def test_the_template_comes_back_as_it_was_given(store: Store) -> None:
    with open_generation(store.current()) as con:
        content = discharge_template(con, actor=STAFF, fiscal_year=2024, prefecture="85")
    found = proposed(store, content)
    assert found.acceptable
    counts = found.comparison.counts
    assert (counts["new"], counts["changed"], counts["withdrawn"]) == (0, 0, 0)
    assert counts["unchanged"] == 20
