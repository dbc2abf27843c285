"""What all pictures of thin places and of reach have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.blanks import ground_scope
from analytics.denominators import Denominator, denominator_of
from analytics.reach import point_reach
from analytics.reach_places import Sought, conditions_stated, facility_places
from analytics.resources import facility_sources, types_in_view
from analytics.scope import NATION, Scope
from charts.ranking import ranking
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel
from ui.resource_choice import ResourceChoice
from ui.resource_conditions import narrowed_label
from ui.resource_view import sources_of_types
from ui.store import ask

TYPES = load_catalogue().facility_types
ANY = "any"
EVERYWHERE = (NATION,)  # the nearest may lie across any border
SHOWN = 10
ORIGINS = {"centre": "施設の集まる所", "inside": "区域の内側の1点"}
WHERE_FROM = {
    "centre": "代表点は、その市区町村にある全種類の施設の経度・緯度の中央値です"
    "（位置の分かる施設が3か所未満なら区域の内側の1点）。",
    "inside": "代表点は、区域の最も大きな部分の内側にある1点です。山や田畑のこともあります。",
}
RESOLUTION = (
    "代表点は市区町村に1つ、政令指定都市は区に1つで、住民は全員そこに住むものとします。"
    "距離は楕円体上の直線距離で、道路の長さや移動時間ではありません。"
)


@dataclass(frozen=True)
class Beside:
    """A smaller picture to the right of the map, and the figures that it draws."""

    title: str
    spec: dict[str, Any]
    frame: pd.DataFrame
    columns: Mapping[str, ColumnLabel]
    stem: str


@dataclass(frozen=True)
class ThinPicture:
    """One picture: title, sentence, map, what else is drawn, table, and what to know about it."""

    title: str
    sentence: str
    scope: Scope
    covered: frozenset[str]
    spec: dict[str, Any] | None
    frame: pd.DataFrame
    columns: Mapping[str, ColumnLabel]
    stem: str
    order_by: str
    notes: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    beside: Beside | None = None


@dataclass(frozen=True)
class Asked:
    """Whose ways are measured to what."""

    scope: Scope
    sought: Sought

    @property
    def what(self) -> str:
        """The words for the facilities that are sought."""
        names = "・".join(TYPES[key].short_label for key in self.sought.types)
        joined = f"{names}のどれか" if len(self.sought.types) > 1 else names
        return narrowed_label(joined, self.sought.filters, self.sought.search, self.sought.types)

    @property
    def place(self) -> str:
        """The name of the area whose parts are drawn."""
        return self.scope.parent_name

    @property
    def own(self) -> str:
        """The area that the sentence is about."""
        return self.scope.own_code or self.scope.parent_code

    @property
    def denominator(self) -> Denominator | None:
        """The people aged 75 and over, of the source that has most municipalities in view."""
        found: Denominator | None = ask(denominator_of, scope=ground_scope(self.scope))
        return found

    @property
    def denominator_label(self) -> str | None:
        """Name and year of these people."""
        found = self.denominator
        return found.full_label if found else None

    @property
    def source(self) -> list[str]:
        """What was counted, and the people it is related to."""
        return sources_of_types(self.sought.types, self.denominator_label, EVERYWHERE)

    @property
    def covered(self) -> frozenset[str]:
        """The types that a loaded source covers somewhere in view."""
        return frozenset(ask(types_in_view, scope=self.scope)) & frozenset(self.sought.types)

    @property
    def vintage(self) -> str:
        """When the facilities were counted, for titles."""
        rows = ask(facility_sources, facility_types=self.sought.types, area_codes=EVERYWHERE)
        vintages = rows["vintage"].dropna()
        return "・".join(dict.fromkeys(vintages)) or "資料なし"


def end_bars(
    shown: pd.DataFrame, *, title: str, axis: str, unit: str, decimals: int
) -> Beside | None:
    """Return bars of the areas at one end of a scale, where there are any.

    The frame has area_code, area_name and value.
    """
    if shown.empty:
        return None
    bars = ranking(
        shown.assign(lower_ci=float("nan"), upper_ci=float("nan"), status_label=""),
        title=axis,
        unit=unit,
        decimals=decimals,
    )
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "value": ColumnLabel(axis, unit, decimals),
    }
    return Beside(title, bars, shown, columns, "lowest" if unit != "km" else "farthest")


def sought_of(choice: ResourceChoice, key: str, origin: str) -> Sought:
    """Return what is sought: one type of the choice, or any of them."""
    types = choice.types if key == ANY else (key,)
    return sought_of_origin(Sought(types, choice.filters, choice.search), origin)


def sought_of_origin(sought: Sought, origin: str) -> Sought:
    """Return the same facilities, sought from the other kind of point."""
    return replace(sought, origin="inside" if origin == "inside" else "centre")


@lru_cache(maxsize=256)
def place_notes(store_key: str, asked: Asked) -> tuple[str, ...]:
    """Return what a reader must know of where facilities and people are taken to be."""
    sought = asked.sought
    notes = [RESOLUTION + WHERE_FROM[sought.origin]]
    places = ask(facility_places, sought=sought)
    unplaced = int(places["is_at_point"].sum())
    if len(places) and unplaced == len(places):
        notes.append(
            "この種類の資料には座標がないため、施設は所在地の市区町村（区）の代表点にあるものとしました。"
            "区域内にあれば0kmです。"
        )
    elif unplaced:
        notes.append(
            f"座標がない施設が{len(places):,}か所のうち{unplaced:,}か所あります。同じ市区町村（区）に"
            "座標のある施設があれば距離には使わず、なければ代表点にあるものとしました。"
        )
    if sought.filters:
        unstated = ask(conditions_stated, sought=sought)[1]
        if unstated:
            notes.append(
                f"条件の項目の記載がない{unstated:,}か所は、合うかどうか分からないため、"
                "探す施設に含めていません。"
            )
    return (*notes, *_people_notes(asked))


def _people_notes(asked: Asked) -> list[str]:
    points = ask(point_reach, sought=asked.sought, denominator=asked.denominator)
    notes = []
    cities = points.loc[points["is_spread"], "municipality_code"].nunique()
    if cities:
        notes.append(
            f"区ごとの75歳以上人口がそろわない政令指定都市が全国に{cities}市あり、"
            "市の人口を区に均等に割り振りました。"
        )
    doubtful = int(points["may_be_nearer"].sum())
    if doubtful:
        notes.append(
            f"全国で{doubtful:,}の代表点は、最寄りの施設より近くに資料のない地域があります。"
            "実際はもっと近くにあるかもしれません。"
        )
    return notes
