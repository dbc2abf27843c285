"""Cards below the resource map: one facility, or one area beside larger ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from analytics.denominators import denominator_of
from analytics.facility_card import area_beside_larger, facility_services, namesakes
from analytics.resources_sentence import area_card_sentence
from analytics.scope import Scope
from data.catalogue import load_catalogue
from ui import blocks
from ui.facility_words import capacity_word, location_words, type_facts
from ui.indicator_view import outcome_words
from ui.parts import mover
from ui.resource_choice import ResourceChoice
from ui.selection import read, write
from ui.similar_resources import beside_similar, similar_names, similar_note
from ui.store import ask, served

TYPES = load_catalogue().facility_types
MARKS_NOTE = (
    "1万人対は75歳以上人口1万人あたり。▲ この地域が高い、▼ 低い、● 同程度"
    "（95%信頼区間による）、◆ 判定なし。"
)
_PARAM = "card"
_AREA, _FACILITY = "area", "facility"


@dataclass(frozen=True)
class AreaCard:
    """An area beside larger and similar ones: the words, and the table behind them."""

    name: str
    sentence: str
    rows: pd.DataFrame
    columns: dict[str, blocks.ColumnLabel]
    notes: list[str]


def open_area(code: str) -> None:
    """Show the card of an area; call it from a callback."""
    write(_PARAM, f"{_AREA}:{code}")


def open_facility(facility_id: str) -> None:
    """Show the card of a facility; call it from a callback."""
    write(_PARAM, f"{_FACILITY}:{facility_id}")


def close_card() -> None:
    """Show no card any more; call it from a callback."""
    write(_PARAM, None)


def draw_card(scope: Scope, choice: ResourceChoice) -> None:
    """Draw the card that the address names, if it names one."""
    kind, _, code = (read(_PARAM) or "").partition(":")
    if kind == _AREA:
        area_card(code, scope=scope, choice=choice)
    elif kind == _FACILITY:
        point_card(code)
    elif kind:
        _say_unknown(kind)


def area_card(code: str, *, scope: Scope, choice: ResourceChoice) -> None:
    """Draw what an area has of the chosen types, beside its prefecture and the nation."""
    made = _area_card(served(), code, scope, choice)
    if made is None:
        _say_unknown(code)
        return
    with st.container(border=True, key="area_card"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(blocks.plain(made.name), anchor=False, width="content")
            if code not in (scope.parent_code, scope.own_code):
                move = partial(_move, scope, code)
                st.button("この地域へ移動", icon=":material/arrow_forward:", on_click=move)
            _close_button()
        blocks.statement(made.sentence)
        blocks.table(made.rows, columns=made.columns, key="area_card_table")
        blocks.notes(made.notes)


@lru_cache(maxsize=512)
def _area_card(store_key: str, code: str, scope: Scope, choice: ResourceChoice) -> AreaCard | None:
    denominator = ask(denominator_of, scope=scope)
    counts = ask(
        area_beside_larger,
        area_code=code,
        facility_types=choice.types,
        denominator=denominator,
        filters=choice.filters,
        search=choice.search,
    )
    if counts.empty or counts["area_code"].iloc[0] != code:
        return None
    sentence = area_card_sentence(
        counts,
        area_code=code,
        type_labels={key: TYPES[key].short_label for key in choice.types},
        denominator_label=denominator.full_label if denominator else None,
    )
    notes = [MARKS_NOTE]
    names = similar_names(store_key, code)
    if names:
        own = counts[counts["area_code"] == code]
        similar = beside_similar(own, names, choice=choice, denominator=denominator)
        counts = pd.concat([counts, similar])
        notes.append(similar_note(similar, names))
    rows, columns = beside_table(counts, area_code=code)
    return AreaCard(str(counts["area_name"].iloc[0]), sentence, rows, columns, notes)


def beside_table(
    counts: pd.DataFrame, *, area_code: str
) -> tuple[pd.DataFrame, dict[str, blocks.ColumnLabel]]:
    """Return one row per type: count, rate, the rates of larger areas with their marks, capacity.

    A mark says how the rate of the area compares with that of the column.
    """
    own = counts[counts["area_code"] == area_code].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "type_label": [TYPES[key].short_label for key in own["facility_type"]],
            "facilities": own["facilities"],
            "per_10k_75plus": own["per_10k_75plus"],
        }
    )
    columns = {
        "type_label": blocks.ColumnLabel("種類"),
        "facilities": blocks.ColumnLabel("か所", "", 0),
        "per_10k_75plus": blocks.ColumnLabel("1万人対", "", 2),
    }
    for code in [c for c in dict.fromkeys(counts["area_code"]) if c != area_code]:
        larger = counts[counts["area_code"] == code].reset_index(drop=True)
        rows[code] = [_marked(row) for _, row in larger.iterrows()]
        columns[code] = blocks.ColumnLabel(str(larger["area_name"].iloc[0]))
    rows["capacity"] = [_capacity(row) for _, row in own.iterrows()]
    columns["capacity"] = blocks.ColumnLabel("定員・病床の合計")
    if (own["not_stated"].fillna(0) > 0).any():
        rows["not_stated"] = own["not_stated"]
        columns["not_stated"] = blocks.ColumnLabel("条件の記載なし", "か所", 0)
    return rows, columns


def _marked(row: pd.Series) -> str:
    if pd.isna(row["per_10k_75plus"]):
        return "データなし"
    return f"{row['per_10k_75plus']:.2f} {outcome_words(row['outcome'])[:1]}"


def _capacity(row: pd.Series) -> str:
    entry = TYPES[str(row["facility_type"])]
    if not entry.has_capacity:
        return "－"
    if pd.isna(row["facilities"]) or (pd.isna(row["capacity"]) and row["facilities"] > 0):
        return "データなし"
    total = 0 if pd.isna(row["capacity"]) else int(row["capacity"])
    gaps = int(row["facilities"] - row["capacity_known"])
    note = f"（記載のない{gaps:,}か所を除く）" if gaps else ""
    return f"{capacity_word(entry)} {total:,}{entry.capacity_unit}{note}"


def point_card(facility_id: str, *, key: str = "point") -> None:
    """Draw what the registers say of one facility, with all its services."""
    services = ask(facility_services, facility_id=facility_id)
    if services.empty:
        _say_unknown(facility_id)
        return
    first = services.iloc[0]
    with st.container(border=True, key=f"{key}_card"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(blocks.plain(str(first["name"])), anchor=False, width="content")
            if key == "point":
                _close_button()
        place = first["ward_name"] if isinstance(first["ward_name"], str) else first["area_name"]
        _lines(
            {
                "種類": "、".join(TYPES[key].label for key in services["facility_type"]),
                "市区町村": place if isinstance(place, str) else "分からない",
                "住所": first["address"] if isinstance(first["address"], str) else "記載なし",
                "位置": location_words(first),
                "番号": facility_id,
            }
        )
        for _, row in services.iterrows():
            st.markdown(f"**{blocks.plain(TYPES[row['facility_type']].label)}**")
            source = "　".join(str(row[k]) for k in ("source_title", "vintage", "licence"))
            origin = f"{row['file_name']}　{row['source_ref']}"
            other = {} if row["name"] == first["name"] else {"名称": str(row["name"])}
            _lines(other | dict(type_facts(row)) | {"出典": source, "ファイル": origin})
        _say_namesakes(first)


def _say_namesakes(row: pd.Series) -> None:
    if not isinstance(row["area_code"], str):
        return
    found = ask(
        namesakes,
        facility_id=str(row["facility_id"]),
        name=str(row["name"]),
        area_code=row["area_code"],
    )
    words = [
        f"{TYPES[entry.facility_type].label}（{entry.facility_id}　{entry.address or '住所なし'}）"
        for entry in found.itertuples()
    ]
    if words:
        blocks.notes(
            [
                "同じ市区町村に、同じ名称で番号の異なる登録があります。"
                f"同じ施設かどうかは資料からは分かりません：{'、'.join(words)}"
            ]
        )


def _lines(facts: dict[str, str]) -> None:
    st.text("\n".join(f"{label}：{words}" for label, words in facts.items()))


def _move(scope: Scope, code: str) -> None:
    close_card()
    mover(scope)(code)


def _close_button() -> None:
    st.button("閉じる", icon=":material/close:", key="close_card", on_click=close_card)


def _say_unknown(code: str) -> None:
    st.warning(f"「{blocks.plain(code[:40])}」の情報はありません。地図か一覧から選んでください。")
    close_card()
