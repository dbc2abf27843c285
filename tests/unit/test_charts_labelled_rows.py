from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.labelled_rows import ROW, TALL_ROW, rows_of, two_lines


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("キ 地域住民への普及啓発", ["キ 地域住民への普及啓発"]),
        (
            "ウ 切れ目のない在宅医療と在宅介護の提供体制の構築推進",
            ["ウ 切れ目のない在宅医療と", "在宅介護の提供体制の構築推進"],
        ),
        (
            "事業の導入・充実への支援（共同実施の調整など）",
            ["事業の導入・充実への支援", "（共同実施の調整など）"],
        ),
    ],
)
def test_a_long_name_breaks_where_a_word_begins(name: str, lines: list[str]) -> None:
    assert two_lines(name, letters=16) == lines


@given(st.text(min_size=1, max_size=60), st.integers(min_value=1, max_value=20))
def test_no_letter_is_lost(name: str, letters: int) -> None:
    lines = two_lines(name, letters=letters)
    assert "".join(lines) == name
    assert len(lines) <= 2
    assert all(lines)


def test_rows_are_taller_where_a_name_takes_two_lines() -> None:
    assert rows_of(["ア", "イ"], ["ア", "イ"]).height == ROW
    assert rows_of(["ア", "長い名前" * 5], ["ア", "長"]).height == TALL_ROW
