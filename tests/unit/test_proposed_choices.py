"""Choices that are read off the pictures as they are drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.line import line
from charts.playing_map import playing_map
from charts.ranking import ranking
from workshop.proposed_choices import proposed_choices
from workshop.rendered import Part, RenderedScene
from workshop.scenes import Question

NAMES = {f"8120{place}": name for place, name in enumerate("山川海里丘", start=1)}


def proposed(*specs: dict[str, Any]) -> tuple[Question, ...]:
    parts = tuple(Part("figure", spec=spec) for spec in specs)
    scene = RenderedScene("s1", "場面", "見北県", "000001", parts)
    return proposed_choices(scene, names=NAMES)


def bars(values: list[float | None], *, decimals: int = 1) -> dict[str, Any]:
    frame = pd.DataFrame({"area_code": list(NAMES), "area_name": list(NAMES.values())})
    frame = frame.head(len(values)).assign(
        value=values, lower_ci=None, upper_ci=None, status_label="回答なし"
    )
    return ranking(frame, title="訪問診療", unit="％", decimals=decimals, own_code="81202")


def right(question: Question) -> str:
    return next(each.label for each in question.choices if each.key == question.answer)


def labels(question: Question) -> list[str]:
    return [each.label for each in question.choices]


def test_bars_give_the_highest_and_the_lowest_beside_the_nearest_others() -> None:
    highest, lowest = proposed(bars([5, 40, 30, 20, 10]))
    assert highest.text == "これから見る図で、「訪問診療（％）」が最も大きいのはどこでしょう。"
    assert (right(highest), labels(highest)) == ("川", ["丘", "川", "海", "里"])
    assert lowest.text == "これから見る図で、「訪問診療（％）」が最も小さいのはどこでしょう。"
    assert (right(lowest), labels(lowest)) == ("山", ["丘", "山", "海", "里"])


def test_an_area_without_a_value_is_no_lowest() -> None:
    _, lowest = proposed(bars([None, 40, 0, 20, 10]))
    assert right(lowest) == "海"
    assert "山" not in labels(lowest)


def test_those_that_tie_as_printed_are_one_choice_and_the_question_says_so() -> None:
    highest, _ = proposed(bars([30.01, 30.04, 20, 10, 5]))
    assert "同じ値が2つあり" in highest.text
    assert len({"山", "川"} & set(labels(highest))) == 1
    assert right(highest) in {"山", "川"}


@pytest.mark.parametrize("values", [[7.0, 7.0, 7.0], [7.0], [None, 7.0]])
def test_where_all_are_alike_nothing_is_proposed(values: list[float | None]) -> None:
    assert proposed(bars(values)) == ()


def test_a_map_asks_for_the_year_it_shows_first_with_names_of_its_codes() -> None:
    frame = pd.DataFrame(
        [
            {"area_code": code, "year": year, "value": 100.0 * place + (year == 2040) * 900 / place}
            for place, code in enumerate(NAMES, start=1)
            for year in (2020, 2040)
        ]
    )
    spec = playing_map(frame, topology_url="/geo/x.json", breaks=[300, 600, 2000], shown_year=2040,
                       title="85歳以上人口", unit="人", decimals=0)  # fmt: skip
    highest, lowest = proposed(spec)
    assert (
        highest.text
        == "これから見る図で、「2040年の85歳以上人口（人）」が最も大きいのはどこでしょう。"
    )
    assert (right(highest), right(lowest)) == ("山", "海")


def test_a_map_of_codes_without_names_proposes_nothing() -> None:
    frame = pd.DataFrame({"area_code": ["99001", "99002"], "year": 2040, "value": [1.0, 2.0]})
    spec = playing_map(frame, topology_url="/geo/x.json", breaks=[1, 2], shown_year=2040,
                       title="人口", unit="人", decimals=0)  # fmt: skip
    assert proposed(spec) == ()


def lines(rows: list[tuple[int, str, float | None]]) -> dict[str, Any]:
    frame = pd.DataFrame(rows, columns=["year", "series", "value"])
    return line(frame, series_order=list(dict.fromkeys(frame["series"])), x_title="年（10月1日）",
                y_title="75歳以上人口", unit="人")  # fmt: skip


def test_one_line_asks_for_the_year() -> None:
    highest, lowest = proposed(
        lines([(2020, "里", 9), (2030, "里", 30), (2040, "里", 20), (2050, "里", None)])
    )
    assert (
        highest.text == "これから見る図で、「里の75歳以上人口（人）」が最も大きいのは何年でしょう。"
    )
    assert (right(highest), right(lowest)) == ("2030年", "2020年")
    assert "2050年" not in labels(highest)


def test_several_lines_ask_for_the_last_year() -> None:
    rows = [
        (year, name, year * sign) for year in (2020, 2050) for name, sign in (("里", 1), ("丘", 2))
    ]
    highest, _ = proposed(lines(rows))
    assert highest.text.startswith("これから見る図で、「2050年の75歳以上人口（人）」")
    assert right(highest) == "丘"


@given(st.lists(st.floats(0, 50, width=16), min_size=2, max_size=5))
def test_only_one_choice_is_right(values: list[float]) -> None:
    rows = bars(list(values))["data"]["values"]
    printed = {str(row["label"]).removeprefix("▶ "): float(row["printed"]) for row in rows}
    for question, extreme in zip(proposed(bars(list(values))), (max, min), strict=False):
        best = extreme(printed.values())
        assert [printed[name] == best for name in labels(question)].count(True) == 1
        assert printed[right(question)] == best
        assert ("同じ値" in question.text) == (list(printed.values()).count(best) > 1)
