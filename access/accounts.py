"""Accounts: who may sign in, with which role; changed by an admin, or on the command line."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from access.audit import note
from access.database import reading, writing
from access.passwords import check_strength, hashed, random_password
from access.roles import Action, Actor, Role, require
from access.sessions import MAX_AGE, end_all, oidc_subject
from data.errors import UserError

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# Whoever can start commands on the server could change its files as well.
COMMAND_LINE = Actor(subject="command_line", name="コマンド", role=Role.ADMIN)


class AccountError(UserError):
    """An account cannot be made or changed in this way."""


@dataclass(frozen=True)
class Account:
    """One account as the admin sees it."""

    subject: str
    provider: str
    name: str
    role: Role
    is_disabled: bool
    must_change: bool
    created_at: str
    locked_until: float
    sessions: int


_ACCOUNTS = """
select
    a.*,
    coalesce(f.locked_until, 0) as locked_until,
    (
        select count(*) from session as s
        where s.subject = a.subject and s.ended_at is null and s.started_at > :oldest
    ) as sessions
from account as a
left join failure as f on f.subject = a.subject
order by a.created_at, a.rowid
"""


def accounts(root: Path, *, actor: Actor) -> list[Account]:
    """Return all accounts, oldest first."""
    require(actor, Action.MANAGE_USERS)
    with reading(root) as con:
        oldest = {"oldest": time.time() - MAX_AGE}
        rows = con.execute(_ACCOUNTS, oldest).fetchall() if con else []
    return [
        Account(
            subject=row["subject"],
            provider=row["provider"],
            name=row["name"],
            role=Role(row["role"]),
            is_disabled=bool(row["is_disabled"]),
            must_change=bool(row["must_change"]),
            created_at=row["created_at"],
            locked_until=row["locked_until"],
            sessions=row["sessions"],
        )
        for row in rows
    ]


def names(root: Path) -> dict[str, str]:
    """Return the names of all subjects, to show beside what they did."""
    with reading(root) as con:
        rows = con.execute("select subject, name from account").fetchall() if con else []
    return {row["subject"]: row["name"] for row in rows}


def local_subject(login: str) -> str:
    """Return the subject of a login of our own."""
    return f"local:{login.strip().lower()}"


def add_local(
    root: Path, *, actor: Actor, login: str, name: str, role: Role, password: str | None = None
) -> str:
    """Make an account and return its first password, to be changed at the first sign-in.

    Without `password` a random one is made; with one (the command line), it need not be changed.
    """
    require(actor, Action.MANAGE_USERS)
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise AccountError(
            "利用者名に使えない文字があります。",
            "英小文字・数字・「.」「_」「-」で、2〜32文字にしてください。",
        )
    if password is not None:
        check_strength(password, login=login)
    first = password or random_password()
    _insert(
        root,
        actor=actor,
        subject=local_subject(login),
        provider="local",
        name=name,
        role=role,
        password_hash=hashed(first),
        must_change=password is None,
    )
    return first


def add_provided(
    root: Path, *, actor: Actor, sub: str, name: str, role: Role, provider: str = "default"
) -> str:
    """List a person of the identity provider by their `sub`; return their subject."""
    require(actor, Action.MANAGE_USERS)
    if not sub.strip():
        raise AccountError("識別子（sub）を入れてください。")
    subject = oidc_subject(provider, sub.strip())
    _insert(root, actor=actor, subject=subject, provider=provider, name=name, role=role)
    return subject


def _insert(
    root: Path,
    *,
    actor: Actor,
    subject: str,
    provider: str,
    name: str,
    role: Role,
    password_hash: str | None = None,
    must_change: bool = False,
) -> None:
    if not 1 <= len(name.strip()) <= 40:
        raise AccountError("表示名を1〜40文字で入れてください。")
    values = (
        subject,
        provider,
        name.strip(),
        str(Role(role)),
        password_hash,
        must_change,
        datetime.now(UTC).isoformat(timespec="seconds"),
        actor.subject,
    )
    with writing(root) as con:
        if con.execute("select 1 from account where subject = ?", (subject,)).fetchone():
            raise AccountError("その利用者は、すでにあります。")
        con.execute("insert into account values (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)", values)
        _note_change(root, actor, subject, change="add", role=str(role))


def set_role(root: Path, *, actor: Actor, subject: str, role: Role) -> None:
    """Give a person another role; it holds at their next action."""
    _change(root, actor, subject, change="role", column="role", value=str(Role(role)))


def set_disabled(root: Path, *, actor: Actor, subject: str, is_disabled: bool) -> None:
    """Close an account, ending its sessions, or open it again."""
    change = "disable" if is_disabled else "enable"
    _change(root, actor, subject, change=change, column="is_disabled", value=int(is_disabled))
    if is_disabled:
        end_all(root, subject=subject)


def reset_password(root: Path, *, actor: Actor, subject: str, password: str | None = None) -> str:
    """Give a new first password and end all sessions; a lock is lifted."""
    require(actor, Action.MANAGE_USERS)
    if password is not None:
        check_strength(password, login=subject.removeprefix("local:"))
    first = password or random_password()
    password_hash = hashed(first)
    with writing(root) as con:
        if _row(con, subject)["provider"] != "local":
            raise AccountError("このパスワードは、認証基盤で変えてください。")
        values = (password_hash, password is None, subject)
        con.execute(
            "update account set password_hash = ?, must_change = ? where subject = ?", values
        )
        con.execute("delete from failure where subject = ?", (subject,))
        _note_change(root, actor, subject, change="reset_password")
    end_all(root, subject=subject)
    return first


def end_sessions(root: Path, *, actor: Actor, subject: str) -> None:
    """End every session of a person at once."""
    require(actor, Action.MANAGE_USERS)
    with writing(root) as con:
        _row(con, subject)
        _note_change(root, actor, subject, change="end_sessions")
    end_all(root, subject=subject)


_SET = {
    "role": "update account set role = ? where subject = ?",
    "is_disabled": "update account set is_disabled = ? where subject = ?",
}
_OTHER_ADMINS = (
    "select count(*) from account where role = 'admin' and not is_disabled and subject <> ?"
)


def _change(
    root: Path, actor: Actor, subject: str, *, change: str, column: str, value: str | int
) -> None:
    require(actor, Action.MANAGE_USERS)
    with writing(root) as con:
        row = _row(con, subject)
        con.execute(_SET[column], (value, subject))
        was_admin = row["role"] == Role.ADMIN and not row["is_disabled"]
        after = _row(con, subject)
        stays_admin = after["role"] == Role.ADMIN and not after["is_disabled"]
        others = con.execute(_OTHER_ADMINS, (subject,)).fetchone()[0]
        if was_admin and not stays_admin and not others:
            raise AccountError("管理者が一人もいなくなるため、変えられません。")
        _note_change(root, actor, subject, change=change, role=after["role"])


def _row(con: Any, subject: str) -> Any:  # noqa: ANN401 - sqlite3.Row
    row = con.execute("select * from account where subject = ?", (subject,)).fetchone()
    if row is None:
        raise AccountError("その利用者は、いません。")
    return row


def _note_change(root: Path, actor: Actor, subject: str, *, change: str, role: str = "") -> None:
    """Note a change before its transaction ends: where it cannot be noted, it is not done."""
    details = {"account": subject, "change": change, **({"role": role} if role else {})}
    note(root, actor=actor, action=Action.MANAGE_USERS, result="ok", details=details)
