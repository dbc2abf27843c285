"""When the municipalities began, and each item since, laid out as the Hokkaido document does."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.activities_groups import WITHOUT_GROUP
from analytics.activities_members import group_members
from analytics.activities_table import implemented_word, item_labels
from analytics.activities_views import rates_view
from analytics.start_years import (
    NOT_BEGUN,
    START_WORDS,
    start_kinds,
    start_years,
    starts_sentence,
)
from analytics.survey_status import category_labels
from charts import theme
from charts.answer_style import ANSWER_STYLES, AnswerStyle
from charts.count_columns import count_columns
from charts.item_grid import item_grid
from charts.status_bars import status_bars
from data.era import short_era
from ui import blocks
from ui import survey_columns as columns
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, show_picture
from ui.activity_units import choose_unit, unit_label
from ui.blocks import ColumnLabel
from ui.store import ask, served

_COLUMNS = {
    "fiscal_year_label": ColumnLabel("調査の年度"),
    "area_name": ColumnLabel("区分"),
    "start_label": ColumnLabel("着手年度"),
    "municipalities": ColumnLabel("市町村数", "市町村", 0),
}
_NONE = "着手年度は、選んだ年度の調査での回答です。未着手・未回答を着手に数えません。"


def draw(chosen: Chosen) -> None:
    """Draw shares by start year, their counts, and one picture for each item."""
    unit = choose_unit(chosen)
    shares = _shares(served(), chosen, unit)
    if shares is None:
        blocks.empty(
            f"{chosen.year_label}の調査に、着手年度の回答がありません。",
            "ほかの年度を選ぶか、着手年度（start_fy）の列を含む調査を読み込んでください。",
        )
    else:
        show_picture(shares, chosen, key="start_shares")
        show_picture(_counts(served(), chosen), chosen, key="start_counts")
        blocks.notes([_NONE])
    show_picture(_items(served(), chosen), chosen, key="start_items")


def _styles(kinds: list[str]) -> dict[str, AnswerStyle]:
    """Return a colour for each start year, dark for the first, and the usual one for no year."""
    years = [kind for kind in kinds if kind.isdigit()]
    shades = [theme.SEQUENTIAL[max(5 - at, 0)] for at in range(len(years))]
    styles = {year: AnswerStyle("", fill, "") for year, fill in zip(years, shades, strict=True)}
    none = {kind: ANSWER_STYLES.get(kind, ANSWER_STYLES["unknown"]) for kind in kinds}
    return none | styles


def _by_group(chosen: Chosen, unit: str, starts: pd.DataFrame) -> pd.DataFrame:
    """Return group_name, category and respondents of the region and of each of its groups."""
    members = ask(group_members, unit=unit, years=(chosen.fiscal_year,))
    told = starts.assign(category=start_kinds(starts)).merge(
        members[["area_code", "group_code", "group_name"]], on="area_code", how="left"
    )
    whole = told.assign(group_code="", group_name=f"{chosen.region.name}（全体）")
    groups = told.fillna({"group_code": "~", "group_name": WITHOUT_GROUP})
    rows = pd.concat([whole, groups.sort_values("group_code", kind="stable")])
    keys = ["group_code", "group_name", "category"]
    counted: pd.DataFrame = (
        rows.groupby(keys, sort=False).size().rename("respondents").reset_index()
    )
    total = counted.groupby("group_code")["respondents"].transform("sum")
    return counted.assign(
        item_label=counted["group_name"],
        item_short=counted["group_name"],
        end_text=[f"{number:,}市町村" for number in total],
    )


@lru_cache(maxsize=128)
def _shares(store_key: str, chosen: Chosen, unit: str) -> Picture | None:
    starts = ask(start_years, area_code=chosen.region.code, fiscal_year=chosen.fiscal_year)
    if starts.empty:
        return None
    counts = _by_group(chosen, unit, starts)
    kinds = sorted(set(counts["category"]), key=lambda kind: (not kind.isdigit(), kind))
    labels = {kind: _words(kind) for kind in kinds}
    name, year = chosen.region.name, chosen.year_label
    return Picture(
        table=Table(
            title=f"{name}の{unit_label(unit)}別：着手年度の割合（{year}の調査）",
            stem=f"activities_start_{unit}_{chosen.region.code}_{chosen.fiscal_year}",
            frame=counts.assign(
                area_name=counts["group_name"],
                start_label=counts["category"].map(labels),
                municipalities=counts["respondents"],
                fiscal_year_label=year,
            ),
            columns=_COLUMNS,
        ),
        figure=status_bars(
            counts,
            labels=labels,
            axis_title="対象の市町村に占める割合",
            total=None,
            styles=_styles(kinds),
        ),
        sentence=starts_sentence(starts, area_name=name, year_label=year),
    )


def _words(kind: str) -> str:
    return short_era(int(kind)) if kind.isdigit() else START_WORDS[kind]


@lru_cache(maxsize=128)
def _counts(store_key: str, chosen: Chosen) -> Picture:
    starts = ask(start_years, area_code=chosen.region.code, fiscal_year=chosen.fiscal_year)
    years = starts["start_year"].dropna().astype(int)
    steps = range(years.min(), years.max() + 1) if len(years) else range(0)
    frame = pd.DataFrame(
        {"step": [short_era(year) for year in steps],
         "count": [int((years == year).sum()) for year in steps]}
    )  # fmt: skip
    own = starts.loc[starts["area_code"] == chosen.region.own_area, "start_year"].dropna()
    begun = int((starts["kind"] == NOT_BEGUN).sum())
    tail = f"未着手と答えたのは{begun:,}市町村です。" if begun else ""
    return Picture(
        table=Table(
            title=f"{chosen.region.name}の着手年度別の市町村数（{chosen.year_label}の調査）",
            stem=f"activities_start_counts_{chosen.region.code}_{chosen.fiscal_year}",
            frame=frame,
            columns={
                "step": ColumnLabel("着手年度"),
                "count": ColumnLabel("市町村数", "市町村", 0),
            },
        ),
        figure=count_columns(
            frame,
            axis_title="着手年度",
            count_title="市町村数",
            own=short_era(int(own.iloc[0])) if len(own) else None,
        ),
        sentence=f"{chosen.region.name}では、"
        + "、".join(f"{s}に{c:,}" for s, c in zip(frame["step"], frame["count"], strict=True) if c)
        + f"市町村が着手しています。{tail}",
    )


@lru_cache(maxsize=128)
def _items(store_key: str, chosen: Chosen) -> Picture:
    framework, word = chosen.framework, implemented_word(chosen.framework)
    rates = ask(rates_view, area_code=chosen.region.code, framework=framework)
    now = rates[rates["fiscal_year"] == chosen.fiscal_year].sort_values("done", kind="stable")
    first = rates[rates["fiscal_year"] == rates["fiscal_year"].min()].set_index("item_key")
    low = now.iloc[0]
    since = int(first["done"].get(low["item_key"], 0))
    start = str(first["year_label"].iloc[0])
    return Picture(
        table=Table(
            title=f"{chosen.region.name}の項目ごとの実施市町村数（{_span(rates)}）",
            stem=f"activities_items_by_year_{chosen.region.code}_{framework}",
            frame=rates,
            columns=columns.RATES_BY_YEAR,
        ),
        figure=item_grid(
            rates, labels=category_labels(framework), selected=short_era(chosen.fiscal_year)
        ),
        sentence=f"{chosen.region.name}で{word}の市町村が最も少ない項目は、{chosen.year_label}では"
        f"「{item_labels(framework)[low['item_key']]}」の{int(low['done']):,}市町村"
        f"（回答{int(low['answering']):,}）で、{start}の調査では{since:,}市町村でした。",
    )


def _span(rates: pd.DataFrame) -> str:
    labels = list(dict.fromkeys(rates["year_label"]))
    return labels[0] if len(labels) == 1 else f"{labels[0]}～{labels[-1]}"
