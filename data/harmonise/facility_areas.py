"""Where facilities lie, and the last steps to the facility table, alike for every register."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.errors import UnreadableFile
from data.extract import RowIssue
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex
from geo.points import in_country

FACILITY_COLUMNS = [
    "facility_id",
    "name",
    "facility_type",
    "area_code",
    "ward_code",
    "lon",
    "lat",
    "location_quality",
    "address",
    "capacity",
    "attributes",
    "source_id",
    "source_ref",
]
IMPOSSIBLE_PLACE = (
    "座標が日本の範囲の外にあるため（緯度と経度の入れ替わりなど）、地図には載せません。"
)
_NATIONWIDE_FROM = 40
_FEW = 10
_NATION = "00"
NOWHERE = ""
_PREFECTURES = tuple(f"{number:02d}" for number in range(1, 48))
NO_PREFECTURE = (
    "どの都道府県のコードでもない値（例：「{}」）のため、この行を除き、施設の数に入れていません。"
)


def covered_areas(prefectures: Iterable[str]) -> list[str]:
    """Return 00 when a file reaches most of the country, else the prefectures that occur in it."""
    occurring = sorted(set(prefectures))
    return ["00"] if len(occurring) >= _NATIONWIDE_FROM else occurring


def locate(frame: pd.DataFrame, *, lon: pd.Series, lat: pd.Series) -> pd.DataFrame:
    """Add lon, lat and location_quality; coordinates that cannot be true are left out."""
    east = pd.to_numeric(lon, errors="coerce").astype("float64")
    north = pd.to_numeric(lat, errors="coerce").astype("float64")
    absent = east.isna() | north.isna() | ((east == 0) & (north == 0))
    exact = in_country(east, north)
    quality = pd.Series("out_of_range", index=frame.index).mask(absent, "missing")
    return frame.assign(
        lon=east.where(exact), lat=north.where(exact), location_quality=quality.mask(exact, "exact")
    )


def impossible_places(
    table: pd.DataFrame, places: pd.Series, *, lon: pd.Series, lat: pd.Series
) -> list[RowIssue]:
    """Name the facilities of the table whose printed coordinates lie outside the country.

    places, lon and lat are the source_ref and the coordinates as printed, row by row.
    """
    refs = table.loc[table["location_quality"] == "out_of_range", "source_ref"]
    rows = places.isin(refs)
    return [
        RowIssue(str(ref), "緯度・経度", f"{north},{east}"[:100], IMPOSSIBLE_PLACE, set_aside=False)
        for ref, north, east in zip(places[rows], lat[rows], lon[rows], strict=True)
    ]


def finish_facilities(frame: pd.DataFrame, *, source_id: str, areas: AreaIndex) -> Harmonised:
    """Return facility rows with their areas, once each, and what was set aside.

    The frame has the facility columns, prefecture and printed_prefecture, code5 (None where the
    printed code is faulty), printed_area and place (the municipality's printed name).
    """
    is_wanted = frame["prefecture"].isin([*areas.prefectures, ""])
    no_prefecture = ~is_wanted & ~frame["prefecture"].isin([*_PREFECTURES, *areas.left_out])
    listed = frame[frame["facility_id"].notna() & ~no_prefecture]
    printed = frame["printed_prefecture"][no_prefecture]
    strange = not_described(
        printed, frame["source_ref"], field="都道府県コード", reason=NO_PREFECTURE
    )
    frame, issues = _set_aside(frame[is_wanted])
    coverage = [
        (str(kind), area)
        for kind, prefectures in listed.groupby("facility_type")["prefecture"]
        for area in reached({code for code in prefectures if code}, areas)
    ]
    placed, mended = _place(frame, areas)
    _require_places(placed)
    table = placed.assign(source_id=source_id)[FACILITY_COLUMNS].reset_index(drop=True)
    return Harmonised({"facility": table}, coverage, [*strange, *issues, *mended])


def _require_places(placed: pd.DataFrame) -> None:
    """Refuse a list most of which lies nowhere: its areas would seem to have no facility."""
    lost = placed[placed["area_code"].isna()]
    if len(placed) < _FEW or len(lost) <= len(placed) / 2:
        return
    raise UnreadableFile(
        f"読み込む{len(placed)}行のうち{len(lost)}行の市区町村を特定できません"
        f"（例：{lost['printed_area'].iloc[0]}）。",
        action="施設の数が0か所に見えるため、使いません。公表元の様式が変わったようです。",
    )


def reached(prefectures: set[str], areas: AreaIndex) -> list[str]:
    """Return what a list covers of the areas that are loaded; NOWHERE when it has none of them.

    A part of the country is covered by a list of the whole, whether it names anything there or not.
    """
    covered = covered_areas(prefectures)
    if not areas.left_out:
        return [code for code in covered if code == _NATION or code in areas.prefectures]
    inside = areas.prefectures if covered == [_NATION] else areas.prefectures & prefectures
    return sorted(inside) or [NOWHERE]


def not_described(
    printed: pd.Series, places: pd.Series, *, field: str, reason: str
) -> list[RowIssue]:
    """Name rows that are left out for a value which the publisher does not describe.

    The reason has a place for an example; places are the source_ref of all rows.
    """
    if printed.empty:
        return []
    words = reason.format(str(printed.iloc[0])[:20] or "空欄")
    return [
        RowIssue(str(ref), field, str(value)[:100], words)
        for ref, value in zip(places[printed.index], printed, strict=True)
    ]


def _set_aside(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[RowIssue]]:
    unknown = frame["facility_type"].isna()
    nameless = ~unknown & frame["facility_id"].isna()
    again = ~unknown & ~nameless & frame.duplicated(["facility_id", "facility_type"])
    reasons = (
        (unknown, "種類", "printed_type", "施設の種類が目録にないため除きました。"),
        (nameless, "番号", "name", "事業所番号がないため除きました。"),
        (again, "番号", "facility_id", "同じ番号の行が前にあるため除きました。"),
    )
    issues = [
        RowIssue(ref, field, str(found)[:100], reason)
        for mask, field, column, reason in reasons
        for ref, found in frame.loc[mask, ["source_ref", column]].itertuples(index=False)
    ]
    return frame[~(unknown | nameless | again)], issues


def _place(frame: pd.DataFrame, areas: AreaIndex) -> tuple[pd.DataFrame, list[RowIssue]]:
    """Find the area by code, and by the printed name where the code is faulty or unknown."""
    known = {code: areas.resolve(code) for code in set(frame["code5"].dropna())}
    current = frame["code5"].map(known).astype("object")
    current = current.where(current.notna(), None)
    issues = []
    for index in current.index[current.isna()]:
        row = frame.loc[index]
        named = areas.by_name(row["prefecture"], row["place"]) if row["place"] else None
        current[index] = named
        reason = "団体コードが正しくないため、" if row["place"] else "所在地から、"
        reason += "名前から市区町村を決めました。" if named else "市区町村を特定できません。"
        found = str(row["printed_area"])[:100]
        issues.append(RowIssue(row["source_ref"], "市区町村", found, reason, set_aside=False))
    cities = {code: areas.city_of(code) for code in set(current.dropna())}
    wards = {code: areas.ward_of(code) for code in cities}
    return frame.assign(area_code=current.map(cities), ward_code=current.map(wards)), issues
