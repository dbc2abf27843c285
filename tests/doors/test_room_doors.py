"""A room at a running server: anybody may follow, only its driver moves it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from access.accounts import set_role
from access.roles import Role
from tests.doors.conftest import Door
from tests.doors.raw_session import RawSession, open_raw
from tests.unit.account_stand import ADMIN, STAFF
from tests.unit.room_stand import FACILITATOR, NOTE, opened
from workshop.rooms import Room, end_room, room_of, rooms_of


@pytest.fixture
def room(door: Door) -> Iterator[Room]:
    made = opened(door.root, actor=FACILITATOR)
    yield made
    end_room(door.root, actor=FACILITATOR, code=made.code)


def entered(door: Door, login: str | None, room: Room) -> RawSession:
    session = open_raw(door.url, door.client(login))
    session.rerun(page="workshop", query=query_of(room))
    return session


def query_of(room: Room) -> str:
    return f"view=room&code={room.code}"


def pressing(session: RawSession, key: str, room: Room) -> BackMsg:
    """What a browser sends for the press of a button."""
    message = BackMsg()
    message.rerun_script.page_name = "workshop"
    message.rerun_script.query_string = query_of(room)
    (widget,) = {*session.element_ids(key)}
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.trigger_value = widget, True
    return message


@pytest.mark.parametrize("login", [None, "etsuran"])
def test_viewers_see_nothing_of_a_room_on_the_page_and_open_none(
    door: Door, room: Room, login: str | None
) -> None:
    said = entered(door, login, room).words()
    assert "ルームを開いて進めるのは、担当者と管理者です" in said
    for hidden in (NOTE, FACILITATOR.name, "room_open", "room_next", "room_take_over"):
        assert hidden not in said


@pytest.mark.parametrize("login", [None, "etsuran", "kanri"])
@pytest.mark.parametrize("key", ["room_next", "room_end"])
def test_a_drivers_press_moves_nothing_in_another_session(
    door: Door, room: Room, login: str | None, key: str
) -> None:
    message = pressing(entered(door, "tanto", room), key, room)
    entered(door, login, room).send(message)
    assert room_of(door.root, room.code).place == -1


def test_the_same_press_works_for_the_driver(door: Door, room: Room) -> None:
    session = entered(door, "tanto", room)
    session.send(pressing(session, "room_next", room))
    assert room_of(door.root, room.code).place == 0


def test_the_press_is_worth_nothing_once_the_role_is_gone(door: Door, room: Room) -> None:
    session = entered(door, "tanto", room)
    message = pressing(session, "room_next", room)
    set_role(door.root, actor=ADMIN, subject=STAFF.subject, role=Role.VIEWER)
    try:
        session.send(message)
        assert room_of(door.root, room.code).place == -1
    finally:
        set_role(door.root, actor=ADMIN, subject=STAFF.subject, role=Role.STAFF)


def test_an_admin_is_told_who_drives_and_takes_over_by_a_press(door: Door, room: Room) -> None:
    session = entered(door, "kanri", room)
    assert f"いまは{FACILITATOR.name}さんが進行しています" in session.words()
    session.send(pressing(session, "room_take_over", room))
    taken = room_of(door.root, room.code)
    assert taken.driver_subject == "local:kanri"
    first = entered(door, "tanto", room)
    assert "いまは管理 花子さんが進行しています" in first.words()
    first.send(pressing(first, "room_take_over", room))
    assert room_of(door.root, room.code).driver_subject == FACILITATOR.subject


def test_anybody_follows_without_an_account_and_learns_no_more_than_viewers(
    door: Door, room: Room
) -> None:
    address = f"{door.url}/room/{room.code}/events?pid={uuid.uuid4()}"
    with httpx.Client(timeout=10) as client, client.stream("GET", address) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        line = next(line for line in answer.iter_lines() if line.startswith("data: {"))
    assert json.loads(line.removeprefix("data: "))["title"] == "研修"
    assert NOTE not in line
    assert FACILITATOR.name not in line


@pytest.mark.parametrize("login", [None, "etsuran", "tanto", "kanri"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_no_route_of_a_room_drives_it(
    door: Door, room: Room, login: str | None, method: str
) -> None:
    client = door.client(login)
    for path in ("", "/state", "/events", "/scene/s1", "/wall", "/qr.svg", "/end", "/show"):
        answer = client.request(
            method, f"/room/{room.code}{path}", json={"place": 0}, headers={"Origin": door.url}
        )
        assert answer.status_code in (404, 405), path
    assert room_of(door.root, room.code).place == -1
    assert room.code in {found.code for found in rooms_of(door.root, actor=FACILITATOR)}


def test_a_room_is_not_served_under_a_foreign_name(door: Door, room: Room) -> None:
    answer = httpx.get(f"{door.url}/room/{room.code}", headers={"Host": "evil.example"})
    assert answer.status_code == 400
