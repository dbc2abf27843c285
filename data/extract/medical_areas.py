"""国土数値情報 A38 医療圏: which municipalities make up each secondary medical area."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import pandas as pd
import pyogrio
from pyogrio.errors import DataSourceError, FeatureError

from data.era import fiscal_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue, shapefile
from data.extract.sheets import WORKBOOK_MARK

NAME = "医療圏（A38）"
SOURCE_KEY = "medical_areas"
MEMBERS, MEMBER_NAMES, CODE, ZONE_NAME = "A38b_001", "A38b_002", "A38b_003", "A38b_004"
_SECONDARY = re.compile(r"A38-(\d{2})_2[^/]*\.shp$", re.IGNORECASE)
_YEAR = re.compile(r"A38-(\d{2})", re.IGNORECASE)


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell a Shapefile with the columns of secondary areas, or an A38 zip."""
    if head.startswith(WORKBOOK_MARK):
        return bool(_zipped(file.path))
    if not head.startswith(shapefile.MARK) or shapefile.is_part(file.path):
        return False
    head = shapefile.table_head(file.path)
    return any(name.encode() in head for name in (MEMBERS, CODE, ZONE_NAME))


def read(file: RawFile) -> Extract:
    """Read a row for each member, without any geometry, in the columns of the membership table."""
    members: list[str | None] = [*_zipped(file.path)] or [None]
    if members == [None]:
        shapefile.require_parts(file)
    year = _fiscal_year(Path(members[0] or "").name, file)
    issues: list[RowIssue] = []
    rows = [
        row
        for member in members
        for number, feature in enumerate(_features(file, member), start=1)
        for row in _pairs(feature, f"地物 {number}", issues)
    ]
    if not rows:
        zone = next((issue.found for issue in issues), "")
        raise UnreadableFile(
            f"4桁の医療圏コード（{CODE}）のある地物が一つもありません（例：{zone or '空欄'}）。",
            action="公表元から取得し直してください。",
            file=file.name,
        )
    frame = pd.DataFrame(rows).drop_duplicates(["団体コード", "圏域コード"], ignore_index=True)
    frame["as_of"] = f"{year}-04-01"
    return Extract(
        NAME, SOURCE_KEY, fiscal_year_label(year), {"memberships": frame}, len(frame), issues
    )


def _zipped(path: Path) -> list[str]:
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if _SECONDARY.search(name)]


def _fiscal_year(name: str, file: RawFile) -> int:
    found = _YEAR.search(name) or _YEAR.search(file.name)
    if not found:
        raise UnreadableFile(
            "年度が分かりません。",
            action="名前を公表元のまま（A38-20_… など）にしてください。",
            file=file.name,
        )
    return 2000 + int(found[1])


def _features(file: RawFile, member: str | None) -> list[dict[str, str]]:
    encoding = shapefile.encoding_of(file.path, member)
    source = f"/vsizip/{file.path}/{member}" if member else str(file.path)
    try:
        frame = pyogrio.read_dataframe(source, encoding=encoding, read_geometry=False)
    except (DataSourceError, FeatureError) as error:
        raise UnreadableFile(
            "医療圏の表を読めません（途中で切れている可能性があります）。",
            action="公表元から取得し直してください。",
            file=file.name,
        ) from error
    missing = [name for name in (MEMBERS, CODE, ZONE_NAME) if name not in frame.columns]
    if missing:
        raise UnreadableFile(f"二次医療圏の列がありません：{'、'.join(missing)}", file=file.name)
    texts = frame.astype("str").fillna("")
    return [
        {str(key): str(value) for key, value in row.items()} for row in texts.to_dict("records")
    ]


def _pairs(feature: dict[str, str], ref: str, issues: list[RowIssue]) -> list[dict[str, str]]:
    codes = _listed(feature[MEMBERS])
    names = _listed(feature.get(MEMBER_NAMES, ""))
    if len(names) != len(codes):
        names = [""] * len(codes)
    zone = unicodedata.normalize("NFKC", feature[CODE]).strip()
    if not re.fullmatch(r"\d{4}", zone):
        issues.append(RowIssue(ref, CODE, zone, "4桁の医療圏コードではないため除きました。"))
        return []
    return [
        {
            "団体コード": code,
            "市区町村名": name,
            "圏域種別": "二次医療圏",
            "圏域コード": zone,
            "圏域名": feature[ZONE_NAME].strip(),
            "適用開始": "",
            "適用終了": "",
            "source_ref": ref,
        }
        for code, name in zip(codes, names, strict=True)
    ]


def _listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,，、]", text) if part.strip()]
