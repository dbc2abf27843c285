from __future__ import annotations

import pandas as pd
import pytest
import vl_convert

from charts import theme
from charts.rate_by_year import BREAKS, COLOURS, INK_ON_RATE, rate_by_year
from tests.unit.chart_parts import drawn_texts, layers_with, marks_of

YEARS = {2017: "H29", 2018: "H30"}


def frame(framework: str = "h27r2") -> pd.DataFrame:
    rows = [
        (framework, "ア 資源の把握", "H29", 87.5, 7, 8, 9),
        (framework, "オ 相談支援", "H29", float("nan"), 0, 0, 9),
        (framework, "ア 資源の把握", "H30", 100.0, 9, 9, 9),
        (framework, "オ 相談支援", "H30", 0.0, 0, 9, 9),
    ]
    columns = ["framework", "item_label", "year_label", "rate", "done", "answering", "expected"]
    return pd.DataFrame(rows, columns=columns).assign(item_short=lambda f: f["item_label"].str[:1])


def test_zero_is_a_rate_and_nobody_answering_is_none() -> None:
    spec = rate_by_year(frame(), word="実施")
    row = spec["data"]["values"][1]
    assert (row["item_label"], row["done"], row["answering"]) == ("オ 相談支援", "0,0", "0,9")
    assert {"0.0", "―"} <= drawn_texts(spec)


def test_numerator_and_denominator_are_in_reach() -> None:
    (cells,) = layers_with(rate_by_year(frame(), word="実施"), "rect")
    assert {"done", "answering", "expected"} <= {
        tip["field"] for tip in cells["encoding"]["tooltip"]
    }


def test_two_frameworks_in_one_figure_are_refused() -> None:
    both = pd.concat([frame("h27r2"), frame("r3").assign(year_label="R3")])
    with pytest.raises(ValueError, match="frameworks"):
        rate_by_year(both, word="実施")


def test_no_mark_joins_years() -> None:
    marks = marks_of(rate_by_year(frame(), word="実施"))
    assert marks == {"rect", "text"}


def test_an_item_not_asked_in_a_year_has_no_cell() -> None:
    texts = drawn_texts(rate_by_year(frame().iloc[:3], word="実施"))
    assert {"87.5", "―", "100.0"} <= texts
    assert "0.0" not in texts


def test_it_draws_every_item_and_rate() -> None:
    texts = drawn_texts(rate_by_year(frame(), word="実施", selected="H30"))
    assert {"ア 資源の把握", "オ 相談支援", "87.5", "100.0", "0.0", "―", "H29", "H30"} <= texts


def test_a_narrow_screen_prints_the_short_names() -> None:
    spec = rate_by_year(frame(), word="実施")
    assert {"ア", "オ"} <= drawn_texts(spec, width=300)
    assert "ア 資源の把握" not in drawn_texts(spec, width=300)


def test_numbers_keep_their_contrast_on_every_colour() -> None:
    for lowest, colour in zip((0, *BREAKS), COLOURS, strict=True):
        ink = "#ffffff" if lowest >= 60 else theme.INK
        assert INK_ON_RATE["condition"]["test"] == "datum.rate >= 60"
        assert contrast(ink, colour) >= 4.5


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_vega_lite_accepts_it() -> None:
    assert vl_convert.vegalite_to_vega(rate_by_year(frame(), word="実施") | {"width": 500})["marks"]
