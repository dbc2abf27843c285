"""One SQLite file of the store: accounts, sessions and failed sign-ins; never a generation."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import StoreError
from data.store_faults import not_writable

FILE = "access.sqlite"
WAIT_SECONDS = 3.0
SCHEMA = """
create table if not exists account (
    subject text primary key,         -- local:<login> or oidc:<hash of provider and sub>
    provider text not null,           -- local, or the name of the identity provider
    name text not null,               -- shown to colleagues
    role text not null,
    password_hash text,               -- argon2id; null where the provider knows the password
    must_change integer not null default 0,
    is_disabled integer not null default 0,
    valid_after real not null default 0,  -- sign-ins before this moment no longer count
    created_at text not null,
    created_by text not null
);
create table if not exists session (
    token_hash text primary key,      -- the token itself is only in the browser
    subject text not null,
    started_at real not null,
    ended_at real
);
create table if not exists failure (
    subject text primary key,         -- of an account, or the hash of a login that nobody has
    failures integer not null,
    locked_until real not null
);
"""


def has_accounts(root: Path) -> bool:
    """Tell whether anybody was ever given an account here."""
    return (root / FILE).exists()


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection that cannot write, or nothing where there is no file."""
    path = root / FILE
    if not path.exists():
        yield None
        return
    con = _reader(path)
    try:
        yield con
    except sqlite3.Error as error:
        raise unreadable() from error
    finally:
        con.close()


def _reader(path: Path) -> sqlite3.Connection:
    """Open for reading; what a power cut left half done is rolled back first."""
    con = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS)
    con.row_factory = sqlite3.Row
    try:
        con.execute("select 1 from account limit 1")
    except sqlite3.OperationalError:
        con.close()
        return _open(path.parent)
    except sqlite3.DatabaseError as error:
        con.close()
        raise unreadable() from error
    return con


@contextmanager
def writing(root: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection inside one transaction, kept when the block ends well."""
    con = _open(root)
    try:
        con.execute("begin immediate")
        yield con
        con.execute("commit")
    except sqlite3.Error as error:
        raise unreadable() from error
    finally:
        if con.in_transaction:
            con.execute("rollback")
        con.close()


def _open(root: Path) -> sqlite3.Connection:
    try:
        root.mkdir(parents=True, exist_ok=True)
        con = sqlite3.connect(root / FILE, timeout=WAIT_SECONDS, isolation_level=None)
        con.row_factory = sqlite3.Row
        con.execute("pragma synchronous = full")
        con.executescript(SCHEMA)
    except (OSError, sqlite3.OperationalError) as error:
        raise not_writable(root) from error
    except sqlite3.DatabaseError as error:
        raise unreadable() from error
    (root / FILE).chmod(0o600)
    return con


def unreadable() -> StoreError:
    """Return the error of a file of accounts that cannot be used."""
    return StoreError(
        "利用者の記録を読み書きできません。",
        "しばらくして、もう一度試してください。続くときは管理者に連絡してください。",
    )
