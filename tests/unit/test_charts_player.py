from __future__ import annotations

from typing import Any

import pytest
import vl_convert

from charts.player import PLAYING, SHOWN_YEAR, player, year_mark


def words_at(year: int, *, fiscal: bool = False, projected_from: int | None = 2025) -> str:
    spec = {
        "config": {"signals": player([2018, 2019, 2035], shown=year)},
        "width": 600,
        "height": 60,
        "layer": year_mark(projected_from=projected_from, fiscal=fiscal),
    }
    return vl_convert.vegalite_to_svg(spec)


def signal(signals: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in signals if one["name"] == name)


def test_evenly_spaced_years_get_a_slider_with_their_step() -> None:
    year = signal(player([2020, 2025, 2030], shown=2025), SHOWN_YEAR)
    assert year["value"] == 2025
    assert year["bind"] == {
        "input": "range",
        "min": 2020,
        "max": 2030,
        "step": 5,
        "name": "表示する年",
    }


def test_unevenly_spaced_years_get_a_list() -> None:
    year = signal(player([2020, 2021, 2030], shown=2021), SHOWN_YEAR)
    assert year["bind"]["options"] == [2020, 2021, 2030]


def test_playing_stops_at_the_last_year() -> None:
    playing = signal(player([2020, 2025], shown=2020), PLAYING)
    assert playing["value"] is False
    assert playing["on"][0]["update"] == "playing && shown_year < 2025"


def test_one_year_needs_no_control() -> None:
    assert player([2023], shown=2023) == [{"name": SHOWN_YEAR, "value": 2023}]


def test_an_unknown_year_gives_the_last() -> None:
    assert signal(player([2020, 2025], shown=1999), SHOWN_YEAR)["value"] == 2025


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2018, "2018年（平成30年） 実績"),
        (2019, "2019年（令和元年） 実績"),
        (2035, "2035年（令和17年） 推計"),
    ],
)
def test_the_year_is_printed_with_its_era_and_its_kind(year: int, words: str) -> None:
    assert words in words_at(year)


def test_a_fiscal_year_says_so() -> None:
    said = words_at(2035, fiscal=True, projected_from=None)
    assert "2035年度末（令和17年度末）" in said
    assert "推計" not in said
