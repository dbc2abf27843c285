"""What is taken for personal data in a text, and what is not."""

import pytest

from records.kinds import load_kinds
from records.personal import personal_data

PHONE, MAIL, NAME = "電話番号", "メールアドレス", "個人の名前"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("電話 03-1234-5678", PHONE),
        ("０９０－１２３４－５６７８", PHONE),
        ("(055)123-4567 へ", PHONE),
        ("09012345678", PHONE),
        ("+81 90-1234-5678", PHONE),
        ("連絡先：taro.yamada＠example.co.jp", MAIL),
        ("山田太郎さんに相談", NAME),
        ("佐藤先生と会議", NAME),
        ("見本市医師会の田中課長", NAME),
        ("鈴木　花子", NAME),
        ("担当は小林様", NAME),
    ],
)
def test_personal_data_is_found(text, kind):
    assert personal_data(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "患者さんの希望を聞く",
        "皆さんの意見、住民の皆様へ",
        "高松市のコーディネーター研修を参考にする",
        "森村の在宅医療と釜石の取組",
        "担当医師・看護師長・事務局長が集まる",
        "令和6年度に24時間対応の訪問看護を3か所から5か所へ",
        "2024-04から2026-03まで、75歳以上1万人対12.5",
        "入退院支援ルールの運用、看取りの研修を年4回",
        "秋田の8医療圏、豊島区の体制、平戸市・水戸市の例",
        "会長・院長が出る協議体",
        "予算は0123456円",
        "",
    ],
)
def test_ordinary_words_pass(text):
    assert personal_data(text) == ""


def test_the_labels_of_the_kinds_themselves_pass():
    for kind in load_kinds().values():
        for text in (kind.label, kind.explanation, *kind.subjects.values()):
            assert personal_data(text) == "", text
