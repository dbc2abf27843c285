"""Memberships that are published as they stood in one year or another, put in their order."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from data.derive.parts import WITHOUT_RESIDENTS
from data.extract import Extract, RowIssue
from data.harmonise.memberships import MEMBERSHIP_COLUMNS, dated_members, with_areas
from data.harmonise.roster import AREA_COLUMNS

_TWICE = "同じ年に、同じ市区町村が二つの医療圏（{}）にあるため、どちらも使いません。"
_UNPLACED = (
    "{}からの表に「{}」の医療圏がありません。前の区域はその前日で終え、この都道府県の"
    "医療圏の合計は出しません。"
)
_NO_AREAS = pd.DataFrame(columns=AREA_COLUMNS, dtype="object")
_NO_MEMBERS = pd.DataFrame(columns=[*MEMBERSHIP_COLUMNS, "as_of"], dtype="object")
OWN_TABLE = "都道府県の対応表に同じ種類の圏域があるため、使いません。"


def from_vintages(
    extract: Extract, *, known: set[str], issues: list[RowIssue]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return areas and memberships with the day (as_of) that each row describes."""
    areas, members = [_NO_AREAS], [_NO_MEMBERS]
    rows = extract.frames["memberships"]
    if rows.empty:
        return _NO_AREAS, _NO_MEMBERS
    for day, group in rows.groupby("as_of"):
        part = Extract(extract.layout, extract.source_key, "", {"memberships": group}, len(group))
        told = dated_members(part, known=known, issues=issues)
        region, member = with_areas(_in_one_zone(told, issues))
        areas.append(region)
        members.append(member.assign(as_of=date.fromisoformat(str(day))))
    joined = pd.concat(areas, ignore_index=True).drop_duplicates("area_code")
    return joined, pd.concat(members, ignore_index=True)


def _in_one_zone(
    members: list[dict[str, object]], issues: list[RowIssue]
) -> list[dict[str, object]]:
    """Leave out, and name, a municipality that one table puts into two areas."""
    zones: dict[str, set[str]] = {}
    for member in members:
        zones.setdefault(str(member["area_code"]), set()).add(str(member["parent_area_code"]))
    for member in members:
        code = str(member["area_code"])
        if len(zones[code]) > 1:
            reason = _TWICE.format("、".join(sorted(zones[code])))
            issues.append(RowIssue(str(member["source_ref"]), "圏域コード", code, reason))
    return [member for member in members if len(zones[str(member["area_code"])]) == 1]


