"""What a table of memberships leaves out of the areas that it draws."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from data.accepted.index_of import area_index
from surveys.problems import Problem


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
