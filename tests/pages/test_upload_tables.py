"""The way of a plain table through the upload page."""

from __future__ import annotations

from data.generations import Store
from tests.pages.opening import words
from tests.pages.uploading import figures, opened, publish, step, table
from tests.unit.table_stand import COLUMNS, HEAD, MEMBER_COLUMNS, rows_of

ROW = "81201,山手市,2023,deaths_total,{}\n"
COUNT = "select value from measure"


def dropped(text: str, name: str = "表.csv"):  # type: ignore[no-untyped-def]
    app = opened()
    app.file_uploader[0].upload(name, text.encode(), "text/csv").run()
    assert not app.exception
    return app


def test_from_the_drop_to_the_undone_table(tiny_store: Store) -> None:
    app = dropped(HEAD + COLUMNS + ROW.format(50))
    assert "指標の表（共通様式）" in words(app)
    assert figures(app)["行"] == "1"
    step(app, "compare")
    assert table(app, "after")["after"].tolist() == ["50"]
    publish(app)
    assert rows_of(tiny_store, COUNT) == [(50.0,)]
    assert "地域1・行1" in app.success[0].value
    app.button(key="upload_undo").click().run()
    assert rows_of(tiny_store, COUNT) == []


def test_a_wrong_cell_is_shown_and_nothing_is_published(tiny_store: Store) -> None:
    app = dropped(COLUMNS + ROW.format("五十"))
    assert table(app, "place")["place"].tolist() == ["E2"]
    step(app, "accept")
    assert "まだ公表できません" in words(app)


def test_the_history_lists_tables_and_undoes_them(tiny_store: Store) -> None:
    publish(dropped(HEAD + COLUMNS + ROW.format(50)))
    app = opened(view="history")
    assert "指標の表（共通様式）" in table(app, "survey")["survey"].tolist()
    next(b for b in app.button if str(b.key).startswith("upload_undo_")).click().run()
    assert not app.exception
    assert "「指標の表（共通様式）」" in app.success[0].value
    assert rows_of(tiny_store, COUNT) == []


def test_memberships_are_previewed(tiny_store: Store) -> None:
    app = dropped(MEMBER_COLUMNS + "81201,山手市,二次医療圏,8109,新しい圏,,\n")
    step(app, "preview")
    shown = table(app, "areas_after").set_index("title")
    assert shown.loc["新しい圏", "areas_after"] == 1
