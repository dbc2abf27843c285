"""The incentive grant's national table: found by its headers, by raw folder and by upload."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.extract import RawFile, incentive_grant, known_unused, recognise
from data.generations import Store
from surveys.acceptance import undo
from surveys.reading import read_file
from surveys.refusals import WorkbookRefused
from surveys.table_acceptance import accept_tables
from surveys.table_proposal import TableProposal, propose_tables
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.grant_book import LABELS, grant_book
from tests.unit.intake_stand import STAFF, book
from tests.unit.table_stand import built, raw_folder, rows_of

MEASURES = """
select area_code, measure_id, period, value from measure
where measure_id like 'incentive%' and length(area_code) = 5 order by all
"""
EXPECTED = [
    ("85100", "incentive_points", "FY2026", 80.0),
    ("85100", "incentive_points_full", "FY2026", 100.0),
    ("85201", "incentive_points", "FY2026", 52.0),
    ("85201", "incentive_points_full", "FY2026", 100.0),
]


def written(folder: Path, content: bytes, name: str = "001732614.xlsx") -> RawFile:
    path = folder / name
    path.write_bytes(content)
    return RawFile(path, name)


def proposed(store: Store, content: bytes) -> TableProposal:
    files = [UploadedFile("交付金.xlsx", content)]
    return propose_tables(store, actor=STAFF, read=read_uploads(files, actor=STAFF))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    root = tmp_path_factory.mktemp("grant")
    return built(root / "store", raw_folder(root / "raw"))


def test_the_raw_folder_takes_the_goal_of_home_care_alone(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path / "raw")
    assert recognise(written(raw, grant_book())) is incentive_grant
    store = built(tmp_path / "store", raw)
    assert rows_of(store, MEASURES) == EXPECTED
    reasons = dict(rows_of(store, "select found, reason from row_issue where field = '市町村名'"))
    assert "広域連合" in str(reasons["見本広域連合"])
    assert "合計が二つの指標群の和と違う" in str(reasons["峠町"])
    assert "名前ではありません" in str(reasons["どこか町"])
    assert "千代田区" not in reasons


@pytest.mark.parametrize("label", ["通し\n番号", "市町村名", "支援合計", "Ⅲ合計"])
def test_a_header_that_is_not_there_is_named(tmp_path: Path, label: str) -> None:
    assert label in LABELS.values()
    with pytest.raises(UnreadableFile, match="見出し"):
        incentive_grant.read(written(tmp_path, grant_book(without=label)))


def test_an_upload_is_read_past_the_limit_of_columns_and_undone(store: Store) -> None:
    wrong = proposed(store, grant_book())
    told = {(p.cell, p.level) for p in wrong.problems}
    assert {("A21", "mended"), ("A22", "error"), ("A23", "warning")} <= told
    assert not wrong.acceptable
    sound = proposed(store, grant_book([(1, 85, "", "架橋市", 60, 20, 80)]))
    done = accept_tables(store, actor=STAFF, proposal=sound, reasons={})
    assert rows_of(store, MEASURES) == EXPECTED[:2]
    undo(store, actor=STAFF, import_id=done.import_id)
    assert rows_of(store, MEASURES) == []


def test_no_other_sheet_may_be_as_wide() -> None:
    with pytest.raises(WorkbookRefused, match="大きすぎます"):
        read_file(grant_book(sheet="回答"), name="回答.xlsx")
    (sheet,) = read_file(grant_book(), name="交付金.xlsx")
    assert max(map(len, sheet.rows)) == 335


def test_a_faulty_header_stops_the_upload_by_name(store: Store) -> None:
    found = proposed(store, grant_book(without="支援合計"))
    assert ["支援合計" in p.message for p in found.problems if p.stops] == [True]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("地域包括ケア「見える化」システム　指標L16", "見える化"),
        ("保険者機能強化推進交付金等 該当状況調査票", "全国集計（市町村）"),
    ],
)
def test_tables_without_described_columns_are_refused_by_name(
    tmp_path: Path, title: str, word: str
) -> None:
    content = book([[title], ["市町村名", "値"], ["浜辺市", 5]], sheet="データ")
    file = written(tmp_path, content, "見える化.xlsx")
    assert recognise(file) is known_unused
    assert word in known_unused.read(file).issues[0].reason
    (read,) = read_uploads([UploadedFile("見える化.xlsx", content)], actor=STAFF)
    assert read.refusal is not None
    assert word in read.refusal.message


def test_axes_without_a_name_tell_the_system_too(tmp_path: Path) -> None:
    file = written(tmp_path, book([["列1", "行1"], ["浜辺市", 5]], sheet="Sheet1"), "a.xlsx")
    assert recognise(file) is known_unused
