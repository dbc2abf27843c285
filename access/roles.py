"""Who may do what: three roles, and one table that denies what it does not name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.errors import UserError


class Role(StrEnum):
    """What a person is to the product."""

    VIEWER = "viewer"
    STAFF = "staff"
    ADMIN = "admin"


ROLE_LABELS = {Role.VIEWER: "閲覧者", Role.STAFF: "担当者", Role.ADMIN: "管理者"}


class Action(StrEnum):
    """What a person can ask the product to do; also the word that the audit log keeps."""

    READ = "read"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    CHANGE_OWN_PASSWORD = "change_own_password"  # noqa: S105 - the name of a deed
    WRITE_RECORD = "write_record"
    HOLD_WORKSHOP = "hold_workshop"
    UPLOAD = "upload"
    ACCEPT = "accept"
    UNDO_OWN = "undo_own"
    UNDO_ANY = "undo_any"
    MANAGE_USERS = "manage_users"
    READ_AUDIT = "read_audit"
    RESTORE = "restore"


ACTION_LABELS = {
    Action.READ: "閲覧",
    Action.SIGN_IN: "サインイン",
    Action.SIGN_OUT: "サインアウト",
    Action.CHANGE_OWN_PASSWORD: "パスワードの変更",
    Action.WRITE_RECORD: "記録の書き込み",
    Action.HOLD_WORKSHOP: "研修のルームの進行",
    Action.UPLOAD: "ファイルの読み取り",
    Action.ACCEPT: "取り込みの確定",
    Action.UNDO_OWN: "自分の取り込みの取り消し",
    Action.UNDO_ANY: "ほかの人の取り込みの取り消し",
    Action.MANAGE_USERS: "利用者の管理",
    Action.READ_AUDIT: "操作の記録の閲覧",
    Action.RESTORE: "世代の復元",
}

_OF_VIEWER = frozenset({Action.READ, Action.SIGN_IN, Action.SIGN_OUT, Action.CHANGE_OWN_PASSWORD})
_OF_STAFF = _OF_VIEWER | {
    Action.WRITE_RECORD,
    Action.HOLD_WORKSHOP,
    Action.UPLOAD,
    Action.ACCEPT,
    Action.UNDO_OWN,
}
_OF_ADMIN = _OF_STAFF | {
    Action.UNDO_ANY,
    Action.MANAGE_USERS,
    Action.READ_AUDIT,
    Action.RESTORE,
}
ALLOWED = {Role.VIEWER: _OF_VIEWER, Role.STAFF: _OF_STAFF, Role.ADMIN: _OF_ADMIN}


@dataclass(frozen=True)
class Actor:
    """The person behind a request, as the server knows them."""

    subject: str
    name: str
    role: Role

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody is signed in."""
        return not self.subject


ANONYMOUS = Actor(subject="", name="", role=Role.VIEWER)


class NotAllowed(UserError):
    """The actor's role does not include the action."""


def may(actor: Actor, action: Action) -> bool:
    """Tell whether the actor's role includes the action; what is not named is denied."""
    return action in ALLOWED.get(actor.role, frozenset())


def require(actor: Actor, action: Action) -> None:
    """Raise NotAllowed unless the actor's role includes the action."""
    if may(actor, action):
        return
    who = f"いまの役割は{ROLE_LABELS.get(actor.role, '不明')}です。"
    label = ACTION_LABELS.get(action, "この操作")
    advice = (
        "サインインしてください。" if actor.is_anonymous else "管理者に役割を確かめてください。"
    )
    raise NotAllowed(f"「{label}」はできません。{who}", advice)
