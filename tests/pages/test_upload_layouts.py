"""A form with last year's answers beside this year's, on the page."""

from __future__ import annotations

from data.generations import Store
from tests.pages.uploading import answers, drop, figures, opened, publish, step

KEY = "upload_column_0_年度の列：前年度｜今年度"


def test_the_year_of_two_columns_is_asked_once_and_published(tiny_store: Store) -> None:
    rows: list[list[object]] = [
        ["市町村名", "山手市"],
        ["設問", "前年度", "今年度"],
        ["協議体の設置", "なし", "あり"],
        ["研修回数", 11, 12],
    ]
    app = step(drop(opened(), rows), "columns")
    assert app.selectbox(key=KEY).options == ["「今年度」の列", "「前年度」の列"]
    assert figures(app)["確認"] == "1"
    app.selectbox(key=KEY).set_value("今年度").run()
    assert "いまは「今年度」の列を使います。" in " ".join(text.value for text in app.text)
    assert figures(app)["確認"] == "0"
    publish(app)
    assert answers(tiny_store) == {"81201": "12"}
