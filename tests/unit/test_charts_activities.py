"""The pictures made for the programme items."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analytics.crosswalk import crosswalk_links, crosswalk_sentence, crosswalk_table
from analytics.survey_status import CATEGORY_KEYS, category_labels
from charts.count_columns import count_columns
from charts.crosswalk import LINK_STYLES, crosswalk
from charts.item_grid import item_grid
from charts.rate_by_year import CellWords, rate_by_year, rate_cells
from charts.status_bars import status_bars
from data.catalogue import load_catalogue


def rates(*years: str, framework: str = "h27r2") -> pd.DataFrame:
    row = dict.fromkeys(CATEGORY_KEYS, 0) | {"done": 3, "partial": 1, "unanswered": 1}
    return pd.DataFrame(
        [
            row
            | {"framework": framework, "item_label": f"{item} 項目", "item_short": item,
               "year_label": year, "answering": 4, "expected": 5}
            for year in years
            for item in ("ア", "イ")
        ]
    )  # fmt: skip


MIXED = pd.concat([rates("R2"), rates("R3", framework="r3")])


def test_no_picture_takes_items_of_two_frameworks() -> None:
    with pytest.raises(ValueError, match="two frameworks"):
        item_grid(MIXED, labels=category_labels("h27r2"), selected="R2")
    with pytest.raises(ValueError, match="two frameworks"):
        rate_by_year(MIXED, word="実施")


def test_grid_stacks_each_item_from_zero_to_all_that_were_asked() -> None:
    spec = item_grid(rates("H29", "R1"), labels=category_labels("h27r2"), selected="R1")
    bars = spec["layer"][0]["data"]["values"].splitlines()
    assert bars[0] == "i,j,a,b,k,n,y,t"
    assert bars[1:4] == [
        "0,0,0,0.6,● 実施,3,H29,ア",
        "0,0,0.6,0.8,▲ 一部実施,1,H29,ア",
        "0,0,0.8,1,無 未回答,1,H29,ア",
    ]
    assert "R1　3／回答4" in spec["layer"][2]["data"]["values"]


def test_a_year_without_survey_is_grey_and_has_no_rate() -> None:
    spec = rate_by_year(rates("H28", "H30"), word="実施", without_survey=["H29"])
    layer = spec["layer"][0]
    assert layer["encoding"]["x"]["scale"]["domain"] == ["H28", "H29", "H30"]
    (first, _) = spec["data"]["values"]
    assert first["answering"] == "4,0,4"  # nobody answered: the cell has ―, and no 0 per cent


def test_eras_stand_in_time() -> None:
    spec = rate_by_year(rates("R2", "H30", "R1"), word="実施")
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["H30", "R1", "R2"]


def test_few_answers_are_printed_as_counts() -> None:
    spec = rate_cells(rates("H29"), columns=["H29"], words=CellWords(), as_counts=True)
    texts = [layer["encoding"]["text"]["field"] for layer in spec["layer"][0]["layer"][1:]]
    assert texts == ["count_text"]


def test_crosswalk_draws_every_old_item_and_names_what_ends() -> None:
    old, new, links = crosswalk_links()
    spec = crosswalk(old, new, links, old_title="R2まで", new_title="R3から")
    drawn = json.dumps(spec, ensure_ascii=False)
    items = load_catalogue().programme.items_of("h27r2")
    assert all(item.label in drawn for item in items)
    assert "■ R2で終わる" in drawn
    assert "✕ 比べられない" in drawn
    rows = spec["layer"][1]["data"]["values"]
    assert len(rows) == len(items) + 1  # the added stage has no old item
    assert [row["first"] for row in rows].count(False) == 1
    ends = {row["kind"]: row for row in rows}
    assert ends["coarse"]["y2"] != ends["coarse"]["y1"]  # two items meet in one stage


def test_every_kind_of_change_has_a_sign_of_its_own_words() -> None:
    kinds = {row.comparability for row in load_catalogue().programme.crosswalk}
    assert kinds <= set(LINK_STYLES)
    assert len({style.label for style in LINK_STYLES.values()}) == len(LINK_STYLES)


def test_crosswalk_table_and_sentence_follow_the_catalogue() -> None:
    named = "・".join(crosswalk_table()["old"]).replace("（なし）", "").split("・")
    assert sorted(name for name in named if name) == sorted("アイウエオカキク")
    text = crosswalk_sentence()
    assert "続けて比べられるのはオ・キ" in text
    assert "数を比べられないのはウ" in text
    assert "R2で系列が終わるのはク" in text
    assert "「③ 評価・改善」には以前の値がありません" in text
    texts = crosswalk_table().set_index("ordinance")["ordinance_text"]
    assert "相談に応じ" in texts["2号"]


def test_columns_print_their_counts_and_mark_the_own_step() -> None:
    frame = pd.DataFrame({"step": ["7", "8"], "count": [0, 3]})
    spec = count_columns(frame, axis_title="項目数", count_title="市町村数", own="8")
    assert spec["data"]["values"] == [{"step": "7", "count": 0}, {"step": "8", "count": 3}]
    condition = spec["layer"][0]["encoding"]["color"]["condition"]
    assert condition["test"] == {"field": "step", "equal": "8"}


def test_bars_without_a_total_are_shares_of_their_row() -> None:
    frame = pd.DataFrame(
        {"item_label": ["東"], "item_short": ["東"], "end_text": [""], "category": ["done"],
         "respondents": [2]}
    )  # fmt: skip
    spec = status_bars(frame, labels={"done": "実施"}, axis_title="割合", total=None)
    x = spec["layer"][0]["encoding"]["x"]
    assert (x["stack"], x["scale"]["domain"], x["axis"]["format"]) == ("normalize", [0, 1], "%")
