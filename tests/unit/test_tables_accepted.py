"""Plain tables in force: accepted, replaced, undone, done again, and kept by the next build."""

from __future__ import annotations

from pathlib import Path

import pytest

from access.roles import NotAllowed
from data.accepted.table_reading import table_imports
from data.errors import UserError
from data.generations import Store, open_generation
from surveys.acceptance import redo, undo
from surveys.table_acceptance import accept_tables, preview_tables
from tests.unit.intake_stand import OTHER, STAFF, VIEWER
from tests.unit.table_stand import (
    COLUMNS,
    HEAD,
    MEMBER_COLUMNS,
    accepted,
    built,
    proposed,
    raw_folder,
    rows_of,
    snapshot,
)

DEATHS = """
select measure.area_code, measure.value from measure
where measure_id = 'deaths_total' and period = '2023' order by all
"""
SHARE = """
select area_code, round(value, 1) from observation
where indicator_id = 'death_home_rate' and period = '2023' and status = 'observed' order by all
"""
ZONES = """
select area_code, parent_area_code from area_membership
where parent_type = 'secondary_medical_area' and valid_to is null order by all
"""
FIRST = (
    HEAD + COLUMNS + "85201,浜辺市,2023,deaths_total,100\n85201,浜辺市,2023,deaths_home,20\n"
    "85301,峠町,2023,deaths_total,50\n85301,峠町,2023,deaths_home,25\n"
)
NEWER = COLUMNS + "85201,浜辺市,2023,deaths_total,200\n"
MEMBERS = (
    MEMBER_COLUMNS + "851001,架橋市,二次医療圏,8503,新しい圏,,\n"
    "852015,浜辺市,二次医療圏,8502,見本東部,,2024-03-31\n"
    "852015,浜辺市,二次医療圏,8503,新しい圏,2024-04-01,\n"
)
FURTHER = MEMBER_COLUMNS + "853011,峠町,二次医療圏,8503,新しい名の圏,,\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return built(tmp_path / "store", raw_folder(tmp_path / "raw"))


def states(store: Store) -> dict[str, str]:
    with open_generation(store.current()) as con:
        found = table_imports(con)
    return dict(zip(found["import_id"], found["state"], strict=True))


def test_the_indicators_that_read_a_measure_follow_it(store: Store) -> None:
    done = accepted(store, FIRST)
    assert rows_of(store, SHARE) == [("85201", 20.0), ("85301", 50.0)]
    accepted(store, NEWER)
    assert rows_of(store, SHARE) == [("85201", 10.0), ("85301", 50.0)]
    assert states(store)[done.import_id] == "partly"


def test_undo_brings_back_what_was_replaced_and_redo_takes_its_old_place(store: Store) -> None:
    first, newer = accepted(store, FIRST), accepted(store, NEWER)
    undo(store, actor=STAFF, import_id=newer.import_id)
    assert rows_of(store, DEATHS) == [("85201", 100.0), ("85301", 50.0)]
    undo(store, actor=STAFF, import_id=first.import_id)
    assert rows_of(store, DEATHS) == []
    assert rows_of(store, SHARE) == []
    redo(store, actor=STAFF, import_id=newer.import_id)
    redo(store, actor=STAFF, import_id=first.import_id)
    assert rows_of(store, DEATHS) == [("85201", 200.0), ("85301", 50.0)]
    with pytest.raises(NotAllowed):
        undo(store, actor=OTHER, import_id=first.import_id)


def test_an_upload_is_cited_while_it_counts(store: Store) -> None:
    query = "select title, publisher, vintage from source where source_id like 'upload:%'"
    done = accepted(store, FIRST)
    assert rows_of(store, query) == [("取込：死亡の場所", "見本県", "令和5年")]
    undo(store, actor=STAFF, import_id=done.import_id)
    assert rows_of(store, query) == []


def test_what_a_viewer_brings_or_what_is_faulty_is_not_accepted(store: Store) -> None:
    before = store.current()
    with pytest.raises(NotAllowed):
        accept_tables(store, actor=VIEWER, proposal=proposed(store, FIRST), reasons={})
    with pytest.raises(UserError, match="直すところ"):
        wrong = proposed(store, COLUMNS + "85201,浜辺市,2023,deaths_total,五\n")
        accept_tables(store, actor=STAFF, proposal=wrong, reasons={})
    late = proposed(store, FIRST)
    accepted(store, NEWER)
    with pytest.raises(UserError, match="データが更新されました"):
        accept_tables(store, actor=STAFF, proposal=late, reasons=dict.fromkeys(late.warnings, "x"))
    assert store.current() != before