def settle(vintages: pd.DataFrame, *, own: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Return dated memberships: the newest holds today, and each ends where the next begins.

    A prefecture whose own table (`own`) has areas of the type keeps to that table. A city that one
    year divides by wards is never put whole into one area. What a newer table leaves out has ended.
    """
    told = _without_own(vintages, own)
    kept = _whole_cities(told, roster).sort_values("as_of", kind="stable")
    ended = _left_out_since(told, roster)
    rows: list[dict[str, object]] = []
    for (code, kind), group in kept.groupby(["area_code", "parent_type"], sort=True):
        steps = group.drop_duplicates("as_of", keep="last")
        changed = steps[steps["parent_area_code"] != steps["parent_area_code"].shift()]
        starts: list[date] = list(changed["as_of"])
        ends = [day - timedelta(days=1) for day in starts[1:]]
        until = ended.get(str(code))
        for parent, first, last in zip(
            changed["parent_area_code"], [None, *starts[1:]], [*ends, until], strict=True
        ):
            rows.append(
                dict(zip(MEMBERSHIP_COLUMNS, (code, parent, kind, first, last), strict=True))
            )
    return pd.DataFrame(rows, columns=MEMBERSHIP_COLUMNS)


def unplaced(
    vintages: pd.DataFrame, *, own: pd.DataFrame, roster: pd.DataFrame
) -> list[tuple[int, RowIssue]]:
    """Name each living municipality that the newest `table` of its prefecture leaves out."""
    told = _without_own(vintages, own)
    last = _last_told(told, roster)
    living = roster[roster["valid_to"].isna() & (roster["city_code"] == "")]
    living = living[~living["area_code"].isin(WITHOUT_RESIDENTS)]
    found: list[tuple[int, RowIssue]] = []
    for prefecture, rows in told.groupby(told["area_code"].str[:2]):
        newest = rows.sort_values("as_of", kind="stable").iloc[-1]
        inside = living[living["area_code"].str[:2] == prefecture]
        for code, name in zip(inside["area_code"], inside["name"], strict=True):
            if last.get(code) != newest["as_of"]:
                reason = _UNPLACED.format(newest["as_of"], name)
                issue = RowIssue("", "二次医療圏", code, reason, set_aside=False)
                found.append((newest["table"], issue))
    return found


def _last_told(vintages: pd.DataFrame, roster: pd.DataFrame) -> dict[str, date]:
    """Return the newest day that speaks of a municipality, as a whole or by its wards."""
    city = dict(zip(roster["area_code"], roster["city_code"], strict=True))
    last: dict[str, date] = {}
    for code, day in zip(vintages["area_code"], vintages["as_of"], strict=True):
        whole = city.get(code) or code
        last[whole] = max(last.get(whole, day), day)
    return last


def _left_out_since(vintages: pd.DataFrame, roster: pd.DataFrame) -> dict[str, date]:
    """Return the last day in its area of all that newer tables of the prefecture leave out."""
    city = dict(zip(roster["area_code"], roster["city_code"], strict=True))
    days: dict[str, set[date]] = {}
    for code, day in zip(vintages["area_code"], vintages["as_of"], strict=True):
        days.setdefault(code[:2], set()).add(day)
    last = _last_told(vintages, roster)
    ended: dict[str, date] = {}
    for code in roster["area_code"]:
        until = last.get(city[code] or code)
        after = [day for day in days.get(code[:2], ()) if until and day > until]
        if after:
            ended[code] = min(after) - timedelta(days=1)
    return ended


def with_days(regions: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Give each area the day on which its first members came, or its last ones left."""
    days: dict[str, dict[str, date]] = {"valid_from": {}, "valid_to": {}}
    for code, rows in members.groupby("parent_area_code"):
        if rows["valid_from"].notna().all():
            days["valid_from"][str(code)] = min(rows["valid_from"])
        if rows["valid_to"].notna().all():
            days["valid_to"][str(code)] = max(rows["valid_to"])
    dated = regions.copy()
    for column, known in days.items():
        own = dated["area_code"].map(known).astype("object")
        dated[column] = own.where(own.notna(), dated[column].astype("object"))
    return dated


def _without_own(vintages: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    mine = set(zip(own["area_code"].str[:2], own["parent_type"], strict=True))
    keys = list(zip(vintages["area_code"].str[:2], vintages["parent_type"], strict=True))
    is_kept = [key not in mine for key in keys]
    return vintages[pd.Series(is_kept, index=vintages.index, dtype="bool")]


def _whole_cities(rows: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Put a city in place of its wards where they are in one area; else leave the city out."""
    city = dict(zip(roster["area_code"], roster["city_code"], strict=True))
    named = rows.assign(city=[city.get(code) or "" for code in rows["area_code"]])
    wards = named[named["city"] != ""]
    zones = wards.groupby(["city", "as_of"])["parent_area_code"].nunique()
    divided = set(zones[zones > 1].reset_index()["city"])
    own = [
        code if not above or above in divided else above
        for code, above in zip(named["area_code"], named["city"], strict=True)
    ]
    placed = named.assign(area_code=own)
    placed = placed[~placed["area_code"].isin(list(divided))]
    return placed.drop_duplicates(["area_code", "parent_area_code", "as_of"]).drop(columns="city")
