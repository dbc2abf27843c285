"""Signing in with a name and a password, and choosing another password."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from access.accounts import AccountError, local_subject
from access.audit import note
from access.database import writing
from access.passwords import check_strength, hashed, matches
from access.roles import ANONYMOUS, Action, Actor, Role
from access.sessions import end_all, key_of, start
from data.errors import UserError

FAILURES = 5
LOCKED_SECONDS = 15 * 60.0
MAX_COUNTED = 10_000


class SignInRefused(UserError):
    """Name or password are wrong, or the account is locked; the words tell not which exists."""


def sign_in(root: Path, *, login: str, password: str, now: float | None = None) -> str:
    """Return the token of a new session, or raise SignInRefused; five failures lock for 15 min."""
    moment = time.time() if now is None else now
    subject = local_subject(login)
    account, is_locked = _attempt(root, subject, moment)
    is_right = matches(password, account["password_hash"] if account else None)
    if is_locked or not is_right or account is None or account["is_disabled"]:
        _note_sign_in(root, account, result="locked" if is_locked else "refused")
        raise SignInRefused(
            "利用者名かパスワードが違うか、続けて失敗したため止めています。",
            f"{FAILURES}回失敗すると15分間は入れません。分からないときは管理者に連絡してください。",
        )
    with writing(root) as con:
        con.execute("delete from failure where subject = ?", (subject,))
    _note_sign_in(root, account, result="ok")
    return start(root, subject=subject, now=moment)


def _attempt(root: Path, subject: str, moment: float) -> tuple[Any, bool]:
    """Count an attempt before it is judged, so that many at once do not get more than five."""
    with writing(root) as con:
        account = con.execute("select * from account where subject = ?", (subject,)).fetchone()
        known = subject if account else _counted_as(con, subject)
        con.execute("delete from failure where locked_until > 0 and locked_until <= ?", (moment,))
        con.execute(
            "insert into failure values (?, 1, 0) "
            "on conflict (subject) do update set failures = failures + 1",
            (known,),
        )
        row = con.execute("select * from failure where subject = ?", (known,)).fetchone()
        is_locked = row["failures"] > FAILURES
        if row["failures"] == FAILURES:
            until = (moment + LOCKED_SECONDS, known)
            con.execute("update failure set locked_until = ? where subject = ?", until)
    return account, is_locked


def _counted_as(con: Any, subject: str) -> str:  # noqa: ANN401 - sqlite3.Connection
    """Return what failures of a login that nobody has are counted as; it may be a password.

    All count as one once such logins fill the table.
    """
    rows = con.execute("select count(*) from failure").fetchone()[0]
    return key_of(subject) if rows < MAX_COUNTED else key_of("")


def _note_sign_in(root: Path, account: Any, *, result: str) -> None:  # noqa: ANN401
    # What was typed is never noted where no account has it: it may be a password.
    subject = account["subject"] if account else "unknown"
    actor = ANONYMOUS
    if account and result == "ok":
        actor = Actor(subject=subject, name=account["name"], role=Role(account["role"]))
    note(root, actor=actor, action=Action.SIGN_IN, result=result, details={"account": subject})


def change_own_password(root: Path, *, subject: str, old: str, new: str) -> None:
    """Let a person choose a new password; their other sessions end."""
    check_strength(new, login=subject.removeprefix("local:"))
    if old == new:
        raise AccountError("いまと違うパスワードにしてください。")
    account, is_locked = _attempt(root, subject, time.time())
    is_right = matches(old, account["password_hash"] if account else None)
    if is_locked or not is_right or account is None or account["is_disabled"]:
        _note_sign_in(root, account, result="refused")
        raise SignInRefused("いまのパスワードが違います。", "もう一度入れてください。")
    password_hash = hashed(new)
    actor = Actor(subject=subject, name=account["name"], role=Role(account["role"]))
    with writing(root) as con:
        values = (password_hash, subject)
        con.execute(
            "update account set password_hash = ?, must_change = 0 where subject = ?", values
        )
        con.execute("delete from failure where subject = ?", (subject,))
        action = Action.CHANGE_OWN_PASSWORD
        note(root, actor=actor, action=action, result="ok", details={"account": subject})
    end_all(root, subject=subject)
