from __future__ import annotations

import pytest

from charts import theme


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("count", range(1, 8))
def test_sequential_runs_from_light_to_dark_without_repeats(count: int) -> None:
    colours = theme.sequential(count)
    assert len(set(colours)) == count
    assert [luminance(c) for c in colours] == sorted((luminance(c) for c in colours), reverse=True)


def test_diverging_of_an_even_number_has_no_neutral_middle() -> None:
    colours = theme.diverging(6)
    assert len(set(colours)) == 6
    assert theme.DIVERGING[3] not in colours


@pytest.mark.parametrize("colour", [*theme.CATEGORICAL, theme.OWN_AREA, theme.REFERENCE])
def test_marks_stand_out_from_white(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3


def test_words_are_readable_and_not_small() -> None:
    config = theme.base_config()
    assert contrast(config["axis"]["labelColor"], "#ffffff") >= 4.5
    assert min(config["axis"]["labelFontSize"], config["legend"]["labelFontSize"]) >= 14
