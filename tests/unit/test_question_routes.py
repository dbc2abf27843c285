"""Answers over real requests: what is taken, what is refused, and what is never told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.generations import Store
from tests.unit.room_stand import FACILITATOR, opened
from ui.question_routes import ROUTES
from ui.room_routes import ROOM_ROUTES
from ui.room_state import state_of
from workshop.questions import tally
from workshop.room import Room
from workshop.rooms import end_room, room_of, set_phase, show

HERE = "http://localhost:8501"
OURS = {"Origin": HERE}


@pytest.fixture
def root(tiny_store: Store) -> Path:
    return tiny_store.root


@pytest.fixture
def room(root: Path) -> Room:
    opened_room = opened(root)
    return show(
        root, actor=FACILITATOR, code=opened_room.code, place=1, version=opened_room.version
    )


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES), base_url=HERE) as found:
        yield found


def sent(client: TestClient, room: Room, *, to: str = "answer", **fields: Any) -> Response:
    body = {"pid": str(uuid4()), "scene": "s2", "choice": "a"} | fields
    return client.post(f"/room/{room.code}/{to}", json=body, headers=OURS)


def test_an_answer_is_kept_and_told_to_its_owner_alone(
    client: TestClient, root: Path, room: Room
) -> None:
    pid = str(uuid4())
    assert sent(client, room, pid=pid, choice="b").json() == {"scene": "s2", "choice": "b"}
    assert tally(root, code=room.code, scene_id="s2") == {"a": 0, "b": 1}
    assert sent(client, room, to="own-answer", pid=pid).json()["choice"] == "b"
    assert sent(client, room, to="own-answer").json()["choice"] is None


def test_what_is_wrong_is_told_in_words(client: TestClient, root: Path, room: Room) -> None:
    assert sent(client, room, choice="z").status_code == 409
    assert "選択肢" in sent(client, room, choice="z").json()["reason"]
    assert sent(client, room, scene="s1").status_code == 409
    assert sent(client, room, pid="me").status_code == 403
    assert client.post("/room/AAAAAA/answer", json={"pid": str(uuid4())}, headers=OURS
                       ).status_code == 404  # fmt: skip
    set_phase(root, actor=FACILITATOR, code=room.code, phase="closed", version=room.version)
    assert "締め切られました" in sent(client, room).json()["reason"]
    end_room(root, actor=FACILITATOR, code=room.code)
    assert sent(client, room).status_code == 410


def test_only_small_answers_of_our_own_pages_are_taken(
    client: TestClient, root: Path, room: Room
) -> None:
    body = {"pid": str(uuid4()), "scene": "s2", "choice": "a"}
    address = f"/room/{room.code}/answer"
    for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        assert client.post(address, json=body, headers=headers).status_code == 403
    assert sent(client, room, choice="a" * 2_000).status_code == 413
    assert client.post(address, content=b"[1]", headers=OURS).status_code == 403
    assert client.get(address).status_code == 405
    assert tally(root, code=room.code, scene_id="s2") == {"a": 0, "b": 0}


def test_one_participant_cannot_flood_and_others_are_not_held_up(
    client: TestClient, room: Room
) -> None:
    pid = str(uuid4())
    codes = [sent(client, room, pid=pid).status_code for _ in range(60)]
    assert codes[:10] == [200] * 10
    assert 429 in codes
    assert sent(client, room).status_code == 200


def test_nothing_that_is_sent_tells_the_right_answer_before_it_is_revealed(
    client: TestClient, root: Path, room: Room
) -> None:
    """The right choice must look like any other in all that leaves the server."""
    pid = str(uuid4())
    told = [sent(client, room, pid=pid, choice=choice) for choice in ("a", "b", "z")]
    told.append(sent(client, room, to="own-answer", pid=pid))
    set_phase(root, actor=FACILITATOR, code=room.code, phase="closed", version=room.version)
    told.append(sent(client, room, pid=pid, choice="a"))
    for each in told:
        assert set(each.json()) <= {"scene", "choice", "reason", "action"}
        assert set(each.headers) == {"content-length", "content-type", "cache-control"}
    right, wrong = (_without(told[at].text, key) for at, key in ((1, "b"), (0, "a")))
    assert right == wrong
    assert state_of(root, room.code)["answer"] is None
    now = room_of(root, room.code)
    set_phase(root, actor=FACILITATOR, code=room.code, phase="revealed", version=now.version)
    assert state_of(root, room.code)["answer"] == "b"


def test_no_route_of_the_room_hands_out_the_picture_or_the_answer_too_early(
    root: Path, room: Room
) -> None:
    with TestClient(Starlette(routes=ROOM_ROUTES), base_url=HERE) as client:
        for phase in ("asking", "closed"):
            now = room_of(root, room.code)
            set_phase(root, actor=FACILITATOR, code=room.code, phase=phase, version=now.version)
            stand = client.get(f"/room/{room.code}/state")
            assert (stand.json()["phase"], stand.json()["answer"]) == (phase, None)
            assert stand.text.count('"b"') == (1 if phase == "asking" else 2)  # choice, and tally
            picture = client.get(f"/room/{room.code}/scene/s2")
            assert (picture.status_code, set(picture.json())) == (409, {"reason", "action"})
            assert client.get(f"/room/{room.code}/scene/s3").status_code == 409  # not shown yet
        now = room_of(root, room.code)
        set_phase(root, actor=FACILITATOR, code=room.code, phase="revealed", version=now.version)
        assert client.get(f"/room/{room.code}/state").json()["answer"] == "b"
        assert client.get(f"/room/{room.code}/scene/s2").json()["parts"]


def _without(text: str, key: str) -> str:
    return text.replace(f'"{key}"', '""')
