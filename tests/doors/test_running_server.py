"""A running server against people who send what no page of ours would: each stays who they are."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus

from access.accounts import accounts, end_sessions, set_disabled, set_role
from access.roles import Role
from tests.doors.conftest import Door, small_store
from tests.doors.raw_session import RawSession, open_raw, xsrf_of
from tests.serving import serving
from tests.unit.account_stand import ADMIN, STAFF
from ui.identity import SESSION_COOKIE, TRY_OUT_COOKIE

SECRET = "local:etsuran"  # stands on the page of users and nowhere else
STAFF_PAGES = {"調査の取り込み"}
ADMIN_PAGES = {"調査の取り込み", "管理"}


def opened(door: Door, login: str | None, *, page: str = "", query: str = "") -> RawSession:
    session = open_raw(door.url, door.client(login))
    session.rerun(page=page, query=query)
    return session


def is_closed(door: Door) -> bool:
    found = {account.subject: account for account in accounts(door.root, actor=ADMIN)}
    return found[STAFF.subject].is_disabled


@pytest.mark.parametrize(
    ("login", "own"),
    [(None, set()), ("etsuran", set()), ("tanto", STAFF_PAGES), ("kanri", ADMIN_PAGES)],
)
def test_the_navigation_has_the_pages_of_the_role(
    door: Door, login: str | None, own: set[str]
) -> None:
    pages = set(opened(door, login).pages())
    assert pages & ADMIN_PAGES == own
    assert "概況" in pages


@pytest.mark.parametrize("login", [None, "etsuran", "tanto"])
def test_the_page_of_users_shows_nothing_to_others(door: Door, login: str | None) -> None:
    admin = opened(door, "kanri", page="admin")
    assert SECRET in admin.words()
    page_hash = admin.pages()["管理"]
    for asked in (
        {"page": "admin"},
        {"page_hash": page_hash},
        {"page": "admin", "query": "view=audit"},
    ):
        session = open_raw(door.url, door.client(login))
        said = session.rerun(**asked)
        assert "「利用者の管理」はできません" in said
        assert SECRET not in said


@pytest.mark.parametrize("login", [None, "etsuran"])
def test_intake_refuses_viewers_with_a_message(door: Door, login: str | None) -> None:
    page_hash = opened(door, "tanto").pages()["調査の取り込み"]
    for asked in ({"page": "upload"}, {"page_hash": page_hash}):
        said = open_raw(door.url, door.client(login)).rerun(**asked)
        assert "「ファイルの読み取り」はできません" in said
        assert "file_uploader" not in said


def press_of(session: RawSession, key: str, page: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.page_name = page
    (widget,) = {*session.element_ids(key)}
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.trigger_value = widget, True
    return message


def choose_tanto(session: RawSession) -> RawSession:
    """Choose the account to change in the list of users."""
    message = BackMsg()
    message.rerun_script.page_name = "admin"
    (widget,) = {*session.element_ids("user_chosen")}
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.string_value = widget, "担当 太郎（local:tanto）"
    session.send(message)
    return session


def pressing_close(door: Door) -> BackMsg:
    """What the admin's browser sends to close an account."""
    session = choose_tanto(opened(door, "kanri", page="admin"))
    message = press_of(session, "user_close", "admin")
    chosen = message.rerun_script.widget_states.widgets.add()
    (chosen.id,) = {*session.element_ids("user_chosen")}
    chosen.string_value = "担当 太郎（local:tanto）"
    return message


@pytest.mark.parametrize("login", [None, "etsuran", "tanto"])
def test_an_admins_press_does_nothing_in_another_session(door: Door, login: str | None) -> None:
    message = pressing_close(door)
    session = opened(door, login, page="admin")
    session.send(message)
    assert not is_closed(door)


def test_the_same_press_works_for_the_admin_and_no_more_once_the_role_is_gone(door: Door) -> None:
    message = pressing_close(door)
    session = choose_tanto(opened(door, "kanri", page="admin"))
    session.send(message)
    assert is_closed(door)
    set_disabled(door.root, actor=ADMIN, subject=STAFF.subject, is_disabled=False)
    set_role(door.root, actor=ADMIN, subject="local:etsuran", role=Role.ADMIN)
    try:
        set_role(door.root, actor=ADMIN, subject="local:kanri", role=Role.STAFF)
        session.send(message)
        assert not is_closed(door)
        assert "管理" not in session.pages()
    finally:
        set_role(door.root, actor=ADMIN, subject="local:kanri", role=Role.ADMIN)
        set_role(door.root, actor=ADMIN, subject="local:etsuran", role=Role.VIEWER)


