"""Exports of the 「見える化」 system from folder and upload to the indicator, and undone."""

from __future__ import annotations

import pytest

from analytics.compare_navigation import newest_by_indicator
from analytics.scope import scope_of
from data.extract.mieruka_export import NO_ROWS
from data.generations import Store, open_generation
from data.harmonise.mieruka_places import NO_PREFECTURE
from surveys.acceptance import undo
from surveys.table_acceptance import accept_tables
from surveys.table_proposal import TableProposal, propose_tables
from surveys.uploads import UploadedFile, read_uploads
from tests.unit.intake_stand import STAFF
from tests.unit.mieruka_book import BY_AREA, BY_PERIOD, PLACES, TOTAL, by_area, by_period
from tests.unit.table_stand import MEMBER_COLUMNS, built, raw_folder, rows_of

RATES = """
select area_code, period, status, value from {table}
where {column} like 'cert_rate_adjusted%' order by all
"""
OBSERVED = RATES.format(table="observation", column="indicator_id")
MEASURES = RATES.format(table="measure", column="measure_id")
UNION, MEMBERS = "見本広域連合", ("85201,浜辺市", "85301,峠町")
COMPARED = f"【他地域と比較】{TOTAL}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    root = tmp_path_factory.mktemp("mieruka")
    unions = "".join(f"{town},保険者,ins-85-01,{UNION},2021-04-01,\n" for town in MEMBERS)
    raw = raw_folder(root / "raw", unions=MEMBER_COLUMNS + unions)
    name = BY_AREA.replace("2026", "2025")
    for day, file in (("2026/7/1", name.replace(".x", " (1).x")), ("2026年7月22日", name)):
        content = by_area((TOTAL, 17, 18, 17.6, 19.8, 16), places=(*PLACES, UNION), day=day)
        (raw / file).write_bytes(content)
    return built(root / "store", raw)


FOLDER = [
    ("00", "2025", "observed", 19.8),
    ("85", "2025", "observed", 17.6),
    ("85100", "2025", "observed", 17.0),
    ("85201", "2025", "observed", 18.0),
    ("ins-85-01", "2025", "observed", 16.0),
]


def proposed(store: Store, *files: tuple[str, bytes], prefecture: str = "") -> TableProposal:
    sent = read_uploads([UploadedFile(*file) for file in files], actor=STAFF)
    return propose_tables(store, actor=STAFF, read=sent, prefecture=prefecture)


def test_the_raw_folder_gives_the_indicator(store: Store) -> None:
    assert rows_of(store, OBSERVED) == FOLDER  # a rate is neither summed nor averaged
    sources = "select title, publisher, vintage from source where source_id like 'mieruka%'"
    assert rows_of(store, sources) == [
        ("地域包括ケア「見える化」システム", "厚生労働省", "2026年7月22日の書き出し")
    ]
    unused = "select file_name from build_report where outcome = 'not_used' and reason like '同じ%'"
    assert rows_of(store, unused) == [(BY_AREA.replace("2026", "2025").replace(".x", " (1).x"),)]


def test_an_upload_gives_the_indicator_and_is_undone(store: Store) -> None:
    book, later = (
        by_area((TOTAL, 16.5, "-"), places=PLACES[:2], day=day) for day in ("2026/7/1", "2026/7/2")
    )
    lost = proposed(store, (BY_AREA, book))
    assert NO_PREFECTURE in {problem.message for problem in lost.problems if problem.stops}
    again = BY_AREA.replace(".xlsx", " (1).xlsx")
    sound = proposed(store, (again, book), (BY_AREA, later), prefecture="85")
    assert sound.kind.label == "見える化システムの書き出し"
    assert [p.file for p in sound.problems if BY_AREA in p.message] == [again]
    assert sound.acceptable
    done = accept_tables(store, actor=STAFF, proposal=sound, reasons={})
    added = [("85100", "2026", "observed", 16.5), ("85201", "2026", "missing", None)]
    assert sorted(set(rows_of(store, OBSERVED)) - set(FOLDER), key=str) == added
    undo(store, actor=STAFF, import_id=done.import_id)
    assert rows_of(store, OBSERVED) == FOLDER
    assert {row[1] for row in rows_of(store, MEASURES)} == {"2025"}


def test_the_newest_year_counts_however_it_is_printed(store: Store) -> None:
    book = by_period(("浜辺市", COMPARED, 16.5), periods=["令和6年3月末"])
    sound = proposed(store, (BY_PERIOD, book), prefecture="85")
    done = accept_tables(store, actor=STAFF, proposal=sound, reasons={})
    with open_generation(store.current()) as con:
        assert ("85201", "FY2023", "observed", 16.5) in con.execute(OBSERVED).fetchall()
        scope = scope_of(con, area_code="85", level="municipality")
        newest = newest_by_indicator(con, scope=scope, year=2030).set_index("indicator_id")
        assert newest.loc["cert_rate_adjusted", "newest"] == "2025"
    undo(store, actor=STAFF, import_id=done.import_id)


def test_an_upload_names_what_it_leaves_out(store: Store) -> None:
    empty = proposed(store, ("L16_訪問診療_2026_地域別.xlsx", by_area()))
    assert [p.message for p in empty.problems if p.stops] == [NO_ROWS]
    book = by_area((TOTAL, 16, 17, 18), ("別", 1), places=("架橋市", "見本県", "東京都"))
    unused = ("D1_受給者数_2026_地域別.xlsx", by_area(("受給者数", 16, 17, 18)))
    found = proposed(store, (BY_AREA, book), unused)
    levels = [(p.level, p.cell) for p in found.problems if p.cell]
    assert levels == [("mended", "D4"), ("warning", "F3"), ("warning", "D3")]
    assert found.rows == 2
