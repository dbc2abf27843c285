"""The script that every page runs in: navigation, region picker, banners, footer."""

from __future__ import annotations

import streamlit as st

from access.roles import Actor, Role
from ui.account_menu import account_menu
from ui.actor import current_actor
from ui.failures import shown_failures
from ui.first_build import build_first_demo, is_untouched
from ui.footer import footer
from ui.full_screen import full_screen_button
from ui.hidden import choose_hidden, settle_hidden
from ui.page_list import listed
from ui.pair_choice import pair_popover
from ui.projector import is_on_stage, projector_switch, settle_stage, stage_bar, stage_place
from ui.refused import refused_admin, refused_upload
from ui.region_picker import breadcrumbs, region_picker
from ui.room_return import room_return
from ui.scene_player import asked, played_title, player_keys
from ui.scene_save import save_button
from ui.selection import arrive
from ui.store import meta, serving, store

PRODUCT = "在宅医療・介護連携 地域比較ダッシュボード"
PAGES = [
    listed("pages/overview.py", title="概況", url_path="overview", default=True),
    listed("pages/population.py", title="人口の見通し", url_path="population"),
    listed("pages/resources.py", title="資源マップ", url_path="resources"),
    listed("pages/compare.py", title="地域比較", url_path="compare"),
    listed("pages/profile.py", title="地域プロフィール", url_path="profile"),
    listed("pages/activities.py", title="取組の実施状況", url_path="activities"),
    listed("pages/support.py", title="都道府県の支援", url_path="support"),
    listed("pages/workshop.py", title="研修・検討会", url_path="workshop"),
    listed("pages/library.py", title="資料集", url_path="library"),
    listed("pages/sources.py", title="出典と定義", url_path="sources"),
]
UPLOAD = listed("pages/upload.py", title="調査の取り込み", url_path="upload")
ADMIN = listed("pages/admin.py", title="管理", url_path="admin")
NO_UPLOAD = listed(refused_upload, title="調査の取り込み", url_path="upload", visibility="hidden")
NO_ADMIN = listed(refused_admin, title="管理", url_path="admin", visibility="hidden")
PAGES_OF_ROLE = {
    Role.VIEWER: [*PAGES, NO_UPLOAD, NO_ADMIN],
    Role.STAFF: [*PAGES, UPLOAD, NO_ADMIN],
    Role.ADMIN: [*PAGES, UPLOAD, ADMIN],
}


def header(page_path: str, actor: Actor) -> None:
    """Say in one row which region this is, whether it is real, and who is looking."""
    if is_on_stage():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            stage_place(breadcrumbs())
            played_title()
            dataset_badge()
        stage_bar(player_keys, full_screen_button)
    else:
        with st.container(
            key="frame_row", horizontal=True, vertical_alignment="center", gap="xsmall"
        ):
            region_picker()
            dataset_badge()
            with st.container(key="frame_trail"):
                st.caption(breadcrumbs())
            room_return()
            choose_hidden()
            pair_popover(page_path or "overview")
            save_button(page_path)
            projector_switch(page_path)
        account_menu(page_path, actor)
    if serving().banner:
        st.warning(serving().banner)


def dataset_badge() -> None:
    if meta().get("dataset") == "demo":
        st.badge("演習データ（架空）", color="orange", icon=":material/science:")


def main() -> None:
    actor = current_actor()
    page = st.navigation(PAGES_OF_ROLE[actor.role], position="top")
    st.set_page_config(page_title=f"{page.title}｜{PRODUCT}", layout="wide")
    with shown_failures():
        if is_untouched(store()):
            build_first_demo(store())
            return
        serving()
        arrive(page.url_path)
        settle_stage(page.url_path)
        settle_hidden()
        header(page.url_path, actor)
        with shown_failures():
            if not asked():
                page.run()
        if not is_on_stage():
            footer(PRODUCT, actor)


main()
