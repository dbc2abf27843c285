"""What participants are handed: only what viewers may see, and only once it has been shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from data.generations import Store
from tests.unit.account_stand import bound_to
from tests.unit.room_stand import FACILITATOR, NOTE, SCENES, opened
from ui import room_posts, room_routes
from ui.gate import Gate
from ui.headers import PageHeaders
from ui.room_assets import FOLDER
from ui.room_posts import Pace, in_words, posted
from ui.room_routes import ROOM_ROUTES
from workshop.presence import MOST, PRESENCE
from workshop.rooms import Room, end_room, room_of, set_phase, show

__all__ = ["bound_to"]
HERE = "http://localhost:8501"
PID = "5f0c9a3e-1111-4222-8333-444455556666"


@in_words
async def said(request: Request) -> Response:
    return JSONResponse(dict((await posted(request)).fields))


@pytest.fixture
def client(tmp_path, monkeypatch) -> TestClient:
    store = Store(tmp_path)
    for module in ("ui.room_routes", "ui.question_routes", "ui.group_routes"):
        monkeypatch.setattr(f"{module}.store", lambda: store)
    monkeypatch.setattr(room_posts, "_pace", Pace())
    app = Starlette(
        routes=[*ROOM_ROUTES, Route("/room/{code}/said", said, methods=["POST"])],
        middleware=[Middleware(PageHeaders), Middleware(Gate)],
    )
    return TestClient(app, base_url=HERE, follow_redirects=False)


@pytest.fixture
def room(tmp_path) -> Room:
    return opened(tmp_path)


def move(root: Path, room: Room, place: int) -> Room:
    now = room_of(root, room.code)
    return show(root, actor=FACILITATOR, code=room.code, place=place, version=now.version)


def test_the_form_leads_to_the_room_and_tells_what_is_wrong_with_a_code(client, room):
    form = client.get("/room")
    assert '<html lang="ja">' in form.text
    assert 'role="alert"' not in form.text
    wrong = client.get("/room", params={"code": "<script>1</script>"})
    assert "6文字です" in wrong.text
    assert "<script" not in wrong.text
    typed = f"{room.code[:3]} {room.code[3:]}".lower()
    led = client.get("/room", params={"code": typed})
    assert (led.status_code, led.headers["location"]) == (303, f"/room/{room.code}")
    assert client.get(f"/room/{room.code.lower()}/wall").headers["location"].endswith("/wall")


@pytest.mark.parametrize("path", ["", "/wall"])
def test_the_page_is_ours_and_has_no_script_of_its_own(client, room, path):
    page = client.get(f"/room/{room.code}{path}")
    assert '<html lang="ja">' in page.text
    assert "__streamlit" not in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", page.text)
    files = re.findall(r'(?:src|href)="(/room-assets/[^"]+)"', page.text)
    assert len(files) >= 2
    for file in files:
        kept = client.get(file)
        assert kept.status_code == 200
        assert "immutable" in kept.headers["cache-control"]


def test_no_file_but_those_of_the_page_is_handed_out(client):
    for name in ("room.html", "none.js", "..%2F..%2Fapp.py", "%2e%2e", "group_store.py"):
        assert client.get(f"/room-assets/x/{name}").status_code == 404, name


def test_scripts_of_the_page_never_set_markup():
    for path in FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), path


def test_a_scene_is_handed_out_once_it_was_shown(client, room, tmp_path):
    path = f"/room/{room.code}/scene/s3"
    early = client.get(path)
    assert (early.status_code, "まだ見られません" in early.json()["reason"]) == (409, True)
    move(tmp_path, room, 2)
    found = client.get(path)
    assert [part["kind"] for part in found.json()["parts"]] == ["sentence", "figure"]
    again = client.get(path, headers={"If-None-Match": found.headers["etag"]})
    assert again.status_code == 304
    hall = client.get(f"{path}?stage").json()
    assert hall["parts"][1]["spec"] != found.json()["parts"][1]["spec"]
    assert client.get(f"/room/{room.code}/scene/none").status_code == 409


def test_a_picture_is_kept_back_until_its_question_is_revealed(client, room, tmp_path):
    move(tmp_path, room, 1)
    state = client.get(f"/room/{room.code}/state").json()
    assert (state["phase"], state["answer"], state["shown"][0]["open"]) == ("asking", None, False)
    assert (state["scene"]["address"], state["shown"][0]["address"]) == (None, None)
    path = f"/room/{room.code}/scene/s2"
    assert client.get(path).status_code == 409
    move(tmp_path, room, 0)  # one may not leaf back to it either
    assert client.get(path).status_code == 409
    now = move(tmp_path, room, 1)
    set_phase(tmp_path, actor=FACILITATOR, code=room.code, phase="revealed", version=now.version)
    assert client.get(path).status_code == 200
    assert client.get(f"/room/{room.code}/state").json()["answer"] == "b"


def test_nothing_of_the_facilitators_is_ever_sent(client, room, tmp_path):
    for place in range(3):
        move(tmp_path, room, place)
        answers = [client.get(f"/room/{room.code}/state")]
        answers += [client.get(f"/room/{room.code}/scene/{scene.scene_id}") for scene in SCENES]
        for answer in answers:
            text = json.dumps(answer.json(), ensure_ascii=False)
            assert NOTE not in text
            assert FACILITATOR.name not in text
            assert FACILITATOR.subject not in text
            assert room.room_id not in text


def test_an_unknown_code_and_an_ended_room_are_told_apart(client, room, tmp_path):
    code = "ACDEFG" if room.code != "ACDEFG" else "ACDEFH"
    for path in ("state", "events", "scene/s1", "qr.svg"):
        answer = client.get(f"/room/{code}/{path}")
        assert (answer.status_code, "6文字" in answer.json()["action"]) == (404, True)
    end_room(tmp_path, actor=FACILITATOR, code=room.code)
    assert client.get(f"/room/{room.code}/state").json() == {"code": room.code, "ended": True}
    for path in ("events", "scene/s1", "qr.svg"):
        answer = client.get(f"/room/{room.code}/{path}")
        assert (answer.status_code, "終了" in answer.json()["reason"]) == (410, True)


def test_who_is_one_too_many_is_told_and_a_made_up_mark_is_refused(client, room):
    pids = [f"{number:08x}-1111-4222-8333-444455556666" for number in range(MOST)]
    for pid in pids:
        PRESENCE.arrive(room.room_id, pid)
    try:
        full = client.get(f"/room/{room.code}/events", params={"pid": PID})
        assert (full.status_code, "満員" in full.json()["reason"]) == (503, True)
        assert client.get(f"/room/{room.code}/events?pid=me").status_code == 403
    finally:
        for pid in pids:
            PRESENCE.leave(room.room_id, pid)


def test_the_qr_code_leads_to_the_name_that_was_asked(client, room, monkeypatch):
    drawn: list[str] = []
    monkeypatch.setattr(room_routes, "qr_svg", lambda address: drawn.append(address) or b"<svg/>")
    answer = client.get(f"/room/{room.code}/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert drawn == [f"{HERE}/room/{room.code}"]


def send(client: TestClient, *, origin: str = HERE, **fields: object) -> Response:
    return client.post("/room/ACDEFG/said", json=fields, headers={"Origin": origin})


def test_only_a_page_of_ours_may_send_and_only_so_much(client):
    assert send(client, pid=PID, text="あ").json()["text"] == "あ"
    assert send(client, origin="http://evil.example", pid=PID).status_code == 403
    assert client.post("/room/ACDEFG/said", json={"pid": PID}).status_code == 403
    assert send(client, pid="me").status_code == 403
    assert send(client, pid=PID, text="あ" * 5_000).status_code == 413
    for body in (b"", b"[1]", b"{", b"\xff", b"[" * 3_000):
        answer = client.post("/room/ACDEFG/said", content=body, headers={"Origin": HERE})
        assert answer.status_code == 403, body[:5]
        assert "読めません" in answer.json()["reason"]


def test_who_sends_without_end_is_told_to_wait_and_others_are_not(client):
    answers = [send(client, pid=PID).status_code for _ in range(30)]
    assert answers[:20] == [200] * 20
    assert answers[-1] == 429
    assert send(client, pid=PID.replace("5f", "6f")).status_code == 200
