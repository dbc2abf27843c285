"""Municipal boundaries: 国土数値情報 N03 as GeoJSON, Shapefile or zip, and name/code GeoJSON."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue, shapefile
from data.extract.sheets import WORKBOOK_MARK
from geo.boundaries import read as read_polygons
from geo.points import box_in_country

NAME = "市区町村の境界（N03）"
SOURCE_KEY = "n03"
OUTSIDE = "日本の範囲の外にあります（緯度と経度が入れ替わっている可能性があります）。"
MENDED = "境界の線が自分と交わるため、面として正しい形に直して使いました。"
_NEEDED = ("N03_001", "N03_003", "N03_004", "N03_007")
_OUTLINE = {"N03_001"}
_OF_ONE_PREFECTURE = re.compile(r"N03-(?:20\d{6}_(\d{2})|\d{2}_(\d{2})_\d{6})\.", re.IGNORECASE)
_DATED = re.compile(
    r"N03-(?P<full>20\d{6})|N03-\d{2}_(?:\d{2}_)?(?P<short>\d{6})|n03[_-](?P<year>20\d{2})(?!\d)",
    re.IGNORECASE,
)


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell a GeoJSON or Shapefile with N03 columns, an N03 zip, or a GeoJSON of name and code."""
    if head.startswith(WORKBOOK_MARK):
        return _zipped(file.path) is not None
    if head.startswith(shapefile.MARK):
        return not shapefile.is_part(file.path) and _is_n03_shape(file.path)
    if b'"FeatureCollection"' not in head[:400]:
        return False
    with file.path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=1) as text:
        return text.find(b'"N03_') >= 0 or (text.find(b'"code"') >= 0 and text.find(b'"name"') >= 0)


def _is_n03_shape(path: Path) -> bool:
    table = shapefile.table_head(path)
    return b"N03_0" in table if table else path.name.upper().startswith("N03")


def _zipped(path: Path) -> str | None:
    """Return the GeoJSON of an N03 zip, or else its Shapefile: the one with the shortest name."""
    return min(_members(path), key=len, default=None)


def _members(path: Path) -> list[str]:
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    for ending in ("geojson", "shp"):
        found = [n for n in names if re.search(rf"N03[^/]*\.{ending}$", n, re.IGNORECASE)]
        if found:
            return found
    return []


def read(file: RawFile) -> Extract:
    """Read the polygons with the source's own columns; prefecture outlines give no frame."""
    frame = _read_frame(file)
    frame["source_ref"] = [f"地物 {number}" for number in range(1, len(frame) + 1)]
    as_of = as_of_name(file.name) or as_of_name(_zipped(file.path) or "")
    _require_columns(frame, file)
    code = code_column(frame)
    if code is not None:
        frame[code] = _codes(frame[code], file)
    if code is None or _is_prefectural(frame, code):
        return Extract(NAME, SOURCE_KEY, _vintage(as_of), {}, rows_read=len(frame))
    frame["as_of"] = as_of
    frame["is_outside"] = frame.geometry.notna() & ~box_in_country(frame.bounds)
    if frame["is_outside"].any() and frame.loc[frame.geometry.notna(), "is_outside"].all():
        raise UnreadableFile(
            f"境界のファイルの図形が{OUTSIDE}",
            action="経度・緯度の順に入ったファイルに置き換えてください。",
            file=file.name,
        )
    unusable = frame[code].isna() | frame.geometry.isna() | frame["is_outside"]
    issues = [_issue(row, code) for _, row in frame[unusable | frame["is_mended"]].iterrows()]
    polygons = frame[~unusable].drop(columns=["is_mended", "is_outside"])
    return Extract(NAME, SOURCE_KEY, _vintage(as_of), {"polygons": polygons}, len(frame), issues)


def _require_columns(frame: gpd.GeoDataFrame, file: RawFile) -> None:
    """Refuse municipal boundaries that lack a column; outlines of prefectures have one only."""
    present = {str(column) for column in frame.columns if str(column).startswith("N03_")}
    missing = [column for column in _NEEDED if column not in present]
    if missing and present and present != _OUTLINE:
        raise UnreadableFile(
            f"必要な列がありません：{'、'.join(missing)}。",
            action="公表元の様式が変わったようです。ほかの列で代えることはしません。",
            file=file.name,
        )


