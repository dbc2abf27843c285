from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.compare import indicator_choices
from analytics.profile_population import FUTURE_YEAR, GROUPS, population_headline, population_then
from analytics.scope import Scope
from charts.formatting import number
from data.era import calendar_year_label, fiscal_year_label
from ui import blocks, profile_pair
from ui.hidden import veiled_sheet
from ui.indicator_view import list_waiting
from ui.labels import edition_label
from ui.pair_choice import other_area
from ui.parts import siblings_of
from ui.planning_view import draw_planning
from ui.profile_files import offer_files
from ui.profile_parts import draw_sections, draw_strips, draw_table
from ui.profile_records import draw_records, with_records
from ui.profile_sheet import area_sheet, circle_options
from ui.profile_view import Profile, benchmark_options, profile
from ui.redrawn_note import redrawn_years
from ui.selection import Area, choose, current_area
from ui.store import ask, meta, served

VIEWS = {"karte": "地域カルテ", "records": "課題とPDCA", "planning": "検討シート"}
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
    code = choose("比べる基準", options, param="benchmark", default=next(iter(options)))
    return code, options[code]


def choose_circle(area: Area) -> str:
    options = circle_options(served(), area)
    if len(options) < 2:
        return next(iter(options), "")
    return choose("共通する課題を探す範囲", options, param="circle", default=next(iter(options)))


def draw_karte(
    made: Profile, area: Area, scope: Scope, benchmark: tuple[str, str], circle: str, year: int
) -> None:
    sheet = area_sheet(served(), area, scope, benchmark, year, circle)
    blocks.statement(made.sentence)
    if sheet is not None:
        sheet = veiled_sheet(with_records(sheet))
        with st.container(key="karte"):
            draw_sections(sheet)
    draw_strips(made, area, scope, benchmark[1])
    with st.container(key="only_on_screen"):
        draw_table(made, area, benchmark)
        if sheet is not None:
            offer_files(sheet, area=area, benchmark=benchmark, year=year)
    blocks.notes(redrawn_years(area))
    blocks.definition("指標の定義と注意", made.facts)
    blocks.source_line(made.source)


def draw_plan(area: Area, scope: Scope, benchmark: tuple[str, str], year: int) -> None:
    circle = next(iter(circle_options(served(), area)), "")
    sheet = area_sheet(served(), area, scope, benchmark, year, circle)
    if sheet is not None:
        draw_planning(area, veiled_sheet(with_records(sheet)), benchmark)


def draw_statistics(area: Area, year: int, *, view: str) -> None:
    """The views that are made of indicators: the sheet, and the planning sheet."""
    scope = siblings_of(area)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        benchmark = choose_benchmark(scope, area.code)
        made = profile(served(), (area.code, area.name), scope, benchmark, year)
        circle = choose_circle(area) if made is not None and view == "karte" else ""
    if made is None:
        blocks.empty(
            f"{area.name}には、計算できた指標がまだありません。",
            "下の一覧にある資料を読み込むと表示されます。",
        )
    elif view == "planning":
        draw_plan(area, scope, benchmark, year)
        return
    elif other := other_area(area):
        profile_pair.draw(area, other, benchmark, year)
        return
    else:
        draw_karte(made, area, scope, benchmark, circle, year)
    list_waiting(indicator_choices, area_codes=(area.code,))


def main() -> None:
    area = current_area()
    st.html(PRINT_STYLE)
    blocks.page_title(
        f"{area.name}の地域プロフィール",
        "地域カルテ：この地域はどんな地域で、同じ種類の地域のなかでどこにいるか。",
    )
    with st.container(key="views"):
        view = choose("表示", VIEWS, param="view", default="karte", kind="segmented")
    year = int(meta()["built_at"][:4])
    if view == "records":
        draw_records(area)
        return
    if view == "karte" and other_area(area) is None:
        draw_population(area, year)
    draw_statistics(area, year, view=view)


main()
