from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import tables
from ui.text_table import text_table

CELLS = ["<b>太字</b> & **強調**", "![x](http://evil.example/a.png)", '「"85歳"」\n二行目', "0", ""]


def test_every_text_stands_as_it_is() -> None:
    def script(cells: list[str]) -> None:
        import pandas as pd

        from ui.text_table import draw_text_table, text_table

        draw_text_table(text_table(pd.DataFrame({"<i>見出し</i>": cells})), alt='"表" <1>')

    app = AppTest.from_function(script, kwargs={"cells": CELLS}).run()
    assert not app.exception
    (shown,) = tables(app)
    assert shown["<i>見出し</i>"].tolist() == CELLS
    assert "<b>" not in app.html[0].value
    assert 'aria-label="&quot;表&quot; &lt;1&gt;"' in app.html[0].value


@pytest.mark.parametrize("rows", [0, 3])
def test_the_texts_are_kept_in_their_order(rows: int) -> None:
    made = text_table(pd.DataFrame({"甲": ["一"] * rows, "乙": range(rows)}))
    assert made.heads == ("甲", "乙")
    assert made.rows == tuple(("一", str(number)) for number in range(rows))


def test_a_figure_stays_in_one_line_and_a_sentence_may_wrap() -> None:
    made = text_table(
        pd.DataFrame({"値": ["53.0～77.1", "▼ 下がった", "偶然の範囲", "区間がなく判定なし"]})
    )
    assert made.body.count('class="short"') == 3
    assert "<td>区間がなく判定なし</td>" in made.body
