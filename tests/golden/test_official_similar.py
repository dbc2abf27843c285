"""Matching on the official figures against pairs labelled by hand.

Each pair is one that people who know the places would call alike: cities of the same rank and
role, neighbouring suburbs, resorts at the foot of the same mountain.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analytics.municipal_facts import Facts, municipal_facts
from analytics.similar import VARIABLES, known_variables, similar_to

pytestmark = [pytest.mark.official, pytest.mark.slow]

# own, one of these must be among the ten nearest of all Japan
LABELLED = [
    ("横浜市", {"名古屋市", "大阪市"}),
    ("さいたま市", {"千葉市", "川崎市", "横浜市", "広島市"}),
    ("堺市", {"岡山市", "新潟市", "浜松市", "熊本市", "静岡市"}),
    ("千代田区", {"中央区", "港区"}),
    ("渋谷区", {"中野区", "目黒区", "文京区", "豊島区"}),
    ("川崎市", {"さいたま市", "横浜市", "福岡市", "千葉市", "仙台市"}),
    ("夕張市", {"歌志内市", "三笠市", "室戸市", "赤平市", "珠洲市"}),
    ("長久手市", {"日進市", "みよし市", "和光市", "戸田市", "吉川市", "木津川市", "野々市市"}),
    ("芦屋市", {"宝塚市", "鎌倉市", "逗子市", "箕面市", "西宮市", "生駒市", "川西市"}),
]


@pytest.fixture(scope="module")
def facts(official_store: Path) -> Facts:
    current = (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(official_store / "generations" / current), read_only=True) as con:
        return municipal_facts(con)


@pytest.mark.parametrize(("own", "expected"), LABELLED, ids=[own for own, _ in LABELLED])
def test_a_labelled_pair_is_found(facts: Facts, own: str, expected: set[str]) -> None:
    code = facts.frame.loc[facts.frame["area_name"] == own, "area_code"].iloc[0]
    found = similar_to(
        facts,
        area_code=code,
        variables=known_variables(facts, area_code=code),
        weights={key: variable.default_weight for key, variable in VARIABLES.items()},
        among="nation",
    )
    assert expected & set(found["area_name"])
    assert found["distance"].between(0, 1).all()


@pytest.mark.parametrize("own", ["甲府市", "道志村", "八丈町", "室蘭市"])
def test_the_ten_nearest_are_of_like_size_and_age(facts: Facts, own: str) -> None:
    frame = facts.frame.set_index("area_name")
    row = frame.loc[own]
    found = similar_to(
        facts,
        area_code=row["area_code"],
        variables=("population", "aging_share"),
        weights={},
        among="nation",
    )
    assert (found["population"] / row["population"]).between(1 / 1.6, 1.6).all()
    assert (found["aging_share"] - row["aging_share"]).abs().max() < 4


def test_density_is_near_to_what_is_published(facts: Facts) -> None:
    frame = facts.frame.set_index("area_name")
    # 豊島区 is the most densely peopled municipality of Japan, above 20,000 persons per km²
    assert frame["density"].idxmax() == "豊島区"
    assert frame["density"].max() > 20_000
