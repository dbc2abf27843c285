"""The sentences about demand: changed figures give other words."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.demand_sentence import (
    MECHANICAL,
    certified_beside_sentence,
    certified_sentence,
    deaths_sentence,
    homevisit_sentence,
    weights_sentence,
    workforce_parts_sentence,
    workforce_sentence,
)

EDITION = "見本の推計"


def course(values: list[float | None], column: str = "certified") -> pd.DataFrame:
    years = [2020, 2030, 2040, 2050][: len(values)]
    return pd.DataFrame({"area_code": "81", "area_name": "見本県", "year": years, column: values})


def test_certified_now_in_2030_and_in_2040() -> None:
    text = certified_sentence(
        course([1_000, 1_250, 1_500, 1_400]), area_code="81", edition_name=EDITION, rates="甲の率"
    )
    assert "2020年の1,000人から2030年に1,250人（25.0%増）、2040年に1,500人（50.0%増）" in text
    assert "最も多いのは2040年の1,500人です" in text
    assert MECHANICAL in text
    assert "甲の率" in text
    assert EDITION in text


def test_certified_that_rise_to_the_end_or_fall_from_the_start() -> None:
    words = {"area_code": "81", "edition_name": EDITION, "rates": "率"}
    assert "推計の最後の2050年まで増え続けます" in certified_sentence(
        course([1_000, 1_100, 1_200, 1_300]), **words
    )
    falling = certified_sentence(course([1_000, 900, 800, 700]), **words)
    assert "2030年に900人（10.0%減）" in falling
    assert "最も多い" not in falling
    assert "計算できません" in certified_sentence(course([None, None]), **words)


def test_areas_beside_each_other_are_said_in_their_order() -> None:
    near, far = course([1_000, 1_250, 1_500]), course([20_000, 19_000, 18_000])
    frame = pd.concat([
        near.assign(value=near["certified"] / 10),
        far.assign(area_code="82", area_name="隣県", value=far["certified"] / 200),
    ])  # fmt: skip
    said = {"base_year": 2020, "edition_name": EDITION, "rates": "甲の率"}
    text = certified_beside_sentence(frame, codes=["82", "81", "83"], **said)
    assert "2040年の要介護・要支援認定者（65歳以上）は、隣県1.8万人（指数90.0）、" in text
    assert "見本県1,500人（指数150.0）となる計算です（2020年=100、" in text
    assert MECHANICAL in text
    assert "計算できません" in certified_beside_sentence(frame.head(0), codes=[], **said)


def visits(values: list[float | None], how: str, name: str = "中央") -> pd.DataFrame:
    years = [2024, 2030, 2040][: len(values)]
    return pd.DataFrame({"year": years, "value": values, "how": how, "area_name": name})


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("own", "構想区域「中央」の訪問診療"),
        ("inside", "甲市が属する構想区域「中央」の訪問診療"),
        ("prefecture", "中央全体（甲市が属する構想区域は分かりません）の訪問診療"),
        ("sum", "甲市の訪問診療"),
    ],
)
def test_home_visits_say_whose_they_are(how: str, words: str) -> None:
    text = homevisit_sentence(visits([100, 120, 90], how), area_name="甲市")
    assert text.startswith(words)
    assert "2024年度の100件から2030年度に120件（20.0%増）、2040年度に90件（10.0%減）" in text
    assert "最も多いのは2030年度の120件です" in text


def test_home_visits_that_nobody_forecast() -> None:
    assert "読み込まれていません" in homevisit_sentence(visits([None], "own"), area_name="甲市")


def test_deaths_at_home_and_the_years_of_their_share() -> None:
    frame = pd.DataFrame({"year": [2025, 2030, 2040], "at_home": [100.0, 120.0, 110.0],
                          "home_percent": 15.0, "share_from": 2021, "share_to": 2023})  # fmt: skip
    text = deaths_sentence(frame, area_name="甲市")
    assert "2021～2023年の15.0%のまま" in text
    assert "2025年の100人から2030年に120人（20.0%増）、2040年に110人（10.0%増）" in text
    assert "最も多いのは2030年の120人です" in text
    none = deaths_sentence(frame.assign(at_home=float("nan")), area_name="甲市")
    assert "読み込まれていません" in none


def test_indexes_in_2040_and_their_highest_years() -> None:
    medical = course([100.0, 98.0, 91.26], "value")
    care = course([100.0, 130.0, 120.0], "value")
    text = weights_sentence(medical, care, area_code="81", base_year=2020, edition_name=EDITION)
    assert "2040年の医療需要指数は91.3、介護需要指数は120.0です（2020年=100" in text
    assert "医療が2020年、介護が2030年" in text
    none = course([None], "value")
    assert "計算できません" in weights_sentence(
        none, care, area_code="81", base_year=2020, edition_name=EDITION
    )


def workers(nation: float) -> pd.DataFrame:
    own = course([8.0, 7.0, 5.0], "value")
    return pd.concat([own, own.assign(area_code="00", area_name="全国", value=nation)])


@pytest.mark.parametrize(
    ("nation", "words"),
    [(6.0, "より少ない値です"), (5.02, "と同程度です"), (4.0, "より多い値です")],
)
def test_workforce_beside_the_nation(nation: float, words: str) -> None:
    text = workforce_sentence(
        workers(nation), area_code="81", references=["00"], per="certified",
        edition_name=EDITION, rates="甲の率",
    )  # fmt: skip
    assert "認定者1人に対する20～64歳は、2020年の8.0人から2040年の5.0人に減る計算です" in text
    assert f"全国（{nation:.1f}人）{words}" in text


def test_workforce_per_old_person_uses_no_rates() -> None:
    text = workforce_sentence(
        course([5.0, 5.0, 5.0], "value"), area_code="81", references=[], per="75plus",
        edition_name=EDITION, rates="甲の率",
    )  # fmt: skip
    assert "75歳以上1人" in text
    assert "横ばい" in text
    assert "甲の率" not in text
    assert MECHANICAL not in text


def test_the_parts_with_most_and_fewest() -> None:
    frame = pd.DataFrame({"area_code": ["1", "2", "3"], "area_name": ["甲", "乙", "丙"],
                          "value": [3.0, 9.0, None]})  # fmt: skip
    text = workforce_parts_sentence(frame, year=2040, per="certified", edition_name=EDITION)
    assert "最も少ないのは甲（3.0人）、最も多いのは乙（9.0人）" in text
    assert "1地域は計算できず" in text
    nobody = workforce_parts_sentence(
        frame.assign(value=float("nan")), year=2040, per="75plus", edition_name=EDITION
    )
    assert "分かる地域はありません" in nobody
