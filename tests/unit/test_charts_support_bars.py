from __future__ import annotations

import pandas as pd

from charts.support_bars import support_bars
from tests.unit.chart_parts import drawn_texts, layers_with


def frame() -> pd.DataFrame:
    rows = [
        ("広域連携", 66.66, 2, 3, 89.4, "文書"),
        ("データ", 0.0, 0, 2, float("nan"), float("nan")),
        ("職員研修", float("nan"), 0, 0, 85.1, "文書"),
    ]
    columns = ["item_label", "rate", "done", "answering", "published", "published_source"]
    return pd.DataFrame(rows, columns=columns).assign(item_short=lambda f: f["item_label"])


def spec() -> dict[str, object]:
    return support_bars(frame(), share_title="行う割合", published_title="公表値")


def test_bars_run_from_zero_to_one_hundred() -> None:
    (bar,) = layers_with(spec(), "bar")
    (tick,) = layers_with(spec(), "tick")
    assert bar["encoding"]["x"]["scale"]["domain"] == [0, 100]
    assert tick["encoding"]["x"]["scale"]["domain"] == [0, 100]


def test_only_rows_with_a_published_figure_have_a_tick() -> None:
    values = {value["item_label"]: value for value in spec()["data"]["values"]}
    assert values["広域連携"]["published"] == 89.4
    assert values["データ"]["published"] is None
    assert values["データ"]["published_source"] is None


def test_no_answer_has_no_bar_and_says_so() -> None:
    values = {value["item_label"]: value for value in spec()["data"]["values"]}
    assert values["職員研修"]["rate"] is None
    assert values["データ"]["rate"] == 0
    texts = drawn_texts(spec())
    assert {"66.7％", "公表 89.4％", "0.0％", "回答なし", "公表 85.1％"} <= texts


def test_short_bars_carry_the_sign_of_the_own_answer_without_its_words() -> None:
    told = frame().assign(own=["done", "none", "unanswered"])
    drawn = support_bars(told, share_title="行う割合", published_title="公表値", own_name="見北県")
    found = [(value["own"], value["own_sign"]) for value in drawn["data"]["values"]]
    assert found == [("●行う", "●"), ("○行わない", "○"), ("回答なし", "回答なし")]
    marks = [layer["mark"]["text"]["expr"] for layer in layers_with(drawn, "text")
             if "own" in layer["mark"].get("text", {}).get("expr", "")]  # fmt: skip
    assert marks == ["width < 480 ? datum.own_sign : datum.own"] * 2
