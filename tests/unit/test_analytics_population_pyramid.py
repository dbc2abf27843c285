from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.population_pyramid import (
    ages_lacking_sentence,
    editions_with_ages,
    group_bands,
    pyramid_bands,
    pyramid_sentence,
    shares,
)

Con = duckdb.DuckDBPyConnection
BANDS = ((0, 4), (65, 69), (75, None))


def put(con: Con, code: str, year: int, men: tuple[int, ...], women: tuple[int, ...]) -> None:
    """Write men and women of the three bands, and their total."""
    rows = [(code, "demo", year, "total", 0, None, sum(men) + sum(women))]
    for (low, high), male, female in zip(BANDS, men, women, strict=True):
        rows += [(code, "demo", year, "male", low, high, male),
                 (code, "demo", year, "female", low, high, female),
                 (code, "demo", year, "total", low, high, male + female)]  # fmt: skip
    for row in rows:
        con.execute("insert into population values (?, ?, ?, ?, ?, ?, ?, ?, 's', 'r')",
                    [*row, year > 2020])  # fmt: skip
    total(con, code, year, sum(men) + sum(women))


def total(con: Con, code: str, year: int, persons: int, basis: str = "source") -> None:
    con.execute(
        "insert into population_total values (?, 'demo', ?, ?, null, null, null, null, null, ?, ?)",
        [code, year, persons, year > 2020, basis],
    )


@pytest.fixture
def prefecture(fresh_con: Con) -> Con:
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('81', 'prefecture', '東県'),"
        " ('81201', 'municipality', '山町'), ('81202', 'municipality', '川町'),"
        " ('m2-8101', 'secondary_medical_area', '東部')"
    )
    fresh_con.execute(
        "insert into area_descendant values ('m2-8101', '81201', 'municipality', null, null),"
        " ('m2-8101', '81202', 'municipality', null, null)"
    )
    put(fresh_con, "81201", 2020, (10, 20, 30), (11, 21, 31))
    put(fresh_con, "81201", 2050, (5, 10, 60), (6, 11, 90))
    put(fresh_con, "81202", 2020, (1, 2, 3), (4, 5, 6))
    put(fresh_con, "81202", 2050, (1, 1, 1), (1, 1, 1))
    return fresh_con


def test_bands_are_those_of_the_source(prefecture: Con) -> None:
    bands = pyramid_bands(prefecture, area_code="81201", edition="demo")
    now = bands[bands["year"] == 2050]
    assert now["age_label"].tolist() == ["0～4", "65～69", "75以上"]
    assert now["male"].tolist() == [5, 10, 60]
    assert now["female"].tolist() == [6, 11, 90]
    assert now["is_projection"].all()


def test_a_larger_area_is_the_sum_of_all_its_parts(prefecture: Con) -> None:
    total(prefecture, "m2-8101", 2020, 144, "sum")
    total(prefecture, "m2-8101", 2050, 188, "sum")
    bands = pyramid_bands(prefecture, area_code="m2-8101", edition="demo")
    assert bands[bands["year"] == 2020]["male"].tolist() == [11, 22, 33]
    assert bands[bands["year"] == 2050]["female"].tolist() == [7, 12, 91]


def test_a_group_is_the_sum_of_its_members_or_nothing(prefecture: Con) -> None:
    both = group_bands(prefecture, area_codes=("81201", "81202"), edition="demo")
    zone = pyramid_bands(prefecture, area_code="m2-8101", edition="demo")
    old = both[(both["year"] == 2050) & (both["age_from"] == 75)].iloc[0]
    assert (old["male"], old["female"], old["is_projection"]) == (61, 91, True)
    assert both["male"].sum() == zone["male"].sum()
    assert group_bands(prefecture, area_codes=("81201", "81203"), edition="demo").empty
    assert group_bands(prefecture, area_codes=(), edition="demo").empty


def test_no_sum_without_every_part(prefecture: Con) -> None:
    prefecture.execute("delete from population where area_code = '81202'")
    assert pyramid_bands(prefecture, area_code="m2-8101", edition="demo").empty


def test_a_sum_that_is_not_the_total_of_the_area_is_not_given(prefecture: Con) -> None:
    total(prefecture, "m2-8101", 2020, 999, "source")
    assert pyramid_bands(prefecture, area_code="m2-8101", edition="demo").empty


def test_an_edition_without_sexes_has_no_pyramid(prefecture: Con) -> None:
    prefecture.execute("delete from population where sex <> 'total'")
    assert pyramid_bands(prefecture, area_code="81201", edition="demo").empty
    assert editions_with_ages(prefecture) == ()


def test_the_sentence_is_said_from_the_bands(prefecture: Con) -> None:
    bands = pyramid_bands(prefecture, area_code="81201", edition="demo")

    def said(frame: pd.DataFrame, unit: str = "人") -> str:
        return pyramid_sentence(frame, area_name="山町", year=2050, base_year=2020, unit=unit,
                                edition_name="演習")  # fmt: skip

    assert said(bands) == (
        "山町の2050年の人口で最も多い年齢階級は、男性は75歳以上（60人）、女性は75歳以上（90人）です"
        "（演習）。2020年と比べて、75歳以上は89人（145.9%）の増加、15歳未満は10人（47.6%）の減少です。"
        "75歳以上の女性は男性の1.5倍です。"
    )
    changed = bands.copy()
    changed.loc[(changed["year"] == 2050) & (changed["age_from"] == 0), ["male", "female"]] = 500
    assert "男性は0～4歳（500人）" in said(changed)
    assert "15歳未満は979人（4661.9%）の増加" in said(changed)
    assert "75歳以上は32.8ポイントの上昇" in said(shares(bands), "%")


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=20
    ).filter(lambda rows: sum(map(sum, rows)) > 0)
)
def test_shares_make_up_a_hundred(rows: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame(
        [(2020, 5 * n, male, female) for n, (male, female) in enumerate(rows)],
        columns=["year", "age_from", "male", "female"],
    )
    found = shares(frame)
    assert float(found["male"].sum() + found["female"].sum()) == pytest.approx(100)
    assert found[["male", "female"]].min().min() >= 0


def test_the_reason_names_the_editions_that_have_ages() -> None:
    said = ages_lacking_sentence(edition_name="R5推計", others=("H30推計",))
    assert "R5推計には、この地域の男女・年齢5歳階級別の人数がありません" in said
    assert "H30推計を選ぶと表示されます" in said
    assert "読み込むと表示されます" in ages_lacking_sentence(edition_name="R5推計", others=())