def _codes(printed: pd.Series, file: RawFile) -> pd.Series:
    """Return codes of two or five digits, whose leading zero may be lost; refuse any other."""
    text = printed.astype("str").str.normalize("NFKC").str.strip().str.removesuffix(".0")
    codes = text.where(text.str.len() <= 2, text.str.zfill(5)).where(text != "")
    wrong = codes[codes.notna() & ~codes.fillna("").str.fullmatch(r"\d{2}|\d{5}")]
    if len(wrong):
        raise UnreadableFile(
            f"団体コードが5桁の数字ではありません（{len(wrong)}件。例：{wrong.iloc[0]}）。",
            action="検査数字のない5桁のコードが入った、公表元のファイルに置き換えてください。",
            file=file.name,
        )
    return codes


def _require_one_place(file: RawFile) -> None:
    """Refuse a zip of several prefectures' files, of which only one would be read."""
    alone = [name for name in _members(file.path) if _OF_ONE_PREFECTURE.search(name)]
    if len(alone) > 1 and len(alone) == len(_members(file.path)):
        raise UnreadableFile(
            f"一つのzipに、いくつもの都道府県のファイルが入っています（{len(alone)}個）。",
            action="公表元の都道府県ごとのzipを、開かずに一つずつ入れてください。",
            file=file.name,
        )


def _read_frame(file: RawFile) -> gpd.GeoDataFrame:
    _require_one_place(file)
    member = _zipped(file.path)
    head = file.head()[:2000]
    is_shape = head.startswith(shapefile.MARK)
    if is_shape:
        shapefile.require_parts(file)
    by_shape = is_shape or (member or "").lower().endswith(".shp")
    encoding = shapefile.encoding_of(file.path, member) if by_shape else None
    source = f"/vsizip/{file.path}/{member}" if member else file.path
    try:
        tagged = bool(member) or is_shape or b'"crs"' in head
        return read_polygons(source, tagged=tagged, encoding=encoding)
    except Exception as error:
        raise UnreadableFile(
            "境界のファイルを読めません（途中で切れている可能性があります）。",
            action="公表元から取得し直してください。",
            file=file.name,
        ) from error


def code_column(frame: gpd.GeoDataFrame) -> str | None:
    """Return the column that holds area codes."""
    return next((name for name in ("N03_007", "code") if name in frame.columns), None)


def _is_prefectural(frame: gpd.GeoDataFrame, code: str) -> bool:
    codes = frame[code].dropna().astype(str)
    return bool((codes.str.fullmatch(r"\d{2}") | codes.str.fullmatch(r"\d{2}000")).all())


def _issue(row: gpd.GeoSeries, code: str) -> RowIssue:
    label = "・".join(
        str(row[c]) for c in ("N03_001", "N03_003", "N03_004", "name") if _text(row, c)
    )
    if not _text(row, code):
        return RowIssue(
            str(row["source_ref"]), code, label, "団体コードがありません（所属未定地など）"
        )
    if row["is_outside"]:
        return RowIssue(str(row["source_ref"]), "geometry", label, f"図形が{OUTSIDE}")
    if row["is_mended"]:
        return RowIssue(str(row["source_ref"]), "geometry", label, MENDED, set_aside=False)
    return RowIssue(str(row["source_ref"]), "geometry", label, "図形がありません")


def _text(row: gpd.GeoSeries, column: str) -> bool:
    return column in row.index and isinstance(row[column], str) and bool(row[column])


def as_of_name(name: str) -> str:
    """Return the reference date that the publisher puts into the file or folder name."""
    found = list(_DATED.finditer(name))
    if not found:
        return ""
    parts = found[-1].groupdict()
    if parts["year"]:
        return str(parts["year"])
    digits = parts["full"] or f"20{parts['short']}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _vintage(as_of: str) -> str:
    if not as_of:
        return "時点の記載なし"
    numbers = [int(part) for part in as_of.split("-")]
    return "".join(f"{n}{unit}" for n, unit in zip(numbers, "年月日", strict=False)) + "現在"
