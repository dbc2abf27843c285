"""The picture of what is within reach per person, shared with all who can reach it too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.floating_catchment import STEP_WEIGHTS
from analytics.geometry import is_drawable
from analytics.reach_catchment import Catchment, area_access
from analytics.reach_places import facility_places
from analytics.reach_sentence import REASONS, access_sentence
from analytics.scope import NATION, codes_in_view, part_codes
from charts.choropleth import choropleth
from geo.classification import class_breaks
from ui.blocks import ColumnLabel
from ui.place_names import placed
from ui.store import ask, geo_url
from ui.thin_picture import (
    RESOLUTION,
    SHOWN,
    TYPES,
    WHERE_FROM,
    Asked,
    Beside,
    ThinPicture,
    end_bars,
)

DECAYS = {"flat": "2SFCA（半径内は同じ重み）", "step": "E2SFCA（遠いほど軽く）"}
SUPPLIES = {"facilities": "か所数", "capacity": "定員・病床"}
COUNTED = "か所"
RADII = {"10": "10km", "20": "20km", "30": "30km", "50": "50km"}


@lru_cache(maxsize=128)
def catchment_picture(store_key: str, asked: Asked, catchment: Catchment) -> ThinPicture:
    """Return map, sentence and table of the supply within reach per 10,000 people aged 75+."""
    codes = tuple(ask(codes_in_view, scope=asked.scope))
    parts = ask(part_codes, scope=asked.scope)
    frame = ask(
        area_access,
        area_codes=codes,
        sought=asked.sought,
        denominator=asked.denominator,
        catchment=catchment,
    )
    frame = frame.assign(note=[_note(row) for row in frame.to_dict("records")])
    unit = _unit(asked, catchment)
    name = DECAYS[catchment.decay].partition("（")[0]
    sentence = access_sentence(
        placed(frame),
        area_code=asked.own,
        benchmark_code=NATION,
        part_codes=parts,
        what=asked.what,
        unit=unit,
        radius_km=catchment.radius_km,
    )
    return ThinPicture(
        title=f"{asked.place}　{asked.what}への届きやすさ（{name}、半径{catchment.radius_km}km、"
        f"{asked.vintage}）",
        sentence=sentence,
        scope=asked.scope,
        covered=asked.covered,
        spec=_map(frame, asked, parts, unit),
        frame=frame,
        columns=_columns(unit),
        stem=f"reach_{name}_{catchment.radius_km}km_{asked.own}_{'-'.join(asked.sought.types)}",
        order_by="access",
        notes=_notes(frame, asked, catchment, parts),
        source=asked.source,
        beside=_lowest(placed(frame), parts, unit),
    )


def _unit(asked: Asked, catchment: Catchment) -> str:
    if catchment.supply == "facilities":
        return COUNTED
    return TYPES[asked.sought.types[0]].capacity_unit or "人"


def _decimals(unit: str) -> int:
    return 2 if unit == COUNTED else 1


def _columns(unit: str) -> dict[str, ColumnLabel]:
    return {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "access": ColumnLabel(
            "届きやすさ", f"75歳以上1万人あたり{unit}", 2 if unit == COUNTED else 1
        ),
        "people": ColumnLabel("75歳以上人口", "人", 0),
        "measured": ColumnLabel("計算に入れた代表点", "点", 0),
        "points": ColumnLabel("代表点", "点", 0),
        "note": ColumnLabel("注"),
    }


def _note(row: dict[str, Any]) -> str:
    notes = []
    if row["reason"]:
        notes.append(REASONS[row["reason"]].rstrip("。"))
    elif row["is_partial"]:
        notes.append("参考値：分け合う人口か施設の一部が計算に入っていない")
    return "、".join(notes)


def _map(frame: pd.DataFrame, asked: Asked, parts: list[str], unit: str) -> dict[str, Any] | None:
    scope = asked.scope
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    drawn = frame.set_index("area_code")["access"].reindex(parts)
    values = drawn.rename("value").rename_axis("area_code").reset_index()
    scheme = "0と四分位" if (values["value"] == 0).any() else "五分位"
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=_breaks(values["value"]),
        title=f"75歳以上1万人あたり{asked.what}",
        unit=unit,
        legend_title=f"{asked.what}（75歳以上1万人あたり・{scheme}）",
        decimals=_decimals(unit),
        selected=scope.own_code,
    )


def _breaks(values: pd.Series) -> list[float]:
    """Return the quantiles; zeros are a class of their own, so that they are not half the map."""
    has_zero = bool((values == 0).any())
    reached = class_breaks(values[values > 0], scheme="quantile", k=4 if has_zero else 5)
    return [0.0, *reached] if has_zero else reached


def _lowest(frame: pd.DataFrame, parts: list[str], unit: str) -> Beside | None:
    """Return bars of the parts with least in reach, those of doubtful figures left out."""
    known = frame[frame["area_code"].isin(parts) & ~frame["is_partial"]]
    reached = known[known["access"] > 0]
    shown = reached.assign(value=reached["access"]).sort_values("value", kind="stable").head(SHOWN)
    without_zero = "（0の地域を除く）" if (known["access"] == 0).any() else ""
    return end_bars(
        shown,
        title=f"届きやすさが低い{len(shown)}地域{without_zero}",
        axis="75歳以上1万人あたり",
        unit=unit,
        decimals=_decimals(unit),
    )


def _notes(frame: pd.DataFrame, asked: Asked, catchment: Catchment, parts: list[str]) -> list[str]:
    notes = [RESOLUTION + WHERE_FROM[asked.sought.origin]]
    drawn = frame[frame["area_code"].isin(parts)]
    partial = int((drawn["is_partial"] & drawn["access"].notna()).sum())
    if partial:
        notes.append(
            f"{partial:,}地域は参考値です。半径のとどく範囲に人口・施設・定員の分からないところがあるか、"
            "施設のある市区町村の代表点が半径の外にあり、住民の一部が計算に入っていません。"
        )
    missing = int(drawn["access"].isna().sum())
    if missing:
        notes.append(f"データなしは{missing:,}地域です。0ではありません。")
    if catchment.supply == "capacity":
        places = ask(facility_places, sought=asked.sought)
        entered = int(places["capacity"].notna().sum())
        notes.append(
            f"定員・病床の記入があるのは全国の{len(places):,}か所のうち{entered:,}か所です。"
            "記入のない施設は供給に加えられず、その施設に届く地域は参考値かデータなしです。"
        )
    return notes


def formula(catchment: Catchment) -> str:
    """Return the method with its parameters, as printed below the picture."""
    radius = catchment.radius_km
    weight = f"W＝1（{radius}km以内）、0（それより遠い）"
    if catchment.decay == "step":
        steps = "、".join(
            f"{value:g}（{radius * at / len(STEP_WEIGHTS):.3g}km以内）"
            for at, value in enumerate(STEP_WEIGHTS, start=1)
        )
        weight = f"W＝{steps}、0（それより遠い）"
    supply = "1か所を1" if catchment.supply == "facilities" else "定員・病床の数"
    return (
        "2段階浮動集水域法（two-step floating catchment area）\n"
        "1段め：施設jごとに　R_j ＝ S_j ÷ Σ_k（P_k × W_kj）　jから半径内の代表点kすべて\n"
        "2段め：代表点iごとに　A_i ＝ Σ_j（R_j × W_ij）　iから半径内の施設jすべて\n"
        f"S：供給（{supply}）　P：75歳以上人口　{weight}\n"
        "Aに1万を掛けて示します。都道府県の境は区切りません。"
        "地域の値は、その代表点のAを75歳以上人口で重みづけた平均です。\n"
        "文献：Luo & Wang (2003) Environment and Planning B 30:865–884"
        "（2SFCA）、Luo & Qi (2009) Health & Place 15:1100–1107（E2SFCAと重み）\n"
        "直線距離の半径であり、移動時間ではありません。重みは文献では所要時間10・20・30分に対するものを、"
        "半径の3等分に当てています。"
    )
