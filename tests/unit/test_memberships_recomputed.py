"""What a moved membership recomputes is what recomputing everything gives, to the last row."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from data.accepted.table_reading import table_imports
from data.catalogue import load_catalogue
from data.derive import memberships_again
from data.derive.memberships_again import derive_all_again
from data.generations import Store, open_generation
from surveys.acceptance import undo
from surveys.answer_sheet import printed_code
from tests.unit.intake_stand import STAFF, store_of
from tests.unit.table_stand import MEMBER_COLUMNS, accepted, rows_of, snapshot

MOVED = f"{MEMBER_COLUMNS}{printed_code('81201')},山手市,二次医療圏,8102,山間医療圏,,\n"
SPLIT = (
    f"{MEMBER_COLUMNS}{printed_code('81202')},川辺町,二次医療圏,8103,新しい圏,2024-04-01,\n"
    f"{printed_code('82201')},港市,二次医療圏,8202,港の圏,,\n"
)
# a list of facilities that is about a larger area counts for whoever lies in it
COVERED = """
update source_coverage set area_code = 'm2-8102' where subject = 'care_management_office'
"""
ZONE = """
select indicator_id, period, numerator, denominator from observation
where area_code = 'm2-8102' order by all
"""


@pytest.fixture
def store(tiny: Path, tmp_path: Path) -> Store:
    made = store_of(tiny, tmp_path / "store")
    with made.writing() as draft:
        shutil.copyfile(made.current(), draft)
        with duckdb.connect(str(draft)) as con:
            con.execute(COVERED)
            derive_all_again(con, catalogue=load_catalogue())
    return made


def made_anew(store: Store, path: Path) -> dict[str, list[tuple[object, ...]]]:
    shutil.copyfile(store.current(), path)
    with duckdb.connect(str(path)) as con:
        derive_all_again(con, catalogue=load_catalogue())
    return snapshot(path)


def test_each_upload_and_its_undoing_leave_what_everything_anew_would(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built, zone = snapshot(store.current()), rows_of(store, ZONE)
    anew = tmp_path / "anew.duckdb"
    with monkeypatch.context() as only_changed:
        only_changed.setattr(memberships_again, "derive_tables", pytest.fail)
        accepted(store, MOVED)
        assert rows_of(store, ZONE) != zone
        accepted(store, SPLIT)
    assert snapshot(store.current()) == made_anew(store, anew)
    with open_generation(store.current()) as con:
        found = table_imports(con)["import_id"].tolist()
    for import_id in found:
        undo(store, actor=STAFF, import_id=import_id)
    assert snapshot(store.current()) == made_anew(store, anew)
    assert snapshot(store.current())["observation"] == built["observation"]
