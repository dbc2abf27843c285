"""The parts of the profile page that are drawn from a made sheet."""

from __future__ import annotations

import streamlit as st

from analytics.scope import Scope
from exports.sections import AreaSheet, Section
from ui import blocks
from ui.labels import level_label
from ui.profile_sections import PAPER_SIGNS, paper_tables, printed_table
from ui.profile_surveys import KEY as SURVEY
from ui.profile_view import Profile, shown_columns
from ui.selection import Area
from ui.text_table import draw_text_table


def draw_section(section: Section) -> None:
    """Print one part: its title, its sentence and its table."""
    with st.container(key=f"part_{section.key}"):
        st.markdown(f"**{blocks.plain(section.title)}**")
        blocks.notes([section.sentence])
        if not section.frame.empty:
            draw_text_table(printed_table(section), alt=section.title)


def draw_sections(sheet: AreaSheet) -> None:
    """Print the parts in two columns; on paper some of them are left out."""
    parts = {section.key: section for section in sheet.sections}
    programme = [part for key, part in parts.items() if key.startswith("programme")]
    surveys = [part for key, part in parts.items() if key.startswith(SURVEY)]
    left = [parts[key] for key in ("high", "change", "issues") if key in parts]
    right = [
        parts[key]
        for key in ("low", "support", "shared", "similar", "gaps", "pdca")
        if key in parts
    ]
    for place, shown in zip(
        st.columns(2, gap="medium"),
        ([*left, *programme[1:], *surveys[::2]], [*right, *programme[:1], *surveys[1::2]]),
        strict=True,
    ):
        with place:
            for section in shown:
                draw_section(section)
    with st.container(key="karte_resources"):
        draw_section(parts["resources"])


def draw_strips(made: Profile, area: Area, scope: Scope, benchmark_name: str) -> None:
    """Draw where each indicator lies among the areas compared, in two halves."""
    if not made.halves:
        return
    with st.container(key="karte_strips"):
        st.markdown(f"**分野ごとの位置　印は{area.name}、縦の線は{benchmark_name}**")
        for number_, (place, spec) in enumerate(zip(st.columns(2), made.halves, strict=False)):
            with place:
                alt = f"{area.name}の各指標の位置（{number_ + 1}）。値は表にあります。"
                blocks.figure(spec, alt=alt, key=f"spine_{number_}")
        _reading(scope)
    with st.container(key="only_on_paper"):
        st.markdown(f"**そのほかの指標**　基準は{blocks.plain(benchmark_name)}。{PAPER_SIGNS}")
        for place, half in zip(st.columns(2), paper_tables(made), strict=True):
            with place:
                draw_text_table(half, alt="そのほかの指標（印刷用）", is_kept=False)


def _reading(scope: Scope) -> None:
    blocks.notes(
        [
            f"比べる地域は{scope.parent_name}の{level_label(scope.level)}。"
            "灰色の帯は最小から最大、濃い帯は中央の半分で、目盛りは指標ごとに違います。"
            "1万人対は75歳以上人口1万人あたり。"
            "離れ＝（値－基準）÷比べる地域の標準偏差。"
            "高い・低いは95％信頼区間によるもので、良し悪しではありません。"
            "◆は区間のない指標。人数などの量と有無の指標は表だけに載せます。"
        ]
    )


def draw_table(made: Profile, area: Area, benchmark: tuple[str, str]) -> None:
    """Offer the table of all indicators, and it as files."""
    columns = shown_columns(made, has_benchmark=bool(benchmark[0]))
    opened = st.expander(f"すべての指標の表（{len(made.rows)}）", key="open_all", on_change="rerun")
    if opened.open:
        with opened:
            blocks.table(made.rows, columns=columns, key="profile_table", height=420)
    blocks.downloads(
        made.rows,
        columns=columns,
        stem=f"profile_{area.code}",
        title=f"{area.name}の地域プロフィール　縦の線は{benchmark[1]}",
        source=made.source,
        figure=made.spec,
    )
