"""Signing in: lock-out, age, revocation, and copies of cookies."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock, patch

import pytest

from access import passwords
from access.accounts import accounts, add_provided, end_sessions, reset_password, set_disabled
from access.audit import entries
from access.database import has_accounts
from access.roles import ANONYMOUS, Role
from access.sessions import (
    MAX_AGE,
    actor_of_claims,
    actor_of_token,
    end_claims,
    end_token,
    start,
    subject_of_token,
)
from access.sign_in import FAILURES, LOCKED_SECONDS, SignInRefused, sign_in
from data.errors import StoreError
from tests.unit.account_stand import ADMIN, PASSWORDS, quick_hashes, with_accounts

NOW = 1_790_000_000.0


__all__ = ["quick_hashes"]
pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def root(tmp_path: Path, quick_hashes: None) -> Path:
    return with_accounts(tmp_path)


def fail(root: Path, times: int, *, login: str = "tanto", now: float = NOW) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(root, login=login, password="wrong-password-1", now=now)


def enter(root: Path, *, now: float = NOW) -> str:
    return sign_in(root, login="tanto", password=PASSWORDS["tanto"], now=now)


def test_four_failures_are_forgiven_by_the_right_password(root: Path) -> None:
    fail(root, FAILURES - 1)
    enter(root)
    fail(root, FAILURES - 1)
    assert actor_of_token(root, enter(root), now=NOW).role == Role.STAFF


def test_five_failures_lock_for_fifteen_minutes_also_for_the_right_password(root: Path) -> None:
    fail(root, FAILURES)
    for later in (0.0, 60.0, LOCKED_SECONDS - 1):
        with pytest.raises(SignInRefused):
            enter(root, now=NOW + later)
    token = enter(root, now=NOW + LOCKED_SECONDS + 1)
    assert not actor_of_token(root, token, now=NOW + LOCKED_SECONDS + 1).is_anonymous


def test_trying_on_does_not_make_the_lock_longer(root: Path) -> None:
    fail(root, FAILURES + 20)
    token = enter(root, now=NOW + LOCKED_SECONDS + 1)
    assert actor_of_token(root, token, now=NOW + LOCKED_SECONDS + 1).role == Role.STAFF


def test_one_locked_account_leaves_the_others_alone(root: Path) -> None:
    fail(root, FAILURES)
    token = sign_in(root, login="kanri", password=PASSWORDS["kanri"], now=NOW)
    assert actor_of_token(root, token, now=NOW).subject == "local:kanri"


def test_guesses_at_the_same_moment_do_not_get_more_than_five(root: Path) -> None:
    def guess(_: int) -> str:
        try:
            sign_in(root, login="tanto", password="wrong-password-1", now=NOW)
        except SignInRefused as refused:
            return refused.message
        return "in"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(12)))
    results = [entry["result"] for entry in entries(root) if entry["action"] == "sign_in"]
    assert results.count("refused") == FAILURES
    assert results.count("locked") == 12 - FAILURES


def test_nothing_tells_whether_an_account_exists(root: Path) -> None:
    said = set()
    for login in ("tanto", "nobody", "", "x' or 1=1 --", "山田"):
        for _ in range(FAILURES + 1):
            with pytest.raises(SignInRefused) as refused:
                sign_in(root, login=login, password="wrong-password-1", now=NOW)
            said.add(str(refused.value))
    assert len(said) == 1


@pytest.mark.parametrize("login", ["kanri", "nobody", "x' or 1=1 --"])
def test_a_password_is_hashed_whether_the_account_exists_or_not(root: Path, login: str) -> None:
    hasher = Mock(wraps=passwords._hasher)
    with patch("access.passwords._hasher", hasher):
        fail(root, 1, login=login)
    assert hasher.verify.call_count == 1


def test_what_is_typed_where_no_account_has_it_is_not_noted(root: Path) -> None:
    fail(root, 1, login="my-secret-password")
    assert "my-secret" not in (root / "audit.jsonl").read_text(encoding="utf-8")
    assert [e["details"]["account"] for e in entries(root)][-1] == "unknown"


def test_an_admin_lifts_the_lock_with_a_new_password(root: Path) -> None:
    fail(root, FAILURES)
    first = reset_password(root, actor=ADMIN, subject="local:tanto")
    sign_in(root, login="tanto", password=first, now=time.time() + 1)
    results = [entry["result"] for entry in entries(root) if entry["action"] == "sign_in"]
    assert results == ["refused"] * FAILURES + ["ok"]


def test_a_session_ends_after_eight_hours(root: Path) -> None:
    token = enter(root)
    assert actor_of_token(root, token, now=NOW + MAX_AGE - 1).role == Role.STAFF
    assert actor_of_token(root, token, now=NOW + MAX_AGE + 1) == ANONYMOUS


def test_a_session_from_the_future_does_not_count(root: Path) -> None:
    assert actor_of_token(root, enter(root, now=NOW + 9_999), now=NOW) == ANONYMOUS


def test_signing_out_holds_against_a_copy_of_the_cookie(root: Path) -> None:
    token, other = enter(root), enter(root)
    end_token(root, token)
    assert actor_of_token(root, token, now=NOW) == ANONYMOUS
    assert subject_of_token(root, token) == ""
    assert actor_of_token(root, other, now=NOW).role == Role.STAFF


@pytest.mark.parametrize("change", ["first", "last", "empty", "hash", "other"])
def test_a_forged_token_is_nobody(root: Path, change: str) -> None:
    token = enter(root)
    with sqlite3.connect(root / "access.sqlite") as con:
        (kept,) = con.execute("select token_hash from session").fetchone()
    forged = {
        "first": ("A" if token[0] != "A" else "B") + token[1:],
        "last": token[:-1],
        "empty": "",
        "hash": kept,
        "other": "local:kanri",
    }[change]
    assert actor_of_token(root, forged, now=NOW) == ANONYMOUS


def test_the_token_itself_is_not_kept(root: Path) -> None:
    token = enter(root)
    kept = b"".join(path.read_bytes() for path in root.iterdir() if path.is_file())
    assert token.encode() not in kept


def test_an_admin_ends_all_sessions_of_a_person(root: Path) -> None:
    tokens = [start(root, subject="local:tanto") for _ in range(3)]
    assert {a.subject: a.sessions for a in accounts(root, actor=ADMIN)}["local:tanto"] == 3
    end_sessions(root, actor=ADMIN, subject="local:tanto")
    assert {actor_of_token(root, token) for token in tokens} == {ANONYMOUS}


def test_a_store_without_accounts_is_not_written_by_looking(tmp_path: Path) -> None:
    assert actor_of_token(tmp_path, "x" * 43) == ANONYMOUS
    assert actor_of_claims(tmp_path, claims()) == ANONYMOUS
    assert not has_accounts(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_lets_nobody_in(root: Path) -> None:
    token = enter(root)
    (root / "access.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="利用者の記録"):
        actor_of_token(root, token, now=NOW)


def claims(**changed: object) -> dict[str, object]:
    issued = int(time.time())
    told = {
        "provider": "default",
        "iss": "http://127.0.0.1:9400",
        "sub": "u-1",
        "iat": issued,
        "exp": issued + 600,
        "nonce": "n1",
        "is_logged_in": True,
    }
    return {**told, **changed}


@pytest.fixture
def listed(root: Path) -> Path:
    add_provided(root, actor=ADMIN, sub="u-1", name="外部 三郎", role=Role.STAFF)
    return root


def test_a_listed_person_of_the_provider_has_the_listed_role(listed: Path) -> None:
    actor = actor_of_claims(listed, claims())
    assert (actor.role, actor.name) == (Role.STAFF, "外部 三郎")
    assert actor.subject.startswith("oidc:")


@pytest.mark.parametrize(
    "changed",
    [
        {"sub": "u-2"},
        {"sub": ""},
        {"sub": None},
        {"sub": ["u-1"]},
        {"provider": "other"},
        {"iat": None},
        {"iat": "1790000000"},
        {"iat": True},
        {"iat": int(time.time()) + 9_999},
        {"iat": int(time.time()) - int(MAX_AGE) - 10},
        {"exp": None},
        {"exp": int(time.time()) - 10},
    ],
    ids=[f"case{number}" for number in range(12)],
)
def test_what_is_not_listed_or_not_fresh_is_nobody(listed: Path, changed: dict) -> None:
    assert actor_of_claims(listed, claims(**changed)) == ANONYMOUS


@pytest.mark.parametrize("said", [{"role": "admin"}, {"roles": ["admin"]}, {"email": "a@b.jp"}])
def test_a_role_is_never_taken_from_the_provider(listed: Path, said: dict) -> None:
    assert actor_of_claims(listed, claims(**said)).role == Role.STAFF
    assert actor_of_claims(listed, claims(sub="u-9", **said)) == ANONYMOUS


def test_a_sign_in_seen_in_time_lasts_longer_than_its_token(listed: Path) -> None:
    told = claims()
    later = told["iat"] + 3600
    assert not actor_of_claims(listed, told).is_anonymous
    assert not actor_of_claims(listed, told, now=later).is_anonymous
    assert actor_of_claims(listed, told, now=told["iat"] + MAX_AGE + 5) == ANONYMOUS
    assert actor_of_claims(listed, claims(nonce="n2"), now=later) == ANONYMOUS


def test_signing_out_holds_against_a_copy_of_the_providers_cookie(listed: Path) -> None:
    told = claims()
    assert not actor_of_claims(listed, told).is_anonymous
    end_claims(listed, told)
    assert actor_of_claims(listed, told) == ANONYMOUS
    assert not actor_of_claims(listed, claims(nonce="n2")).is_anonymous


@pytest.mark.parametrize("is_seen", [True, False])
def test_ending_sessions_ends_tokens_that_were_issued_before(listed: Path, is_seen: bool) -> None:
    told = claims(iat=int(time.time()) - 5)
    if is_seen:
        assert not actor_of_claims(listed, told).is_anonymous
    subject = next(a.subject for a in accounts(listed, actor=ADMIN) if a.provider != "local")
    set_disabled(listed, actor=ADMIN, subject=subject, is_disabled=True)
    set_disabled(listed, actor=ADMIN, subject=subject, is_disabled=False)
    assert actor_of_claims(listed, told) == ANONYMOUS
