"""The view of information on admission and discharge, by health-centre area and care level."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.sources import sources_of
from analytics.support_discharge import RATES, before_and_after, rule_years, transition_rates
from analytics.support_discharge_sentence import discharge_sentence, highest_sentence
from analytics.survey_status import survey_sources
from charts.support_before_after import before_after
from data.era import fiscal_year_label, short_era
from ui import blocks, support_fukui
from ui import survey_columns as columns
from ui.blocks import ColumnLabel
from ui.redrawn_note import redrawn_reported
from ui.selection import NATION, choose
from ui.store import ask, served
from ui.support_choice import FORM as SUPPORT_FORM
from ui.support_choice import Chosen
from ui.support_health_centres import rule_label
from ui.survey_parts import Columns, Part, save, sources
from ui.survey_scope import has_answers

FORM_ID = "discharge_form"
LEVELS = {"health_center_area": "保健所", "prefecture": "都道府県"}
ORDERS = {"code": "コード順", "value": "値の高い順"}
MOST_AREAS = 120
HOW_TO_LOAD = """\
担当者が「調査の取り込み」で入れると表示されます（保健所ごとの様式のブックのままでも読みます）。
サーバーを管理する人が、次のどちらかを原資料のフォルダに入れても表示されます。
・入退院調査票（様式 discharge_form）：シート「入退院」に、保健所と年月ごとの件数
　（要支援・要介護は別）
・指標の表（共通様式）：項目 cm_admissions_known_support など
置いたあとに次を実行すると、このページに表示されます。
　python -m data build official --raw フォルダ名"""
_WORDS = {kind: word for kind, word in columns.PROVISION_WORDS.items() if kind != "done"}


def _of(when: str, label: str) -> dict[str, ColumnLabel]:
    return {
        f"value_{when}": ColumnLabel(label, "%", 1),
        f"note_{when}": ColumnLabel(f"{label} 注"),
        f"lower_{when}": ColumnLabel(f"{label} 下限", "%", 1),
        f"upper_{when}": ColumnLabel(f"{label} 上限", "%", 1),
        f"numerator_{when}": ColumnLabel(f"{label} 分子", "件", 0),
        f"denominator_{when}": ColumnLabel(f"{label} 分母", "件", 0),
    }


def draw(chosen: Chosen) -> None:
    """Let the viewer choose the rate and the years; draw both care levels of every area."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        titles = {key: rate.title for key, rate in RATES.items()}
        indicator = choose(
            "率", titles, param="indicator", default="admission_info_rate", width=240
        )
        level = _choose_level(chosen)
        rates = _rates(served(), chosen.prefecture_code or NATION, level, indicator)
        if not rates.empty:
            before, after = _choose_years(rates, chosen)
            order = choose("並べる順", ORDERS, param="order", default="code", width=150)
    if rates.empty:
        blocks.empty(
            f"{chosen.prefecture_name}の入退院時の連携の件数は、まだ取り込まれていません。",
            HOW_TO_LOAD,
        )
    else:
        _draw(chosen, indicator, level, (before, after), order)
    support_fukui.draw()


def _draw(chosen: Chosen, indicator: str, level: str, years: tuple[int, int], order: str) -> None:
    part, sentence, named_ones, rule = _made(served(), chosen, indicator, level, years, order)
    st.subheader(part.title, anchor=False)
    blocks.figure(part.figure, alt=sentence, key="discharge")
    blocks.statement(f"{sentence}{named_ones}")
    blocks.notes(
        [
            f"定義：{RATES[indicator].definition}。▲要支援と●要介護を分け、合計はしません。",
            rule,
            "1〜4件になる数、引き算でわかる数は秘匿。分母10件未満は「少数」。"
            "調査した月と答えた事業所は年度で違うことがあり、変化がルールによるとは限りません。",
        ]
    )
    shown = _without_codes(part.columns) if level == "health_center_area" else part.columns
    blocks.table(part.frame, columns=shown, key="discharge_table")
    blocks.notes(
        redrawn_reported(
            parent_code=chosen.prefecture_code or NATION,
            level=level,
            periods=[f"FY{year}" for year in years],
        )
    )
    cited = _cited(indicator, years)
    if chosen.prefecture_code and has_answers(SUPPORT_FORM):
        cited += sources(SUPPORT_FORM)  # of the year of the rule
    save(part, source=cited)
    blocks.source_line(cited)


def _without_codes(columns: Columns) -> Columns:
    """Return the columns on the screen: codes of health-centre areas are this product's own."""
    return {name: label for name, label in columns.items() if name != "area_code"}


