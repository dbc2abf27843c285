from __future__ import annotations

import pandas as pd
import pytest
import vl_convert

from charts.rate_by_year import rate_by_year
from tests.unit.chart_parts import drawn_texts, layers_with

YEARS = {2017: "H29", 2018: "H30"}


def frame(framework: str = "h27r2") -> pd.DataFrame:
    rows = [
        (framework, "ア 資源の把握", "H29", 87.5, 7, 8, 9),
        (framework, "オ 相談支援", "H29", float("nan"), 0, 0, 9),
        (framework, "ア 資源の把握", "H30", 100.0, 9, 9, 9),
        (framework, "オ 相談支援", "H30", 0.0, 0, 9, 9),
    ]
    columns = ["framework", "item_label", "year_label", "rate", "done", "answering", "expected"]
    return pd.DataFrame(rows, columns=columns)


def test_zero_is_a_rate_and_nobody_answering_is_none() -> None:
    spec = rate_by_year(frame(), word="実施")
    cells = {(v["item_label"], v["year_label"]): v for v in spec["data"]["values"]}
    assert cells["オ 相談支援", "H30"]["rate"] == 0
    assert cells["オ 相談支援", "H30"]["rate_text"] == "0.0"
    assert cells["オ 相談支援", "H29"]["rate"] is None
    assert cells["オ 相談支援", "H29"]["rate_text"] == "―"


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
    spec = rate_by_year(frame(), word="実施")
    marks = {layer["mark"]["type"] for layer in spec["layer"]}
    assert marks == {"rect", "text"}


def test_it_draws_every_item_and_rate() -> None:
    texts = drawn_texts(rate_by_year(frame(), word="実施", selected="H30"))
    assert {"ア 資源の把握", "オ 相談支援", "87.5", "100.0", "0.0", "―", "H29", "H30"} <= texts


def test_vega_lite_accepts_it() -> None:
    assert vl_convert.vegalite_to_vega(rate_by_year(frame(), word="実施") | {"width": 500})["marks"]
