"""What is taken for a telephone number or a mail address; names are no matter of this check."""

import pytest

from data.contact_details import contact_details


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("電話 03-1234-5678", "電話番号"),
        ("０９０－１２３４－５６７８", "電話番号"),
        ("(055)123-4567 へ", "電話番号"),
        ("連絡先：taro.yamada＠example.co.jp", "メールアドレス"),
        ("山田太郎さんに相談", ""),
        ("令和6年度に24時間対応の訪問看護を3か所から5か所へ", ""),
        ("2024-04から2026-03まで、75歳以上1万人対12.5", ""),
        ("", ""),
    ],
)
def test_numbers_and_addresses_are_found(text, kind):
    assert contact_details(text) == kind