def _cited(indicator: str, years: tuple[int, int]) -> list[str]:
    """Return the forms of the two years, else the tables that hold the counts."""
    forms = [ask(survey_sources, survey_id=FORM_ID, fiscal_year=year) for year in years]
    found = list(dict.fromkeys(line for lines in forms for line in lines))
    return found or list(ask(sources_of, subject=f"{RATES[indicator].denominator}_care"))


def _choose_level(chosen: Chosen) -> str:
    if chosen.prefecture_code:
        return "health_center_area"
    return choose("比べる単位", LEVELS, param="level", default="health_center_area", width=150)


def _choose_years(rates: pd.DataFrame, chosen: Chosen) -> tuple[int, int]:
    """Let the viewer choose two years; the first stands before the rule where that is known."""
    years = sorted(int(year) for year in rates["year"].unique())
    labels = {str(year): fiscal_year_label(year) for year in years}
    rule = _rule_year(served(), chosen.prefecture_code)
    earlier = [year for year in years if rule is not None and year < rule]
    first = earlier[-1] if earlier else years[0]
    before = choose("前の年度", labels, param="before", default=str(first), width=190)
    after = choose("後の年度", labels, param="after", default=str(years[-1]), width=190)
    return int(before), int(after)


@lru_cache(maxsize=64)
def _rule_year(store_key: str, prefecture_code: str | None) -> int | None:
    rules = ask(rule_years)
    own = rules.loc[rules["area_code"] == prefecture_code, "rule_year"].dropna()
    return None if own.empty else int(own.iloc[0])


@lru_cache(maxsize=128)
def _rates(store_key: str, code: str, level: str, indicator: str) -> pd.DataFrame:
    found: pd.DataFrame = ask(transition_rates, area_code=code, level=level, indicator_id=indicator)
    return found


@lru_cache(maxsize=256)
def _made(
    store_key: str, chosen: Chosen, indicator: str, level: str, years: tuple[int, int], order: str
) -> tuple[Part, str, str, str]:
    rates = _rates(store_key, chosen.prefecture_code or NATION, level, indicator)
    frame = before_and_after(rates, before=years[0], after=years[1])
    if order == "value":
        highest = frame.groupby("area_code")["value_after"].transform("max")
        frame = frame.assign(highest=highest).sort_values(
            "highest", ascending=False, kind="stable", ignore_index=True
        )
    title = RATES[indicator].title
    first, last = (short_era(year) for year in years)
    drawn = frame[frame["area_code"].isin(frame["area_code"].unique()[:MOST_AREAS])]
    figure = before_after(
        drawn, title=title, before=first, after=last, words=_WORDS, own_area=chosen.area.code
    )
    place = f"{chosen.prefecture_name}の{LEVELS[level]}別"
    part = Part(
        f"{place}の{title}（{first}→{last}）",
        f"support_discharge_{indicator}_{chosen.prefecture_code or NATION}_{years[0]}_{years[1]}",
        figure,
        _printed(frame),
        _columns(years),
    )
    sentence = discharge_sentence(frame, title=title, place=place, before=first, after=last)
    return part, sentence, highest_sentence(frame, title=title, after=last), _rule_note(chosen)


def _printed(frame: pd.DataFrame) -> pd.DataFrame:
    for when in ("before", "after"):
        status = frame[f"status_{when}"].map(_WORDS).fillna("")
        few = frame[f"is_few_{when}"].fillna(value=False).astype(bool)
        frame = frame.assign(**{f"note_{when}": status.mask(few, "少数（分母10件未満）")})
    clear = frame["is_clear"].map({True: "重ならない", False: "重なる"})
    return frame.assign(clear_label=clear.where(frame["change"].notna(), ""))


def _columns(years: tuple[int, int]) -> dict[str, ColumnLabel]:
    first, last = (short_era(year) for year in years)
    return {
        "area_code": ColumnLabel("地域コード"),
        "area_name": ColumnLabel("地域"),
        "care_label": ColumnLabel("区分"),
        **_of("before", first),
        **_of("after", last),
        "change": ColumnLabel("変化", "ポイント", 1),
        "clear_label": ColumnLabel("二つの年度の95％の幅"),
    }


def _rule_note(chosen: Chosen) -> str:
    rules = ask(rule_years)
    own = rules[rules["area_code"] == chosen.prefecture_code]
    if own.empty:
        return "ルールの年度は都道府県ごとに違います（「保健所と入退院ルール」の表）。"
    told = rule_label(own["rule_year"].iloc[0], own["first_answer"].iloc[0])
    return f"{chosen.prefecture_name}の入退院ルールの年度：{told}（都道府県票の回答から）。"
