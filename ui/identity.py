"""From cookies to the person: decided by the server's records, the same for pages and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.auth_util import get_origin_from_redirect_uri, get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from access.roles import ANONYMOUS, ROLE_LABELS, Actor, Role
from access.sessions import actor_of_claims, actor_of_token
from data.errors import UserError
from ui.hosts import comes_from_here
from ui.store import meta, store

SESSION_COOKIE = "dashboard_session"
TRY_OUT_COOKIE = "dashboard_try_out"
TRY_OUT = "try-out:"


@dataclass(frozen=True)
class Presented:
    """What a browser presented: its cookies, its headers, and what its provider said of it."""

    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, Any] = field(default_factory=dict)


def actor_of(presented: Presented) -> Actor:
    """Return who it is by the records of this moment; nobody when nothing proves it."""
    root = store().root
    if token := presented.cookies.get(SESSION_COOKIE):
        actor = actor_of_token(root, token)
        if not actor.is_anonymous:
            return actor
    if presented.claims.get("is_logged_in") is True:
        actor = actor_of_claims(root, presented.claims)
        if not actor.is_anonymous:
            return actor
    role = presented.cookies.get(TRY_OUT_COOKIE)
    return _trying(role) if role and can_try_roles(presented.headers) else ANONYMOUS


def _trying(role: str) -> Actor:
    if role not in set(Role) or role == Role.VIEWER:
        return ANONYMOUS
    name = f"試用の{ROLE_LABELS[Role(role)]}"
    return Actor(subject=f"{TRY_OUT}{role}", name=name, role=Role(role))


def can_try_roles(headers: Mapping[str, str]) -> bool:
    """Tell whether roles may be tried: fictional data, and only this computer can look."""
    if not comes_from_here(headers):
        return False
    try:
        return meta().get("dataset") == "demo"
    except UserError:
        return False


def has_provider() -> bool:
    """Tell whether the site has an identity provider."""
    return bool(get_secrets_auth_section()) and not st.get_option("server.trustedUserHeaders")


def claims_of_cookies(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Return what the provider said, from the signed cookie of a request; nothing else counts."""
    if USER_COOKIE_NAME not in cookies or not has_provider():
        return {}
    decoded = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    origin = get_origin_from_redirect_uri()
    return _parse_decoded_user_cookie(decoded, origin) if decoded and origin else {}


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Tell whether a browser says that one of our own pages asks; without a word it does not."""
    names = {name.lower(): value for name, value in headers.items()}
    host = names.get("host", "")
    return bool(host) and names.get("origin") in (f"http://{host}", f"https://{host}")
