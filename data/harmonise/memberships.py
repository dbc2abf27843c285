"""Which area lies in which, from codes, from membership tables and from named pairs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pandas as pd

from data.extract import Extract, RowIssue
from data.harmonise.codes import AREA_CODE, from_code6, pad_code
from data.harmonise.roster import AREA_COLUMNS

MEMBERSHIP_COLUMNS = ["area_code", "parent_area_code", "parent_type", "valid_from", "valid_to"]
PREFIXES = {
    "secondary_medical_area": "m2-",
    "planning_area": "kk-",
    "elderly_welfare_area": "ew-",
    "health_center_area": "hc-",
    "home_medical_area": "hm-",
    "insurer": "ins-",
}
_TYPE_LABELS = {
    "二次医療圏": "secondary_medical_area",
    "構想区域": "planning_area",
    "老人福祉圏域": "elderly_welfare_area",
    "高齢者福祉圏域": "elderly_welfare_area",
    "保健所管轄区域": "health_center_area",
    "保健所管内": "health_center_area",
    "保健所": "health_center_area",
    "在宅医療圏域": "home_medical_area",
    "在宅医療圏": "home_medical_area",
    "保険者": "insurer",
}
_LABELS = {kind: label for label, kind in reversed(_TYPE_LABELS.items())}
_CODED = ("団体コード", "圏域種別", "圏域コード", "適用開始", "適用終了")
_DATE_REASON = "日付は 2024-04-01 のように書いてください。この行は使いません。"
_NOT_YET = "適用開始がこれからの日付です。いまの区域ではないため、この行は使いません。"
_STILL = "適用終了がこれからの日付なので、まだ続くものとして読みました。"
_ORDER_REASON = "適用終了が適用開始より前です。この行は使いません。"
_ZONE_REASON = "圏域コードは4桁の数字（都道府県2桁＋連番2桁）にしてください。この行は使いません。"


def hierarchy(roster: pd.DataFrame) -> pd.DataFrame:
    """Return ward in city, municipality in prefecture and prefecture in nation."""
    wards = roster[roster["area_type"] == "ward"]
    whole = roster[roster["area_type"] != "ward"]
    prefectures = sorted(set(roster["area_code"].str[:2]))
    parts = [
        _dated(wards, wards["city_code"], "designated_city"),
        _dated(whole, whole["area_code"].str[:2], "prefecture"),
        pd.DataFrame(
            {"area_code": prefectures, "parent_area_code": "00", "parent_type": "nation"}
        ).reindex(columns=MEMBERSHIP_COLUMNS),
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _dated(rows: pd.DataFrame, parent: pd.Series, parent_type: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "parent_area_code": parent,
            "parent_type": parent_type,
            "valid_from": rows["valid_from"],
            "valid_to": rows["valid_to"],
        }
    )


def from_table(
    extract: Extract, *, known: set[str], issues: list[RowIssue]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return areas and memberships of a membership table, and add its faulty rows to issues."""
    return with_areas(dated_members(extract, known=known, issues=issues))


