import json
import re

import pandas as pd
import vl_convert

from charts.spine import spine


def frame(**changes):
    columns = {
        "domain_label": ["人口と需要", "医療の資源"],
        "title": ["高齢化率", "訪問看護"],
        "value": [45.0, 0.0],
        "unit": ["%", "75歳以上1万人対"],
        "decimals": [1, 2],
        "lowest": [25.0, 0.0],
        "lower_quartile": [30.0, 2.0],
        "middle": [35.0, 4.0],
        "upper_quartile": [40.0, 5.0],
        "highest": [45.0, 8.0],
        "benchmark_value": [20.0, None],
        "outcome": ["higher", "not_compared"],
        "rank": [1, 5],
        "siblings": [5, 5],
    } | changes
    return pd.DataFrame(columns)


def rows(data):
    values = spine(data, area_name="森村", benchmark_name="全国")["data"]["values"]
    return [row for row in values if "own" in row]


def test_marks_lie_between_the_smallest_and_the_largest():
    first, second = rows(frame())
    # the benchmark of the first row lies below all siblings and widens its range
    assert (first["benchmark"], first["start"], first["own"], first["end"]) == (0, 0.2, 1, 1)
    assert (second["own"], second["q1"], second["end"]) == (0, 0.25, 1)
    assert second["benchmark"] is None


def test_outcomes_have_a_mark_and_a_word():
    assert [row["outcome"] for row in rows(frame())] == ["基準より高い", "判定なし（値だけ）"]
    spec = spine(frame(), area_name="森村", benchmark_name="全国")
    own = spec["layer"][3]["encoding"]
    assert own["shape"]["scale"]["domain"] == own["color"]["scale"]["domain"]
    assert len(set(own["shape"]["scale"]["range"])) == 4


def test_equal_siblings_stand_in_the_middle():
    marks = ["value", "lowest", "lower_quartile", "middle", "upper_quartile", "highest"]
    same = {mark: [3.0, 3.0] for mark in marks}
    assert [row["own"] for row in rows(frame(**same, benchmark_value=[3.0, 3.0]))] == [0.5, 0.5]


def test_words_carry_value_range_and_rank():
    first, second = rows(frame())
    assert first["printed"] == "45.0%"
    assert first["spread"] == "25.0～45.0（中央値 35.0）"
    assert second["printed"] == "75歳以上1万人対 0.00"
    assert second["rank"] == "5地域中 高い順に5番目"
    assert second["reference"] == "データなし"


def test_each_domain_has_a_heading_and_each_row_its_figures():
    spec = spine(frame(), area_name="森村", benchmark_name="全国")
    assert [row["label"] for row in spec["data"]["values"]] == [
        "■ 人口と需要||",
        "高齢化率|45.0%|45.0%（基準 20.0）　高い順1/5",
        "■ 医療の資源||",
        "訪問看護|1万人対 0.00|75歳以上1万人対 0.00　高い順5/5",
    ]


def test_the_figure_compiles():
    spec = spine(frame(), area_name="森村", benchmark_name="全国") | {"width": 600}
    svg = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert "高齢化率" in svg
    assert "基準より高い" in svg


def test_name_and_figure_stand_either_side_of_the_middle_of_their_strip():
    spec = spine(frame(), area_name="森村", benchmark_name="全国") | {"width": 700}
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec))
    first = re.search(r"translate\([^,]+,([\d.]+)\)[^>]*><tspan>高齢化率</tspan>", drawn)
    strip = re.search(r'label: 高齢化率[^>]* d="M[\d.]+,([\d.]+)h', drawn)
    assert first is not None
    assert strip is not None
    middle_of_lines = float(first[1]) + 12.5 / 2 - 11 * 0.35  # lines 12.5 apart, letters of 11
    assert abs(middle_of_lines - (float(strip[1]) + 7)) < 2


def test_a_heading_stands_nearer_to_what_it_heads():
    spec = spine(frame(), area_name="森村", benchmark_name="全国") | {"width": 700}
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert '<tspan/><tspan x="0" dy="12.5">■ 人口と需要</tspan>' in drawn
