"""A store with an admin, a member of staff and a viewer, whose passwords are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from streamlit import config

from access.accounts import COMMAND_LINE, add_local
from access.roles import Actor, Role

PASSWORDS = {
    "kanri": "correct-horse-7-battery",
    "tanto": "staple-of-the-town-42",
    "etsuran": "looking-only-at-maps-9",
}
ROLES = {"kanri": Role.ADMIN, "tanto": Role.STAFF, "etsuran": Role.VIEWER}
NAMES = {"kanri": "管理 花子", "tanto": "担当 太郎", "etsuran": "閲覧 次郎"}
ADMIN = Actor(subject="local:kanri", name=NAMES["kanri"], role=Role.ADMIN)
STAFF = Actor(subject="local:tanto", name=NAMES["tanto"], role=Role.STAFF)


def with_accounts(root: Path) -> Path:
    for login, password in PASSWORDS.items():
        add_local(
            root,
            actor=COMMAND_LINE,
            login=login,
            name=NAMES[login],
            role=ROLES[login],
            password=password,
        )
    return root


@pytest.fixture
def quick_hashes() -> Iterator[None]:
    """Hashes that are cheap to make; what the product's own cost is tested apart."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with (
        patch("access.passwords._hasher", cheap),
        patch("access.passwords._NOBODY", cheap.hash("nobody has this")),
    ):
        yield


@pytest.fixture
def bound_to() -> Iterator[Callable[[str], None]]:
    """Sets the address that the server is said to listen to."""
    before = config.get_option("server.address")
    yield lambda address: config.set_option("server.address", address)
    config.set_option("server.address", before)
