"""Sessions as the server keeps them: a cookie counts only while its record here does."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from access.database import reading, writing
from access.roles import ANONYMOUS, Actor, Role

MAX_AGE = 8 * 3600.0
CLOCK_SKEW = 120.0
_ACTOR = """
select a.subject, a.name, a.role, a.must_change
from session as s
join account as a on a.subject = s.subject
where s.token_hash = :token_hash
    and s.ended_at is null
    and s.started_at between :oldest and :newest
    and s.started_at >= a.valid_after
    and not a.is_disabled
"""


def oidc_subject(provider: str, sub: str) -> str:
    """Return the subject of a person whom an identity provider knows, without telling who."""
    return f"oidc:{hashlib.sha256(f'{provider} {sub}'.encode()).hexdigest()[:24]}"


def key_of(token: str) -> str:
    """Return what the server keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(root: Path, *, subject: str, now: float | None = None) -> str:
    """Record a new session and return its token, which is for the browser only."""
    token = secrets.token_urlsafe(32)
    moment = time.time() if now is None else now
    with writing(root) as con:
        con.execute("delete from session where started_at < ?", (moment - 2 * MAX_AGE,))
        con.execute("insert into session values (?, ?, ?, null)", (key_of(token), subject, moment))
    return token


def actor_of_token(root: Path, token: str, *, now: float | None = None) -> Actor:
    """Return who holds the session of a token now; nobody when it is not valid any more.

    Whoever must first change their password may do nothing else yet.
    """
    return _actor(root, key_of(token), now=now)


def _actor(root: Path, token_hash: str, *, now: float | None) -> Actor:
    moment = time.time() if now is None else now
    bounds = {
        "token_hash": token_hash,
        "oldest": moment - MAX_AGE,
        "newest": moment + CLOCK_SKEW,
    }
    with reading(root) as con:
        row = con.execute(_ACTOR, bounds).fetchone() if con else None
    if row is None or row["must_change"] or row["role"] not in set(Role):
        return ANONYMOUS
    return Actor(subject=row["subject"], name=row["name"], role=Role(row["role"]))


def subject_of_token(root: Path, token: str) -> str:
    """Return whose session it is, also while the password is still to be changed."""
    moment = time.time()
    bounds = {"token_hash": key_of(token), "oldest": moment - MAX_AGE, "newest": moment}
    with reading(root) as con:
        row = con.execute(_ACTOR, bounds).fetchone() if con else None
    return str(row["subject"]) if row else ""


def _oidc_key(claims: Mapping[str, Any]) -> str:
    parts = (str(claims.get(name, "")) for name in ("provider", "iss", "sub", "iat", "nonce"))
    return hashlib.sha256("\n".join(("oidc", *parts)).encode()).hexdigest()


def actor_of_claims(root: Path, claims: Mapping[str, Any], *, now: float | None = None) -> Actor:
    """Return who the identity provider says it is, if the list of accounts has them.

    The sign-in gets a record when it is first seen, which must be before the token expires; from
    then on the record decides, so that ending it ends every copy of the cookie.
    """
    moment = time.time() if now is None else now
    subject = oidc_subject(str(claims.get("provider", "")), str(claims.get("sub", "")))
    issued, expires = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if not claims.get("sub") or not moment - MAX_AGE <= issued <= moment + CLOCK_SKEW:
        return ANONYMOUS
    key = _oidc_key(claims)
    with reading(root) as con:
        if con is None:
            return ANONYMOUS
        seen = con.execute("select 1 from session where token_hash = ?", (key,)).fetchone()
        listed = con.execute("select 1 from account where subject = ?", (subject,)).fetchone()
    if not listed or (not seen and moment > expires):
        return ANONYMOUS
    if not seen:
        with writing(root) as con:
            row = (key, subject, issued)
            con.execute("insert or ignore into session values (?, ?, ?, null)", row)
    return _actor(root, key, now=moment)


def _moment(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def end_token(root: Path, token: str) -> None:
    """End the session of a token for good."""
    _end(root, "token_hash", key_of(token))


def end_claims(root: Path, claims: Mapping[str, Any]) -> None:
    """End the session of one sign-in at the identity provider for good."""
    _end(root, "token_hash", _oidc_key(claims))


def _end(root: Path, column: str, value: str) -> None:
    statement = {
        "token_hash": "update session set ended_at = ? where token_hash = ? and ended_at is null",
        "subject": "update session set ended_at = ? where subject = ? and ended_at is null",
    }[column]
    with writing(root) as con:
        con.execute(statement, (time.time(), value))


def end_all(root: Path, *, subject: str) -> None:
    """End every session of a person; tokens of their provider from before do not count either."""
    _end(root, "subject", subject)
    with writing(root) as con:
        con.execute("update account set valid_after = ? where subject = ?", (time.time(), subject))
