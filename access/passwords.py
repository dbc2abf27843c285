"""Passwords: argon2id, a rule of length, and random ones to hand out."""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from data.errors import UserError

MIN_LENGTH = 12
MAX_LENGTH = 128
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_hasher = PasswordHasher()
# One check takes 64 MB; many at once must not take the memory from the viewers.
_at_once = threading.BoundedSemaphore(2)
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


class WeakPassword(UserError):
    """A password that the rule of length refuses."""


def check_strength(password: str, *, login: str) -> None:
    """Raise WeakPassword for one that is short, too long, one sign repeated or the login."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPassword(
            f"パスワードは{MIN_LENGTH}文字以上、{MAX_LENGTH}文字以下にしてください。"
        )
    if len(set(password)) < 5 or (login and login.lower() in password.lower()):
        raise WeakPassword("パスワードに、同じ文字の繰り返しや利用者名は使えません。")


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    with _at_once:
        return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether the password is right; it takes as long where there is none to compare with."""
    with _at_once:
        try:
            is_right = _hasher.verify(password_hash or _NOBODY, password[: MAX_LENGTH + 1])
        except (Argon2Error, InvalidHashError):
            return False
    return is_right and password_hash is not None


def random_password() -> str:
    """Return a password of 80 bits to hand to somebody, who then chooses their own."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
