"""Names of municipalities and wards by code, gathered from every file that has them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data.extract import (
    Extract,
    boundaries,
    ipss_age_csv,
    ipss_total_csv,
    ipss_workbook,
    land_area,
)
from data.harmonise.codes import is_in_city_range
from data.harmonise.names import split_district

COLUMNS = ["code", "own_name", "district", "city_name", "prefecture_name"]


def gather_places(extracts: list[Extract]) -> pd.DataFrame:
    """Return one row per code, the boundary files' names first.

    own_name of a ward is the ward's alone; city_name is that of its designated city.
    """
    frames = [
        reader(frame)
        for layout, reader in _READERS
        for extract in extracts
        if extract.layout == layout
        for frame in extract.frames.values()
    ]
    if not frames:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    joined = pd.concat(frames, ignore_index=True).astype("str").fillna("")
    joined["known"] = (joined["city_name"] != "").astype(int) + (joined["district"] != "")
    best = joined.sort_values("known", ascending=False, kind="stable")
    return best.drop_duplicates("code")[COLUMNS].sort_values("code", ignore_index=True)


def label_polygons(frame: pd.DataFrame) -> pd.DataFrame:
    """Return code and name parts of boundary features, whatever their columns."""
    if "N03_007" not in frame.columns:
        return _places(frame["code"], frame["name"])
    third, fourth = _text(frame, "N03_003"), _text(frame, "N03_004")
    fifth = _text(frame, "N03_005")
    ward_in_fifth = fifth.str.endswith("区")
    own = fourth.where(~ward_in_fifth, fifth)
    city = fourth.where(ward_in_fifth, third.where(third.str.endswith("市"), ""))
    own = own.where(own != "", city)
    city = city.where(own != city, "")
    district = third.where(third.str.endswith("郡"), "")
    return _places(frame["N03_007"], own, district, city, _text(frame, "N03_001"))


def cities_of(places: pd.DataFrame) -> dict[str, str]:
    """Return designated cities by code; a city known by its wards alone gets the code before."""
    ranged = places[places["code"].map(is_in_city_range)]
    own = ranged[ranged["own_name"].str.endswith("市")]
    cities = dict(zip(own["code"], own["own_name"], strict=True))
    wards = ranged[(ranged["city_name"] != "") & ~ranged["city_name"].isin(list(cities.values()))]
    for name, codes in wards.groupby("city_name")["code"]:
        first = str(codes.min())
        cities.setdefault(f"{int(first) // 10 * 10:05d}", str(name))
    return dict(sorted(cities.items()))


def _text(frame: pd.DataFrame, column: str) -> pd.Series:
    if column not in frame.columns:
        return pd.Series("", index=frame.index, dtype="str")
    return frame[column].astype("str").fillna("").str.strip()


def _places(
    code: pd.Series,
    own: pd.Series,
    district: pd.Series | str = "",
    city: pd.Series | str = "",
    prefecture: pd.Series | str = "",
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"code": code, "own_name": own, "district": district, "city_name": city,
         "prefecture_name": prefecture}
    )  # fmt: skip
    frame["code"] = frame["code"].astype("str").str.removesuffix(".0").str.zfill(5)
    usable = frame["code"].str.fullmatch(r"\d{5}") & frame["own_name"].str.fullmatch(
        r".+[市区町村]"
    )
    return frame[usable].drop_duplicates("code")


def _from_projection(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame[
        frame["市などの別"].astype("str").isin(["0", "1", "2", "3", "0.0", "1.0", "2.0", "3.0"])
    ]
    name = frame["市区町村"].astype("str").str.replace("　", " ").str.strip()
    parts = name.str.rpartition(" ")
    city = parts[0].where(parts[0].str.endswith("市"), "")
    pairs = [split_district(own.strip()) for own in parts[2]]
    return _places(
        frame["コード"],
        pd.Series([own for _, own in pairs], index=frame.index, dtype="str"),
        pd.Series([district for district, _ in pairs], index=frame.index, dtype="str"),
        city,
        frame["都道府県"],
    )


def _from_totals(frame: pd.DataFrame) -> pd.DataFrame:
    return _places(frame["code"], frame["name"])


def _from_land_area(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame[frame["行政コード"].str.fullmatch(r"\d{4,5}")]
    parent, own = frame["市郡"], frame["区町村"]
    ward = own.str.endswith("区") & parent.str.endswith("市")
    return _places(
        frame["行政コード"],
        own.where(own != "", parent),
        parent.where(parent.str.endswith("郡"), ""),
        parent.where(ward, ""),
        frame["都道府県"],
    )


_READERS: tuple[tuple[str, Callable[[pd.DataFrame], pd.DataFrame]], ...] = (
    (boundaries.NAME, label_polygons),
    (ipss_workbook.NAME, _from_projection),
    (ipss_age_csv.NAME, _from_projection),
    (ipss_total_csv.NAME, _from_totals),
    (land_area.NAME, _from_land_area),
)
