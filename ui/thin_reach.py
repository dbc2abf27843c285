"""The pictures of the way to the nearest facility, and of who lives near one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.geometry import is_drawable
from analytics.reach import THRESHOLDS, area_reach, reach_curve
from analytics.reach_sentence import REASONS, distance_sentence, share_sentence
from analytics.scope import NATION, codes_in_view, part_codes
from charts.choropleth import choropleth
from charts.reach_curve import reach_curve_chart
from geo.classification import class_breaks
from ui.blocks import ColumnLabel
from ui.labels import level_label
from ui.place_names import placed
from ui.store import ask, geo_url
from ui.thin_picture import ORIGINS, Asked, Beside, ThinPicture, place_notes, sought_of_origin

DISTANCE_BREAKS = [2.0, 5.0, 10.0, 20.0]
SHARE_BREAKS = [20.0, 40.0, 60.0, 80.0, 100.0]
FARTHEST = 10_000.0
CURVE_KM = 40
CURVE_COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "km": ColumnLabel("代表点からの直線距離", "km以内", 0),
    "share": ColumnLabel("75歳以上の割合", "%", 1),
}
SEVERAL = "―（市区町村ごとに異なる）"
COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "distance_km": ColumnLabel("最寄りまでの直線距離", "km", 1),
    "nearest_name": ColumnLabel("最寄りの施設"),
    "nearest_area_name": ColumnLabel("その所在地"),
    **{f"share_{km}": ColumnLabel(f"{km}km以内の75歳以上", "%", 1) for km in THRESHOLDS},
    **{f"within_{km}": ColumnLabel(f"{km}km以内の75歳以上", "人", 0) for km in THRESHOLDS},
    "people": ColumnLabel("75歳以上人口", "人", 0),
    "measured": ColumnLabel("計算に入れた代表点", "点", 0),
    "points": ColumnLabel("代表点", "点", 0),
    "note": ColumnLabel("注"),
}


@lru_cache(maxsize=128)
def reach_frame(store_key: str, asked: Asked) -> pd.DataFrame:
    """Return the ways of the larger areas and of the parts, with what is to be known of each."""
    codes = tuple(ask(codes_in_view, scope=asked.scope))
    frame = ask(area_reach, area_codes=codes, sought=asked.sought, denominator=asked.denominator)
    several = (frame["reason"] == "") & frame["nearest_name"].isna()
    frame["nearest_name"] = frame["nearest_name"].mask(several, SEVERAL)
    frame["nearest_area_name"] = frame["nearest_area_name"].mask(several, "―")
    return frame.assign(note=[_note(row) for row in frame.to_dict("records")])


def _note(row: dict[str, Any]) -> str:
    notes = []
    if row["reason"]:
        notes.append(REASONS[row["reason"]].rstrip("。"))
    if row["is_at_point"] is True and row["distance_km"] == 0:
        notes.append("区域内にあるが位置は不明（0kmとした）")
    if row["may_be_nearer"]:
        notes.append("近くに資料のない地域がある")
    if row["is_spread"] and row["points"] > 1:
        notes.append("区の人口は均等に割り振り")
    return "、".join(notes)


@lru_cache(maxsize=128)
def distance_picture(store_key: str, asked: Asked) -> ThinPicture:
    """Return map, sentence and table of the way to the nearest facility."""
    frame = reach_frame(store_key, asked)
    parts = ask(part_codes, scope=asked.scope)
    sentence = distance_sentence(
        placed(frame), area_code=asked.own, part_codes=parts, what=asked.what
    )
    title = f"{asked.place}　最寄りの{asked.what}までの直線距離（{asked.vintage}）"
    return ThinPicture(
        title=title,
        sentence=sentence,
        scope=asked.scope,
        covered=asked.covered,
        spec=_map(frame, asked, parts, "distance_km"),
        frame=frame,
        columns=COLUMNS,
        stem=f"distance_{asked.own}_{'-'.join(asked.sought.types)}",
        order_by="distance_km",
        notes=[*_other_origin(store_key, asked), *place_notes(store_key, asked)],
        source=asked.source,
        beside=_curve(asked),
    )


@lru_cache(maxsize=128)
def share_picture(store_key: str, asked: Asked, km: int) -> ThinPicture:
    """Return map, sentence and table of the share of people who have a facility near by."""
    frame = reach_frame(store_key, asked)
    parts = ask(part_codes, scope=asked.scope)
    sentence = share_sentence(
        frame,
        area_code=asked.own,
        benchmark_code=NATION,
        km=km,
        what=asked.what,
        denominator_label=asked.denominator_label,
    )
    title = f"{asked.place}　{asked.what}が直線{km}km以内にある75歳以上の割合（{asked.vintage}）"
    return ThinPicture(
        title=title,
        sentence=sentence,
        scope=asked.scope,
        covered=asked.covered,
        spec=_map(frame, asked, parts, f"share_{km}"),
        frame=frame,
        columns=COLUMNS,
        stem=f"within_{km}km_{asked.own}_{'-'.join(asked.sought.types)}",
        order_by=f"share_{km}",
        notes=[*_one_point(frame, parts, asked), *_other_origin(store_key, asked),
               *place_notes(store_key, asked)],
        source=asked.source,
        beside=_curve(asked),
    )  # fmt: skip


def _map(frame: pd.DataFrame, asked: Asked, parts: list[str], column: str) -> dict[str, Any] | None:
    scope = asked.scope
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    is_distance = column == "distance_km"
    drawn = frame.set_index("area_code")[column].reindex(parts)
    values = drawn.rename("value").rename_axis("area_code").reset_index()
    fixed = [*DISTANCE_BREAKS, FARTHEST] if is_distance else SHARE_BREAKS
    legend = (
        f"最寄りの{asked.what}まで（直線）" if is_distance
        else f"{asked.what}が近くにある75歳以上"
    )  # fmt: skip
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=class_breaks(values["value"], scheme="fixed", breaks=fixed),
        title=legend,
        unit="km" if is_distance else "%",
        legend_title=legend,
        decimals=1,
        selected=scope.own_code,
    )


def _curve(asked: Asked) -> Beside | None:
    """Return the curve of the own area beside the larger ones, where they are known."""
    codes = tuple(dict.fromkeys([asked.own, *_larger(asked)]))
    frame = ask(
        reach_curve,
        area_codes=codes,
        sought=asked.sought,
        denominator=asked.denominator,
        up_to_km=CURVE_KM,
    )
    own = frame.loc[frame["area_code"] == asked.own, "area_name"]
    if own.empty:
        return None
    spec = reach_curve_chart(
        frame,
        own=str(own.iloc[0]),
        marks=THRESHOLDS,
        x_title="代表点からの直線距離（km以内）",
        y_title="75歳以上の割合（%）",
    )
    return Beside(f"{asked.what}が何km以内にあるか", spec, frame, CURVE_COLUMNS, "curve")


def _larger(asked: Asked) -> list[str]:
    parts = set(ask(part_codes, scope=asked.scope))
    return [code for code in ask(codes_in_view, scope=asked.scope) if code not in parts]


def _one_point(frame: pd.DataFrame, parts: list[str], asked: Asked) -> list[str]:
    drawn = frame[frame["area_code"].isin(parts)]
    if drawn.empty or (drawn["points"] > 1).mean() > 0.5:
        return []
    level = level_label(asked.scope.level)
    return [
        f"代表点が1つの{level}は、割合が0%か100%になります。"
        "都道府県や圏域の単位では、市区町村を人口で重みづけた割合です。"
    ]


def _other_origin(store_key: str, asked: Asked) -> list[str]:
    """Return what the figures would be from the other kind of point: the room for doubt."""
    other = "inside" if asked.sought.origin == "centre" else "centre"
    moved = Asked(asked.scope, sought_of_origin(asked.sought, other))
    rows = reach_frame(store_key, moved).set_index("area_code").loc[[asked.own]]
    row = rows.iloc[0]
    if pd.isna(row["distance_km"]):
        return []
    shares = "、".join(
        f"{km}km以内{row[f'share_{km}']:.1f}%" for km in THRESHOLDS if pd.notna(row[f"share_{km}"])
    )
    return [
        f"代表点を「{ORIGINS[other]}」にすると、{row['area_name']}は平均{row['distance_km']:,.1f}km"
        f"{f'、75歳以上の割合は{shares}' if shares else ''}です。差は代表点の置き方による幅です。"
    ]
