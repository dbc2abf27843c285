"""The measures of a room come from a running server, and nothing of the room is left."""

from __future__ import annotations

from bench.rooms import measure_rooms
from bench.subjects import describe_subject
from data.generations import Store
from tests.doors.conftest import Door
from tests.unit.account_stand import ADMIN
from workshop.file import room_path
from workshop.rooms import rooms_of


def test_a_small_crowd_is_measured(door: Door, monkeypatch) -> None:
    monkeypatch.setenv("STORE", str(door.root))
    subject = describe_subject(Store(door.root).current())
    before = rooms_of(door.root, actor=ADMIN)
    found = measure_rooms(subject, door.server, door.root, followers=3, joiners=4, seconds=1.0)
    measured = {figure.measure: figure for figure in found}
    assert set(measured) == {"idle", "shown", "joined", "busy"}
    assert len(measured["shown"].values) == 10
    assert len(measured["joined"].values) == 4
    assert measured["shown"].median > 0
    assert rooms_of(door.root, actor=ADMIN) == before
    assert not list(room_path(door.root, "x").parent.glob("*.sqlite"))
