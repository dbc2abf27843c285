"""The script that every page runs in: navigation, region picker, banners, footer."""

from __future__ import annotations

import streamlit as st

from ui.failures import shown_failures
from ui.first_build import build_first_demo, is_untouched
from ui.region_picker import breadcrumbs, region_picker
from ui.selection import arrive
from ui.store import meta, serving, store

PRODUCT = "在宅医療・介護連携 地域比較ダッシュボード"
PAGES = [
    st.Page("pages/overview.py", title="概況", url_path="overview", default=True),
    st.Page("pages/population.py", title="人口の見通し", url_path="population"),
    st.Page("pages/resources.py", title="資源マップ", url_path="resources"),
    st.Page("pages/compare.py", title="地域比較", url_path="compare"),
    st.Page("pages/profile.py", title="地域プロフィール", url_path="profile"),
    st.Page("pages/activities.py", title="取組の実施状況", url_path="activities"),
    st.Page("pages/support.py", title="都道府県の支援", url_path="support"),
    st.Page("pages/sources.py", title="出典と定義", url_path="sources"),
]


def header() -> None:
    """Say in one row which region this is, and whether it is real."""
    facts = meta()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        region_picker()
        if facts.get("dataset") == "demo":
            st.badge("演習データ（架空）", color="orange", icon=":material/science:")
        st.caption(breadcrumbs(), width="content")
    if serving().banner:
        st.warning(serving().banner)


def footer() -> None:
    facts = meta()
    kind = "演習データ（架空）" if facts.get("dataset") == "demo" else "公表データ"
    built = facts.get("built_at", "")[:16].replace("T", " ")
    st.divider()
    facts_line = f"{kind}　世代 {facts.get('generation', '')}　作成 {built}　役割 閲覧者"
    st.caption(f"{PRODUCT}　{facts_line}")


def main() -> None:
    page = st.navigation(PAGES, position="top")
    st.set_page_config(page_title=f"{page.title}｜{PRODUCT}", layout="wide")
    with shown_failures():
        if is_untouched(store()):
            build_first_demo(store())
            return
        serving()
        arrive(page.url_path)
        header()
        with shown_failures():
            page.run()
        footer()


main()
