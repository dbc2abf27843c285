"""The table of roles and actions: every cell, and nobody else."""

from __future__ import annotations

import pytest

from access.roles import (
    ACTION_LABELS,
    ALLOWED,
    ANONYMOUS,
    ROLE_LABELS,
    Action,
    Actor,
    NotAllowed,
    Role,
    may,
    require,
)
from data.errors import UserError

# One row an action: viewer, staff, admin. A new action must be added here to be allowed at all.
TABLE = {
    "read": "yes yes yes",
    "sign_in": "yes yes yes",
    "sign_out": "yes yes yes",
    "change_own_password": "yes yes yes",
    "write_record": "no yes yes",
    "hold_workshop": "no yes yes",
    "upload": "no yes yes",
    "accept": "no yes yes",
    "undo_own": "no yes yes",
    "undo_any": "no no yes",
    "manage_users": "no no yes",
    "read_audit": "no no yes",
    "restore": "no no yes",
}
CELLS = [
    (role, action, word == "yes")
    for action, row in TABLE.items()
    for role, word in zip(Role, row.split(), strict=True)
]


@pytest.mark.parametrize(("role", "action", "is_allowed"), CELLS)
def test_every_cell(role: Role, action: str, is_allowed: bool) -> None:
    actor = Actor(subject="local:a", name="甲", role=role)
    assert may(actor, Action(action)) == is_allowed
    if is_allowed:
        require(actor, Action(action))
    else:
        with pytest.raises(NotAllowed) as refused:
            require(actor, Action(action))
        assert ACTION_LABELS[Action(action)] in refused.value.message
        assert ROLE_LABELS[role] in refused.value.message


def test_the_table_is_whole_and_names_nothing_else() -> None:
    assert set(TABLE) == set(Action)
    assert set(ALLOWED) == set(Role) == set(ROLE_LABELS)
    assert set(ACTION_LABELS) == set(Action)


def test_nobody_is_a_viewer_and_is_told_to_sign_in() -> None:
    assert ANONYMOUS.is_anonymous
    assert may(ANONYMOUS, Action.READ)
    with pytest.raises(UserError, match="サインイン"):
        require(ANONYMOUS, Action.UPLOAD)


@pytest.mark.parametrize("role", ["", "root", "ADMIN", "admin "])
def test_a_role_that_is_none_may_nothing(role: str) -> None:
    actor = Actor(subject="local:a", name="甲", role=role)  # type: ignore[arg-type]
    for action in Action:
        with pytest.raises(NotAllowed):
            require(actor, action)


@pytest.mark.parametrize("action", ["", "everything", "Action.READ"])
def test_an_action_that_is_none_is_denied_to_all(action: str) -> None:
    for role in Role:
        assert not may(Actor(subject="a", name="甲", role=role), action)  # type: ignore[arg-type]
