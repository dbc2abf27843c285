"""The view of the resource page that shows where it is thin, and how far people have to go."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.reach_catchment import Catchment
from analytics.scope import Scope
from ui import blocks
from ui.few_rows import few_rows
from ui.kept_figures import framed_map
from ui.map_frame import choose_extent
from ui.parts import long_table
from ui.resource_card import draw_card, open_area
from ui.resource_choice import ResourceChoice
from ui.resource_redrawn import say_redrawn
from ui.resource_tables import say_what_is_missing
from ui.selection import Area, choose, follow_move, read
from ui.store import served
from ui.thin_blanks import SUMMARY_COLUMNS, blanks_by_type, blanks_picture, blanks_row
from ui.thin_catchment import DECAYS, RADII, SUPPLIES, catchment_picture, formula
from ui.thin_night import CHOICE as NIGHT_CHOICE
from ui.thin_night import METHOD as NIGHT_METHOD
from ui.thin_night import NIGHT, STATION, night_picture
from ui.thin_picture import ANY, ORIGINS, TYPES, Asked, ThinPicture, sought_of
from ui.thin_reach import distance_picture, share_picture

PICTURES = {
    "none": "1か所もない",
    "distance": "最寄りまでの距離",
    "share": "近くに住む割合",
    "catchment": "届きやすさ（2SFCA）",
}
WITHIN = {"5": "5km", "10": "10km", "20": "20km"}
ORDERS = {"code": "団体コード順", "value": "値の順"}
NARROW = 200
CLICK_NOTE = "地図の地域を押すと、その内容をここに表示します。"
DEFINITIONS = {
    "none": "選んだ種類の施設が所在地の住所で1か所もない市区町村（政令指定都市の中では区）です。"
    "資料が対象にしている地域だけで数え、対象外はデータなしです。"
    "隣の市区町村にあれば利用できることが多いので、最寄りの施設までの距離で色を分けています。"
    "県境をこえて探します。",
    "distance": "代表点から、県境をこえて最も近い施設までの測地線の長さ（GRS80楕円体）です。"
    "2つ以上の代表点がある地域は、75歳以上人口で重みづけた平均です。",
    "share": "代表点から直線で選んだ距離以内に施設がある市区町村（区）の75歳以上人口を合計し、"
    "地域の75歳以上人口で割った割合です。割合どうしの平均はしません。",
}


@st.fragment
def draw(area: Area, scope: Scope, choice: ResourceChoice) -> None:
    """Draw one of four pictures with its controls; a click runs only this part anew."""
    follow_move()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose("見るもの", PICTURES, param="thin", default="none", kind="segmented")
        asked, is_night = _choose_asked(scope, choice, kind)
        if is_night:
            picture, method = night_picture(served(), asked), NIGHT_METHOD
        else:
            picture, method = _choose_picture(kind, asked)
    spec = _draw_picture(picture, choice)
    blocks.definition("計算のしかた", method)
    say_what_is_missing(asked.sought.types, picture.covered)
    if kind == "none" and not is_night and (len(choice.types) > 1 or STATION in choice.types):
        _draw_summary(asked, choice)
    _draw_table(picture, spec)
    say_redrawn(scope, types=asked.sought.types)
    blocks.source_line(picture.source)


def _choose_asked(scope: Scope, choice: ResourceChoice, kind: str) -> tuple[Asked, bool]:
    """Return what is sought, and whether it is nursing around the clock, which has no places."""
    key = choice.types[0]
    names = {key: TYPES[key].label for key in choice.types}
    if len(choice.types) > 1:
        names[ANY] = "選んだ種類のどれか"
    if kind == "none" and STATION in choice.types:
        names[NIGHT] = NIGHT_CHOICE
    if len(names) > 1:
        key = choose("図に表す種類", names, param="type", default=choice.types[0])
    if key == NIGHT:
        return _night(scope), True
    origin = choose("代表点", ORIGINS, param="origin", default="centre", width=NARROW)
    return Asked(scope, sought_of(choice, key, origin)), False


def _night(scope: Scope) -> Asked:
    return Asked(scope, sought_of(ResourceChoice((STATION,)), STATION, "centre"))


def _choose_picture(kind: str, asked: Asked) -> tuple[ThinPicture, str]:
    """Return the picture of the kind, with the choices it needs, and how it is made."""
    if kind == "none":
        return blanks_picture(served(), asked), DEFINITIONS[kind]
    if kind == "distance":
        return distance_picture(served(), asked), DEFINITIONS[kind]
    if kind == "share":
        km = choose("距離", WITHIN, param="within", default="10", width=NARROW)
        return share_picture(served(), asked, int(km)), DEFINITIONS[kind]
    catchment = _choose_catchment(asked)
    return catchment_picture(served(), asked, catchment), formula(catchment)


def _choose_catchment(asked: Asked) -> Catchment:
    radius = choose("半径", RADII, param="radius", default="30", width=NARROW)
    decay = choose("重み", DECAYS, param="decay", default="step")
    supply = "facilities"
    types = asked.sought.types
    if len(types) == 1 and TYPES[types[0]].has_capacity:
        supply = choose("供給", SUPPLIES, param="supply", default="facilities", width=NARROW)
    return Catchment(
        int(radius),
        "flat" if decay == "flat" else "step",
        "capacity" if supply == "capacity" else "facilities",
    )


def _draw_picture(picture: ThinPicture, choice: ResourceChoice) -> dict[str, Any] | None:
    """Draw the map beside curve and card; return the map as it is framed, for the files."""
    st.subheader(picture.title, anchor=False)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        spec = _draw_map(picture)
    with right:
        _draw_beside(picture)
        if read("card") is None:
            st.caption(CLICK_NOTE)
        draw_card(picture.scope, choice)
    blocks.statement(picture.sentence)
    blocks.notes(picture.notes)
    return spec


def _draw_beside(picture: ThinPicture) -> None:
    beside = picture.beside
    if beside is None:
        return
    st.markdown(f"**{blocks.plain(beside.title)}**")
    alt = f"{beside.title}。{picture.sentence}"
    blocks.figure(beside.spec, alt=alt, key="thin_beside")
    blocks.downloads(
        beside.frame,
        columns=beside.columns,
        stem=f"{picture.stem}_{beside.stem}",
        title=f"{picture.title}：{beside.title}",
        source=[*picture.source, *picture.notes],
        figure=beside.spec,
    )


def _draw_map(picture: ThinPicture) -> dict[str, Any] | None:
    if picture.spec is None:
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return None
    scope = picture.scope
    extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
    spec = framed_map(picture.spec, extent=extent)
    key = f"thin_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
    alt = f"{picture.title}。{picture.sentence}"
    blocks.figure(spec, alt=alt, key=key, on_select=open_area)
    return spec


def _draw_summary(asked: Asked, choice: ResourceChoice) -> None:
    """Draw how many have none of each chosen type, side by side."""
    st.subheader("選んだ種類ごとの空白", anchor=False)
    frame = summary(served(), asked, choice)
    few_rows(frame, columns=SUMMARY_COLUMNS, alt="選んだ種類ごとの空白", key="thin_summary")


@lru_cache(maxsize=64)
def summary(store_key: str, asked: Asked, choice: ResourceChoice) -> pd.DataFrame:
    """Return one row per chosen type, and one of nursing around the clock beside nursing."""
    frame = blanks_by_type(store_key, asked, choice)
    if STATION not in choice.types:
        return frame
    night = night_picture(store_key, _night(asked.scope)).frame
    row = blanks_row(NIGHT_CHOICE, night).assign(far=float("nan"))
    return pd.concat([frame, row], ignore_index=True)


def _draw_table(picture: ThinPicture, spec: dict[str, Any] | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(f"数値：{picture.title}", anchor=False)
        order = choose("並べ方", ORDERS, param="order", default="code", kind="segmented")
    shown = picture.frame
    if order == "value":
        shown = shown.sort_values(picture.order_by, ascending=False, kind="stable")
    long_table(shown, columns=picture.columns, key="thin_table")
    blocks.downloads(
        shown,
        columns=picture.columns,
        stem=picture.stem,
        title=picture.title,
        source=[*picture.source, *picture.notes],
        figure=spec,
    )
