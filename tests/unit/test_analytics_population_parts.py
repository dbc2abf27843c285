from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.population_parts import (
    SORTS,
    first_projected,
    growth_against_level,
    growth_of,
    parts_order,
    peak_years,
    side_by_side,
    years_known,
)
from analytics.population_parts_sentence import (
    QUARTERS,
    cells_sentence,
    peaks_sentence,
    quadrant_sentence,
    quarter_of,
    two_years_sentence,
    with_quarter,
)
from data.catalogue.population_measures import load_population_measures

ENTRY = load_population_measures()["age_75_plus"]
VALUES = {
    # code: name, value in 2020, 2035, 2050
    "01101": ("東町", 100, 300, 200),
    "01102": ("西町", 1000, 900, 800),
    "01103": ("南村", 50, 50, 50),
    "01104": ("無人村", None, None, None),
}


def frame(values: dict[str, Any] = VALUES) -> pd.DataFrame:
    rows = [
        (code, name, year, value, year > 2020)
        for code, (name, *of_years) in values.items()
        for year, value in zip((2020, 2035, 2050), of_years, strict=True)
    ]
    columns = ["area_code", "area_name", "year", "value", "is_projection"]
    return pd.DataFrame(rows, columns=columns).astype({"value": float})


def test_growth_by_hand() -> None:
    growth = growth_of(frame(), base_year=2020, year=2050)
    assert growth.drop("01104").to_dict() == {"01101": 100, "01102": -20, "01103": 0}
    assert pd.isna(growth["01104"])
    assert growth_of(frame(), base_year=1999, year=2050).isna().all()


def test_growth_from_nobody_is_no_figure() -> None:
    growth = growth_of(frame({"01101": ("東町", 0, 1, 2)}), base_year=2020, year=2050)
    assert growth.isna().all()


def test_the_peak_is_the_first_of_the_highest_years() -> None:
    assert peak_years(frame()).to_dict() == {
        "01101": 2035,
        "01102": 2020,
        "01103": 2020,
        "01104": pytest.approx(float("nan"), nan_ok=True),
    }


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("code", ["01101", "01102", "01103", "01104"]),
        ("value", ["01102", "01101", "01103", "01104"]),
        ("growth", ["01101", "01103", "01102", "01104"]),
        ("peak", ["01102", "01103", "01101", "01104"]),
    ],
)
def test_orders_by_hand(sort: Any, order: list[str]) -> None:
    found = parts_order(frame(), frame(), sort=sort, base_year=2020, year=2050)
    assert list(found) == order


amounts = st.none() | st.floats(0, 1e6)


@given(
    st.dictionaries(st.from_regex(r"\A[0-9]{5}\Z"), st.tuples(amounts, amounts, amounts),
                    min_size=1, max_size=12),
    st.sampled_from(SORTS),
)  # fmt: skip
def test_every_order_has_every_area_once(
    values: dict[str, tuple[float | None, ...]], sort: Any
) -> None:
    drawn = frame({code: (f"{code}町", *own) for code, own in values.items()})
    order = parts_order(drawn, drawn, sort=sort, base_year=2020, year=2050)
    assert sorted(order) == sorted(values)


def test_growth_stands_against_the_level_of_the_base_year() -> None:
    found = growth_against_level(frame(), frame(), base_year=2020, year=2050)
    assert found["level"].tolist()[:3] == [100, 1000, 50]
    assert found["growth"].tolist()[:3] == [100, -20, 0]
    assert found["is_labelled"].tolist() == [True, True, True, False]


def test_quarters_and_the_line_between() -> None:
    def named(level: float, growth: float) -> str:
        return quarter_of(level, growth, x_cut=100, names=QUARTERS)

    assert [named(101, 1), named(100, 1), named(99, -1), named(101, -1), named(101, 0)] == [
        "多い・増える", "少ない・増える", "少ない・減る", "多い・減る", "増減なし"
    ]  # fmt: skip


