"""What two areas beside each other say: nothing is counted that either did not answer."""

from __future__ import annotations

import pandas as pd

from analytics.pair_sentence import answers_sentence, rates_sentence, requests_sentence

NAMES = ("甲町", "乙村")


def test_rates_name_the_item_farthest_apart() -> None:
    frame = pd.DataFrame(
        {"item_label": ["病院", "薬局", "歯科"], "own": [4.0, 2.0, None], "other": [2.0, 2.0, 9.0]}
    )
    assert rates_sentence(frame, names=NAMES, unit="1万人あたり", decimals=1) == (
        "1万人あたり：両方に値のある2項目のうち、甲町が多いのは1、乙村が多いのは0、同じは1です。"
        "比で最も離れているのは病院（甲町 4.0、乙村 2.0）です。"
    )


def test_rates_of_which_none_is_known_twice() -> None:
    frame = pd.DataFrame({"item_label": ["病院"], "own": [4.0], "other": [float("nan")]})
    assert "両方に値のある項目はありません" in rates_sentence(
        frame, names=NAMES, unit="割合", decimals=0
    )


def test_answers_count_only_what_both_answered() -> None:
    own = {"ア": "done", "イ": "done", "ウ": "none", "エ": "done"}
    other = {"ア": "done", "イ": "none", "ウ": "done", "エ": "unanswered"}
    assert answers_sentence(own, other, names=NAMES, when="令和6年度", word="実施") == (
        "令和6年度：両方が答えた3項目のうち、「実施」は甲町が2、乙村が2です。"
        "甲町だけが「実施」なのは「イ」です。乙村だけが「実施」なのは「ウ」です。"
    )


def test_no_answer_is_not_a_no() -> None:
    own, other = {"ア": "done"}, {"ア": "suppressed"}
    said = answers_sentence(own, other, names=NAMES, when="令和6年度", word="実施")
    assert said == "令和6年度：乙村の回答がないため、比べられません。"


def test_long_lists_of_items_are_cut_with_their_number() -> None:
    own = dict.fromkeys("アイウエオカ", "done")
    said = answers_sentence(own, dict.fromkeys(own, "none"), names=NAMES, when="R6", word="あり")
    assert said.endswith("甲町だけが「あり」なのは「ア」「イ」「ウ」「エ」など6です。")


def test_requests_of_both_and_of_one() -> None:
    own = {"研修": "unmet", "データ": "met", "広報": "not_wanted"}
    other = {"研修": "open", "データ": "not_wanted", "広報": "absent"}
    assert requests_sentence(own, other, names=NAMES, when="令和6年度") == (
        "令和6年度に希望する支援は、甲町が2、乙村が1です。甲町だけの希望は「データ」です。"
    )
