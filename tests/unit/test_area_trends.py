"""What became of each area over the periods, and what the trend test says of it."""

from __future__ import annotations

import pandas as pd

from analytics.area_trends import area_changes, dated_values, trend_sentence
from data.catalogue import load_catalogue

ENTRY = load_catalogue().indicators["cert_rate"]
PROJECTED = load_catalogue().indicators["aging_rate"]


def series(**areas: list[float | None]) -> pd.DataFrame:
    rows = [
        {
            "area_code": code,
            "area_name": f"{code}町",
            "period": f"FY{2019 + place}",
            "value": value,
            "numerator": None if value is None else value * 100,
            "denominator": 10_000,
            "lower_ci": None if value is None else value - 0.4,
            "upper_ci": None if value is None else value + 0.4,
        }
        for code, values in areas.items()
        for place, value in enumerate(values)
    ]
    return pd.DataFrame(rows).astype({"value": float, "lower_ci": float, "upper_ci": float})


RISING, FLAT = [10.0, 12, 14, 16, 18], [15.0, 15.1, 14.9, 15.0, 15.1]


def changes(entry=ENTRY, **areas: list[float | None]) -> pd.DataFrame:
    codes = list(areas)
    values = dated_values(series(**areas), codes=codes, entry=entry)
    return area_changes(values, codes=codes, entry=entry)


def test_a_rise_is_told_from_chance_and_one_period_is_no_trend() -> None:
    found = changes(b=FLAT, a=RISING, c=[None, None, None, None, 9.0]).set_index("area_code")
    assert list(found.index) == ["b", "a"]
    assert found["verdict"].to_dict() == {"b": "no_change", "a": "increasing"}
    assert found.loc["a", ["first_period", "last_period", "difference"]].tolist() == [
        "FY2019", "FY2023", 8.0]  # fmt: skip


def test_the_sentence_follows_the_frame() -> None:
    found = changes(a=RISING, b=FLAT, c=RISING[::-1], d=FLAT)
    said = trend_sentence(found, entry=ENTRY, where="東県", own_code="a")
    assert "2時点以上の値のある4地域のうち3地域で増え、1地域で減りました" in said
    assert "上昇1、低下1、偶然の範囲2、判定なし0" in said
    assert said.endswith("a町は10.0%から18.0%になりました（上昇）。")
    assert "a町" not in trend_sentence(found, entry=ENTRY, where="東県", own_code=None)


def test_projected_values_have_no_verdict() -> None:
    found = changes(PROJECTED, a=RISING)
    assert found["verdict_label"].tolist() == ["推計値のため判定なし"]
    said = trend_sentence(found, entry=PROJECTED, where="東県", own_code="a")
    assert "判定はありません" in said
    assert "上昇1" not in said
