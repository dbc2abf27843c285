"""Letters stand for names, and nothing in the rows tells which area is which."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analytics.hidden_names import Veil, letters_of, veil_over, without_names

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


AREAS = pd.DataFrame(
    [
        ("00", "nation", "全国", None, None),
        ("81", "prefecture", "東県", "81", "東県"),
        ("82", "prefecture", "西県", "82", "西県"),
        ("81201", "municipality", "森市", "81", "東県"),
        ("81202", "municipality", "大森市", "81", "東県"),
        ("82201", "municipality", "浜市", "82", "西県"),
        ("m2-81", "secondary_medical_area", "中央", "81", "東県"),
    ],
    columns=["area_code", "area_type", "name", "prefecture_code", "prefecture_name"],
)


def cover() -> Veil:
    return veil_over(AREAS, known={"00", "81", "81201"}, first="81", key="k")


def test_a_text_keeps_known_names_and_words_that_hold_a_name() -> None:
    letters = cover().letters
    text = "東県森市は、東県大森市と西県浜市に次ぐ。中央の中央値は3。全国は2。"
    assert cover().text(text) == (
        f"東県森市は、地域{letters['81202']}と地域{letters['82201']}に次ぐ。"
        f"地域{letters['m2-81']}の中央値は3。全国は2。"
    )


def test_municipalities_of_the_own_prefecture_have_the_first_letters() -> None:
    assert cover().letters["81202"] == "A"
    assert cover().letters["m2-81"] == "B"


def test_rows_lose_codes_and_follow_the_letters() -> None:
    rows = pd.DataFrame(
        {
            "area_code": ["00", "82201", "81201", "81202"],
            "area_name": ["全国", "浜市", "森市", "大森市"],
            "note": ["", "大森市に近い", None, "森市に近い"],
            "value": [1.0, 2.0, None, 4.0],
        }
    )
    found = cover().frame(rows)
    last = cover().letters["82201"]
    assert found["area_code"].tolist() == ["00", "81201", "A", last]
    assert found["area_name"].tolist() == ["全国", "森市", "地域A", f"地域{last}"]
    assert found.loc[3, "note"] == "地域Aに近い"
    assert found["value"].fillna(0).tolist() == [1.0, 0.0, 4.0, 2.0]


def test_a_figure_loses_codes_and_the_order_of_its_rows() -> None:
    spec = {
        "title": "東県",
        "data": {"values": [{"area_code": "82201", "area_name": "浜市", "v": 1},
                            {"area_code": "81202", "area_name": "大森市", "v": 2}]},
        "encoding": {"y": {"sort": ["浜市", "大森市"]}, "x": {"scale": {"domain": [3, 1]}}},
    }  # fmt: skip
    found = cover().spec(spec)
    assert [row["area_code"] for row in found["data"]["values"]] == [
        "A",
        cover().letters["82201"],
    ]
    assert found["encoding"]["y"]["sort"][1] == "地域A"
    assert found["encoding"]["x"]["scale"]["domain"] == [3, 1]
    assert "市" not in str(found)
