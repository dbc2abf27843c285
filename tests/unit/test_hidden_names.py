"""Letters stand for names, and nothing in the rows tells which area is which."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analytics.hidden_names import Veil, veil_over, without_names

CODES = st.lists(st.from_regex(r"[0-9]{5}", fullmatch=True), unique=True, max_size=800)


def region(codes: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": codes,
            "area_type": "municipality",
            "name": [f"町{code}" for code in codes],
            "is_past": False,
            "prefecture_code": [code[:2] for code in codes],
            "prefecture_name": [f"県{code[:2]}" for code in codes],
        }
    )


@given(codes=CODES, key=st.text(max_size=8))
def test_each_area_has_one_letter_and_the_known_ones_none(codes: list[str], key: str) -> None:
    known = set(codes[:1])
    letters = veil_over(region(codes), known=known, first=None, key=key).letters
    assert set(letters) == set(codes) - known
    assert len(set(letters.values())) == len(letters)
    everything = veil_over(region(codes[::-1]), known=set(), first=None, key=key).letters
    assert letters.items() <= everything.items()


def test_letters_follow_neither_codes_nor_another_key() -> None:
    codes = [f"01{number:03d}" for number in range(40)]
    first, second = (
        veil_over(region(codes), known=set(), first="01", key=key).letters for key in ("a", "b")
    )
    assert list(first.values())[24:28] == ["Y", "Z", "AA", "AB"]
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
        ("00", "nation", "全国", False, None, None),
        ("81", "prefecture", "東県", False, "81", "東県"),
        ("82", "prefecture", "西県", False, "82", "西県"),
        ("81201", "municipality", "森市", False, "81", "東県"),
        ("81202", "municipality", "大森市", False, "81", "東県"),
        ("81301", "municipality", "旧町", True, "81", "東県"),
        ("82201", "municipality", "浜市", False, "82", "西県"),
        ("m2-81", "secondary_medical_area", "中央", False, "81", "東県"),
    ],
    columns=["area_code", "area_type", "name", "is_past", "prefecture_code", "prefecture_name"],
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
    letters = veil_over(AREAS, known={"00", "81"}, first="81", key="k").letters
    assert {letters["81201"], letters["81202"]} == {"A", "B"}
    assert letters["81202"] == cover().letters["81202"]
    assert letters["81301"] > letters["m2-81"]


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
    near, last = cover().letters["81202"], cover().letters["82201"]
    assert found["area_code"].tolist() == ["00", "81201", near, last]
    assert found["area_name"].tolist() == ["全国", "森市", f"地域{near}", f"地域{last}"]
    assert found.loc[3, "note"] == f"地域{near}に近い"
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
        cover().letters["81202"],
        cover().letters["82201"],
    ]
    assert found["encoding"]["y"]["sort"][1] == f"地域{cover().letters['81202']}"
    assert found["encoding"]["x"]["scale"]["domain"] == [3, 1]
    assert "市" not in str(found)


def test_a_text_is_lettered_by_its_own_veil() -> None:
    codes = ["01001", "01002"]
    one, other = (veil_over(region(codes), known={known}, first="01", key="k") for known in codes)
    for _ in range(2):
        assert one.text("町01001と町01002") == "町01001と地域" + one.letters["01002"]
        assert other.text("町01001と町01002") == f"地域{other.letters['01001']}と町01002"
