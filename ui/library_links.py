"""Links from the library to the pages of the product."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

import streamlit as st

from ui.selection import query

PAGE_LABELS = {
    "overview": "概況",
    "population": "人口の見通し",
    "resources": "資源マップ",
    "compare": "地域比較",
    "profile": "地域プロフィール",
    "activities": "取組の実施状況",
    "support": "都道府県の支援",
    "sources": "出典と定義",
    "library": "資料集",
    "upload": "調査の取り込み",
}
# The names of the views, as the pages print them.
VIEW_LABELS = {
    "activities?view=rates": "項目別の割合",
    "activities?view=matrix": "市町村×項目",
    "activities?view=areas": "圏域・規模別",
    "activities?view=issues": "課題の比較",
    "activities?view=scenes": "場面×段階・PDCA",
    "activities?view=councils": "協議体",
    "activities?view=coordinators": "コーディネーター・拠点",
    "activities?view=response": "回答状況",
    "compare?view=map": "地図と順位",
    "compare?view=rug": "指標の一覧",
    "compare?view=scatter": "二つの指標",
    "population?view=map": "地図・2時点",
    "population?view=demand": "医療・介護の需要",
    "profile?view=records": "課題とPDCA",
    "profile?view=planning": "検討シート",
    "resources?view=map": "地図",
    "resources?view=thin": "手薄な地域",
    "resources?view=gaps": "不足の重なり",
    "resources?view=hubs": "拠点・窓口",
    "sources?view=facts": "公表値",
    "sources?view=indicators": "指標の定義",
    "support?view=centres": "保健所と入退院ルール",
    "support?view=discharge": "入退院時の情報提供",
    "support?view=headings": "支援の区分",
}


def parted(link: str) -> tuple[str, dict[str, str]]:
    """Return the page of a link and what its address says."""
    page, _, words = link.partition("?")
    return page, dict(parse_qsl(words))


def draw_links(links: Sequence[tuple[str, str]]) -> None:
    """Draw links with the area and the year taken along; each is a link and its label."""
    with st.container(horizontal=True, gap="small"):
        for link, label in links:
            page, words = parted(link)
            st.page_link(
                f"pages/{page}.py", label=label, query_params=query() | words, width="content"
            )
