"""Pictures of requests, of change, of two years and of the worked case, by what they draw."""

from __future__ import annotations

import pandas as pd

from charts.support_before_after import before_after
from charts.support_case import case_versions
from charts.support_change import support_change
from charts.support_requests import request_matrix
from tests.unit.chart_parts import drawn_texts, layers_with

WORDS = {"unmet": "希望あり・支援なし", "met": "希望あり・支援あり", "not_wanted": "希望なし",
         "unanswered": "未回答"}  # fmt: skip


def cells() -> pd.DataFrame:
    rows = [
        ("81201", "東市", "データ", "unmet"),
        ("81201", "東市", "研修", "not_wanted"),
        ("81202", "西町", "データ", "unanswered"),
        ("81202", "西町", "研修", "met"),
    ]
    return pd.DataFrame(rows, columns=["area_code", "area_name", "short_label", "category"])


def test_requests_are_told_by_symbol_in_the_order_of_items() -> None:
    spec = request_matrix(cells(), labels=WORDS, items=["研修", "データ"], own_area="81202")
    assert [row["answers"] for row in spec["data"]["values"]] == ["・▲", "●無"]
    (rects,) = layers_with(spec, "rect")
    legend = rects["encoding"]["color"]["scale"]["domain"]
    assert legend == ["▲ 希望あり・支援なし", "● 希望あり・支援あり", "・ 希望なし", "無 未回答"]


def test_numbers_of_those_who_want_stand_beside_the_symbol() -> None:
    counted = cells().assign(wanting=[3, 0, 0, 12])
    spec = request_matrix(counted, labels=WORDS, items=["データ", "研修"])
    assert [row["texts"] for row in spec["data"]["values"]] == ["▲3,・", "無,●12"]


def test_change_draws_only_known_points_and_no_line_through_them() -> None:
    frame = pd.DataFrame(
        [("81", "東県", 3, 5.04), ("82", "西県", None, 1.0), ("83", "南県", 2, float("nan"))],
        columns=["area_code", "area_name", "given", "change"],
    ).astype({"given": "Int64"})
    spec = support_change(frame, x_title="数", y_title="変化", own_area="81")
    assert [row["area_name"] for row in spec["data"]["values"]] == ["東県"]
    assert spec["data"]["values"][0]["own"]
    assert not layers_with(spec, "line")


def two_years() -> pd.DataFrame:
    rows = [
        ("hc-1", "東保健所", "要支援", 20.0, 50.0, "observed"),
        ("hc-1", "東保健所", "要介護", 50.0, 40.0, "observed"),
        ("hc-2", "西保健所", "要支援", float("nan"), 30.0, "observed"),
        ("hc-2", "西保健所", "要介護", 60.0, float("nan"), "suppressed"),
    ]
    columns = ["area_code", "area_name", "care_label", "value_before", "value_after",
               "status_after"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(change=frame["value_after"] - frame["value_before"])


def test_both_care_levels_stand_in_one_row_with_their_change() -> None:
    spec = before_after(two_years(), title="率", before="H27", after="R6",
                        words={"suppressed": "秘匿"}, own_area="hc-1")  # fmt: skip
    first, second = spec["data"]["values"]
    assert first["item_label"] == "▶東保健所"
    assert (first["s_b"], first["s_a"], first["c_b"], first["c_a"]) == (20, 50, 50, 40)
    assert first["end_text"] == "▲50.0％（+30.0）\n●40.0％（-10.0）"
    assert second["end_text"] == "▲30.0％\n●秘匿"
    assert second["c_a"] is None
    shapes = {layer["mark"].get("shape") for layer in layers_with(spec, "point")}
    assert shapes == {"triangle-up", "circle"}


def test_areas_of_one_name_are_told_apart_by_code() -> None:
    same = two_years().assign(area_name="中央保健所")
    spec = before_after(same, title="率", before="H27", after="R6", words={})
    labels = [row["item_label"] for row in spec["data"]["values"]]
    assert labels == ["中央保健所（hc-1）", "中央保健所（hc-2）"]


def test_versions_of_a_case_are_rows_of_their_own() -> None:
    frame = pd.DataFrame(
        [
            ("2017年の資料（注）", "入院時：情報提供あり", 5, 8),
            ("2025年の事例集（注）", "入院時：情報提供あり", 5, 7),
        ],
        columns=["version", "label", "before", "after"],
    )
    spec = case_versions(frame)
    on_a_phone = [row["narrow"] for row in spec["data"]["values"]]
    assert on_a_phone == ["入院時\n（2017年）", "入院時\n（2025年）"]
    assert [row["a"] for row in spec["data"]["values"]] == [8, 7]
    assert {"約5割→約8割", "約5割→約7割"} <= drawn_texts(spec)
