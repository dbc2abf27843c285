"""What a test does on the upload page: opens it, drops a book, moves through the steps."""

from __future__ import annotations

import duckdb
import pandas as pd
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.opening import open_page
from tests.unit.upload_book import book

REASON = "聞き取りで確かめた"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(role: str = "staff", **query: str) -> AppTest:
    return open_page("upload", role=role, **{"area": "81", "fy": "2023", **query})


def drop(app: AppTest, rows: list[list[object]], *, name: str = "回答.xlsx") -> AppTest:
    app.file_uploader[0].upload(name, book(rows), XLSX).run()
    assert not app.exception
    return app


def step(app: AppTest, code: str) -> AppTest:
    chosen = next(g for g in app.button_group if str(g.key).startswith("upload_step"))
    chosen.set_value(code).run()
    assert not app.exception
    return app


def publish(app: AppTest) -> AppTest:
    step(app, "accept")
    for box in app.checkbox:
        box.check()
    for field in app.text_input:
        if str(field.key).startswith("upload_reason"):
            field.set_value(REASON)
    app.run()
    app.button(key="upload_accept").click().run()
    assert not app.exception
    return app


def figures(app: AppTest) -> dict[str, str]:
    return {item.label: item.value for item in app.metric}


def table(app: AppTest, column: str) -> pd.DataFrame:
    return next(item.value for item in app.dataframe if column in item.value)


def answers(store: Store, *, question: str = "training_n", year: int = 2023) -> dict[str, str]:
    with duckdb.connect(str(store.current()), read_only=True) as con:
        rows = con.execute(
            "select area_code, value from survey_answer where fiscal_year = ?"
            " and question_id = ? and value is not null",
            [year, question],
        ).fetchall()
    return dict(rows)
