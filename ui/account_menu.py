"""The corner that says who is at the page: signing in and out, and trying roles on the demo."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from access.roles import ROLE_LABELS, Actor, Role
from access.sessions import end_claims, end_token
from ui.actor import claims_here, presented_here, presented_now
from ui.copyable import copyable
from ui.identity import SESSION_COOKIE, TRY_OUT, can_try_roles, has_provider
from ui.redirect import lead_to
from ui.store import store

STAFF_PAGES = ("upload", "admin")


def account_menu(page_path: str, actor: Actor) -> None:
    """Show who is signed in and what they can do about it."""
    can_try = can_try_roles(presented_now().headers)
    if st.session_state.pop("signed_out", False):
        st.toast("サインインは終わりました。続けるには、もう一度サインインしてください。")
    label = actor.name[:8] or ("試用" if can_try else "サインイン")
    with (
        st.container(key="account", width="content"),
        st.popover(label, icon=":material/person:", type="tertiary", width="content"),
    ):
        if actor.name:
            st.text(actor.name)
        st.text(f"いまの役割：{ROLE_LABELS[actor.role]}")
        if can_try and (actor.is_anonymous or actor.subject.startswith(TRY_OUT)):
            _role_switch(actor, page_path)
        if actor.is_anonymous:
            _ways_in(page_path)
        elif not actor.subject.startswith(TRY_OUT):
            _ways_out(actor)


def _back(page_path: str) -> str:
    query = urlencode(st.query_params.to_dict())
    return f"/{page_path}{'?' if query else ''}{query}"


def _role_switch(actor: Actor, page_path: str) -> None:
    """Offer the three roles; the page is loaded anew with the one chosen."""
    chosen = st.segmented_control(
        "試用（演習データをこのパソコンで見るときだけ）",
        list(Role),
        default=actor.role,
        format_func=lambda role: ROLE_LABELS[role],
        required=True,
        key="try_out_role",
    )
    if chosen != actor.role:
        back = "/" if page_path in STAFF_PAGES else _back(page_path)
        lead_to(f"/try-out?{urlencode({'role': chosen, 'to': back})}")


def _ways_in(page_path: str) -> None:
    with st.container(horizontal=True):
        if st.button("利用者名でサインイン", key="sign_in_local"):
            lead_to(f"/sign-in?{urlencode({'to': _back(page_path)})}")
        if has_provider() and st.button("認証基盤でサインイン", key="sign_in_provider"):
            st.login()
    claims = presented_now().claims
    if claims.get("is_logged_in"):
        st.text(
            "認証基盤にはサインインしていますが、役割が登録されていないか、期限が切れています。"
            "登録には、次の識別子（sub）を管理者に伝えてください。"
        )
        copyable(str(claims.get("sub", "")))
        if st.button("認証基盤からサインアウト", key="sign_out_provider"):
            st.logout()


def _ways_out(actor: Actor) -> None:
    with st.container(horizontal=True):
        if actor.subject.startswith("local:") and st.button("パスワードの変更"):
            lead_to("/password")
        if st.button("サインアウト", key="sign_out"):
            _sign_out(actor)


def _sign_out(actor: Actor) -> None:
    """End the session on the server first: a copy of the cookie must not outlive it."""
    root = store().root
    if actor.subject.startswith("local:"):
        end_token(root, presented_here().cookies.get(SESSION_COOKIE, ""))
        lead_to("/sign-out")
    else:
        end_claims(root, claims_here())
        st.logout()
