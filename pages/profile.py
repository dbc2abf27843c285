from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import areas_inside, find_area
from analytics.compare import indicator_choices
from analytics.compare_sentence import STATUS_LABELS
from analytics.denominators import Denominator, choose_denominator
from analytics.profile import area_profile, population_headline
from analytics.profile_sentence import profile_sentence
from analytics.scope import Scope, benchmark_codes
from charts.formatting import number
from charts.spine import spine
from data.catalogue import load_catalogue
from data.catalogue.indicator import POLARITY_LABELS
from data.era import calendar_year_label, fiscal_year_label, period_label
from ui import blocks
from ui.indicator_view import indicator_facts, list_waiting, outcome_words, source_words
from ui.labels import edition_label
from ui.parts import drop_foreign, siblings_of
from ui.selection import Area, choose, current_area
from ui.store import ask, meta

CATALOGUE = load_catalogue()
GROUPS = {
    "total": "総人口",
    "age_65_plus": "65歳以上",
    "age_75_plus": "75歳以上",
    "age_85_plus": "85歳以上",
}
COLUMNS = {
    "domain_label": blocks.ColumnLabel("分野"),
    "title": blocks.ColumnLabel("指標"),
    "printed": blocks.ColumnLabel("値"),
    "unit": blocks.ColumnLabel("単位"),
    "benchmark_printed": blocks.ColumnLabel("基準"),
    "outcome_label": blocks.ColumnLabel("基準と比べて"),
    "rank_label": blocks.ColumnLabel("順位（高い順）"),
    "numerator": blocks.ColumnLabel("分子", "", 0),
    "denominator": blocks.ColumnLabel("分母", "", 0),
    "interval": blocks.ColumnLabel("95％信頼区間"),
    "reading": blocks.ColumnLabel("読み方"),
    "period_label": blocks.ColumnLabel("時点"),
    "source_title": blocks.ColumnLabel("出典"),
    "source_ref": blocks.ColumnLabel("計算"),
}


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
            f"{number(row[group])}人" if pd.notna(row[group]) else number(None),
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


def choose_benchmark(scope: Scope, own: str) -> tuple[str, str] | None:
    codes = [code for code in ask(benchmark_codes, parent_code=scope.parent_code) if code != own]
    if not codes:
        return None
    options = {code: str(ask(find_area, area_code=code).at[0, "name"]) for code in reversed(codes)}
    drop_foreign("benchmark", options)
    code = choose("比べる基準", options, param="benchmark", default=next(iter(options)))
    return code, options[code]


def in_words(row: dict[str, Any]) -> dict[str, str]:
    """The figures of one indicator as printed, each with its own decimals."""
    show = partial(number, decimals=row["decimals"])
    is_known, has_interval = pd.notna(row["value"]), pd.notna(row["lower_ci"])
    place = f"{row['siblings']}地域中{row['rank']:.0f}番目" if is_known else ""
    return {
        "domain_label": CATALOGUE.domains[row["domain"]].label,
        "printed": STATUS_LABELS[row["status"]] or show(row["value"]),
        "benchmark_printed": "－" if row["is_amount"] else show(row["benchmark_value"]),
        "outcome_label": outcome_words(row["outcome"])
        if is_known and not row["is_amount"]
        else "－",
        "rank_label": place,
        "interval": f"{show(row['lower_ci'])}～{show(row['upper_ci'])}" if has_interval else "",
        "reading": POLARITY_LABELS[row["polarity"]],
        "period_label": period_label(row["period"]),
    }


def printed(profile: pd.DataFrame) -> pd.DataFrame:
    words = [in_words(row) for row in profile.to_dict("records")]
    return profile.assign(**pd.DataFrame(words, index=profile.index))


def draw_spines(profile: pd.DataFrame, area: Area, benchmark_name: str) -> dict[str, object] | None:
    """One strip chart per domain; returns one of all domains for the files."""
    known = profile[profile["value"].notna() & ~profile["is_amount"]]
    for place, (domain, rows) in enumerate(known.groupby("domain", sort=False)):
        label = CATALOGUE.domains[str(domain)].label
        st.markdown(f"**{label}**")
        spec = spine(
            rows, area_name=area.name, benchmark_name=benchmark_name, show_legend=place == 0
        )
        alt = f"{area.name}の{label}の指標の位置。値は下の表にあります。"
        blocks.figure(spec, alt=alt, key=f"spine_{domain}")
    if known.empty:
        return None
    return spine(known, area_name=area.name, benchmark_name=benchmark_name)


def draw(
    area: Area,
    profile: pd.DataFrame,
    *,
    scope: Scope,
    benchmark_name: str,
    denominator: Denominator | None,
) -> None:
    blocks.statement(
        profile_sentence(
            profile.dropna(subset=["value"]), area_name=area.name, group_name=scope.parent_name
        )
    )
    spec = draw_spines(profile, area, benchmark_name)
    table = printed(profile)
    title = f"{area.name}の地域プロフィール"
    st.subheader("すべての指標", anchor=False)
    blocks.table(table, columns=COLUMNS, key="profile_table", height=420)
    has_rates = profile["per_75plus"].notna().any()
    source = source_words(profile, denominator if has_rates else None)
    blocks.downloads(
        table,
        columns=COLUMNS,
        stem=f"profile_{area.code}",
        title=title,
        source=source,
        figure=spec,
    )
    entries = [CATALOGUE.indicators[key] for key in profile["indicator_id"]]
    facts = [f"【{entry.title}】\n{indicator_facts(entry)}" for entry in entries]
    blocks.definition("指標の定義と注意", "\n\n".join(facts))
    blocks.notes(
        [
            f"比べる地域は{scope.parent_name}の同じ種類の地域。灰色の帯は最小から最大、濃い帯は中央の半分です。",
            "人数などの量と有無の指標は、図に示さず表に載せます。各帯の目盛りは指標ごとに違います。",
            "基準と比べた高い・低いは95％信頼区間によるもので、良し悪しではありません。",
        ]
    )
    blocks.source_line(source)


def main() -> None:
    area = current_area()
    blocks.page_title(
        f"{area.name}の地域プロフィール",
        "この地域はどんな地域で、同じ種類の地域のなかでどこにいるか。",
    )
    year = int(meta()["built_at"][:4])
    draw_population(area, year)
    scope = siblings_of(area)
    codes = tuple(ask(areas_inside, area_code=scope.parent_code, level=scope.level)["area_code"])
    benchmark = choose_benchmark(scope, area.code)
    denominator = ask(choose_denominator, area_codes=codes or (area.code,))
    profile = ask(
        area_profile,
        area_code=area.code,
        sibling_codes=codes,
        benchmark_code=benchmark[0] if benchmark else "",
        year=year,
        denominator=denominator,
    )
    if profile.empty:
        blocks.empty(
            f"{area.name}には、計算できた指標がまだありません。",
            "下の一覧にある資料を読み込むと表示されます。",
        )
    else:
        draw(
            area,
            profile,
            scope=scope,
            benchmark_name=benchmark[1] if benchmark else "基準なし",
            denominator=denominator,
        )
    list_waiting(indicator_choices, area_codes=(area.code,))


main()
