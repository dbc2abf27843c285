"""Accounts: who may change them, what a password must be, who stays admin."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from access.accounts import (
    AccountError,
    accounts,
    add_local,
    add_provided,
    end_sessions,
    reset_password,
    set_disabled,
    set_role,
)
from access.audit import entries, verify
from access.passwords import WeakPassword, hashed, matches, random_password
from access.roles import ANONYMOUS, NotAllowed, Role
from access.sessions import actor_of_token
from access.sign_in import SignInRefused, change_own_password, sign_in
from data.errors import StoreError
from tests.unit.account_stand import ADMIN, PASSWORDS, STAFF, quick_hashes, with_accounts

TANTO = "local:tanto"
DEEDS = {
    "accounts": lambda root, actor: accounts(root, actor=actor),
    "add_local": lambda root, actor: add_local(
        root, actor=actor, login="new", name="新", role=Role.ADMIN
    ),
    "add_provided": lambda root, actor: add_provided(
        root, actor=actor, sub="s-1", name="新", role=Role.ADMIN
    ),
    "set_role": lambda root, actor: set_role(root, actor=actor, subject=TANTO, role=Role.ADMIN),
    "set_disabled": lambda root, actor: set_disabled(
        root, actor=actor, subject=TANTO, is_disabled=True
    ),
    "reset_password": lambda root, actor: reset_password(root, actor=actor, subject=TANTO),
    "end_sessions": lambda root, actor: end_sessions(root, actor=actor, subject=TANTO),
}


__all__ = ["quick_hashes"]
pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def root(tmp_path: Path, quick_hashes: None) -> Path:
    return with_accounts(tmp_path)


def rows(root: Path) -> list[tuple]:
    with sqlite3.connect(root / "access.sqlite") as con:
        return con.execute("select * from account order by subject").fetchall()


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("actor", [ANONYMOUS, STAFF], ids=["viewer", "staff"])
def test_only_an_admin_manages_users(root: Path, deed: str, actor) -> None:
    before = rows(root)
    with pytest.raises(NotAllowed):
        DEEDS[deed](root, actor)
    assert rows(root) == before


@pytest.mark.parametrize("deed", [name for name in DEEDS if name != "accounts"])
def test_what_an_admin_does_is_noted_with_who_and_to_whom(root: Path, deed: str) -> None:
    DEEDS[deed](root, ADMIN)
    *_, last = entries(root)
    assert (last["actor"], last["action"], last["result"]) == ("local:kanri", "manage_users", "ok")
    assert last["details"]["account"].startswith(("local:", "oidc:"))
    assert verify(root).is_sound


def test_what_cannot_be_noted_is_not_done(root: Path) -> None:
    before = rows(root)
    (root / "audit.jsonl").unlink()
    (root / "audit.jsonl").mkdir()
    with pytest.raises(StoreError):
        set_role(root, actor=ADMIN, subject=TANTO, role=Role.ADMIN)
    assert rows(root) == before


def test_passwords_are_argon2id_and_in_no_file_as_they_are(root: Path) -> None:
    hashes = [row[4] for row in rows(root)]
    assert all(text.startswith("$argon2id$") for text in hashes)
    kept = b"".join(path.read_bytes() for path in root.iterdir() if path.is_file())
    for password in PASSWORDS.values():
        assert password.encode() not in kept


@pytest.mark.parametrize(
    "password",
    ["", "short-7-pass", "aaaaaaaaaaaaaa", "abababababababab", "x-tanto-password", "x" * 129],
)
def test_weak_passwords_are_refused(root: Path, password: str) -> None:
    if password == "short-7-pass":
        password = password[:11]
    with pytest.raises(WeakPassword):
        reset_password(root, actor=ADMIN, subject=TANTO, password=password)


def test_random_passwords_are_strong_and_never_the_same() -> None:
    made = {random_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 for password in made)


def test_a_hash_costs_what_owasp_asks_for_at_least() -> None:
    cost = PasswordHasher()
    assert (cost.type.name, cost.memory_cost >= 19_456, cost.time_cost >= 2) == ("ID", True, True)


def test_a_hash_that_is_none_matches_nothing() -> None:
    assert not matches("", None)
    assert not matches("anything", "not a hash")
    assert matches("correct-horse-7-battery", hashed("correct-horse-7-battery"))


@pytest.mark.parametrize("login", ["", "a", "Übung", "山田", "a b", "../etc", "-x", "x" * 33])
def test_odd_logins_are_refused(root: Path, login: str) -> None:
    with pytest.raises(AccountError):
        add_local(root, actor=ADMIN, login=login, name="名", role=Role.STAFF)


def test_a_login_is_given_once_whatever_its_case(root: Path) -> None:
    with pytest.raises(AccountError, match="すでに"):
        add_local(root, actor=ADMIN, login=" TANTO ", name="名", role=Role.STAFF)


def test_somebody_stays_admin(root: Path) -> None:
    for change in (
        lambda: set_role(root, actor=ADMIN, subject="local:kanri", role=Role.STAFF),
        lambda: set_disabled(root, actor=ADMIN, subject="local:kanri", is_disabled=True),
    ):
        with pytest.raises(AccountError, match="一人もいなくなる"):
            change()
    set_role(root, actor=ADMIN, subject=TANTO, role=Role.ADMIN)
    set_role(root, actor=ADMIN, subject="local:kanri", role=Role.STAFF)
    assert {a.subject: a.role for a in accounts(root, actor=ADMIN)}["local:kanri"] == Role.STAFF


def test_a_changed_role_holds_at_once(root: Path) -> None:
    token = sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    assert actor_of_token(root, token).role == Role.STAFF
    set_role(root, actor=ADMIN, subject=TANTO, role=Role.VIEWER)
    assert actor_of_token(root, token).role == Role.VIEWER


def test_a_closed_account_is_out_at_once_and_cannot_come_back(root: Path) -> None:
    token = sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    set_disabled(root, actor=ADMIN, subject=TANTO, is_disabled=True)
    assert actor_of_token(root, token) == ANONYMOUS
    with pytest.raises(SignInRefused):
        sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    set_disabled(root, actor=ADMIN, subject=TANTO, is_disabled=False)
    assert actor_of_token(root, token) == ANONYMOUS  # the old session stays ended
    again = sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    assert actor_of_token(root, again).role == Role.STAFF


def test_a_reset_password_must_be_changed_before_anything_else(root: Path) -> None:
    token = sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    first = reset_password(root, actor=ADMIN, subject=TANTO)
    assert actor_of_token(root, token) == ANONYMOUS
    with pytest.raises(SignInRefused):
        sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    token = sign_in(root, login="tanto", password=first)
    assert actor_of_token(root, token) == ANONYMOUS
    with pytest.raises(AccountError, match="違うパスワード"):
        change_own_password(root, subject=TANTO, old=first, new=first)
    change_own_password(root, subject=TANTO, old=first, new="my-own-choice-2026")
    token = sign_in(root, login="tanto", password="my-own-choice-2026")
    assert actor_of_token(root, token).role == Role.STAFF


def test_the_old_password_is_asked_for_a_new_one(root: Path) -> None:
    with pytest.raises(SignInRefused):
        change_own_password(root, subject=TANTO, old="wrong", new="my-own-choice-2026")
    sign_in(root, login="tanto", password=PASSWORDS["tanto"])


def test_people_of_a_provider_have_no_password(root: Path) -> None:
    subject = add_provided(root, actor=ADMIN, sub="u|1@example.jp", name="外", role=Role.STAFF)
    assert "example" not in subject
    with pytest.raises(AccountError, match="認証基盤"):
        reset_password(root, actor=ADMIN, subject=subject)
    with pytest.raises(SignInRefused):
        sign_in(root, login=subject, password="")
