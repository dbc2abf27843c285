"""Rows of a figure that are asked for as a frame on every rerun."""

from __future__ import annotations

import copy
import json

import pandas as pd
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from charts.line import line

FRAME = pd.DataFrame({"year": [2020, 2025, 2030], "series": "中央市", "value": [1.5, None, 3.0]})


def _rows() -> list[dict[str, object]]:
    spec = line(FRAME, series_order=["中央市"], x_title="年", y_title="人口", unit="人")
    rows: list[dict[str, object]] = spec["data"]["values"]
    return rows


def test_the_screen_gets_the_same_as_of_a_plain_list() -> None:
    rows = _rows()
    plain: list[dict[str, object]] = json.loads(json.dumps(rows))

    assert plain == rows
    assert convert_anything_to_arrow_bytes(rows) == convert_anything_to_arrow_bytes(plain)


def test_the_frame_is_made_once() -> None:
    rows = _rows()

    assert rows.to_pandas() is rows.to_pandas()  # type: ignore[attr-defined]


def test_a_changed_copy_is_drawn_as_changed() -> None:
    rows = _rows()
    convert_anything_to_arrow_bytes(rows)
    changed = copy.deepcopy(rows)
    changed[0]["v"] = 99.0

    sent = convert_anything_to_arrow_bytes(changed)

    assert sent == convert_anything_to_arrow_bytes(json.loads(json.dumps(changed)))
    assert rows[0]["v"] == 1.5
