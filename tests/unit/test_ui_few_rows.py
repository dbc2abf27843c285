from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.opening import tables


def _script() -> None:
    import pandas as pd

    from exports.columns import ColumnLabel
    from ui.few_rows import few_rows

    frame = pd.DataFrame(
        {"name": ["在宅医療", "看取り"], "count": [1234.0, None], "rate": [0.0, 12.345], "no": 1}
    )
    columns = {
        "name": ColumnLabel("項目"),
        "count": ColumnLabel("数", "市町村", 0),
        "rate": ColumnLabel("割合", "%", 1),
    }
    few_rows(frame, columns=columns, alt="見本", key="sample")


def test_all_columns_stand_in_one_table_and_missing_is_not_zero() -> None:
    app = AppTest.from_function(_script).run()
    assert not app.exception
    (shown,) = tables(app)
    assert list(shown.columns) == ["項目", "数（市町村）", "割合（%）"]
    assert shown.iloc[0].tolist() == ["在宅医療", "1,234", "0.0"]
    assert shown.iloc[1].tolist() == ["看取り", "データなし", "12.3"]


def test_numbers_stand_at_their_end_and_names_do_not() -> None:
    app = AppTest.from_function(_script).run()
    block = str(app.html[0].value)
    assert block.count('class="short figure"') == 4
    assert '<td class="short">在宅医療</td>' in block
