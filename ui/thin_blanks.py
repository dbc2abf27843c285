"""The picture of municipalities without a facility, and how near the next one is."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.blanks import ABSENT, PRESENT, UNKNOWN, blank_areas, ground_scope
from analytics.blanks_sentence import blanks_sentence, state_labels
from analytics.geometry import is_drawable
from analytics.reach_places import Sought
from charts.reach_map import State, state_map
from ui.blocks import ColumnLabel
from ui.labels import level_label
from ui.place_names import placed
from ui.resource_choice import ResourceChoice
from ui.store import ask, geo_url
from ui.thin_picture import (
    SHOWN,
    TYPES,
    Asked,
    Beside,
    ThinPicture,
    end_bars,
    place_notes,
    sought_of,
)

NAMED = 12
# Distances of the nearest one elsewhere: up to so many kilometres, or farther
NEAR, MIDDLE = 10, 20
NEXT = "区域内になし。最寄りは{place}{number}km"
# With more areas the name of the next place is left to the table: words are most of what is sent
MOST_NAMED = 300
STATES = (
    State(PRESENT, "区域内にある", "#c7dcec", "区域内に{number}か所"),
    State("near", f"なし・{NEAR}km以内にある", "#f6cfa0", NEXT),
    State("middle", f"なし・{NEAR}～{MIDDLE}kmにある", "#e39042", NEXT),
    State("far", f"なし・{MIDDLE}kmを超える", "#a9560c", NEXT),
    State("unmeasured", "なし・距離は不明", "#d9c7e3"),
)
COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "text": ColumnLabel("あるか、最寄りはどこか"),
    "facilities": ColumnLabel("施設数", "か所", 0),
    "people": ColumnLabel("75歳以上人口", "人", 0),
    "distance_km": ColumnLabel("最寄りまでの直線距離", "km", 1),
    "nearest_name": ColumnLabel("最寄りの施設"),
    "nearest_area_name": ColumnLabel("その所在地"),
    "neighbours": ColumnLabel("境を接し、施設がある市区町村"),
}
SUMMARY_COLUMNS = {
    "type_label": ColumnLabel("種類"),
    "absent": ColumnLabel("1か所もない", "市区町村", 0),
    "known": ColumnLabel("データのある", "市区町村", 0),
    "share": ColumnLabel("そこに住む75歳以上", "%", 1),
    "far": ColumnLabel(f"うち{MIDDLE}kmを超える", "市区町村", 0),
    "names": ColumnLabel("1か所もない市区町村"),
}


@lru_cache(maxsize=128)
def blanks_picture(store_key: str, asked: Asked) -> ThinPicture:
    """Return map, sentence and table of the municipalities or wards without a facility."""
    scope = ground_scope(asked.scope)
    asked = Asked(scope, asked.sought)
    level = level_label(scope.level)
    frame = _labelled(
        ask(blank_areas, scope=scope, sought=asked.sought, denominator=asked.denominator)
    )
    title = f"{asked.place}　{asked.what}が1か所もない{level}（{asked.vintage}）"
    sentence = blanks_sentence(
        placed(frame),
        place=asked.place,
        what=asked.what,
        level_label=level,
        denominator_label=asked.denominator_label,
        own_code=scope.own_code,
    )
    return ThinPicture(
        title=title,
        sentence=sentence,
        scope=asked.scope,
        covered=asked.covered,
        spec=_map(frame, asked) if _is_drawable(asked) else None,
        frame=frame,
        columns=COLUMNS,
        stem=f"blanks_{scope.own_code or scope.parent_code}_{'-'.join(asked.sought.types)}",
        order_by="distance_km",
        notes=[*_gap_notes(frame), *place_notes(store_key, asked)],
        source=asked.source,
        beside=_farthest(placed(frame)),
    )


def _is_drawable(asked: Asked) -> bool:
    return bool(ask(is_drawable, level=asked.scope.level, parent=asked.scope.parent_code))


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what the map is coloured by and what it says; a place of its own is no way to go."""
    absent = frame["state"] == ABSENT
    km = frame["distance_km"]
    shade = pd.Series("", index=frame.index)
    shade[frame["state"] == PRESENT] = PRESENT
    shade[absent] = "unmeasured"
    shade[absent & (km <= NEAR)] = "near"
    shade[absent & (km > NEAR)] = "middle"
    shade[absent & (km > MIDDLE)] = "far"
    return frame.assign(shade=shade, text=state_labels(frame))


