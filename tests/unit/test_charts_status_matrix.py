from __future__ import annotations

import re

import pandas as pd
import vl_convert

from charts.answer_style import ANSWER_STYLES
from charts.rate_matrix import rate_matrix
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from tests.unit.chart_parts import drawn_texts, layers_with

LABELS = {kind: f"語{kind}" for kind in ANSWER_STYLES}


def answers() -> pd.DataFrame:
    rows = [
        ("81201", "山手市", "ア", "done"),
        ("81201", "山手市", "オ", "none"),
        ("81202", "川辺町", "ア", "unanswered"),
        ("81202", "川辺町", "オ", "suppressed"),
    ]
    return pd.DataFrame(rows, columns=["area_code", "area_name", "item_label", "category"])


def test_no_answer_is_drawn_unlike_not_done() -> None:
    spec = status_matrix(answers(), labels=LABELS, items=["ア", "オ"])
    answers_of = {value["area_name"]: value["answers"] for value in spec["data"]["values"]}
    assert answers_of == {"山手市": "●○", "川辺町": "無＊"}
    scale = layers_with(spec, "rect")[0]["encoding"]["color"]["scale"]
    assert len(set(scale["range"])) == len(scale["range"]) == 4


def test_rows_keep_the_order_of_the_frame() -> None:
    turned = answers().iloc[::-1]
    spec = status_matrix(turned, labels=LABELS, items=["ア", "オ"])
    assert [row["area_name"] for row in spec["data"]["values"]] == ["川辺町", "山手市"]
    assert spec["encoding"]["y"]["sort"] is None


def test_areas_of_the_same_name_keep_their_own_rows() -> None:
    frame = pd.concat(
        [answers(), answers().assign(area_code=lambda f: "9" + f["area_code"].str[1:])]
    )
    spec = status_matrix(frame, labels=LABELS, items=["ア", "オ"])
    assert len({row["area_name"] for row in spec["data"]["values"]}) == 4


def test_the_own_area_is_outlined() -> None:
    spec = status_matrix(answers(), labels=LABELS, items=["ア", "オ"], own_area="81202")
    (cells,) = layers_with(spec, "rect")
    assert cells["encoding"]["stroke"]["condition"]["test"]["equal"] == "81202"


def test_matrix_draws_names_items_and_legend() -> None:
    texts = drawn_texts(status_matrix(answers(), labels=LABELS, items=["ア", "オ"]))
    assert {"山手市", "川辺町", "ア", "オ", "●", "○", "無", "＊", "● 語done"} <= texts
    assert "▲ 語partial" not in texts


def test_an_item_that_was_not_asked_has_no_cell() -> None:
    spec = status_matrix(answers().iloc[:1], labels=LABELS, items=["ア", "オ"])
    assert [value["answers"] for value in spec["data"]["values"]] == ["● "]
    assert "○" not in drawn_texts(spec)


def counts() -> pd.DataFrame:
    rows = [
        ("ア 把握", "done", 6, "実施 6\n回答 7"),
        ("ア 把握", "none", 1, "実施 6\n回答 7"),
        ("ア 把握", "unanswered", 2, "実施 6\n回答 7"),
        ("ア 把握", "planned", 0, "実施 6\n回答 7"),
    ]
    columns = ["item_label", "category", "respondents", "end_text"]
    return pd.DataFrame(rows, columns=columns).assign(item_short="ア")


def test_bars_start_at_zero_and_reach_the_respondents_expected() -> None:
    spec = status_bars(counts(), labels=LABELS, axis_title="市町村数", total=9)
    (bars,) = layers_with(spec, "bar")
    assert bars["encoding"]["x"]["scale"]["domain"] == [0, 9]
    (row,) = spec["data"]["values"]
    assert row["respondents"] == "6,1,2"
    assert bars["encoding"]["color"]["scale"]["domain"] == [
        "● 語done",
        "○ 語none",
        "無 語unanswered",
    ]
    svg = vl_convert.vegalite_to_svg(spec | {"width": 700})
    drawn = set(re.findall(r'aria-label="市町村数: (\d+); [^"]*order: (\d)', svg))
    assert drawn == {("6", "0"), ("1", "1"), ("2", "2")}


def test_bars_print_numerator_and_denominator() -> None:
    texts = drawn_texts(status_bars(counts(), labels=LABELS, axis_title="市町村数", total=9))
    assert {"ア 把握", "市町村数", "無 語unanswered"} <= texts
    assert {"実施 6", "回答 7"} <= texts
    assert "△ 語planned" not in texts


def test_rate_matrix_tells_zero_from_no_rate() -> None:
    frame = pd.DataFrame(
        {
            "area_code": ["81", "82"],
            "area_name": ["東見本県", "西見本県"],
            "item_label": ["ア", "ア"],
            "rate": [0.0, float("nan")],
            "done": [0, 0],
            "answering": [5, 0],
            "expected": [5, 4],
        }
    )
    spec = rate_matrix(frame, word="実施", items=["ア"])
    assert [value["answering"] for value in spec["data"]["values"]] == ["5", "0"]
    assert {"東見本県", "西見本県", "0", "―"} <= drawn_texts(spec)
