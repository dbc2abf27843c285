"""The view that tells who holds the cooperation together: hub, association, coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.facilities import facility_list
from analytics.hubs import (
    MUNICIPAL,
    answer_words,
    hub_answers,
    hub_table,
    prefecture_hub_answers,
    question_label,
)
from analytics.hubs_sentence import own_hub_sentence, region_hub_sentence
from analytics.resources import facility_counts, facility_sources
from analytics.scope import Scope
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from ui import blocks
from ui.blocks import ColumnLabel
from ui.parts import long_table
from ui.resource_choice import ResourceChoice
from ui.resource_tables import say_what_is_missing
from ui.selection import Area
from ui.store import ask, served
from ui.survey_parts import sources
from ui.survey_scope import (
    Region,
    choose_fiscal_year,
    has_answers,
    say_how_to_load,
    survey_region,
)

TYPES = load_catalogue().facility_types
# Kinds that a hub, an association or a coordinator most often belongs to.
PARTNERS = (
    "home_care_support_hospital",
    "home_care_support_clinic",
    "hospital",
    "visiting_nurse_station",
    "care_management_office",
)
ROW = 36  # pixels of a row of a table
CONTRACTED = "郡市区医師会に委託する事業項目"
NAMES_HOW = """\
拠点・郡市区医師会・コーディネーターの名称や窓口を載せた資料は、まだ読み込めません。実施状況調査が聞いているのは、
拠点との関係、コーディネーターの人数・所属・種別、委託先の種類までです。
名称は、都道府県の医療計画の「在宅医療に必要な連携を担う拠点」の一覧や、医師会・市町村の公表資料で確かめてください。
個人の氏名・電話番号は、この画面では扱いません（自由記載も表示しません）。"""
PLACE = {"area_code": ColumnLabel("団体コード"), "area_name": ColumnLabel("市町村")}
FACTS = {
    "label": ColumnLabel("項目"),
    "words": ColumnLabel("回答"),
    "form": ColumnLabel("調査票"),
}
PARTNER_COLUMNS = {
    "type_label": ColumnLabel("種類"),
    "name": ColumnLabel("名称"),
    "area_name": ColumnLabel("市区町村"),
    "address": ColumnLabel("住所"),
    "source_title": ColumnLabel("出典"),
    "vintage": ColumnLabel("時点"),
    "source_ref": ColumnLabel("出典の行"),
}


@dataclass(frozen=True)
class Hubs:
    """Answers of a year, made once for all viewers: table, sentence and own facts."""

    table: pd.DataFrame
    sentence: str
    facts: pd.DataFrame


def draw(area: Area, scope: Scope, choice: ResourceChoice) -> None:
    """Draw what the municipalities answered, the partners that are known, and what is missing."""
    if has_answers("municipal_form"):
        _draw_answers(area)
    else:
        say_how_to_load(
            "municipal_form", "拠点・医師会・コーディネーターについての回答：データなし"
        )
    _draw_partners(area)
    blocks.empty("拠点・郡市区医師会・コーディネーターの名称と窓口：データなし", NAMES_HOW)


def _draw_answers(area: Area) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fiscal_year, _ = choose_fiscal_year("municipal_form")
    region = survey_region(area)
    made = hubs(served(), region, area.prefecture_code, fiscal_year)
    year = fiscal_year_label(fiscal_year)
    if not made.facts.empty:
        st.subheader(f"{area.name}の拠点・医師会・コーディネーター　{year}", anchor=False)
        height = ROW * (len(made.facts) + 1)
        blocks.table(made.facts, columns=FACTS, key="hub_facts", height=height)
    blocks.statement(made.sentence)
    title = f"{region.name}の市町村の拠点・医師会・コーディネーター　{year}"
    st.subheader(title, anchor=False)
    columns = _columns()
    long_table(made.table, columns=columns, key="hub_table")
    blocks.downloads(
        made.table,
        columns=columns | _number_columns(),
        stem=f"hubs_{region.code}_{fiscal_year}",
        title=title,
        source=sources("municipal_form", fiscal_year),
    )
    blocks.notes(["未回答・該当なし・秘匿・欠測・回答票なしは、それぞれの言葉で示します。"])
    blocks.source_line(sources("municipal_form", fiscal_year))


@lru_cache(maxsize=128)
def hubs(store_key: str, region: Region, prefecture_code: str | None, fiscal_year: int) -> Hubs:
    """Return table, sentence and own facts of a region and year."""
    answers = ask(hub_answers, area_code=region.code, fiscal_year=fiscal_year)
    table, year = hub_table(answers), fiscal_year_label(fiscal_year)
    own = table[table["area_code"] == region.own_area] if region.own_area else table.iloc[0:0]
    if own.empty:
        sentence = region_hub_sentence(table, region_name=region.name, year_label=year)
    else:
        sentence = own_hub_sentence(own.iloc[0], year_label=year)
    return Hubs(table, sentence, _facts(own, prefecture_code, fiscal_year))


def _facts(own: pd.DataFrame, prefecture_code: str | None, fiscal_year: int) -> pd.DataFrame:
    """Return the answers of the own municipality, and those of its prefecture."""
    rows = []
    if not own.empty:
        row = own.iloc[0]
        rows = [(question_label(key), row[key], "市町村票") for key in MUNICIPAL]
        rows.insert(1, (CONTRACTED, row["contracted"], "市町村票"))
    if prefecture_code and has_answers("prefectural_form"):
        found = ask(
            prefecture_hub_answers, prefecture_code=prefecture_code, fiscal_year=fiscal_year
        )
        columns = (found[name].tolist() for name in ("question_id", "value", "status"))
        for question_id, value, status in zip(*columns, strict=True):
            words = answer_words(question_id, value if isinstance(value, str) else None, status)
            rows.append((question_label(question_id), words, "都道府県票"))
    return pd.DataFrame(rows, columns=list(FACTS))


def _columns() -> dict[str, ColumnLabel]:
    first = {"kyoten_link": ColumnLabel("拠点との関係"), "contracted": ColumnLabel(CONTRACTED)}
    rest = {key: ColumnLabel(question_label(key)) for key in MUNICIPAL if key not in first}
    return PLACE | first | rest


def _number_columns() -> dict[str, ColumnLabel]:
    return {
        "coordinators": ColumnLabel("コーディネーター（数値）", "人", 0),
        "full_time": ColumnLabel("常勤換算（数値）", "人", 1),
        "contracted_items": ColumnLabel("医師会に委託する項目の数", "項目", 0),
    }


def _draw_partners(area: Area) -> None:
    st.subheader(f"{area.name}の、連携先になりうる機関・事業所", anchor=False)
    counts = ask(facility_counts, area_codes=(area.code,), facility_types=PARTNERS,
                 edition="", year=0)  # fmt: skip
    counts["type_label"] = [TYPES[key].label for key in counts["facility_type"]]
    columns = {"type_label": ColumnLabel("種類"), "facilities": ColumnLabel("数", "か所", 0)}
    blocks.table(counts, columns=columns, key="partner_counts")
    rows = ask(facility_sources, facility_types=PARTNERS, area_codes=(area.code,))
    rows = rows.drop_duplicates(["title", "vintage"])
    blocks.notes(["届出や公表にある機関の数で、拠点や医師会との関係を示すものではありません。"])
    blocks.source_line([f"{r.title}（{r.vintage}）" if r.vintage else r.title
                        for r in rows.itertuples()])  # fmt: skip
    counted = counts.loc[counts["facilities"].notna(), "facility_type"]
    say_what_is_missing(PARTNERS, frozenset(counted))
    if area.is_nation:
        blocks.notes(["名称の一覧は、都道府県や市区町村を選ぶと表示・保存できます。"])
        return
    opened = st.expander("名称の一覧", key="open_partners", on_change="rerun")
    if opened.open:
        with opened:
            _list_partners(area)


def _list_partners(area: Area) -> None:
    frame = ask(facility_list, area_code=area.code, facility_types=PARTNERS)
    frame["type_label"] = frame["facility_type"].map(lambda key: TYPES[key].label)
    blocks.table(frame, columns=PARTNER_COLUMNS, key="partner_list", height=420)
    blocks.downloads(
        frame,
        columns=PARTNER_COLUMNS,
        stem=f"partners_{area.code}",
        title=f"{area.name}の、連携先になりうる機関・事業所",
        source=sorted(set(frame["source_title"].dropna())),
    )
