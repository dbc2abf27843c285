"""The way of a foreign care managers' form through the upload page."""

from __future__ import annotations

from data.generations import Store
from tests.pages.opening import words
from tests.pages.uploading import XLSX, figures, opened, publish, step, table
from tests.unit.messy_discharge import Messy, form, line
from tests.unit.table_stand import rows_of

KNOWN = """
select value from survey_answer
where survey_id = 'discharge_form' and area_code = 'hc-8101'
    and question_id = 'discharges_known_care_m04'
"""


def dropped(messy: Messy):  # type: ignore[no-untyped-def]
    app = opened()
    app.file_uploader[0].upload(messy.name, messy.content(), XLSX).run()
    assert not app.exception
    return app


def test_a_foreign_form_is_asked_about_published_remembered_and_undone(tiny_store: Store) -> None:
    title = "令和6年度 ケアマネジャー入退院調査"
    rough = ["約34", *line(1, 4)[1:]]
    rows = [["東保健所", "4月", *rough], ["きたの事務所", "4月", *line(2, 4)]]
    app = dropped(form(*rows, title=title))
    assert "月と保健所ごとの件数を読みました" in words(app)
    assert figures(app)["確認"] == "2"
    step(app, "values")
    next(box for box in app.selectbox if "約34" in box.label).set_value("34").run()
    step(app, "columns")
    assert table(app, "confidence")["confidence"].tolist() == [1.0] * 6
    step(app, "names")
    chosen = next(box for box in app.selectbox if "きたの事務所" in box.label)
    assert sorted(chosen.options) == ["山保健所（hc-8102）", "東保健所（hc-8101）"]
    chosen.set_value("hc-8102").run()
    publish(app)
    assert rows_of(tiny_store, KNOWN) == [(str(line(1, 4)[3]),)]
    again = dropped(form(["きたの事務所", "5月", *line(2, 5)], title=title))
    assert figures(again)["確認"] == "0"
    app.button(key="upload_undo").click().run()
    assert rows_of(tiny_store, KNOWN) == []


def test_where_no_count_could_be_read_the_page_does_not_say_otherwise(tiny_store: Store) -> None:
    title = "令和6年度 ケアマネジャー入退院調査"
    app = dropped(form(["東保健所", "4月", *["多数"] * 6], title=title))
    assert figures(app)["行"] == "0"
    assert "読めた件数はまだありません" in words(app)
    assert "件数を読みました" not in words(app)
