"""Which areas are drawn as bars."""

import pandas as pd

from ui.compare_view import ENDS, MOST_BARS, bars_to_draw


def areas(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": [f"{number:05d}" for number in range(count)],
            "area_name": [f"{number}町" for number in range(count)],
            "value": [float(number) for number in range(count)],
            "status_label": "",
        }
    )


def test_few_areas_follow_the_order_asked_for():
    assert bars_to_draw(areas(3), order="code")["value"].tolist() == [0, 1, 2]
    assert bars_to_draw(areas(3), order="value")["value"].tolist() == [2, 1, 0]


def test_of_very_many_areas_both_ends_and_the_own_one_are_drawn():
    drawn = bars_to_draw(areas(MOST_BARS + 1), order="code", own_code="00040")
    assert drawn["value"].tolist()[:2] == [80, 79]
    assert drawn["value"].tolist()[-1] == 0
    assert len(drawn) == 2 * ENDS + 2
    assert drawn["area_code"].tolist()[ENDS : ENDS + 2] == ["00040", ""]
    left_out = drawn["status_label"].tolist()[ENDS + 1]
    assert left_out == f"この間の{MOST_BARS + 1 - 2 * ENDS - 1}地域は省略"


def test_the_lowest_are_not_drawn_where_too_many_share_the_value():
    frame = areas(MOST_BARS + 1)
    frame["value"] = (frame["value"] - 50).clip(lower=0)
    drawn = bars_to_draw(frame, order="code")
    left_out = MOST_BARS + 1 - 2 * ENDS
    words = f"ほか{left_out}地域は省略（最も低い値は51地域）"
    assert drawn["status_label"].tolist()[-1] == words
    assert len(drawn) == 2 * ENDS + 1
