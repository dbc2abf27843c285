"""Letters stand for names, and nothing in the rows tells which area is which."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analytics.hidden_names import letters_of, without_names

CODES = st.lists(st.from_regex(r"[0-9]{5}", fullmatch=True), unique=True, max_size=800)


@given(codes=CODES, key=st.text(max_size=8))
def test_each_area_has_one_letter_and_the_own_one_none(codes: list[str], key: str) -> None:
    own = codes[0] if codes else None
    letters = letters_of(codes, own_code=own, key=key)
    assert set(letters) == set(codes[1:])
    assert len(set(letters.values())) == len(letters)
    assert letters == letters_of(codes[::-1], own_code=own, key=key)


def test_letters_follow_neither_codes_nor_another_key() -> None:
    codes = [f"{number:05d}" for number in range(40)]
    first, second = (letters_of(codes, own_code=None, key=key) for key in ("a", "b"))
    assert sorted(first.values(), key=lambda word: (len(word), word))[24:28] == [
        "Y",
        "Z",
        "AA",
        "AB",
    ]
    assert first != second
    assert list(first) != codes


def test_rows_keep_values_but_no_name_code_or_source_row() -> None:
    rows = pd.DataFrame(
        {
            "area_code": ["00", "1", "2", "3"],
            "area_name": ["全国", "東市", "西市", "南市"],
            "value": [1.0, 2.0, 3.0, 4.0],
            "source_title": ["国の表", "東局の名簿", "西局の名簿", None],
            "source_ref": ["1行", "2行", "3行", "4行"],
        }
    )
    found = without_names(rows, {"3": "A", "1": "B"})
    assert found["area_code"].tolist() == ["00", "2", "A", "B"]
    assert found["area_name"].tolist() == ["全国", "西市", "地域A", "地域B"]
    assert found["value"].tolist() == [1.0, 3.0, 4.0, 2.0]
    assert found["source_ref"].isna().tolist() == [False, False, True, True]
    assert found.loc[3, "source_title"] == "東局の名簿"
    assert "東市" not in found.to_csv()
