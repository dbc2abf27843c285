"""Two editions of an estimate beside each other: rows, sums and the words for them."""

from __future__ import annotations

import duckdb
import pytest

from analytics.estimate_vintages import estimate_changes, estimate_sentence, usual_period

Con = duckdb.DuckDBPyConnection
KIND = "homevisit_claims_month"


@pytest.fixture
def con(fresh_con: Con) -> Con:
    """
    area     edition of 2022   of 2023 (FY2023, FY2030)   newest (FY2024, FY2030)
    kk-8101  1, 1              90, 150                    100, 130
    kk-8102                    5, not a number            (ended)
    kk-8103                                               10, 12
    kk-8201                    7, 8                       7, 8
    """
    fresh_con.executemany(
        "insert into area (area_code, area_type, name) values (?, ?, ?)",
        [("00", "nation", "全国"), ("81", "prefecture", "東県"), ("82", "prefecture", "西県"),
         ("81201", "municipality", "一市"), ("kk-8101", "planning_area", "甲"),
         ("kk-8103", "planning_area", "丙"), ("kk-8201", "planning_area", "丁")],
    )  # fmt: skip
    fresh_con.execute(
        "insert into area_descendant values ('kk-8101', '81201', 'municipality', null, null)"
    )
    fresh_con.execute(
        "insert into source by name (select 's' as source_id, '推計' as title, '省' as publisher,"
        " '2024年度' as vintage, '' as licence, '' as file_name, '' as sha256)"
    )
    for code, year, value in (
        ("kk-8101", 2024, 100), ("kk-8101", 2030, 130), ("kk-8103", 2024, 10),
        ("kk-8103", 2030, 12), ("kk-8201", 2024, 7), ("kk-8201", 2030, 8),
    ):  # fmt: skip
        fresh_con.execute(
            "insert into measure values (?, ?, ?, ?, 'observed', 's', 'r')",
            [code, KIND, f"FY{year}", value],
        )
    for code, name, edition, year, kept in (
        ("kk-8101", "甲", 2022, 2030, 1), ("kk-8101", "旧甲", 2023, 2023, 90),
        ("kk-8101", "旧甲", 2023, 2030, 150), ("kk-8102", "乙", 2023, 2023, 5),
        ("kk-8102", "乙", 2023, 2030, None), ("kk-8201", "丁", 2023, 2030, 8),
    ):  # fmt: skip
        status = "missing" if kept is None else "observed"
        fresh_con.execute(
            "insert into measure_vintage values (?, ?, ?, ?, ?, ?, ?, ?, 'o', 'r')",
            [code, name, KIND, str(edition), f"{edition}年度", f"FY{year}", kept, status],
        )
    return fresh_con


def rows(con: Con, area: str, period: str) -> list[list[object]]:
    found = estimate_changes(con, area_code=area)
    found = found[found["period"] == period].astype("object")
    shown = found[["area_code", "area_name", "before", "since", "standing"]]
    return shown.where(shown.notna(), None).to_numpy().tolist()


def test_the_newest_stands_beside_the_one_before_it(con: Con) -> None:
    own = ["kk-8101", "甲", 150, 130, "both"]
    assert rows(con, "81", "FY2030") == [
        own,
        ["kk-8102", "乙", None, None, "before"],
        ["kk-8103", "丙", None, 12, "since"],
    ]
    assert rows(con, "kk-8101", "FY2030") == rows(con, "81201", "FY2030") == [own]
    assert rows(con, "81", "FY2023")[0] == ["kk-8101", "旧甲", 90, None, "before"]
    assert len(rows(con, "00", "FY2030")) == 4
    assert usual_period(estimate_changes(con, area_code="81")) == "FY2030"


def said(con: Con, area: str, period: str) -> str:
    found = estimate_changes(con, area_code=area)
    return estimate_sentence(
        found[found["period"] == period], place="東県", label="需要", unit="件/月"
    )


def test_the_sentence_sums_only_what_is_whole(con: Con) -> None:
    assert said(con, "81", "FY2030") == (
        "東県の需要（令和12年度(2030年度)）は、新しい推計（2024年度）では142件/月、"
        "前の推計（2023年度）では合計できません（値がそろいません）です。"
        "前の推計だけにある区域が1、新しい推計だけにある区域が1あります。"
    )
    con.execute("update measure_vintage set value = 2 where value is null")
    assert "前の推計（2023年度）では152件/月です。新しいほうが10件/月少ないです。" in said(
        con, "81", "FY2030"
    )
    assert "差は1未満" in said(con, "82", "FY2030")


def test_a_generation_from_before_has_none() -> None:
    with duckdb.connect() as old:
        assert estimate_changes(old, area_code="00").empty
