from __future__ import annotations

from io import BytesIO

import openpyxl
import pandas as pd

from exports.columns import ColumnLabel
from exports.workbook import to_xlsx

COLUMNS = {"name": ColumnLabel("地域"), "rate": ColumnLabel("割合", "%", 1)}


def test_numbers_are_numbers_and_sources_are_named() -> None:
    frame = pd.DataFrame({"name": ["01100", "=HYPERLINK(1)"], "rate": [12.34, None]})
    data = to_xlsx(frame, columns=COLUMNS, title="割合の表", source=["見本推計", "2020年基準"])
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["データ"]
    assert [cell.value for cell in sheet[1]] == ["地域", "割合"]
    assert sheet["B2"].value == "単位：%"
    assert sheet["A3"].value == "01100"
    assert sheet["B3"].value == 12.34
    assert sheet["A4"].value == "=HYPERLINK(1)"
    assert sheet["A4"].data_type == "s"
    assert sheet["B4"].value is None
    assert [row[1].value for row in book["出典"].iter_rows()] == [
        "割合の表",
        "見本推計",
        "2020年基準",
    ]