def test_a_channel_without_origin_stays_anonymous_and_a_foreign_one_is_refused(door: Door) -> None:
    client = door.client("kanri")
    session = open_raw(door.url, client, origin=None)
    session.rerun(page="admin")
    assert SECRET not in session.words()
    assert not set(session.pages()) & ADMIN_PAGES
    with pytest.raises(InvalidStatus) as refused:
        open_raw(door.url, client, origin="http://evil.example")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_leaked_session_id_gives_nothing_to_somebody_else(door: Door, is_gone: bool) -> None:
    admin = opened(door, "kanri", page="admin")
    if is_gone:
        admin.socket.close()
    thief = open_raw(door.url, door.client(), session_id=admin.session_id)
    said = thief.rerun(page="admin")
    assert SECRET not in said
    assert not set(thief.pages()) & ADMIN_PAGES


def test_signing_out_holds_for_open_pages_and_for_the_cookie_sent_again(door: Door) -> None:
    client = door.client("kanri")
    token = client.cookies[SESSION_COOKIE]
    session = open_raw(door.url, client)
    session.rerun(page="admin")
    assert SECRET in session.words()
    client.get("/sign-out")
    assert SECRET not in session.rerun(page="admin")
    again = open_raw(door.url, door.client(), cookies={SESSION_COOKIE: token})
    assert SECRET not in again.rerun(page="admin")


FORGED = {
    "a role cookie": {"cookies": {"role": "admin"}},
    "a made-up session": {"cookies": {SESSION_COOKIE: "local:kanri"}},
    "a made-up provider cookie": {"cookies": {"_streamlit_user": "eyJzdWIiOiAidS1hZG1pbiJ9.x.y"}},
    "user headers": {"headers": {"X-Forwarded-User": "kanri", "Remote-User": "kanri"}},
    "streamlit's header": {"headers": {"X-Streamlit-User": "eyJlbWFpbCI6ICJhQGIifQ=="}},
    "a try-out through a proxy": {
        "cookies": {TRY_OUT_COOKIE: "admin"},
        "headers": {"X-Forwarded-For": "10.0.0.5"},
    },
}


@pytest.mark.parametrize("forgery", FORGED)
def test_forged_cookies_and_headers_open_nothing(door: Door, forgery: str) -> None:
    session = open_raw(door.url, door.client(), **FORGED[forgery])
    assert SECRET not in session.rerun(page="admin", query="role=admin&actor=local:kanri")
    assert not set(session.pages()) & ADMIN_PAGES


def send_file(client: httpx.Client, url: str, session_id: str) -> int:
    return client.put(
        f"{url}/_stcore/upload_file/{session_id}/f1",
        files={"f1": ("回答.xlsx", b"PK" * 200_000)},
        headers={"X-Xsrftoken": xsrf_of(client)},
    ).status_code


@pytest.mark.parametrize(
    ("login", "status"), [(None, 403), ("etsuran", 403), ("tanto", 204), ("kanri", 204)]
)
def test_files_are_taken_from_staff_for_their_own_page(
    door: Door, login: str | None, status: int
) -> None:
    client = door.client(login)
    session = open_raw(door.url, client)
    session.rerun()
    assert send_file(client, door.url, session.session_id) == status
    other = opened(door, "kanri" if login != "kanri" else "tanto")
    assert send_file(client, door.url, other.session_id) == 403


def test_a_file_made_for_an_admin_opens_for_them_only_and_not_after_they_left(door: Door) -> None:
    client = door.client("kanri")
    session = open_raw(door.url, client)
    session.rerun(page="admin", query="view=audit")
    request = BackMsg()
    request.backend_operation_request.request_id = "r1"
    request.backend_operation_request.session_id = session.session_id
    found = re.search(r'deferred_file_id: "([0-9a-f]+)"', session.words())
    assert found
    request.backend_operation_request.deferred_file.file_id = found[1]
    url = _made_file(session, request)
    assert "local:kanri" in client.get(url).content.decode("utf-8-sig")
    for other in (None, "etsuran", "tanto"):
        assert door.client(other).get(url).status_code == 403
    client.get("/sign-out")
    assert client.get(url).status_code == 403
    session.socket.send(request.SerializeToString())
    assert _answer(session).deferred_file.url == ""


def _made_file(session: RawSession, request: BackMsg) -> str:
    session.socket.send(request.SerializeToString())
    url = _answer(session).deferred_file.url
    assert url
    return url


def _answer(session: RawSession):
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    while True:
        received = ForwardMsg()
        received.ParseFromString(session.socket.recv(timeout=30))
        if received.WhichOneof("type") == "backend_operation_response":
            return received.backend_operation_response


