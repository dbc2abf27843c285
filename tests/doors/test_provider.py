"""Signing in at a real provider of identities: whole round trips, roles from our own list."""

from __future__ import annotations

import json

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from access.accounts import accounts, end_sessions, set_role
from access.roles import Role
from access.sessions import oidc_subject
from tests.doors.conftest import Door
from tests.doors.raw_session import RawSession, open_raw
from tests.unit.account_stand import ADMIN

USER_COOKIE = "_streamlit_user"


def press(session: RawSession, key: str) -> list[str]:
    """Press a button of the menu; return where the browser is led."""
    (widget,) = {*session.element_ids(key)}
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.trigger_value = widget, True
    session.send(message)
    return session.redirects()


def through_provider(door: Door, sub: str) -> httpx.Client:
    """Go the way of a browser: our button, the provider's form, and back with a code."""
    client = door.client()
    session = open_raw(door.url, client)
    session.rerun()
    (login,) = press(session, "sign_in_provider")
    form = client.get(login).headers["location"]
    assert form.startswith(door.provider)
    back = httpx.post(form, data={"sub": sub}).headers["location"]
    assert back.startswith(f"{door.url}/oauth2callback?code=")
    assert client.get(back).headers["location"] == "/"
    return client


def visit(door: Door, client: httpx.Client, **given: object) -> RawSession:
    session = open_raw(door.url, client, **given)
    session.rerun()
    return session


@pytest.mark.parametrize(
    ("sub", "name", "pages"),
    [
        ("u-staff", "外部 三郎", {"調査の取り込み"}),
        ("u-admin", "外部 四郎", {"調査の取り込み", "管理"}),
    ],
)
def test_a_listed_person_gets_the_role_of_the_list(
    door: Door, sub: str, name: str, pages: set[str]
) -> None:
    session = visit(door, through_provider(door, sub))
    assert set(session.pages()) & {"調査の取り込み", "管理"} == pages
    assert name in session.words()


def test_somebody_who_is_not_listed_stays_a_viewer_and_learns_what_to_tell(door: Door) -> None:
    session = visit(door, through_provider(door, "u-stranger"))
    assert not set(session.pages()) & {"調査の取り込み", "管理"}
    assert "u-stranger" in session.words()
    assert "役割 閲覧者" in session.words()


def test_a_role_that_is_changed_in_the_list_holds_at_the_next_rerun(door: Door) -> None:
    session = visit(door, through_provider(door, "u-staff"))
    subject = oidc_subject("default", "u-staff")
    set_role(door.root, actor=ADMIN, subject=subject, role=Role.VIEWER)
    try:
        session.rerun()
        assert "調査の取り込み" not in session.pages()
    finally:
        set_role(door.root, actor=ADMIN, subject=subject, role=Role.STAFF)


def test_signing_out_holds_against_the_cookie_sent_again(door: Door) -> None:
    client = through_provider(door, "u-staff")
    copied = {name: client.cookies[name] for name in client.cookies if name.startswith(USER_COOKIE)}
    session = visit(door, client)
    assert press(session, "sign_out") == ["/auth/logout"]
    assert "調査の取り込み" not in visit(door, door.client(), cookies=copied).pages()
    session.rerun()
    assert "調査の取り込み" not in session.pages()


def test_an_admin_ends_the_session_of_a_person_of_the_provider(door: Door) -> None:
    session = visit(door, through_provider(door, "u-staff"))
    assert "調査の取り込み" in session.pages()
    end_sessions(door.root, actor=ADMIN, subject=oidc_subject("default", "u-staff"))
    session.rerun()
    assert "調査の取り込み" not in session.pages()


@pytest.mark.parametrize("change", ["sub", "signature", "cut"])
def test_a_cookie_that_was_tampered_with_is_nobody(door: Door, change: str) -> None:
    client = through_provider(door, "u-staff")
    value = client.cookies[USER_COOKIE]
    forged = {
        "sub": value.replace(value[4:12], value[5:12] + "A"),
        "signature": value[:-3] + ("AAA" if value[-3:] != "AAA" else "BBB"),
        "cut": value[: len(value) // 2],
    }[change]
    session = visit(door, door.client(), cookies={USER_COOKIE: forged})
    assert not set(session.pages()) & {"調査の取り込み", "管理"}
    assert "外部 三郎" not in session.words()


def test_files_of_such_a_person_are_taken_and_of_no_other(door: Door) -> None:
    client = through_provider(door, "u-staff")
    session = visit(door, client)
    path = f"/_stcore/upload_file/{session.session_id}/f1"
    token = {"X-Xsrftoken": client.cookies["_streamlit_xsrf"]}
    sent = {"f1": ("回答.xlsx", b"PK" * 200_000)}
    assert client.put(path, files=sent, headers=token).status_code == 204
    stranger = through_provider(door, "u-stranger")
    visit(door, stranger)
    token = {"X-Xsrftoken": stranger.cookies["_streamlit_xsrf"]}
    assert stranger.put(path, files=sent, headers=token).status_code == 403


def test_what_is_kept_of_such_a_person_does_not_tell_who(door: Door) -> None:
    through_provider(door, "u-staff")
    kept = (door.root / "audit.jsonl").read_text(encoding="utf-8")
    assert "u-staff" not in kept
    assert "三郎" not in json.dumps(kept)
    assert {a.provider for a in accounts(door.root, actor=ADMIN)} == {"local", "default"}
