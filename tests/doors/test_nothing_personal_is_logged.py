"""Thirty marks go in by every door; the log, the audit log and the temporary files hold none."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import httpx
import xlsxwriter
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import WebSocketException

from access.accounts import AccountError, add_local, set_role
from access.audit import entries, note, verify
from access.passwords import WeakPassword
from access.roles import Action, Role
from tests.doors.conftest import Door
from tests.doors.raw_session import RawSession, open_raw
from tests.doors.test_provider import through_provider
from tests.unit.account_stand import ADMIN, STAFF


class Marks:
    """Hands out marks that occur nowhere else, and remembers them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self) -> str:
        self.made.append(f"kanaria{len(self.made):02d}q{time.time_ns() % 10**8:08d}")
        return self.made[-1]


def workbook(mark: Marks) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet(mark()[:31])
        sheet.write_row(0, 0, ["市町村名", "担当者氏名", "電話", mark()])
        sheet.write_row(1, 0, ["山手市", mark(), mark(), mark()])
    return stream.getvalue()


def at_the_forms(door: Door, mark: Marks) -> None:
    ours = {"Origin": door.url}
    with door.client() as client:
        for form in (
            {"login": mark(), "password": mark()},
            {"login": "tanto", "password": mark()},
            {"login": f"tanto\n{mark()}", "password": mark()},
        ):
            client.post(f"/sign-in?to=/{mark()}", data=form, headers=ours)
        client.post("/password", data={"old": mark(), "new": mark()}, headers=ours)
        client.post("/sign-in", data={"login": mark()}, headers={"Origin": f"http://{mark()}"})


def at_the_addresses(door: Door, mark: Marks) -> None:
    with door.client() as client:
        client.cookies.set("dashboard_session", mark())
        client.cookies.set("_streamlit_user", mark())
        client.cookies.set("dashboard_try_out", mark())
        for path in (
            f"/?area={mark()}",
            f"/media/{mark()}.png",
            f"/geo/{mark()}/{mark()}/81.json",
            f"/points/000001/81/{mark()}.csv",
            f"/oauth2callback?error={mark()}&error_description={mark()}",
            f"/oauth2callback?code={mark()}&state={mark()}",
            f"/auth/login?provider={mark()}",
            f"/try-out?role={mark()}",
            f"/{mark()}/../..%2f{mark()}",
        ):
            client.get(path, headers={"X-Forwarded-User": mark(), "Referer": f"http://{mark()}/"})
        client.put(f"/_stcore/upload_file/{mark()}/{mark()}", content=mark().encode())
        httpx.get(door.url, headers={"Host": f"{mark()}.example"})


def at_the_channel(door: Door, mark: Marks) -> None:
    with suppress(WebSocketException, OSError):
        open_raw(door.url, door.client(), origin=f"http://{mark()}.example")
    session = open_raw(door.url, door.client(), session_id=mark(), cookies={"x": mark()})
    session.rerun(query=f"area={mark()}&view={mark()}&groups={mark()}:81", page=mark())
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.string_value = f"$$ID-{mark()}-region_search", mark()
    session.send(message)
    with suppress(WebSocketException, OSError, TimeoutError):
        session.socket.send(b"\xff\xfe" + mark().encode())
        session.socket.recv(timeout=2)


def a_workbook_of_staff(door: Door, mark: Marks) -> None:
    """Send a workbook whose name, sheet and cells are marks, and let the page read it."""
    client = door.client("tanto")
    session = open_raw(door.url, client)
    session.rerun(page="upload")
    content, name = workbook(mark), f"{mark()}.xlsx"
    for path_name, body in ((name, content), (f"{mark()}.xlsx", content[:200] + mark().encode())):
        sent = client.put(
            f"/_stcore/upload_file/{session.session_id}/f-{len(body)}",
            files={"file": (path_name, body)},
            headers={"X-Xsrftoken": client.cookies["_streamlit_xsrf"]},
        )
        assert sent.status_code == 204
        session.send(_dropped(session, path_name, body))


def _dropped(session: RawSession, name: str, body: bytes) -> BackMsg:
    import re

    message = BackMsg()
    message.rerun_script.page_name = "upload"
    words = session.words()
    found = re.search(r'file_uploader \{\s*id: "([^"]+)"', words)
    assert found, "the page of intake has no uploader"
    state = message.rerun_script.widget_states.widgets.add()
    state.id = found[1]
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.file_id, info.name, info.size = f"f-{len(body)}", name, len(body)
    return message


def in_the_services(door: Door, mark: Marks) -> None:
    root = door.root
    with suppress(WeakPassword):
        add_local(root, actor=ADMIN, login="ato", name="後", role=Role.STAFF, password=mark()[:8])
    with suppress(AccountError):
        add_local(root, actor=ADMIN, login=f"{mark()} x", name="後", role=Role.STAFF)
    with suppress(AccountError):
        set_role(root, actor=ADMIN, subject=mark(), role=Role.ADMIN)
    with suppress(ValueError):
        note(root, actor=STAFF, action=Action.ACCEPT, result="ok", details={"cell": f"値 {mark()}"})


def test_no_mark_is_found_anywhere(door: Door) -> None:
    mark = Marks()
    started = time.time() - 1
    at_the_forms(door, mark)
    at_the_addresses(door, mark)
    at_the_channel(door, mark)
    a_workbook_of_staff(door, mark)
    in_the_services(door, mark)
    through_provider(door, mark())
    with door.client() as client:
        metrics = client.get("/_stcore/metrics").text
    assert len(mark.made) >= 30
    kept = {"log": door.server.printed(), "metrics": metrics}
    kept |= {str(path): text for path, text in _written(door, started)}
    for place, text in kept.items():
        assert [found for found in mark.made if found in text] == [], place


def _written(door: Door, started: float) -> Iterator[tuple[Path, str]]:
    """Everything that the store or the temporary folder got meanwhile."""
    places = [*door.root.glob("*"), *Path(tempfile.gettempdir()).glob("*")]
    for path in places:
        with suppress(OSError):
            if path.is_file() and path.stat().st_mtime >= started and path.stat().st_size < 10**7:
                yield path, path.read_bytes().decode("utf-8", errors="replace")


def test_a_line_break_in_a_name_makes_no_second_entry(door: Door) -> None:
    before = len(list(entries(door.root)))
    with door.client() as client:
        form = {"login": 'tanto\n{"n":1,"actor":"x"}', "password": "wrong-password-1"}
        client.post("/sign-in", data=form, headers={"Origin": door.url})
    assert len(list(entries(door.root))) == before + 1
    assert verify(door.root).is_sound


def test_the_seal_of_the_log_is_said_at_the_start(door: Door) -> None:
    assert '"event": "audit_head"' in door.server.printed()
