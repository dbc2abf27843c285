from __future__ import annotations

import pandas as pd
import pytest

from analytics.resource_shading import shaded_values, shading_sentence

COUNTS = pd.DataFrame(
    {
        "area_code": ["81100", "81201", "81202", "81203", "82201"],
        "area_name": ["中央市", "山手市", "川辺町", "森村", "港市"],
        "facilities": [12, 2, 0, None, 3],
        "capacity": [1200, None, None, None, 90],
        "age_75_plus": [60_000, 10_000, 2_000, 500, 0],
    }
)
LAND = pd.DataFrame({"area_code": ["81100", "81201", "81202"], "km2": [400.0, 50.0, 10.0]})


def values(measure: str) -> dict[str, float]:
    made = shaded_values(COUNTS, LAND, measure=measure)
    return made.set_index("area_code")["value"].dropna().to_dict()


def test_each_measure_divides_by_its_own_denominator() -> None:
    assert values("count") == {"81100": 12, "81201": 2, "81202": 0, "82201": 3}
    assert values("rate") == {"81100": 2.0, "81201": 2.0, "81202": 0.0}
    assert values("land") == {"81100": 3.0, "81201": 4.0, "81202": 0.0}
    assert values("capacity") == {"81100": 1200, "81202": 0, "82201": 90}
    assert values("capacity_rate") == {"81100": 200.0, "81202": 0.0}


def test_without_facilities_there_is_no_capacity_but_an_unstated_one_is_missing() -> None:
    made = shaded_values(COUNTS, LAND, measure="capacity").set_index("area_code")["value"]
    assert made["81202"] == 0
    assert pd.isna(made["81201"])


def said(rows: pd.DataFrame) -> str:
    return shading_sentence(rows, place="東見本県の市区町村別", label="病院（面積100km²対）",
                            unit="か所", decimals=2)  # fmt: skip


def test_the_sentence_names_the_ends_and_counts_the_gaps() -> None:
    rows = shaded_values(COUNTS, LAND, measure="land")
    assert said(rows) == (
        "東見本県の市区町村別の病院（面積100km²対）が最も高いのは山手市の4.00か所、"
        "最も低いのは川辺町の0.00か所（3地域）。データなしは2地域。"
    )
    assert "中央市の9.00" in said(rows.assign(value=rows["value"].where(rows.index > 0, 9.0)))


def test_areas_with_the_same_value_are_counted() -> None:
    rows = pd.DataFrame({"area_name": ["A", "B", "C"], "value": [1.0, 1.0, 5.0]})
    assert "最も低いのはAなど2地域の1.00か所" in said(rows)
    assert "すべてで1.00か所" in said(rows.head(2))


def test_nothing_known_is_said_and_is_not_zero() -> None:
    rows = pd.DataFrame({"area_name": ["A", "B"], "value": [None, None]}, dtype=object)
    assert said(rows) == (
        "東見本県の市区町村別の病院（面積100km²対）は、2地域のすべてでデータなし。"
    )


@pytest.mark.parametrize("measure", ["rate", "count", "land", "capacity", "capacity_rate"])
def test_what_no_source_covers_has_no_value(measure: str) -> None:
    assert "81203" not in values(measure)
