from __future__ import annotations

import pandas as pd

from analytics.population_measures import Form, with_values
from analytics.population_sentence import (
    beside_sentence,
    outlook_sentence,
    parts_sentence,
    peak_sentence,
)
from data.catalogue.population_measures import load_population_measures

ENTRIES = load_population_measures()
OLD = ENTRIES["age_75_plus"]


def series(
    rows: dict[str, list[float | None]], *, form: Form = "persons", projected: bool = True
) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {"area_code": code, "area_name": code + "町", "area_type": "municipality",
             "year": year, "age_75_plus": value, "total": 5_000.0, "age_15_64": 2_000.0,
             "is_projection": projected and year > 2020, "basis": "source"}
            for code, row in rows.items()
            for year, value in zip((2020, 2030, 2040), row, strict=True)
        ]
    )  # fmt: skip
    return with_values(frame, entry=OLD, form=form, base_year=2020)


def outlook(frame: pd.DataFrame, *, form: Form = "persons") -> str:
    return outlook_sentence(frame, area_code="甲", entry=OLD, form=form, base_year=2020,
                            edition_name="R5推計", benchmark="乙")  # fmt: skip


def test_persons_are_told_from_first_to_last_with_their_change() -> None:
    up = outlook(series({"甲": [1_000, 1_400, 1_200], "乙": [5_000, 5_000, 5_000]}))
    assert up == (
        "甲町の75歳以上人口は2020年の1,000人から2040年の1,200人へ、20.0%増の見込みです（R5推計）。"
        "増減率は乙町（横ばい）より20.0ポイント高い値です。"
    )
    down = outlook(series({"甲": [1_000, 900, 800], "乙": [5_000, 4_500, 4_000]}))
    assert "20.0%減" in down
    assert "と同程度です" in down


def test_a_missing_year_is_not_taken_for_zero() -> None:
    text = outlook(series({"甲": [1_000, 1_100, None], "乙": [None, None, None]}))
    assert "2030年の1,100人" in text
    assert "乙町" not in text


def test_nobody_at_the_start_gives_no_rate_and_an_observed_end_is_no_outlook() -> None:
    said = outlook(series({"甲": [0, 10, 30]}, projected=False))
    assert said == "甲町の75歳以上人口は2020年の0人から2040年の30人となりました（R5推計）。"


def test_shares_are_told_as_a_step_in_points() -> None:
    text = outlook(series({"甲": [1_000, 1_400, 1_500], "乙": [500, 500, 500]}, form="share"),
                   form="share")  # fmt: skip
    assert "75歳以上人口の割合は2020年の20.0%から2040年の30.0%へ、10.0ポイント上がる見込み" in text
    assert "2040年の乙町（10.0%）より20.0ポイント高い値です" in text


def test_an_index_names_its_base_year_and_growth_its_start() -> None:
    rows = {"甲": [1_000, 1_400, 1_280], "乙": [500, 600, 640]}
    assert "2020年を100とすると、2040年に128.0となる見込み" in outlook(
        series(rows, form="index"), form="index"
    )
    growth = outlook(series(rows, form="growth"), form="growth")
    assert "2020年から2040年までに28.0%増の見込み" in growth
    assert "2040年の乙町（28.0%増）と同程度です" in growth


def test_a_base_in_the_last_year_is_told_backward() -> None:
    frame = series({"甲": [500, 700, 1_000], "乙": [1, 2, 4], "丙": [1, 1, 1]})
    index = with_values(frame.assign(age_75_plus=frame["persons"]), entry=OLD, form="index",
                        base_year=2040)  # fmt: skip
    said = outlook_sentence(index, area_code="甲", entry=OLD, form="index", base_year=2040,
                            edition_name="R5推計", benchmark="乙")  # fmt: skip
    assert said == "甲町の75歳以上人口は、2040年を100とすると、2020年は50.0です（R5推計）。"
    assert beside_sentence(index, entry=OLD, form="index") == ""
    assert "から" not in peak_sentence(frame, area_code="丙", entry=OLD, base_year=2040)


def test_nothing_known_is_said_so() -> None:
    assert "R5推計にありません" in outlook(series({"甲": [None, None, None]}))


def test_three_lines_are_compared_in_the_last_year() -> None:
    frame = series({"甲": [1, 2, 30], "乙": [1, 2, 10], "丙": [1, 2, None]})
    assert beside_sentence(frame, entry=OLD, form="persons") == ""
    frame = series({"甲": [1, 2, 30], "乙": [1, 2, 10], "丙": [1, 2, 20]})
    assert beside_sentence(frame, entry=OLD, form="persons") == (
        "図の3本の線のうち、2040年に最も多いのは甲町（30人）、最も少ないのは乙町（10人）です。"
    )


def test_the_peak_says_when_and_how_far() -> None:
    def peak(values: list[float | None]) -> str:
        return peak_sentence(series({"甲": values}), area_code="甲", entry=OLD, base_year=2020)

    assert peak([1_000, 1_400, 1_200]) == (
        "75歳以上人口が最も多くなるのは2030年（1,400人、2020年から40.0%増）です。"
    )
    assert "最後の年である2040年（1,500人、2020年から50.0%増）" in peak([1_000, 1_400, 1_500])
    assert "2020年の1,000人が最も多く" in peak([1_000, 900, 800])
    assert peak([1_000, None, None]) == ""


def test_the_map_sentence_counts_what_is_missing() -> None:
    frame = pd.DataFrame({"area_code": ["a", "b", "c"], "area_name": ["甲", "乙", "丙"],
                          "value": [12.0, 30.55, None]})  # fmt: skip
    text = parts_sentence(frame, year=2040, entry=OLD, form="share", base_year=None,
                          edition_name="R5推計")  # fmt: skip
    assert "最も高いのは乙（30.6%）、最も低いのは甲（12.0%）" in text
    assert "2地域、R5推計" in text
    assert "1地域は推計がなく、含みません" in text
    nothing = parts_sentence(frame.assign(value=None), year=2040, entry=OLD, form="growth",
                             base_year=2020, edition_name="R5推計")  # fmt: skip
    assert nothing == (
        "2040年の75歳以上人口の増減率（2020年から）が分かる地域はありません（R5推計）。"
    )