def _map(frame: pd.DataFrame, asked: Asked) -> dict[str, Any]:
    is_present = frame["state"] == PRESENT
    number = frame["facilities"].where(is_present, frame["distance_km"].round(1))
    named = (frame["state"] == ABSENT) & (len(frame) <= MOST_NAMED)
    drawn = frame[["area_code"]].assign(
        state=frame["shade"],
        number=["" if pd.isna(value) else f"{value:g}" for value in number],
        place=(frame["nearest_area_name"] + "へ").where(named, "").fillna(""),
    )
    present = set(drawn["state"])
    return state_map(
        drawn,
        topology_url=geo_url(asked.scope.level, asked.scope.parent_code),
        states=[s for s in STATES if s.key != "unmeasured" or s.key in present],
        title=asked.what,
        legend_title=f"{asked.what}（代表点からの直線距離）",
        selected=asked.scope.own_code,
    )


def _gap_notes(frame: pd.DataFrame) -> list[str]:
    absent = frame[frame["state"] == ABSENT]
    gaps = int(absent["people"].isna().sum())
    if not gaps:
        return []
    return [
        f"1か所もない地域のうち{gaps:,}地域は75歳以上人口がデータなしで、住む人の数に入っていません。"
    ]


def _farthest(frame: pd.DataFrame) -> Beside | None:
    """Return bars of the areas without one from which the way is longest."""
    measured = frame[(frame["state"] == ABSENT) & frame["distance_km"].notna()]
    ordered = measured.assign(value=measured["distance_km"])
    shown = ordered.sort_values("value", ascending=False, kind="stable").head(SHOWN)
    return end_bars(
        shown,
        title=f"1か所もなく、最寄りが遠い{len(shown)}地域",
        axis="最寄りまでの直線距離",
        unit="km",
        decimals=1,
    )


@lru_cache(maxsize=64)
def blanks_by_type(store_key: str, asked: Asked, choice: ResourceChoice) -> pd.DataFrame:
    """Return one row per chosen type: how many have none, and which."""
    scope = ground_scope(asked.scope)
    rows = []
    for key in choice.types:
        sought: Sought = sought_of(choice, key, asked.sought.origin)
        frame = ask(
            blank_areas, scope=scope, sought=sought, denominator=Asked(scope, sought).denominator
        )
        rows.append(blanks_row(TYPES[key].label, frame))
    return pd.concat(rows, ignore_index=True)


def blanks_row(label: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the row of one kind of facility: how many areas have none, and which."""
    return pd.DataFrame([{"type_label": label, **_summary(frame)}], columns=list(SUMMARY_COLUMNS))


def _summary(frame: pd.DataFrame) -> dict[str, object]:
    known, absent = frame[frame["state"] != UNKNOWN], frame[frame["state"] == ABSENT]
    if known.empty:
        return {"known": 0, "names": "データなし"}
    people = known["people"].sum()
    names = list(absent["area_name"])
    more = f"ほか{len(names) - NAMED:,}" if len(names) > NAMED else ""
    return {
        "absent": float(len(absent)),
        "known": float(len(known)),
        "share": 100 * absent["people"].sum() / people if people else float("nan"),
        "far": float((absent["distance_km"] > MIDDLE).sum()),
        "names": "、".join(names[:NAMED]) + more or "なし",
    }
