"""What memberships leave out of the areas that they draw, and what they would count twice."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.table_intake import published_memberships
from data.accepted.index_of import area_index
from data.harmonise.membership_clashes import named_clashes
from surveys.problems import Problem

_TWICE = "直すか、いまの行に適用終了を書いて、同じ表に入れてください。"


def unassigned(
    con: DuckDBPyConnection, members: pd.DataFrame, names: dict[str, str]
) -> list[Problem]:
    """Name the municipalities that would be in no area of a type that the table brings."""
    if members.empty:
        return []
    index = area_index(con)
    lasting = members[members["valid_to"].isna()]
    found = []
    for kind, rows in lasting[lasting["parent_type"] != "insurer"].groupby("parent_type"):
        before = con.execute(
            "select area_code from area_membership where parent_type = $kind and valid_to is null",
            {"kind": kind},
        ).fetchall()
        placed = set(rows["area_code"]) | {code for (code,) in before}
        cities = {index.city_of(code) for code in placed}
        for prefecture in sorted(set(rows["area_code"].str[:2])):
            left = sorted(index.municipalities(prefecture) - placed - cities)
            if left:
                told = "・".join(names.get(code, code) for code in left[:10])
                message = f"どの圏域にも入らない市町村が{len(left)}あります：{told}"
                action = "そろわない県の圏域では、市町村の数を足しません。"
                found.append(Problem("warning", "圏域の範囲", message, action))
    return found


def placed_twice(con: DuckDBPyConnection, members: pd.DataFrame) -> list[Problem]:
    """Name the rows that clash with a row of another table, or with what stays as published."""
    if members.empty:
        return []
    staying = published_memberships(con, types=sorted(set(members["parent_type"])))
    keys = ["area_code", "parent_type"]
    replaced = pd.MultiIndex.from_frame(staying[keys]).isin(pd.MultiIndex.from_frame(members[keys]))
    staying = staying[~replaced].assign(file="いま公開している圏域", source_ref="")
    rows = pd.concat([members, staying], ignore_index=True).to_dict("records")
    own = [{str(name): value for name, value in row.items()} for row in rows]
    return [
        Problem(
            "error",
            "圏域コード",
            f"{own[place]['source_ref']}：{reason.removesuffix('この行は使いません。')}",
            _TWICE,
            str(own[place]["file"]),
            value=str(own[place]["parent_area_code"]),
        )
        for place, reason in named_clashes(own, city_of=area_index(con).city_of)
        if place < len(members)
    ]
