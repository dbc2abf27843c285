"""Who is at the page: what counts of what a browser presents."""

from __future__ import annotations

from pathlib import Path

import pytest

from access.accounts import COMMAND_LINE, add_provided
from access.roles import ANONYMOUS, Role
from access.sessions import start
from data.generations import Store
from tests.unit.account_stand import bound_to, quick_hashes, with_accounts
from tests.unit.test_access_sessions import claims
from ui import actor as actors
from ui.identity import SESSION_COOKIE, TRY_OUT_COOKIE, Presented, actor_of, claims_of_cookies

__all__ = ["bound_to", "quick_hashes"]
pytestmark = pytest.mark.usefixtures("quick_hashes")
OURS = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.fixture
def root(tiny_store: Store, quick_hashes: None, bound_to) -> Path:
    bound_to("127.0.0.1")
    return with_accounts(tiny_store.root)


def identified(monkeypatch: pytest.MonkeyPatch, **given: dict) -> object:
    presented = Presented(**{"headers": OURS, **given})
    monkeypatch.setattr(actors, "presented_here", lambda: presented)
    return actors.identify()


def test_a_session_makes_its_person(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = {SESSION_COOKIE: start(root, subject="local:tanto")}
    assert identified(monkeypatch, cookies=cookies).name == "担当 太郎"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:8501"},
        {"Host": "localhost:8501", "Origin": "null"},
        {"Host": "localhost:8501", "Origin": "http://evil.example"},
        {"Host": "localhost:8501", "Origin": "http://localhost:9999"},
        {"Host": "", "Origin": "x"},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["session", "try-out", "provider"])
def test_without_an_origin_of_ours_everybody_is_a_viewer(
    root: Path, monkeypatch: pytest.MonkeyPatch, headers: dict, kind: str
) -> None:
    add_provided(root, actor=COMMAND_LINE, sub="u-1", name="外", role=Role.ADMIN)
    given = {
        "session": {"cookies": {SESSION_COOKIE: start(root, subject="local:kanri")}},
        "try-out": {"cookies": {TRY_OUT_COOKIE: "admin"}},
        "provider": {"claims": claims()},
    }[kind]
    assert not identified(monkeypatch, **given).is_anonymous
    assert identified(monkeypatch, **given, headers=headers) == ANONYMOUS


def test_records_that_cannot_be_read_make_everybody_a_viewer(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookies = {SESSION_COOKIE: start(root, subject="local:kanri")}
    (root / "access.sqlite").write_bytes(b"broken" * 1_000)
    assert identified(monkeypatch, cookies=cookies) == ANONYMOUS


@pytest.mark.parametrize("said", [False, "true", 1, None])
def test_a_provider_counts_only_when_it_says_signed_in(root: Path, said: object) -> None:
    add_provided(root, actor=COMMAND_LINE, sub="u-1", name="外", role=Role.ADMIN)
    assert actor_of(Presented(claims=claims(is_logged_in=said))) == ANONYMOUS
    assert actor_of(Presented(claims=claims())).role == Role.ADMIN


@pytest.mark.parametrize("role", ["viewer", "root", "", "ADMIN"])
def test_only_staff_and_admin_can_be_tried(root: Path, role: str) -> None:
    given = Presented(cookies={TRY_OUT_COOKIE: role}, headers=OURS)
    assert actor_of(given) == ANONYMOUS


def test_without_a_provider_its_cookie_says_nothing(root: Path) -> None:
    assert claims_of_cookies({"_streamlit_user": "anything"}) == {}


def test_an_account_goes_before_a_role_that_is_tried(root: Path) -> None:
    cookies = {SESSION_COOKIE: start(root, subject="local:etsuran"), TRY_OUT_COOKIE: "admin"}
    assert actor_of(Presented(cookies=cookies, headers=OURS)).role == Role.VIEWER
