from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.compare import indicator_choices
from analytics.profile_population import FUTURE_YEAR, GROUPS, population_headline, population_then
from analytics.scope import Scope
from charts.formatting import number
from data.era import calendar_year_label, fiscal_year_label
from exports.sections import AreaSheet, Section
from ui import blocks
from ui.indicator_view import list_waiting
from ui.labels import edition_label, level_label
from ui.parts import drop_foreign, siblings_of
from ui.profile_files import offer_files
from ui.profile_sections import printed_table
from ui.profile_sheet import area_sheet, circle_options
from ui.profile_view import Profile, benchmark_options, profile, shown_columns
from ui.selection import Area, choose, current_area
from ui.store import ask, meta, served

PRINT_STYLE = Path(__file__).resolve().parent.parent / "ui" / "print.css"


def people(value: float) -> str:
    """A number of persons; from a hundred million on in 万人, so that nothing is cut."""
    return f"{number(value)}人" if value < 1e8 else f"{number(value / 1e4)}万人"


def draw_population(area: Area, year: int) -> None:
    row = ask(population_headline, area_code=area.code, year=year)
    if row is None:
        blocks.empty(
            f"{area.name}の総人口は、読み込んだ資料にありません。",
            "将来推計人口のファイルを読み込むと表示されます。",
        )
        return
    then = ask(population_then, area_code=area.code, edition=row["edition"])
    items = [
        blocks.Headline(
            label if group == "total" else f"{label}　{100 * row[group] / row['total']:.1f}%",
            people(row[group]),
            in_future(row, then, group),
        )
        for group, label in GROUPS.items()
        if pd.notna(row[group])
    ]
    blocks.headline(items)
    is_fiscal = row["edition"] == "ltc_insured"
    when = (fiscal_year_label if is_fiscal else calendar_year_label)(int(row["year"]))
    later = f"と{calendar_year_label(FUTURE_YEAR)}" if then is not None else ""
    missing = "" if then is not None else f"{FUTURE_YEAR}年はこの版にないためデータなし。"
    kind = "推計" if row["is_projection"] or then is not None else ""
    blocks.notes([f"人口：{edition_label(row['edition'])}、{when}{later}{kind}。{missing}"])


def in_future(now: pd.Series, then: pd.Series | None, group: str) -> str:
    """The number in 2040, and how many times today's it is."""
    if then is None or pd.isna(then[group]) or not now[group]:
        return ""
    times = then[group] / now[group]
    return f"{FUTURE_YEAR}年 {people(then[group])}（{times:.2f}倍）"


def choose_benchmark(scope: Scope, own: str) -> tuple[str, str]:
    options = benchmark_options(served(), scope, own)
    if not options:
        return "", "基準なし"
    drop_foreign("benchmark", options)
    code = choose("比べる基準", options, param="benchmark", default=next(iter(options)))
    return code, options[code]


def choose_circle(area: Area) -> str:
    options = circle_options(served(), area)
    if len(options) < 2:
        return next(iter(options), "")
    drop_foreign("circle", options)
    return choose("共通する課題を探す範囲", options, param="circle", default=next(iter(options)))


def draw_section(section: Section) -> None:
    st.markdown(f"**{blocks.plain(section.title)}**")
    blocks.notes([section.sentence])
    if section.frame.empty:
        return
    st.table(printed_table(section), hide_index=True, alt=section.title)


def draw_sections(sheet: AreaSheet) -> None:
    parts = {section.key: section for section in sheet.sections}
    programme = [part for key, part in parts.items() if key.startswith("programme")]
    left = [parts[key] for key in ("high", "change", "shared") if key in parts]
    right = [parts[key] for key in ("low", "support", "similar", "gaps") if key in parts]
    for place, shown in zip(
        st.columns(2, gap="medium"),
        ([*left, *programme[1:]], [*right, *programme[:1]]),
        strict=True,
    ):
        with place:
            for section in shown:
                draw_section(section)
    with st.container(key="karte_resources"):
        draw_section(parts["resources"])


def draw_strips(made: Profile, area: Area, scope: Scope, benchmark_name: str) -> None:
    if not made.halves:
        return
    st.markdown(f"**分野ごとの位置　印は{area.name}、縦の線は{benchmark_name}**")
    for number_, (place, spec) in enumerate(zip(st.columns(2), made.halves, strict=False)):
        with place:
            alt = f"{area.name}の各指標の位置（{number_ + 1}）。値は表にあります。"
            blocks.figure(spec, alt=alt, key=f"spine_{number_}")
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


def draw(
    made: Profile, area: Area, scope: Scope, benchmark: tuple[str, str], circle: str, year: int
) -> None:
    sheet = area_sheet(served(), area, scope, benchmark, year, circle)
    blocks.statement(made.sentence)
    if sheet is not None:
        with st.container(key="karte"):
            draw_sections(sheet)
    draw_strips(made, area, scope, benchmark[1])
    with st.container(key="only_on_screen"):
        draw_table(made, area, benchmark)
        if sheet is not None:
            offer_files(sheet, area=area, benchmark=benchmark, year=year)
    blocks.definition("指標の定義と注意", made.facts)
    blocks.source_line(made.source)


def main() -> None:
    area = current_area()
    st.html(PRINT_STYLE)
    blocks.page_title(
        f"{area.name}の地域プロフィール",
        "地域カルテ：この地域はどんな地域で、同じ種類の地域のなかでどこにいるか。",
    )
    year = int(meta()["built_at"][:4])
    draw_population(area, year)
    scope = siblings_of(area)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        benchmark = choose_benchmark(scope, area.code)
        made = profile(served(), (area.code, area.name), scope, benchmark, year)
        circle = choose_circle(area) if made is not None else ""
    if made is None:
        blocks.empty(
            f"{area.name}には、計算できた指標がまだありません。",
            "下の一覧にある資料を読み込むと表示されます。",
        )
    else:
        draw(made, area, scope, benchmark, circle, year)
    list_waiting(indicator_choices, area_codes=(area.code,))


main()
