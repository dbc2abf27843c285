"""Planning areas and their municipalities, as the tables of each fiscal year name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from data.extract import Extract, RowIssue
from data.harmonise.membership_vintages import settle
from data.harmonise.memberships import MEMBERSHIP_COLUMNS, PREFIXES
from data.harmonise.names import fold_name
from data.harmonise.roster import AREA_COLUMNS
from data.vintages import sortable

INCOMPLETE = (
    "構成する市区町村がそろわない県のため、圏域の範囲には使いません"
    "（施設の報告がある市区町村だけの表です）"
)
CONTRADICTED = (
    "新しい年度の表と構想区域がちがい、新しい表では市区町村がそろわない県のため、"
    "圏域の範囲には使いません"
)
_NOT_LIVING = "現在の市区町村にない名前です"
_NO_MEMBERS = pd.DataFrame(
    columns=["area_code", "parent_area_code", "parent_type", "as_of"], dtype="object"
)
Found = list[tuple[Extract, RowIssue]]


def planning_areas(
    extracts: Iterable[Extract], *, own: pd.DataFrame, roster: pd.DataFrame, issues: Found
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return planning areas and dated memberships from the tables of pairs of all years.

    A table without a year counts only where none has one. Where two years differ, the older
    membership ends the day before the newer year; an area that only older tables have has ended.
    """
    tables = sorted(extracts, key=lambda extract: sortable(extract.vintage))
    if any(sortable(table.vintage) for table in tables):
        tables = [table for table in tables if sortable(table.vintage)]
    named = [_named(table, roster, issues) for table in tables]
    if all(pairs.empty for pairs in named):
        return pd.DataFrame(columns=AREA_COLUMNS), pd.DataFrame(columns=MEMBERSHIP_COLUMNS)
    pairs = pd.concat(
        [part.assign(table=number) for number, part in enumerate(named) if not part.empty],
        ignore_index=True,
    )
    kept = []
    for prefecture, rows in pairs.groupby("prefecture"):
        found, doubts = _in_force(rows, str(prefecture), roster)
        kept.append(found)
        for number, reason in doubts:
            issue = RowIssue(f"{prefecture}（都道府県）", "構想区域", str(prefecture), reason)
            issues.append((tables[number], issue))
    members = pd.concat(kept, ignore_index=True)
    if members.empty:
        return _regions(pairs), pd.DataFrame(columns=MEMBERSHIP_COLUMNS)
    return _regions(pairs), settle(members, own=own, roster=roster)


def _named(table: Extract, roster: pd.DataFrame, issues: Found) -> pd.DataFrame:
    """Return the pairs of a table with today's codes; a name that no municipality has is named."""
    pairs = table.frames["pairs"]
    codes = pairs["構想区域コード"].str.strip().str.zfill(4)
    pairs = pairs.assign(構想区域コード=codes)[codes.str[:2].isin(roster["area_code"].str[:2])]
    living = roster[roster["valid_to"].isna()]
    names = {
        (code[:2], fold_name(name)): code
        for code, name in zip(living["area_code"], living["name"], strict=True)
    }
    pairs["prefecture"] = pairs["構想区域コード"].str[:2]
    places = pairs["所在地（市区町村名）"].map(fold_name)
    keys = zip(pairs["prefecture"], places, strict=True)
    pairs["member"] = pd.Series([names.get(key) for key in keys], pairs.index, dtype="object")
    for row in pairs[pairs["member"].isna() & (places != "")].to_dict("records"):
        found = f"{row['都道府県']}{row['所在地（市区町村名）']}"
        issue = RowIssue(row["source_ref"], "所在地（市区町村名）", found, _NOT_LIVING)
        issues.append((table, issue))
    year = next(iter(sortable(table.vintage)), 1)
    code = PREFIXES["planning_area"] + pairs["構想区域コード"]
    return pairs.assign(code=code, as_of=date(year, 4, 1))


def _in_force(
    pairs: pd.DataFrame, prefecture: str, roster: pd.DataFrame
) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Return the members of a prefecture in its complete years, and why others are left out.

    They are none at all where the newest table is incomplete and says otherwise than the last.
    """
    doubts: list[tuple[int, str]] = []
    years: list[pd.DataFrame] = []
    living = roster[roster["valid_to"].isna() & (roster["area_code"].str[:2] == prefecture)]
    for day, rows in pairs.groupby("as_of"):
        members = _complete(rows, living)
        if members.empty:
            doubts.append((int(rows["table"].iloc[0]), INCOMPLETE))
        else:
            years.append(members.assign(as_of=day))
    newest = pairs[pairs["as_of"] == pairs["as_of"].max()]
    is_older = bool(years) and years[-1]["as_of"].max() < newest["as_of"].max()
    if is_older and not _agrees(years[-1], newest):
        return _NO_MEMBERS, [*doubts, (int(newest["table"].iloc[0]), CONTRADICTED)]
    return pd.concat(years, ignore_index=True) if years else _NO_MEMBERS, doubts


def _complete(rows: pd.DataFrame, living: pd.DataFrame) -> pd.DataFrame:
    """Return the members of a prefecture in a year, or none when a municipality is in no area."""
    city = dict(zip(living["area_code"], living["city_code"], strict=True))
    named = rows.dropna(subset="member").drop_duplicates(["code", "member"])
    whole = named.assign(member=[city.get(m) or m for m in named["member"]])
    split = whole.groupby("member")["code"].nunique()
    divided = set(split[split > 1].index)
    apart = whole["member"].isin(list(divided))
    taken = pd.concat([named[apart], whole[~apart]])
    expected = {
        code
        for code in living["area_code"]
        if (city[code] in divided) or (not city[code] and code not in divided)
    }
    if set(taken["member"]) < expected or taken.drop_duplicates()["member"].duplicated().any():
        return _NO_MEMBERS
    pairs = taken.drop_duplicates(["code", "member"])
    return pd.DataFrame(
        {
            "area_code": pairs["member"],
            "parent_area_code": pairs["code"],
            "parent_type": "planning_area",
        }
    )


def _agrees(members: pd.DataFrame, newest: pd.DataFrame) -> bool:
    before = set(zip(members["area_code"], members["parent_area_code"], strict=True))
    named = newest.dropna(subset="member")
    told = set(zip(named["member"], named["code"], strict=True))
    return told <= before and set(newest["code"]) == set(members["parent_area_code"])


def _regions(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return each area with its newest name, and its days where not every year has it."""
    days = {key: sorted(set(rows["as_of"])) for key, rows in pairs.groupby("prefecture")}
    regions = []
    for code, rows in pairs.sort_values("as_of", kind="stable").groupby("code"):
        told, first, last = days[str(code)[3:5]], rows["as_of"].min(), rows["as_of"].max()
        after = [day for day in told if day > last]
        regions.append(
            {
                "area_code": code,
                "area_type": "planning_area",
                "name": rows["構想区域"].iloc[-1],
                "valid_from": first if first > told[0] else None,
                "valid_to": after[0] - timedelta(days=1) if after else None,
            }
        )
    return pd.DataFrame(regions).reindex(columns=AREA_COLUMNS)
