"""What somebody sees at the address of a page that is not for their role."""

from __future__ import annotations

import streamlit as st

from access.roles import Action, require
from ui.actor import current_actor


def refused_upload() -> None:
    """Say that intake is for staff."""
    st.header("調査の取り込み", anchor=False)
    require(current_actor(), Action.UPLOAD)


def refused_admin() -> None:
    """Say that administration is for admins."""
    st.header("管理", anchor=False)
    require(current_actor(), Action.MANAGE_USERS)
