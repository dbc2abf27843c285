from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue.demand_rates import load_demand_rates
from data.errors import CatalogueError

HEAD = """
[rates.mine]
label = "見本の率"
short_label = "見本"
period = "2020年"
numerator = "認定者"
denominator = "人口"
citation = "見本の資料"
url = "https://example.jp/"
note = "なし"
"""


def load(folder: Path, classes: str) -> None:
    (folder / "demand_rates.toml").write_text(HEAD + classes, encoding="utf-8")
    load_demand_rates(folder)


def age(first: int, last: int | None, percent: float) -> str:
    end = "" if last is None else f"age_to = {last}\n"
    return f"[[rates.mine.by_age]]\nage_from = {first}\n{end}percent = {percent}\n"


def test_classes_that_follow_on_each_other_are_taken(tmp_path: Path) -> None:
    load(tmp_path, age(65, 74, 5) + age(75, None, 30))
    assert load_demand_rates(tmp_path).rates["mine"].bands == ((65, 74), (75, None))


@pytest.mark.parametrize(
    "classes",
    [
        age(65, 74, 5) + age(80, None, 30),  # a hole
        age(65, 74, 5) + age(70, None, 30),  # an overlap
        age(65, 74, 5) + age(75, 84, 30),  # nothing for the oldest
    ],
)
def test_classes_with_a_hole_or_an_overlap_are_refused(tmp_path: Path, classes: str) -> None:
    with pytest.raises(CatalogueError, match="年齢区分がつながっていません"):
        load(tmp_path, classes)


def test_a_rate_above_a_hundred_and_a_missing_source_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="101"):
        load(tmp_path, age(65, None, 101))
    (tmp_path / "demand_rates.toml").write_text(
        HEAD.replace('citation = "見本の資料"\n', "") + age(65, None, 5), encoding="utf-8"
    )
    load_demand_rates.cache_clear()
    with pytest.raises(CatalogueError, match="必要な項目がありません"):
        load_demand_rates(tmp_path)
