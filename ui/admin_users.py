"""The accounts: add, change the role, close, hand out a new password, end sessions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from access.accounts import (
    Account,
    accounts,
    add_local,
    add_provided,
    end_sessions,
    reset_password,
    set_disabled,
    set_role,
)
from access.roles import ROLE_LABELS, Role
from data.errors import UserError
from exports.columns import ColumnLabel
from ui import blocks
from ui.actor import current_actor
from ui.copyable import copyable
from ui.identity import has_provider
from ui.japan_time import day_in_japan
from ui.store import store

COLUMNS = {
    "subject": ColumnLabel("利用者"),
    "name": ColumnLabel("表示名"),
    "role": ColumnLabel("役割"),
    "kind": ColumnLabel("確かめ方"),
    "state": ColumnLabel("状態"),
    "sessions": ColumnLabel("サインイン中", unit="件", decimals=0),
    "created_at": ColumnLabel("作成（日本）"),
}
KINDS = {"local": "パスワード", "provider": "認証基盤（OIDC）"}


def users_view() -> None:
    """Draw the accounts and what an admin can do with them."""
    found = accounts(store().root, actor=current_actor())
    _say_done()
    blocks.statement(users_sentence(found))
    if found:
        frame = pd.DataFrame([_row(account) for account in found])
        blocks.table(frame, columns=COLUMNS, key="users_table")
        with st.container(border=True):
            st.subheader("利用者を変える", anchor=False)
            _change_one(found)
    with st.container(border=True):
        st.subheader("利用者を加える", anchor=False)
        _add_one()


def users_sentence(found: list[Account]) -> str:
    """Say how many people have which role, and how many are closed."""
    if not found:
        return "利用者は、まだいません。"
    active = [account for account in found if not account.is_disabled]
    counts = "、".join(
        f"{ROLE_LABELS[role]}{sum(account.role == role for account in active)}人"
        for role in (Role.ADMIN, Role.STAFF, Role.VIEWER)
    )
    closed = len(found) - len(active)
    return f"利用者は{len(found)}人です（{counts}、停止{closed}人）。"


def _row(account: Account) -> dict[str, Any]:
    return {
        "subject": account.subject,
        "name": account.name,
        "role": ROLE_LABELS[account.role],
        "kind": KINDS["local" if account.provider == "local" else "provider"],
        "state": _state(account),
        "sessions": account.sessions,
        "created_at": day_in_japan(account.created_at),
    }


def _state(account: Account) -> str:
    if account.is_disabled:
        return "停止"
    if account.locked_until > time.time():
        return "失敗が続き、15分止めています"
    return "初回のパスワード変更待ち" if account.must_change else "使えます"


def _do(words: str, deed: Callable[..., str | None], **given: Any) -> None:  # noqa: ANN401
    """Do it as the person who is at the page now, and say so on the next run."""
    try:
        made = deed(store().root, actor=current_actor(), **given)
    except UserError as error:
        st.session_state["user_change"] = ("error", str(error), None)
        return
    is_password = deed in (add_local, reset_password)
    st.session_state["user_change"] = ("done", words, made if is_password else None)


def _say_done() -> None:
    kind, words, password = st.session_state.pop("user_change", ("", "", None))
    if kind == "error":
        st.error(words, icon=":material/error:")
    elif kind:
        st.success(words, icon=":material/check:")
    if password:
        st.text("最初のパスワード（ここで一度だけ出ます。本人が、初めてのサインインで変えます）")
        copyable(password)


def _change_one(found: list[Account]) -> None:
    by_subject = {account.subject: account for account in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "利用者",
            list(by_subject),
            format_func=lambda subject: f"{by_subject[subject].name}（{subject}）",
            key="user_chosen",
            width=320,
        )
        account = by_subject[chosen]
        role = st.selectbox(
            "役割",
            list(Role),
            index=list(Role).index(account.role),
            format_func=lambda role: ROLE_LABELS[role],
            key=f"role_of_{chosen}",
            width=160,
        )
        _button("役割を変える", "role", set_role, "役割を変えました。", subject=chosen, role=role)
        _close_or_open(account)
        if account.provider == "local":
            done = "パスワードを作り直し、サインインをすべて終わらせました。"
            _button("パスワードを作り直す", "reset", reset_password, done, subject=chosen)
        done = "サインインをすべて終わらせました。"
        _button("サインインを終わらせる", "end", end_sessions, done, subject=chosen)


def _close_or_open(account: Account) -> None:
    label, done = (
        ("使えるように戻す", "使えるように戻しました。")
        if account.is_disabled
        else ("止める", "止めて、サインインをすべて終わらせました。")
    )
    changed = {"subject": account.subject, "is_disabled": not account.is_disabled}
    _button(label, "close", set_disabled, done, **changed)


def _button(label: str, key: str, deed: Callable[..., str | None], done: str, **given: Any) -> None:  # noqa: ANN401
    st.button(label, key=f"user_{key}", on_click=_do, args=(done, deed), kwargs=given)


def _add_one() -> None:
    kind = "local"
    if has_provider():
        kind = st.segmented_control(
            "確かめ方", list(KINDS), default="local", format_func=KINDS.__getitem__, required=True
        )
    label = "利用者名（英小文字・数字）" if kind == "local" else "識別子（sub）"
    with (
        st.form("add_user", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        login = st.text_input(label, max_chars=120, width=260, key="add_login")
        name = st.text_input("表示名", max_chars=40, width=200, key="add_name")
        role = st.selectbox(
            "役割",
            [Role.STAFF, Role.ADMIN, Role.VIEWER],
            format_func=lambda role: ROLE_LABELS[role],
            width=140,
        )
        pressed = st.form_submit_button("加える")
    if pressed:
        given = {"name": name, "role": role}
        if kind == "local":
            _do(f"「{login}」を加えました。", add_local, login=login, **given)
        else:
            _do("認証基盤の利用者を加えました。", add_provided, sub=login, **given)
        st.rerun()
