"""The doors: forms, cookies, forged ones, uploads and files, over real requests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from access.accounts import add_local, end_sessions, set_disabled, set_role
from access.roles import Role
from access.sessions import actor_of_token
from data.generations import Store
from tests.unit.account_stand import ADMIN, PASSWORDS, STAFF, bound_to, quick_hashes, with_accounts
from ui import actor as actors
from ui import gate, private_media
from ui.gate import Gate, requester
from ui.headers import PageHeaders
from ui.identity import SESSION_COOKIE, TRY_OUT_COOKIE, Presented
from ui.sign_in import SIGN_IN_ROUTES

__all__ = ["bound_to", "quick_hashes"]
pytestmark = pytest.mark.usefixtures("quick_hashes")
HERE = "http://localhost:8501"
FROM_OURS = {"Origin": HERE}


async def passed(request: Request) -> Response:
    return PlainTextResponse("passed")


async def who(request: Request) -> Response:
    actor = requester(request)
    return JSONResponse({"subject": actor.subject, "role": str(actor.role)})


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


async def index(request: Request) -> Response:
    return HTMLResponse("<title>Streamlit</title>")


@pytest.fixture
def store(tiny_store: Store, quick_hashes: None, bound_to: Callable[[str], None]) -> Store:
    bound_to("127.0.0.1")
    with_accounts(tiny_store.root)
    return tiny_store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    routes = [
        *SIGN_IN_ROUTES,
        Route("/who", who),
        Route("/_stcore/upload_file/{session}/{file}", passed, methods=["PUT", "DELETE"]),
        Route("/_stcore/metrics", passed),
        Route("/_stcore/agent/interact", passed, methods=["GET", "POST"]),
        Route("/media/{file}", passed),
        WebSocketRoute("/_stcore/stream", stream),
        Route("/", index),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(PageHeaders), Middleware(Gate)])
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 5000), follow_redirects=False) as made:
        yield made


def enter(client: TestClient, login: str, password: str | None = None, to: str = "/") -> Response:
    form = {"login": login, "password": password or PASSWORDS[login]}
    return client.post("/sign-in", params={"to": to}, data=form, headers=FROM_OURS)


def role_of(client: TestClient) -> str:
    return client.get("/who").json()["role"]


def test_signing_in_gives_a_cookie_that_no_script_or_other_site_gets(client: TestClient) -> None:
    assert role_of(client) == "viewer"
    answer = enter(client, "tanto", to="/upload?fy=2024")
    assert (answer.status_code, answer.headers["location"]) == (303, "/upload?fy=2024")
    cookie = answer.headers["set-cookie"]
    kept = next(part for part in re.split(r",(?= \w+=)", cookie) if SESSION_COOKIE in part)
    assert "HttpOnly" in kept
    assert "samesite=strict" in kept.lower()
    assert "max-age" not in kept.lower()
    assert "secure" not in kept.lower()
    assert role_of(client) == "staff"


def test_over_https_the_cookie_stays_there(client: TestClient) -> None:
    form = {"login": "tanto", "password": PASSWORDS["tanto"]}
    headers = {**FROM_OURS, "X-Forwarded-Proto": "https"}
    answer = client.post("/sign-in", data=form, headers=headers)
    assert "Secure" in answer.headers["set-cookie"]


def test_a_wrong_password_says_so_in_japanese_and_does_not_repeat_it(client: TestClient) -> None:
    answer = enter(client, "tanto", "<script>alert(1)</script>")
    assert answer.status_code == 401
    assert "利用者名かパスワードが違う" in answer.text
    assert "alert(1)" not in answer.text
    assert SESSION_COOKIE not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://localhost:9999"])
def test_no_other_site_can_sign_anybody_in(client: TestClient, origin: str | None) -> None:
    form = {"login": "tanto", "password": PASSWORDS["tanto"]}
    headers = {"Origin": origin} if origin else {}
    assert client.post("/sign-in", data=form, headers=headers).status_code == 403
    assert role_of(client) == "viewer"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(client: TestClient, to: str) -> None:
    assert enter(client, "tanto", to=to).headers["location"] == "/"


def test_a_form_that_is_too_large_is_not_read(client: TestClient) -> None:
    assert enter(client, "tanto", "x" * 5_000).status_code == 403


def test_when_too_many_try_at_once_the_next_is_told_to_come_back(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.sign_in.MAX_WAITING", 0)
    answer = enter(client, "tanto")
    assert (answer.status_code, "混み合っています" in answer.text) == (401, True)
    monkeypatch.setattr("ui.sign_in.MAX_WAITING", 20)
    assert enter(client, "tanto").status_code == 303


def test_signing_out_holds_against_the_same_cookie_sent_again(client: TestClient) -> None:
    enter(client, "tanto")
    token = client.cookies[SESSION_COOKIE]
    client.get("/sign-out")
    assert SESSION_COOKIE not in client.cookies
    client.cookies.set(SESSION_COOKIE, token)
    assert role_of(client) == "viewer"


def test_a_changed_role_a_closed_account_and_ended_sessions_hold_at_once(
    client: TestClient, store: Store
) -> None:
    enter(client, "tanto")
    set_role(store.root, actor=ADMIN, subject=STAFF.subject, role=Role.ADMIN)
    assert role_of(client) == "admin"
    set_disabled(store.root, actor=ADMIN, subject=STAFF.subject, is_disabled=True)
    assert role_of(client) == "viewer"
    set_disabled(store.root, actor=ADMIN, subject=STAFF.subject, is_disabled=False)
    enter(client, "tanto")
    end_sessions(store.root, actor=ADMIN, subject=STAFF.subject)
    assert role_of(client) == "viewer"


def test_a_first_password_is_changed_before_anything_else(client: TestClient, store: Store) -> None:
    first = add_local(store.root, actor=ADMIN, login="shinjin", name="新人", role=Role.STAFF)
    answer = enter(client, "shinjin", first, to="/upload")
    assert answer.headers["location"] == "/password?to=%2Fupload"
    assert role_of(client) == "viewer"
    form = {"old": first, "new": "my-own-choice-2026", "again": "my-own-choice-2027"}
    answer = client.post("/password?to=/upload", data=form, headers=FROM_OURS)
    assert "二つで違います" in answer.text
    form["again"] = form["new"]
    answer = client.post("/password?to=/upload", data=form, headers=FROM_OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/upload")
    assert role_of(client) == "staff"


def test_the_form_for_a_password_asks_to_sign_in_first(client: TestClient) -> None:
    assert client.get("/password").headers["location"].startswith("/sign-in")
    assert client.post("/password", data={"old": "a"}, headers=FROM_OURS).status_code == 403


FORGED = {
    "session cookie": {"cookies": {SESSION_COOKIE: "local:kanri"}},
    "sql in the cookie": {"cookies": {SESSION_COOKIE: "' or 1=1 --"}},
    "provider's cookie": {"cookies": {"_streamlit_user": '{"sub":"u-1","is_logged_in":true}'}},
    "role cookie": {"cookies": {"role": "admin", "actor_subject": "local:kanri"}},
    "user header": {"headers": {"X-Forwarded-User": "kanri", "Remote-User": "kanri"}},
    "streamlit header": {"headers": {"X-Streamlit-User": "eyJlbWFpbCI6ICJhIn0="}},
    "address": {"params": {"role": "admin", "actor": "local:kanri"}},
}


@pytest.mark.parametrize("forgery", FORGED)
def test_forged_headers_and_cookies_make_nobody_more_than_a_viewer(
    client: TestClient, forgery: str
) -> None:
    given = FORGED[forgery]
    client.cookies.update(given.get("cookies", {}))
    answer = client.get("/who", headers=given.get("headers"), params=given.get("params"))
    assert answer.json() == {"subject": "", "role": "viewer"}


def test_roles_can_be_tried_on_the_demo_on_this_computer(client: TestClient) -> None:
    answer = client.get("/try-out?role=staff&to=/upload")
    assert answer.headers["location"] == "/upload"
    assert client.get("/who").json() == {"subject": "try-out:staff", "role": "staff"}
    client.get("/try-out?role=viewer")
    assert role_of(client) == "viewer"


TRIED_ELSEWHERE = {
    "a proxy": {"headers": {"X-Forwarded-For": "10.0.0.5"}},
    "another site": {"headers": {"Sec-Fetch-Site": "cross-site"}},
    "an unknown role": {"params": {"role": "root"}},
}


@pytest.mark.parametrize("where", TRIED_ELSEWHERE)
def test_roles_cannot_be_tried_from(client: TestClient, where: str) -> None:
    given = TRIED_ELSEWHERE[where]
    params = {"role": "admin", **given.get("params", {})}
    answer = client.get("/try-out", params=params, headers=given.get("headers"))
    assert answer.status_code == 403
    assert TRY_OUT_COOKIE not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.5", "::", ""])
def test_roles_cannot_be_tried_on_another_bind(
    client: TestClient, bound_to: Callable[[str], None], address: str
) -> None:
    bound_to(address)
    assert client.get("/try-out?role=admin").status_code == 403
    client.cookies.set(TRY_OUT_COOKIE, "admin")
    assert role_of(client) == "viewer"


def test_roles_cannot_be_tried_on_official_data(
    client: TestClient, store: Store, tiny: Path
) -> None:
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("update meta set value = 'official' where key = 'dataset'")
    assert client.get("/try-out?role=admin").status_code == 403
    client.cookies.set(TRY_OUT_COOKIE, "admin")
    assert role_of(client) == "viewer"


def at_page(session: str, actor_subject: str, token: str = "") -> None:
    presented = Presented(cookies={SESSION_COOKIE: token}, headers={"Host": "localhost:8501"})
    actors._presented[session] = (presented, actor_subject)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("login", "status"), [(None, 403), ("etsuran", 403), ("tanto", 200), ("kanri", 200)]
)
def test_files_are_sent_by_staff_to_their_own_page_only(
    client: TestClient, login: str | None, status: int, method: str
) -> None:
    token = ""
    if login:
        enter(client, login)
        token = client.cookies[SESSION_COOKIE]
    at_page("s-own", f"local:{login}" if login else "", token)
    sent = client.request(method, "/_stcore/upload_file/s-own/f1", content=b"x" * 300_000)
    assert sent.status_code == status
    for foreign in ("s-unknown", "s-viewer"):
        at_page("s-viewer", "")
        assert client.request(method, f"/_stcore/upload_file/{foreign}/f1").status_code == 403


def test_a_viewers_page_takes_a_small_file_only_where_it_asks_for_one(client: TestClient) -> None:
    small, large = b"x" * 1_000, b"x" * (gate.SMALL_UPLOAD + 1)
    assert client.put("/_stcore/upload_file/s-map/f1", content=small).status_code == 403
    gate._small["s-map"] = None
    assert client.put("/_stcore/upload_file/s-map/f1", content=small).status_code == 200
    assert client.put("/_stcore/upload_file/s-map/f1", content=large).status_code == 403
    unknown = client.put("/_stcore/upload_file/s-map/f1", content=iter([small]))
    assert unknown.status_code == 403


def test_a_file_made_for_staff_opens_for_them_only(client: TestClient, store: Store) -> None:
    private_media._own("/media/aa11.xlsx", STAFF)
    private_media._own("/media/bb22.csv", actors.ANONYMOUS)
    assert client.get("/media/aa11.xlsx").status_code == 403
    assert client.get("/media/bb22.csv").status_code == 200
    assert client.get("/media/cc33.png").status_code == 200  # Streamlit has no such file: 404 there
    enter(client, "kanri")
    assert client.get("/media/aa11.xlsx").status_code == 403
    enter(client, "tanto")
    assert client.get("/media/aa11.xlsx").status_code == 200
    assert client.get("/media/aa11").status_code == 200


def test_a_session_that_was_ended_is_nobody_for_files_too(client: TestClient, store: Store) -> None:
    enter(client, "tanto")
    at_page("s-own", STAFF.subject, client.cookies[SESSION_COOKIE])
    assert actors.actor_of_session("s-own").role == Role.STAFF
    assert actors.was_signed_in("s-own")
    end_sessions(store.root, actor=ADMIN, subject=STAFF.subject)
    assert actors.actor_of_session("s-own").is_anonymous
    assert client.put("/_stcore/upload_file/s-own/f1", content=b"x").status_code == 403


@pytest.mark.parametrize(
    ("kind", "is_heard"),
    [
        ("rerun_script", True),
        ("app_heartbeat", True),
        ("clear_cache", False),
        ("load_git_info", False),
        ("set_run_on_save", False),
    ],
)
def test_commands_for_developers_do_not_reach_the_page(kind: str, is_heard: bool) -> None:
    message = BackMsg()
    if kind == "rerun_script":
        message.rerun_script.query_string = "area=81"
    else:
        setattr(message, kind, True)
    assert gate._is_command(message.SerializeToString()) != is_heard
    assert not gate._is_command(b"\xff\xfe")
    assert not gate._is_command(b"")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.5"])
def test_other_host_names_get_one_sentence(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert (answer.status_code, answer.text) == (400, "このアドレスでは開けません。")
    with pytest.raises(WebSocketDisconnect):
        with client.websocket_connect("/_stcore/stream", headers={"Host": host}):
            pass


def test_how_the_server_fares_is_for_its_own_computer(client: TestClient) -> None:
    assert client.get("/_stcore/metrics").status_code == 200
    headers = {"X-Forwarded-For": "10.0.0.5"}
    assert client.get("/_stcore/metrics", headers=headers).status_code == 403
    assert client.post("/_stcore/agent/interact").status_code == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", "/who", "/media/x", "/none", "/_stcore/metrics"])
def test_every_answer_has_the_safe_headers_and_no_version(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        assert answer.headers[name] == value
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert not re.search(r"\d+\.\d+\.\d+|Traceback", str(answer.headers.get("server", "")))


def test_forms_are_not_replaced_by_the_page_nor_kept(client: TestClient) -> None:
    answer = client.get("/sign-in?to=/%22%3E%3Cscript%3E")
    assert "パスワード" in answer.text
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "利用者名" not in client.get("/").text


def test_a_token_of_another_store_is_nobody(client: TestClient, tmp_path: Path) -> None:
    other = with_accounts(tmp_path / "other")
    enter(client, "kanri")
    assert actor_of_token(other, client.cookies[SESSION_COOKIE]).is_anonymous
