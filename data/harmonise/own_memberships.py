"""Areas and memberships of the tables that a prefecture writes, held against each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from data.derive.parts import WITHOUT_RESIDENTS
from data.extract import Extract, RowIssue
from data.harmonise.membership_clashes import named_clashes, named_otherwise
from data.harmonise.memberships import area_label, dated_members, with_areas
from data.harmonise.names import is_name

_LEFT_OUT = "どの{}にも入らない市区町村があるため、この都道府県のその圏域の合計は出しません：{}"
_NEVER_WHOLE = ("insurer", "projection_region")
_TOLD = 5
_OTHER_NAME = (
    "コードの地域は「{}」で、書かれた名前とちがいます。コードのとおりに使いました。"
    "書き間違いでないかを確かめてください。"
)


def from_own_tables(
    extracts: list[Extract],
    *,
    roster: pd.DataFrame,
    issues: list[tuple[Extract, RowIssue]],
    left_out: Collection[str] = (),
) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Return the areas and memberships of all tables together; faulty rows go to issues.

    No row counts that puts a municipality into a second area of one kind at the same time, be the
    first in the same table or in another. Rows of the prefectures left out are none of this build.
    """
    names = dict(zip(roster["area_code"], roster["name"], strict=True))
    cities = dict(zip(roster["area_code"], roster["city_code"], strict=True))
    members: list[dict[str, object]] = []
    owners: list[Extract] = []
    for extract in extracts:
        found: list[RowIssue] = []
        inside = _inside(extract, left_out)
        read = dated_members(inside, known=set(names), issues=found)
        found += _other_names(extract, read, names)
        members += read
        owners += [extract] * len(read)
        issues += [(extract, issue) for issue in found]
    clashes = dict(named_clashes(members, city_of=lambda code: cities.get(code) or code))
    for place, reason in clashes.items():
        member = members[place]
        zone = str(member["parent_area_code"])
        issue = RowIssue(str(member["source_ref"]), "圏域コード", zone, reason)
        issues.append((owners[place], issue))
    for place, reason in named_otherwise(members, known={}):
        ref, name = str(members[place]["source_ref"]), str(members[place]["parent_name"])
        issues.append((owners[place], RowIssue(ref, "圏域名", name[:40], reason, set_aside=False)))
    kept = [member for place, member in enumerate(members) if place not in clashes]
    return [with_areas(kept)] if kept else []


def left_out_of_own(
    tables: list[Extract], members: pd.DataFrame, *, roster: pd.DataFrame
) -> list[tuple[Extract, RowIssue]]:
    """Name once for each kind of area the municipalities of a prefecture that are in none."""
    if members.empty:
        return []
    city = dict(zip(roster["area_code"], roster["city_code"], strict=True))
    living = roster[roster["valid_to"].isna() & (roster["city_code"] == "")]
    living = living[~living["area_code"].isin(WITHOUT_RESIDENTS)]
    found = []
    now = members[members["valid_to"].isna() & ~members["parent_type"].isin(_NEVER_WHOLE)]
    for (kind, prefecture), rows in now.groupby(["parent_type", now["area_code"].str[:2]]):
        placed = {city.get(code) or code for code in rows["area_code"]}
        inside = living[living["area_code"].str[:2] == prefecture]
        left = inside.loc[~inside["area_code"].isin(placed), "name"].tolist()
        if left:
            more = f" ほか{len(left) - _TOLD}" if len(left) > _TOLD else ""
            reason = _LEFT_OUT.format(area_label(str(kind)), "、".join(left[:_TOLD]) + more)
            issue = RowIssue("", "団体コード", str(prefecture), reason, set_aside=False)
            found.append((_speaking_of(tables, str(prefecture)), issue))
    return found


def _speaking_of(tables: list[Extract], prefecture: str) -> Extract:
    """Return the last table that has rows of a prefecture."""
    return next(
        (
            table
            for table in reversed(tables)
            if table.frames["memberships"]["団体コード"].str.zfill(5).str[:2].eq(prefecture).any()
        ),
        tables[-1],
    )


def _inside(extract: Extract, left_out: Collection[str]) -> Extract:
    rows = extract.frames["memberships"]
    codes = rows["団体コード"].str.strip().str.zfill(5)
    kept = rows[~codes.str[:2].isin(list(left_out))]
    return replace(extract, frames=extract.frames | {"memberships": kept})


def _other_names(
    extract: Extract, members: list[dict[str, object]], names: dict[str, str]
) -> list[RowIssue]:
    """Name the rows whose municipality is called otherwise; its code counts."""
    rows = extract.frames["memberships"]
    printed = dict(zip(rows["source_ref"], rows["市区町村名"], strict=True))
    told = []
    for member in members:
        ref, own = str(member["source_ref"]), names[str(member["area_code"])]
        name = str(printed[ref]).strip()
        if name and not is_name(name, own):
            issue = RowIssue(ref, "市区町村名", name[:40], _OTHER_NAME.format(own), set_aside=False)
            told.append(issue)
    return told
