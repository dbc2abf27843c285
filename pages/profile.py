from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.compare import indicator_choices
from analytics.profile import population_headline
from analytics.scope import Scope
from charts.formatting import number
from data.era import calendar_year_label, fiscal_year_label
from ui import blocks
from ui.indicator_view import list_waiting
from ui.labels import edition_label, level_label
from ui.parts import drop_foreign, siblings_of
from ui.profile_view import Profile, benchmark_options, profile, shown_columns
from ui.selection import Area, choose, current_area
from ui.store import ask, meta, served

GROUPS = {
    "total": "総人口",
    "age_65_plus": "65歳以上",
    "age_75_plus": "75歳以上",
    "age_85_plus": "85歳以上",
}
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
    items = [
        blocks.Headline(
            label,
            people(row[group]),
            f"{100 * row[group] / row['total']:.1f}%" if group != "total" else "",
        )
        for group, label in GROUPS.items()
        if pd.notna(row[group])
    ]
    blocks.headline(items)
    is_fiscal = row["edition"] == "ltc_insured"
    when = (fiscal_year_label if is_fiscal else calendar_year_label)(int(row["year"]))
    blocks.notes(
        [f"人口：{edition_label(row['edition'])}、{when}{'推計' if row['is_projection'] else ''}"]
    )


def choose_benchmark(scope: Scope, own: str) -> tuple[str, str]:
    options = benchmark_options(served(), scope, own)
    if not options:
        return "", "基準なし"
    drop_foreign("benchmark", options)
    code = choose("比べる基準", options, param="benchmark", default=next(iter(options)))
    return code, options[code]


def draw_strips(made: Profile, area: Area, scope: Scope, benchmark_name: str) -> None:
    if made.spec is None:
        return
    blocks.notes([f"印は{area.name}、縦の線は{benchmark_name}の値です。"])
    alt = f"{area.name}の各指標の位置。値は表にあります。"
    blocks.figure(made.spec, alt=alt, key="spine")
    blocks.notes(
        [
            f"比べる地域は{scope.parent_name}の{level_label(scope.level)}。"
            "灰色の帯は最小から最大、濃い帯は中央の半分で、目盛りは指標ごとに違います。"
            "1万人対は75歳以上人口1万人あたりです。",
            "基準より高い・低いは偶然変動の目安（95％信頼区間）によるもので、良し悪しではありません。"
            "◆は区間のない指標です。人数などの量と有無の指標は表だけに載せます。",
        ]
    )


def draw(made: Profile, area: Area, scope: Scope, benchmark: tuple[str, str]) -> None:
    benchmark_name = benchmark[1]
    columns = shown_columns(made, has_benchmark=bool(benchmark[0]))
    blocks.statement(made.sentence)
    draw_strips(made, area, scope, benchmark_name)
    with st.container(key="only_on_screen"):
        st.subheader("すべての指標", anchor=False)
        blocks.table(made.rows, columns=columns, key="profile_table", height=420)
        blocks.downloads(
            made.rows,
            columns=columns,
            stem=f"profile_{area.code}",
            title=f"{area.name}の地域プロフィール　縦の線は{benchmark_name}",
            source=made.source,
            figure=made.spec,
        )
        blocks.notes(["ブラウザーの印刷で、A4縦1枚に出力できます。"])
    blocks.definition("指標の定義と注意", made.facts)
    blocks.source_line(made.source)


def main() -> None:
    area = current_area()
    st.html(PRINT_STYLE)
    blocks.page_title(
        f"{area.name}の地域プロフィール",
        "この地域はどんな地域で、同じ種類の地域のなかでどこにいるか。",
    )
    year = int(meta()["built_at"][:4])
    draw_population(area, year)
    scope = siblings_of(area)
    benchmark = choose_benchmark(scope, area.code)
    made = profile(served(), (area.code, area.name), scope, benchmark, year)
    if made is None:
        blocks.empty(
            f"{area.name}には、計算できた指標がまだありません。",
            "下の一覧にある資料を読み込むと表示されます。",
        )
    else:
        draw(made, area, scope, benchmark)
    list_waiting(indicator_choices, area_codes=(area.code,))


main()