def test_the_scatter_is_said_from_its_points() -> None:
    points = growth_against_level(frame(), frame(), base_year=2020, year=2050)

    def said(points: pd.DataFrame) -> str:
        return quadrant_sentence(points, what="75歳以上人口", base_year=2020, year=2050, x_cut=100,
                                 names=QUARTERS, edition_name="演習",
                                 own_code="01102")  # fmt: skip

    assert said(points) == (
        "75歳以上人口の2020年の水準（中央値で分ける）と2050年までの増減で分けると、"
        "「少ない・増える」1、「多い・減る」1、「増減なし」1地域です。"
        "増減率が最も高いのは東町（100.0%増）、最も低いのは西町（20.0%減）です（3地域、演習）。"
        "西町は「多い・減る」です。1地域は値がなく、含みません。"
    )
    changed = points.assign(growth=[1.0, 5.0, 2.0, None])
    assert "最も高いのは西町（5.0%増）" in said(changed)
    assert "西町は「多い・増える」です" in said(changed)
    assert with_quarter(points, x_cut=100, names=QUARTERS)["quarter"].tolist()[3] is None


def test_peaks_are_said_by_year() -> None:
    def said(frame: pd.DataFrame) -> str:
        return peaks_sentence(frame, value_name="75歳以上人口", edition_name="演習", is_count=True)

    assert said(frame()) == (
        "75歳以上人口が最も多い年は、2020年が2、2035年が1地域です（3地域、演習）。"
        "1地域は値がなく、含みません。"
    )
    rising = frame({"01101": ("東町", 1, 2, 3), "01102": ("西町", 3, 2, 1)})
    assert "2050年が1" in said(rising)
    assert "2050年は、この版の最後の年です。" in said(rising)


def test_cells_are_said_from_the_highest_and_the_lowest() -> None:
    said = cells_sentence(frame(), entry=ENTRY, form="persons", value_name="75歳以上人口",
                          edition_name="演習")  # fmt: skip
    assert "2020年の西町（1,000人）が最も多く、2020年の南村（50人）が最も少なくなっています" in said
    changed = frame(VALUES | {"01103": ("南村", 50, 5000, 50)})
    assert "2035年の南村（5,000人）が最も多く" in cells_sentence(
        changed, entry=ENTRY, form="persons", value_name="75歳以上人口", edition_name="演習"
    )


def test_two_years_are_said_from_the_steps_between() -> None:
    def said(frame: pd.DataFrame) -> str:
        return two_years_sentence(frame, years=(2020, 2050), entry=ENTRY, form="persons",
                                  value_name="75歳以上人口", edition_name="演習")  # fmt: skip

    assert said(frame()) == (
        "2020年から2050年に、75歳以上人口は1地域で上がり、1地域で下がり、1地域で変わりません（演習）。"
        "上がり方が最も大きいのは東町（100人から200人）、"
        "下がり方が最も大きいのは西町（1,000人から800人）です。"
    )
    assert "1地域すべてで上がります" in said(frame({"01101": ("東町", 1, 2, 3)}))
    assert "下がり方" not in said(frame({"01101": ("東町", 1, 2, 3)}))
    assert "比べられる地域はありません" in said(frame({"01104": VALUES["01104"]}))


def test_the_table_has_a_column_a_year() -> None:
    order = ("01102", "01101")
    table = side_by_side(frame(), frame(), order=order, base_year=2020, year=2050)
    assert table["area_code"].tolist() == list(order)
    assert table[["y2020", "y2035", "y2050"]].to_numpy().tolist() == [
        [1000, 900, 800],
        [100, 300, 200],
    ]
    assert table["peak_year"].tolist() == [2020, 2035]
    assert table["growth"].tolist() == [-20, 100]


def test_years_without_any_value_are_left_out() -> None:
    drawn = frame()
    drawn.loc[drawn["year"] == 2035, "value"] = None
    assert years_known(drawn) == (2020, 2050)
    assert first_projected(drawn) == 2035
    assert first_projected(drawn.assign(is_projection=False)) is None
