"""Small areas move towards the whole, large ones stay, and the sentence says so."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.smoothed_values import can_smooth, smoothing_sentence, with_smoothed
from data.catalogue import load_catalogue

ENTRY = load_catalogue().indicators["vns_station"]


def values() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "area_code": ["00", "1", "2", "3", "4"],
            "area_name": ["全国", "大市", "中市", "小村", "欠町"],
            "is_part": [False, True, True, True, True],
            "numerator": [300, 100, 10, 4, None],
            "denominator": [600_000, 100_000, 40_000, 900, None],
        }
    )
    frame["value"] = 10_000 * frame["numerator"] / frame["denominator"]
    return frame.assign(lower_ci=frame["value"] * 0.5, upper_ci=frame["value"] * 2)


def test_the_smallest_area_moves_most_and_no_value_passes_the_mean() -> None:
    found = with_smoothed(values(), ENTRY).set_index("area_name")
    mean = 10_000 * 114 / 140_900
    moved = (found["smoothed_value"] - found["value"]).abs() / (found["value"] - mean).abs()
    assert moved["小村"] > moved["中市"] > moved["大市"] > 0
    assert mean < found.loc["小村", "smoothed_value"] < found.loc["小村", "value"]
    assert found.loc[["全国", "欠町"], "smoothed_value"].isna().all()


def test_without_intervals_or_with_two_areas_nothing_is_smoothed() -> None:
    parts = values().query("is_part")
    assert can_smooth(parts)
    assert not can_smooth(parts.assign(lower_ci=float("nan")))
    assert not can_smooth(parts[parts["area_code"] != "1"])


@pytest.mark.parametrize(("own", "words"), [("2", "中市は"), (None, "最も動いたのは小村で、")])
def test_the_sentence_names_the_own_area_or_the_farthest(own: str | None, words: str) -> None:
    parts = with_smoothed(values(), ENTRY).query("is_part")
    assert words in smoothing_sentence(parts, ENTRY, own)
    still = parts.assign(smoothed_value=parts["value"])
    assert words not in smoothing_sentence(still, ENTRY, own)
