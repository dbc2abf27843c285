"""Printed codes and names: what is taken, what is mended, what is asked."""

from __future__ import annotations

import pytest

from data.harmonise.codes import official_code6
from tests.unit.survey_places import places_of


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("山手市", "81201"),
        ("　山 手 市\n", "81201"),
        ("東見本県山手市", "81201"),
        ("山郡川辺町", "81401"),
        ("竜ヶ崎市", "81203"),
        ("龍が崎市", "81203"),
        ("塩釜町", "81405"),
        ("森ケ丘町", "81406"),
        ("森ヶ丘", "81406"),
        ("やまてし", "81201"),
        ("ﾔﾏﾃｼ", "81201"),
        ("しおがままち", "81405"),
        ("山手市（1）", "81201"),
        ("山手市役所", "81201"),
        ("山手市（高齢者支援課）", "81201"),
        ("滝沢村", "81204"),
    ],
)
def test_a_name_in_any_spelling_is_found(printed: str, code: str) -> None:
    found = places_of().find("", printed)
    assert (found.kind, found.code) == ("respondent", code)


@pytest.mark.parametrize(
    ("printed", "candidates"),
    [
        ("川辺", ("81202", "81401")),
        ("泊村", ("81403", "81404")),
        ("とまりむら", ("81403", "81404")),
        ("旧里町", ("81201",)),
        ("山出市", ("81201",)),
        ("港市", ()),
        ("中央市北区", ()),
        ("（例）山手市", ()),
        ("山手市（見込み）", ("81201",)),
        ("山手市（北部包括）", ("81201",)),
    ],
)
def test_a_doubtful_name_is_asked(printed: str, candidates: tuple[str, ...]) -> None:
    found = places_of().find("", printed)
    assert (found.kind, found.code) == ("asked", "")
    assert found.doubt
    assert set(candidates) <= set(found.candidates)


def test_a_mended_name_says_so() -> None:
    assert places_of().find("", "山手市").mended == ""
    assert "龍ケ崎市" in places_of().find("", "竜ヶ崎市").mended
    assert "滝沢市" in places_of().find("", "滝沢村").mended


@pytest.mark.parametrize(
    ("prefecture", "printed", "code"),
    [
        ("81", official_code6("81201"), "81201"),
        ("81", "８１２０１", "81201"),
        ("81", "81201.0", "81201"),
        ("81", official_code6("81301"), "81204"),
        ("01", "011002", "01100"),
        ("01", "11002", "01100"),
        ("01", "1100", "01100"),
        ("01", "12025", "01202"),
    ],
)
def test_a_code_in_any_form_is_found(prefecture: str, printed: str, code: str) -> None:
    assert places_of(prefecture).find(printed, "").code == code


@pytest.mark.parametrize(
    ("printed", "doubt"),
    [
        ("812011", "検査数字"),
        (official_code6("82201"), "他の都道府県"),
        ("81999", "この都道府県にありません"),
        (official_code6("81402"), "合併"),
        ("12a", "読めません"),
    ],
)
def test_a_doubtful_code_is_asked(printed: str, doubt: str) -> None:
    found = places_of().find(printed, "")
    assert found.kind == "asked"
    assert doubt in found.doubt


def test_code_and_name_must_agree() -> None:
    found = places_of().find("81202", "山手市")
    assert found.kind == "asked"
    assert found.candidates == ("81201", "81202")
    assert places_of().find("81201", "山手市").code == "81201"
    assert places_of().find("", "").kind == "asked"


def test_a_code_decides_between_places_of_one_name() -> None:
    assert places_of().find("81404", "泊村").code == "81404"
    assert places_of().find("81201", "旧里町").kind == "asked"
    assert places_of().find("81402", "山手市").kind == "asked"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("合計", "total"),
        ("県　計", "total"),
        ("東見本県", "total"),
        ("町村計", "total"),
        ("東部圏域", "total"),
        ("山保健所管内", "total"),
        ("全国平均", "total"),
        ("（再掲）山手市", "subset"),
        ("うち川辺町", "subset"),
        ("山郡広域連合", "union"),
        ("海衛生事務組合", "union"),
        ("※ 川辺町は未回収", "note"),
        ("（注）速報値", "note"),
    ],
)
def test_rows_that_are_no_respondent_are_told_apart(name: str, kind: str) -> None:
    assert places_of().find("", name).kind == kind