def test_the_same_file_is_recognised_until_it_is_undone(store: Store) -> None:
    done = accepted(store, FIRST)
    assert "取込済み" in next(p.message for p in proposed(store, FIRST).problems if p.stops)
    undo(store, actor=STAFF, import_id=done.import_id)
    assert proposed(store, FIRST).acceptable


def test_the_preview_leaves_the_store_as_it_is(store: Store) -> None:
    before = store.current()
    with preview_tables(store, actor=STAFF, proposal=proposed(store, FIRST)) as con:
        assert con.execute(SHARE).fetchall() == [("85201", 20.0), ("85301", 50.0)]
    assert store.current() == before
    assert rows_of(store, SHARE) == []


def test_memberships_change_areas_sums_and_maps_and_come_back(store: Store) -> None:
    before = snapshot(store.current())
    done = accepted(store, MEMBERS)
    assert rows_of(store, ZONES) == [("85100", "m2-8503"), ("85201", "m2-8503")]
    assert rows_of(store, "select valid_to from area where area_code = 'm2-8502'") != [(None,)]
    assert rows_of(store, "select name from area where area_code = 'm2-8501'") == []
    drawn = "select count(*) from boundary_topology where parent_area_code = 'm2-8503'"
    assert rows_of(store, drawn) == [(1,)]
    placed = "select lon is not null from area where area_code = 'm2-8503'"
    assert rows_of(store, placed) == [(True,)]
    undo(store, actor=STAFF, import_id=done.import_id)
    assert snapshot(store.current()) == before
    redo(store, actor=STAFF, import_id=done.import_id)
    assert rows_of(store, ZONES) == [("85100", "m2-8503"), ("85201", "m2-8503")]


def test_what_an_upload_recomputes_is_what_a_whole_build_makes(
    tmp_path: Path, store: Store
) -> None:
    for text in (FIRST, MEMBERS, FURTHER):
        accepted(store, text)
    recomputed = snapshot(store.current())
    built(store.root, tmp_path / "raw")
    assert snapshot(store.current()) == recomputed


def test_the_next_build_keeps_tables_over_the_raw_folder(tmp_path: Path, store: Store) -> None:
    accepted(store, FIRST)
    accepted(store, MEMBERS)
    away = accepted(store, NEWER)
    undo(store, actor=STAFF, import_id=away.import_id)
    raw = raw_folder(
        tmp_path / "raw",
        deaths=HEAD
        + COLUMNS
        + "85201,浜辺市,2023,deaths_total,7\n85201,浜辺市,2022,deaths_total,8\n",
    )
    built(store.root, raw)
    assert rows_of(store, DEATHS) == [("85201", 100.0), ("85301", 50.0)]
    assert rows_of(store, ZONES) == [("85100", "m2-8503"), ("85201", "m2-8503")]
    assert rows_of(store, "select value from measure where period = '2022'") == [(8.0,)]
    assert sorted(states(store).values()) == ["in_force", "in_force", "undone"]
    placed = "select lon is not null from area where area_code = 'm2-8503'"
    assert rows_of(store, placed) == [(True,)]
    first = next(k for k, state in states(store).items() if state == "undone")
    redo(store, actor=STAFF, import_id=first)
    assert rows_of(store, DEATHS) == [("85201", 200.0), ("85301", 50.0)]


def test_raw_values_return_when_the_upload_over_them_is_undone(tmp_path: Path) -> None:
    text = HEAD + COLUMNS + "85201,浜辺市,2023,deaths_total,7\n"
    store = built(tmp_path / "store", raw_folder(tmp_path / "raw", deaths=text))
    done = accepted(store, NEWER)
    assert rows_of(store, DEATHS) == [("85201", 200.0)]
    built(store.root, tmp_path / "raw")
    undo(store, actor=STAFF, import_id=done.import_id)
    assert rows_of(store, DEATHS) == [("85201", 7.0)]
