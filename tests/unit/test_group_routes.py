"""The routes of group work: what is answered, to whom, and what is refused."""

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.unit.group_stand import STAFF, made_group, new_pid, opened_room
from ui.group_routes import MAX_BODY, ROUTES
from workshop.groups import begin_exercise, remove
from workshop.rooms import end_room

ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def room(tiny_store):
    return opened_room(tiny_store.root)


@pytest.fixture
def client():
    return TestClient(Starlette(routes=ROUTES))


class Browser:
    """One participant's browser at one group."""

    def __init__(self, client, room, group):
        self.client, self.pid = client, new_pid()
        self.at = f"/room/{room.code}/groups/{group.group_id}"

    def post(self, what, **fields):
        sent = {"pid": self.pid, **fields}
        return self.client.post(f"{self.at}/{what}", content=json.dumps(sent), headers=ORIGIN)

    def sheet(self, since=""):
        found = self.client.get(f"{self.at}?since={since}", headers={"X-Participant": self.pid})
        assert found.headers["cache-control"] == "no-store"
        return found.json()


@pytest.fixture
def group(tiny_store, room):
    return made_group(tiny_store.root, room.code, "つばめ", "")


@pytest.fixture
def both(client, room, group):
    return Browser(client, room, group), Browser(client, room, group)


def test_the_page_asks_for_its_files_at_one_place(client, room):
    page = client.get(f"/room/{room.code}/group")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "/group.js" in page.text
    assert "ASSETS" not in page.text
    again = client.get(f"/room/{room.code.lower()}/group", follow_redirects=False)
    assert again.headers["location"] == f"/room/{room.code}/group"


def test_groups_are_listed_without_who_is_in_them(client, room, group, both):
    both[0].post("pen", act="take")
    answer = client.get(f"/room/{room.code}/groups")
    assert answer.json() == {
        "groups": [{"id": group.group_id, "name": "つばめ", "area": ""}],
        "exercise": "",
    }


def test_no_answer_tells_the_mark_of_another_participant(client, room, both):
    writer, reader = both
    writer.post("pen", act="take")
    writer.post("field", key="ideal", text="長生きするなら", version=0)
    told = reader.post("pen", act="take").text + json.dumps(reader.sheet())
    assert writer.pid not in told
    assert reader.sheet()["pen"] == {
        "own": 2, "holder": 1, "mine": False, "free": False, "asked": True, "asking": [2],
    }  # fmt: skip


def test_what_one_writes_the_other_reads_once(both):
    writer, reader = both
    assert writer.post("pen", act="take").json()["mine"]
    assert writer.post("field", key="ideal", text="長生きするなら", version=0).json() == {
        "key": "ideal",
        "version": 1,
    }
    found = reader.sheet()
    assert found["fields"] == {"ideal": {"text": "長生きするなら", "version": 1}}
    assert "fields" not in reader.sheet(since=found["version"])


def test_only_the_holder_of_the_pen_writes(both):
    writer, reader = both
    refused = reader.post("field", key="ideal", text="x", version=0)
    assert (refused.status_code, refused.json()["kind"]) == (409, "pen")
    writer.post("pen", act="take")
    assert reader.post("field", key="ideal", text="x", version=0).status_code == 409
    reader.post("pen", act="take")
    assert reader.post("pen", act="hand", to=2).status_code == 409
    assert not writer.post("pen", act="hand", to=2).json()["mine"]
    assert reader.post("field", key="ideal", text="x", version=0).status_code == 200
    stale = reader.post("field", key="ideal", text="y", version=0)
    assert (stale.status_code, stale.json()["kind"]) == (409, "changed")


def test_another_site_cannot_write(client, both):
    sent = {"pid": both[0].pid, "act": "take"}
    for headers in ({}, {"origin": "http://elsewhere.example"}):
        answer = client.post(f"{both[0].at}/pen", json=sent, headers=headers)
        assert answer.status_code == 403
    assert client.post(f"{both[0].at}/pen", json={"act": "take"}, headers=ORIGIN).status_code == 403


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"key": "ideal", "text": "あ" * 50_000, "version": 0}, 422),
        ({"key": "ideal", "text": "あ" * MAX_BODY, "version": 0}, 413),
        ({"key": "ideal", "text": "\ud800", "version": 0}, 422),
        ({"key": "ideal", "text": 5, "version": 0}, 422),
        ({"key": "ideal", "text": "x", "version": "0"}, 422),
        ({"key": "ideal", "text": "x", "version": True}, 422),
        ({"key": ["ideal"], "text": "x", "version": 0}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_taken_is_said(both, fields, status):
    both[0].post("pen", act="take")
    answer = both[0].post("field", **fields)
    assert answer.status_code == status
    assert answer.json()["reason"]
    assert both[1].sheet()["fields"] == {}


@pytest.mark.parametrize("sent", [{"act": "steal"}, {"act": "hand", "to": "2"}, {}])
def test_a_deed_that_is_none_is_refused(both, sent):
    assert both[0].post("pen", **sent).status_code == 422


def test_a_room_or_group_that_is_gone_is_said(tiny_store, client, room, group, both):
    remove(tiny_store.root, actor=STAFF, code=room.code, group_id=group.group_id)
    assert "そのグループはありません" in both[0].post("pen", act="join").json()["reason"]
    assert client.get("/room/AAAAAA/groups").status_code == 404
    assert client.get("/room/nonsense/groups").json()["kind"] == "no_room"
    end_room(tiny_store.root, actor=STAFF, code=room.code)
    gone = client.get(f"/room/{room.code}/groups")
    assert (gone.status_code, gone.json()["kind"]) == (410, "ended")


def test_the_form_has_all_blanks_and_the_catalogue(client, room):
    found = client.get(f"/room/{room.code}/groups/form").json()
    assert [section["key"] for section in found["sections"]] == [
        "steps", "board", "evaluation", "benefit", "cross",
    ]  # fmt: skip
    assert all(entry["definition"] and entry["source"] for entry in found["indicators"])
    assert {entry["stage"][0] for entry in found["indicators"]} == {"S", "P", "O"}


def test_a_group_without_a_municipality_is_told_so(client, both):
    facts = client.get(f"{both[0].at}/facts").json()
    assert "市区町村を決めていない" in facts["note"]
    assert facts["steps"] == {}


def test_the_exercise_reaches_who_has_read_before(tiny_store, room, both):
    before = both[0].sheet()
    assert before["exercise"] == ""
    begin_exercise(tiny_store.root, actor=STAFF, code=room.code)
    assert both[0].sheet(since=before["version"])["exercise"] == "training"