def with_areas(members: list[dict[str, object]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the areas that memberships speak of, and the memberships."""
    areas: dict[str, dict[str, object]] = {}
    for member in sorted(members, key=lambda member: not member["parent_name"]):
        code, kind = str(member["parent_area_code"]), str(member["parent_type"])
        areas.setdefault(code, _region(code, kind, str(member["parent_name"])))
    return (
        pd.DataFrame(list(areas.values()), columns=AREA_COLUMNS),
        pd.DataFrame(members, columns=MEMBERSHIP_COLUMNS),
    )


def dated_members(
    extract: Extract, *, known: set[str], issues: list[RowIssue]
) -> list[dict[str, object]]:
    """Return every membership of a table with the name of its area and its place in the file."""
    members = []
    for record in extract.frames["memberships"].to_dict("records"):
        row = {str(key): _folded(str(key), str(value)) for key, value in record.items()}
        member = _member(row, known=known, issues=issues)
        if member is not None:
            member["parent_name"] = row["圏域名"].strip()
            members.append(member | {name: row.get(name, "") for name in ("source_ref", "file")})
    return members


def _folded(column: str, text: str) -> str:
    return unicodedata.normalize("NFKC", text) if column in _CODED else text


def _member(
    row: dict[str, str], *, known: set[str], issues: list[RowIssue]
) -> dict[str, object] | None:
    ref = str(row["source_ref"])
    area_type = _TYPE_LABELS.get(row["圏域種別"].strip(), row["圏域種別"].strip())
    if area_type not in PREFIXES:
        issues.append(RowIssue(ref, "圏域種別", row["圏域種別"], "知らない圏域種別です"))
        return None
    try:
        code = _municipal_code(row["団体コード"].strip())
    except ValueError as error:
        issues.append(RowIssue(ref, "団体コード", row["団体コード"], str(error)))
        return None
    term = _term(row, ref, issues)
    if term is None:
        return None
    zone = _prefixed(row["圏域コード"].strip(), area_type)
    if not re.fullmatch(AREA_CODE, zone):
        issues.append(RowIssue(ref, "圏域コード", row["圏域コード"], _ZONE_REASON))
        return None
    if _prefecture_of_zone(zone) != code[:2]:
        reason = (
            f"圏域コードの都道府県（{_prefecture_of_zone(zone)}）が、"
            f"団体コードの都道府県（{code[:2]}）とちがいます。この行は使いません。"
        )
        issues.append(RowIssue(ref, "圏域コード", row["圏域コード"], reason))
        return None
    if code not in known:
        issues.append(
            RowIssue(ref, "団体コード", row["団体コード"], "この団体の境界も名前もありません")
        )
        return None
    return {
        "area_code": code,
        "parent_area_code": zone,
        "parent_type": area_type,
        "valid_from": term[0],
        "valid_to": term[1],
    }


def _term(
    row: dict[str, str], ref: str, issues: list[RowIssue]
) -> tuple[date | None, date | None] | None:
    """Return first and last day as today sees them, nothing where the row is not used."""
    try:
        first, last = _day(row["適用開始"]), _day(row["適用終了"])
    except ValueError:
        found = f"{row['適用開始']}〜{row['適用終了']}"
        issues.append(RowIssue(ref, "適用開始・適用終了", found, _DATE_REASON))
        return None
    if first and last and first > last:
        issues.append(RowIssue(ref, "適用終了", row["適用終了"], _ORDER_REASON))
        return None
    if first and first > date.today():
        issues.append(RowIssue(ref, "適用開始", row["適用開始"], _NOT_YET))
        return None
    if last and last >= date.today():
        issues.append(RowIssue(ref, "適用終了", row["適用終了"], _STILL, set_aside=False))
        last = None
    return first, last


def _municipal_code(text: str) -> str:
    return from_code6(text) if len(text) == 6 else pad_code(text)


def _day(text: str) -> date | None:
    """Return a date such as 2024-04-01 or 2024/4/1; ValueError for anything else."""
    if not text.strip():
        return None
    year, month, day = (int(part) for part in text.strip().replace("/", "-").split("-"))
    return date(year, month, day)


def _prefixed(code: str, area_type: str) -> str:
    prefix = PREFIXES[area_type]
    return code if code.startswith(prefix) else prefix + code


def _prefecture_of_zone(zone: str) -> str:
    return zone.split("-", maxsplit=1)[1][:2]


def area_label(kind: str) -> str:
    """Return what a kind of area is called in a table of memberships."""
    return _LABELS.get(kind, kind)


def _region(code: str, area_type: str, name: str) -> dict[str, object]:
    return {"area_code": code, "area_type": area_type, "name": name.strip()}


def region_prefectures(regions: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return the prefecture of each region: that of its members, where they agree."""
    rows = members.assign(prefecture=members["area_code"].str[:2])
    found = rows.groupby("parent_area_code")["prefecture"].agg(["nunique", "first"])
    own = found[found["nunique"] == 1]["first"].to_dict()
    codes = regions["area_code"].astype("str")
    parent = codes.map(own).astype("str").fillna(codes.str.extract(r"-(\d{2})", expand=False))
    return pd.DataFrame(
        {"area_code": codes, "parent_area_code": parent, "parent_type": "prefecture"}
    ).reindex(columns=MEMBERSHIP_COLUMNS)
