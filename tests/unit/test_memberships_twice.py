"""Tables of memberships that would count somebody twice, or in another prefecture's area."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.errors import BuildError
from data.extract import Extract, RawFile, RowIssue, area_membership
from data.harmonise.own_memberships import from_own_tables, left_out_of_own
from data.tables import create_tables
from data.verification import check_generation

ROSTER = pd.DataFrame(
    {
        "area_code": ["19201", "19202", "19100", "19101"],
        "name": ["甲府市", "富士吉田市", "架橋市", "架橋市北区"],
        "city_code": ["", "", "", "19100"],
    }
)
HEADER = ",".join(area_membership.COLUMNS)


def read(folder: Path, name: str, *rows: str) -> Extract:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return area_membership.read(RawFile(path, name))


def settled(*extracts: Extract) -> tuple[list[str], list[RowIssue]]:
    """Return which codes are placed where, and what is said of the rows."""
    issues: list[tuple[Extract, RowIssue]] = []
    pieces = from_own_tables(list(extracts), roster=ROSTER, issues=issues)
    placed = [
        f"{row.area_code} {row.parent_area_code}"
        for _, members in pieces
        for row in members.itertuples()
    ]
    return placed, [issue for _, issue in issues]


def test_a_municipality_in_two_areas_at_once_is_in_neither(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.csv",
        "19201,甲府市,保健所,1901,中北,2020-04-01,",
        "19201,甲府市,保健所,1902,峡東,,2020-04-01",
        "19201,甲府市,老人福祉圏域,1901,中北,,2020-03-31",
        "19201,甲府市,老人福祉圏域,1902,峡東,2020-04-01,",
    )
    placed, issues = settled(table)
    assert placed == ["19201 ew-1901", "19201 ew-1902"]
    assert [issue.source_ref for issue in issues] == ["行 2", "行 3"]
    assert "「中北」（hc-1901）と「峡東」（hc-1902）（行 3）" in issues[0].reason


def test_two_tables_and_a_city_with_its_ward_clash_too(tmp_path: Path) -> None:
    first = read(tmp_path, "a.csv", "19201,甲府市,保健所,1901,中北,,")
    second = read(
        tmp_path,
        "b.csv",
        "19201,甲府市,保健所,1902,峡東,,",
        "19100,架橋市,保健所,1901,中北,,",
        "19101,架橋市北区,保健所,1901,中北,,",
        "19202,富士吉田市,保健所,1904,富士,,",
        "19202,富士吉田市,保健所,1904,富士,,",
    )
    placed, issues = settled(first, second)
    assert set(placed) == {"19202 hc-1904"}
    assert len(issues) == 4
    assert "b.csv 行 2" in issues[0].reason
    assert "市の全体と区" in issues[2].reason


def test_days_prefectures_and_names_that_contradict_are_named(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.csv",
        "19201,甲府市,保健所,1901,中北,2024-04-01,2023-03-31",
        "19201,甲府市,老人福祉圏域,2001,中北,,",
        "19202,甲府市,保健所,1904,富士,,",
        "19100,架橋市,保健所,1904,峡南,,",
    )
    placed, issues = settled(table)
    assert placed == ["19202 hc-1904", "19100 hc-1904"]
    assert [(issue.field, issue.set_aside) for issue in issues] == [
        ("適用終了", True),
        ("圏域コード", True),
        ("市区町村名", False),
        ("圏域名", False),
    ]


def test_no_generation_counts_a_municipality_twice(tmp_path: Path) -> None:
    path = tmp_path / "draft.duckdb"
    with duckdb.connect(str(path)) as con:
        create_tables(con)
        con.execute(
            "insert into area (area_code, area_type, name) values ('19201', 'municipality', '甲府市'),"
            " ('hc-1901', 'health_center_area', '中北'), ('hc-1902', 'health_center_area', '峡東')"
        )
        con.execute(
            "insert into area_membership values"
            " ('19201', 'hc-1901', 'health_center_area', null, date '2024-03-31'),"
            " ('19201', 'hc-1902', 'health_center_area', date '2024-04-01', null)"
        )
    check_generation(path)
    with duckdb.connect(str(path)) as con:
        con.execute("update area_membership set valid_to = null")
    with pytest.raises(BuildError, match="二度入る市区町村があります（1件）"):
        check_generation(path)


def test_an_area_that_is_not_yet_or_still_is_told_by_today(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.csv",
        "19201,甲府市,保健所,１９０１,,,2999-03-31",
        "19201,甲府市,保健所,1902,峡東,2999-04-01,",
        "19202,富士吉田市,保健所,1901,中北,,",
    )
    issues: list[tuple[Extract, RowIssue]] = []
    ((areas, members),) = from_own_tables([table], roster=ROSTER, issues=issues)
    assert members[["area_code", "parent_area_code"]].to_numpy().tolist() == [
        ["19201", "hc-1901"],
        ["19202", "hc-1901"],
    ]
    assert members["valid_to"].isna().all()
    assert areas["name"].tolist() == ["中北"]
    assert [(i.source_ref, i.set_aside) for _, i in issues] == [("行 2", False), ("行 3", True)]


def test_who_is_in_no_area_is_named_once(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.csv",
        "19201,甲府市,保健所,1901,中北,,",
        "19101,架橋市北区,保健所,1901,中北,,",
        "19202,富士吉田市,保健所,1901,中北,,2020-03-31",
        "19201,甲府市,保険者,1901,広域,,",
    )
    issues: list[tuple[Extract, RowIssue]] = []
    ((_, members),) = from_own_tables([table], roster=ROSTER, issues=issues)
    ((owner, issue),) = left_out_of_own([table], members, roster=ROSTER.assign(valid_to=None))
    assert owner is table
    assert issue.reason.endswith("：富士吉田市")
