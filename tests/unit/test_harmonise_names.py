"""Spellings of one place meet; different places stay apart."""

from __future__ import annotations

import pytest

from data.harmonise.names import (
    PREFECTURE_KANA,
    PREFECTURES,
    fold_name,
    prefecture_kana,
    prefecture_name,
    split_district,
)


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("龍ヶ崎市", "龍ケ崎市"),
        ("竜ケ崎市", "龍ケ崎市"),
        ("塩釜市", "塩竈市"),
        ("塩竃市", "塩竈市"),
        ("札幌市　中央区", "札幌市中央区"),
        ("ｹ崎", "ケ崎"),
        ("茅ガ崎市", "茅ヶ崎市"),
    ],
)
def test_variants_meet(written: str, official: str) -> None:
    assert fold_name(written) == fold_name(official)


def test_other_places_stay_apart() -> None:
    assert fold_name("大津市") != fold_name("大津町")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("西八代郡市川三郷町", ("西八代郡", "市川三郷町")),
        ("郡山市", ("", "郡山市")),
        ("大和郡山市", ("", "大和郡山市")),
        ("小郡町", ("", "小郡町")),
        ("吉敷郡小郡町", ("吉敷郡", "小郡町")),
        ("泊村", ("", "泊村")),
    ],
)
def test_district_is_split_only_where_one_is_written(name: str, parts: tuple[str, str]) -> None:
    assert split_district(name) == parts


def test_prefectures_by_number() -> None:
    assert len(PREFECTURES) == len(PREFECTURE_KANA) == 47
    assert (prefecture_name("01"), prefecture_kana("01")) == ("北海道", "ほっかいどう")
    assert (prefecture_name("22"), prefecture_kana("22")) == ("静岡県", "しずおかけん")
    assert (prefecture_name("47"), prefecture_kana("47")) == ("沖縄県", "おきなわけん")
    assert prefecture_name("81") is None
