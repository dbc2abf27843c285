"""Which municipalities and wards there are and were, from names and the published changes."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from data.extract import Extract, municipal_changes, municipal_kana
from data.harmonise.codes import is_in_city_range, official_code6
from data.harmonise.names import PREFECTURES, prefecture_kana, prefecture_name
from data.harmonise.places import cities_of

KEEP_ENDED_SINCE = date(2006, 4, 1)
DEMO_REGION_NAME = "見本地方"
_DISTRICT_REASONS = (
    "abolishmentOfDistrict",
    "changesOfBoundariesOfDistrict",
    "establishmentOfNewDistrict",
)
AREA_COLUMNS = [
    "area_code", "area_type", "name", "name_kana", "official_code6", "lon", "lat",
    "valid_from", "valid_to",
]  # fmt: skip


def gather_changes(extracts: list[Extract]) -> pd.DataFrame:
    """Return changes of municipalities and wards; districts are no areas of ours."""
    frames = [e.frames["changes"] for e in extracts if e.layout == municipal_changes.NAME]
    columns = ["date", "reason_key", "reason", "old_code", "old_name", "new_code", "new_name"]
    if not frames:
        return pd.DataFrame(columns=columns, dtype="str")
    joined = pd.concat(frames, ignore_index=True)
    joined = joined[~joined["reason_key"].isin(_DISTRICT_REASONS)]
    return joined.drop_duplicates(columns)[columns].sort_values("date", ignore_index=True)


def gather_kana(extracts: list[Extract]) -> dict[str, str]:
    """Return readings by code."""
    frames = [e.frames["kana"] for e in extracts if e.layout == municipal_kana.NAME]
    return {
        str(code): str(kana)
        for frame in frames
        for code, kana in zip(frame["code"], frame["kana"], strict=True)
    }


def ended_codes(changes: pd.DataFrame) -> dict[str, date]:
    """Return the last day of every code that a change took away for good."""
    moved = changes[changes["old_code"] != changes["new_code"]]
    last = moved.groupby("old_code")["date"].max()
    first = changes.groupby("new_code")["date"].max()
    return {
        str(code): date.fromisoformat(day) - timedelta(days=1)
        for code, day in last.items()
        if first.get(code, "") <= day
    }


def begun_codes(changes: pd.DataFrame) -> dict[str, date]:
    """Return the first day of every code that a change brought into being."""
    first = changes.groupby("new_code")["date"].min()
    earlier = changes.groupby("old_code")["date"].min()
    absorbing = set(changes.loc[changes["reason_key"] == "absorption", "new_code"])
    return {
        str(code): date.fromisoformat(day)
        for code, day in first.items()
        if earlier.get(code, "9") > day and code not in absorbing
    }


def build_roster(places: pd.DataFrame, changes: pd.DataFrame, kana: dict[str, str]) -> pd.DataFrame:
    """Return one row per municipality, city and ward, present or ended since 2006.

    Beside the area columns the frame has district and city_code (a ward's city, else blank).
    """
    ended, begun = ended_codes(changes), begun_codes(changes)
    cities = cities_of(places)
    known = _with_changed(places, changes, cities)
    known = known[[_kept(code, ended) for code in known["code"]]].copy()
    known["valid_to"] = [ended.get(code) for code in known["code"]]
    known["valid_from"] = [begun.get(code) for code in known["code"]]
    known["city_code"] = [city_of_code(code, cities) for code in known["code"]]
    known["area_type"] = [_area_type(code, cities) for code in known["code"]]
    ward = known["area_type"] == "ward"
    city_name = known["city_code"].map(cities).fillna("")
    known["name"] = known["own_name"].where(~ward, city_name + known["own_name"])
    known["name_kana"] = known["code"].map(kana)
    known["official_code6"] = known["code"].map(official_code6)
    return known.rename(columns={"code": "area_code"}).assign(lon=None, lat=None)


def city_of_code(code: str, cities: dict[str, str]) -> str:
    """Return the designated city in whose number range a ward lies, else blank."""
    if not is_in_city_range(code) or code in cities:
        return ""
    return max((c for c in cities if c <= code and c[:2] == code[:2]), default="")


def _with_changed(
    places: pd.DataFrame, changes: pd.DataFrame, cities: dict[str, str]
) -> pd.DataFrame:
    recent = changes[changes["date"] >= KEEP_ENDED_SINCE.isoformat()]
    named = pd.concat(
        [
            recent[[f"{side}_code", f"{side}_name"]].set_axis(["code", "own_name"], axis=1)
            for side in ("new", "old")
        ]
        + [pd.DataFrame({"code": list(cities), "own_name": list(cities.values())}, dtype="str")]
    )
    joined = pd.concat([places, named], ignore_index=True)
    return joined.fillna("").drop_duplicates("code").sort_values("code", ignore_index=True)


def _kept(code: str, ended: dict[str, date]) -> bool:
    return code not in ended or ended[code] >= KEEP_ENDED_SINCE


def _area_type(code: str, cities: dict[str, str]) -> str:
    if code in cities:
        return "designated_city"
    return "ward" if city_of_code(code, cities) else "municipality"


def larger_areas(roster: pd.DataFrame, kana: dict[str, str]) -> pd.DataFrame:
    """Return the nation and the prefectures that have a municipality."""
    codes = sorted({str(code)[:2] for code in roster["area_code"]})
    printed = roster[roster["prefecture_name"] != ""]
    names = dict(zip(printed["area_code"].str[:2], printed["prefecture_name"], strict=True))
    real = any(prefecture_name(code) for code in codes)
    nation = {
        "area_code": "00",
        "area_type": "nation",
        "name": "全国" if real else DEMO_REGION_NAME,
    }
    rows = [nation] + [
        {
            "area_code": code,
            "area_type": "prefecture",
            "name": names.get(code) or prefecture_name(code) or code,
            "name_kana": kana.get(f"{code}000") or prefecture_kana(code),
            "official_code6": official_code6(f"{code}000"),
        }
        for code in codes
    ]
    return pd.DataFrame(rows).reindex(columns=AREA_COLUMNS)


def left_out_prefectures(roster: pd.DataFrame, prefectures: set[str]) -> dict[str, str]:
    """Return code and name of every prefecture that a build of some leaves out."""
    every = larger_areas(roster, {})
    known = {f"{number:02d}": name for number, name in enumerate(PREFECTURES, start=1)}
    known |= dict(zip(every["area_code"], every["name"], strict=True))
    return {code: name for code, name in known.items() if code not in {"00", *prefectures}}