def test_roles_are_tried_on_the_demo_here(door: Door) -> None:
    client = door.client()
    assert client.get("/try-out?role=admin&to=/admin").status_code == 303
    session = open_raw(door.url, client)
    session.rerun(page="admin")
    assert set(session.pages()) >= ADMIN_PAGES
    assert "試用の管理者" in session.words()


def test_roles_cannot_be_tried_on_official_data(official_door: Door) -> None:
    client = official_door.client()
    assert client.get("/try-out?role=admin").status_code == 403
    session = open_raw(official_door.url, client, cookies={TRY_OUT_COOKIE: "admin"})
    said = session.rerun(page="admin")
    assert SECRET not in said
    assert "試用" not in said
    assert not set(session.pages()) & ADMIN_PAGES


def test_roles_cannot_be_tried_where_others_can_reach_the_server(
    tiny: Path, tmp_path: Path
) -> None:
    root = small_store(tmp_path / "store", tiny, dataset="demo")
    with serving(root, tmp_path / "log", host="0.0.0.0") as server:
        door = Door(server, root)
        client = door.client()
        assert client.get("/try-out?role=admin").status_code == 403
        session = open_raw(door.url, client, cookies={TRY_OUT_COOKIE: "admin"})
        assert SECRET not in session.rerun(page="admin")
        assert "試用" not in session.words()
        assert not set(session.pages()) & ADMIN_PAGES
        assert httpx.get(f"{door.url}/", headers={"Host": "evil.example"}).status_code == 400


def test_ending_sessions_ends_the_open_page_too(door: Door) -> None:
    session = opened(door, "tanto", page="upload")
    assert set(session.pages()) & STAFF_PAGES
    end_sessions(door.root, actor=ADMIN, subject=STAFF.subject)
    said = session.rerun(page="upload")
    assert not set(session.pages()) & STAFF_PAGES
    assert "「ファイルの読み取り」はできません" in said


HOSTILE = [
    "' or 1=1 --", "1; drop table area", "../../etc/passwd", "..\\..\\x", "\\\\10.0.0.5\\share",
    "<script>alert(1)</script>", "![x](http://evil.example/x.png)", "=HYPERLINK(1)", "${7*7}",
    "{{7*7}}", "%00", "\x00", "\u202e", "\ud7ff", "a" * 5_000, "-1", "1e309", "nan", "null", "None",
    "true", "[]", "{}", "00", "99999", "81,81,81", "９９", "local:kanri", "admin", "javascript:1",
]  # fmt: skip
PARAMS = ("area", "view", "level", "parent", "indicator", "year", "edition", "groups", "role", "to")


@pytest.mark.parametrize("page", ["", "compare", "admin", "upload"])
def test_hostile_values_in_the_address_fall_back(door: Door, page: str) -> None:
    session = open_raw(door.url, door.client())
    for number, value in enumerate(HOSTILE):
        query = urlencode(dict.fromkeys(PARAMS[number % 3 :: 3], value))
        said = session.rerun(page=page, query=query)
        assert "申し訳ありません" not in said, value
        assert "Traceback" not in said
        assert not set(session.pages()) & ADMIN_PAGES


@pytest.mark.parametrize("command", ["clear_cache", "load_git_info"])
def test_what_is_for_developers_is_left_unheard(door: Door, command: str) -> None:
    session = opened(door, "kanri")
    message = BackMsg()
    setattr(message, command, True)
    session.socket.send(message.SerializeToString())
    session.rerun()
    kinds = {heard.WhichOneof("type") for heard in session.heard}
    assert "git_info_changed" not in kinds
    assert "script_finished" in kinds


@pytest.mark.parametrize(
    "path", ["/", "/none/such", "/geo/x/y/z.json", "/media/none", "/sign-in", "/_stcore/agent/mcp"]
)
def test_no_answer_tells_a_version_a_path_or_a_traceback(door: Door, path: str) -> None:
    answer = httpx.get(f"{door.url}{path}")
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    host = door.url.partition("//")[2]
    assert "default-src 'self'" in policy
    assert f"connect-src 'self' ws://{host} wss://{host} data: blob:;" in policy
    told = f"{answer.headers} {answer.text}"
    assert not re.search(r"Traceback|site-packages|streamlit/\d|/work|/tmp|1\.67|uvicorn/\d", told)


def test_no_foreign_page_may_steer_ours(door: Door) -> None:
    assert httpx.get(f"{door.url}/_stcore/host-config").json()["allowedOrigins"] == []
