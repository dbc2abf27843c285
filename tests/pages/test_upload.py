"""The way of a workbook through the page: dropped, asked about, published, undone."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.opening import open_page, words
from tests.unit.upload_book import CLEAN, HEAD, book

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


def answers(store: Store, *, question: str = "training_n") -> dict[str, str]:
    with duckdb.connect(str(store.current()), read_only=True) as con:
        rows = con.execute(
            "select area_code, value from survey_answer where fiscal_year = 2023"
            " and question_id = ? and value is not null",
            [question],
        ).fetchall()
    return dict(rows)


def test_who_loses_the_role_loses_the_page_at_the_next_action(tiny_store: Store) -> None:
    app = drop(opened(), CLEAN)
    app.session_state["role_of_test"] = None
    app.run()
    assert not app.exception
    assert not app.file_uploader
    assert not app.metric
    assert not app.download_button
    assert "はできません" in words(app)


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_from_the_drop_to_the_undone_import(tiny_store: Store, role: str) -> None:
    app = drop(opened(role), CLEAN)
    assert figures(app)["回答者"] == "2"
    assert figures(app)["誤り"] == "0"
    assert answers(tiny_store) == {}
    publish(app)
    assert answers(tiny_store) == {"81201": "12", "81202": "3"}
    assert "公表しました" in app.success[0].value
    app.button(key="upload_undo").click().run()
    assert answers(tiny_store) == {}
    assert "取り消しました" in words(app)


def test_an_error_stands_with_its_cell_and_stops_the_publication(tiny_store: Store) -> None:
    app = drop(opened(), [HEAD, [81201, "山手市", "あり", "多数"]])
    shown = table(app, "セル")
    wrong = shown[shown["種別"] == "誤り"]
    assert wrong["セル"].tolist() == ["D2"]
    assert wrong["値"].tolist() == ["多数"]
    step(app, "accept")
    assert not [button for button in app.button if button.key == "upload_accept"]
    assert "まだ公表できません" in words(app)


def test_a_doubtful_name_is_chosen_once_and_remembered(tiny_store: Store) -> None:
    rows: list[list[object]] = [HEAD[1:], ["山の手市", "あり", 12]]
    app = step(drop(opened(), rows), "names")
    app.selectbox(key="upload_name_0_山の手市").set_value("81201").run()
    assert figures(app)["確認"] == "0"
    publish(app)
    assert answers(tiny_store) == {"81201": "12"}
    again = drop(opened(), [HEAD[1:], ["山の手市", "あり", 15]])
    assert figures(again)["確認"] == "0"
    publish(again)
    assert answers(tiny_store) == {"81201": "15"}


def test_a_strange_header_and_a_strange_word_are_answered(tiny_store: Store) -> None:
    rows: list[list[object]] = [
        ["団体コード", "市町村名", "話し合いの場", "多職種研修の回数"],
        [81201, "山手市", "ときどき", 12],
    ]
    app = step(drop(opened(), rows), "columns")
    box = next(b for b in app.selectbox if str(b.key).startswith("upload_column_"))
    box.set_value("council").run()
    step(app, "values")
    box = next(b for b in app.selectbox if str(b.key).startswith("upload_value_"))
    box.set_value("0").run()
    publish(app)
    assert answers(tiny_store, question="council") == {"81201": "0"}


def test_a_warning_needs_a_tick_and_a_reason(tiny_store: Store) -> None:
    app = step(drop(opened(), CLEAN), "accept")
    assert app.checkbox
    assert app.button(key="upload_accept").disabled
    app.checkbox[0].check().run()
    assert app.button(key="upload_accept").disabled
    publish(app)
    assert answers(tiny_store)


def test_the_same_file_is_recognised(tiny_store: Store) -> None:
    publish(drop(opened(), CLEAN))
    assert "取込済みです" in words(drop(opened(), CLEAN))


def test_who_comes_second_is_told_and_overwrites_nothing(tiny_store: Store) -> None:
    first, second = (
        drop(opened(), CLEAN),
        drop(opened("admin"), [HEAD, [81201, "山手市", "なし", 9]]),
    )
    step(second, "accept")
    for box in second.checkbox:
        box.check()
    for field in second.text_input:
        if str(field.key).startswith("upload_reason"):
            field.set_value(REASON)
    second.run()
    publish(first)
    second.button(key="upload_accept").click().run()
    assert not second.exception
    assert answers(tiny_store) == {"81201": "12", "81202": "3"}
    assert "データが更新されました" in second.error[0].value
    second.run()
    assert answers(tiny_store) == {"81201": "12", "81202": "3"}


def test_the_comparison_says_what_changes(tiny_store: Store) -> None:
    publish(drop(opened(), CLEAN))
    app = step(drop(opened(), [HEAD, [81201, "山手市", "あり", 30]], name="直し.xlsx"), "compare")
    shown = figures(app)
    assert shown["変更"] == "1"
    assert shown["同じ"] == "1"
    changed = table(app, "before")
    assert "30" in changed.to_string()


def test_one_respondent_alone_is_replaced(tiny_store: Store) -> None:
    publish(drop(opened(), CLEAN))
    rows: list[list[object]] = [HEAD, [81201, "山手市", "あり", 1], [81202, "川辺町", "なし", 2]]
    publish(drop(opened(only="81202"), rows))
    assert answers(tiny_store) == {"81201": "12", "81202": "2"}


def test_staff_may_not_undo_what_another_accepted(tiny_store: Store) -> None:
    publish(drop(opened("admin"), CLEAN))
    mine = opened("staff", view="history")
    assert "試験の管理者" in words(mine)
    assert not [b for b in mine.button if str(b.key).startswith("upload_undo_")]
    theirs = opened("admin", view="history")
    undo = next(b for b in theirs.button if str(b.key).startswith("upload_undo_"))
    undo.click().run()
    assert answers(tiny_store) == {}
    redo = next(b for b in theirs.button if str(b.key).startswith("upload_redo_"))
    redo.click().run()
    assert answers(tiny_store) == {"81201": "12", "81202": "3"}


def test_the_history_of_one_answer_names_file_and_cell(tiny_store: Store) -> None:
    publish(drop(opened(), CLEAN))
    app = opened(view="history", who="81201")
    shown = next(f.value for f in app.dataframe if "in_force_label" in f.value)
    row = shown[shown["question"].str.startswith("多職種研修の回数")].iloc[0]
    assert "D2" in row["cell"]
    assert row["in_force_label"] == "公表中"


def test_cell_text_is_only_ever_text(tiny_store: Store) -> None:
    evil = "<script>alert(1)</script>![x](http://evil.example/x.png)"
    app = drop(opened(), [HEAD, [81201, evil, evil, evil]], name=f"{evil[:8]}.xlsx")
    for code in ("columns", "values", "names", "mended", "compare", "problems"):
        step(app, code)
        marked = [str(item.value) for kind in ("markdown", "caption", "info", "warning", "error")
                  for item in getattr(app, kind)]  # fmt: skip
        assert not [text for text in marked if "![x](" in text or "<script" in text]


def test_a_file_that_cannot_be_read_says_why(tiny_store: Store) -> None:
    app = opened()
    app.file_uploader[0].upload("回答.xlsx", b"not a workbook", XLSX).run()
    assert not app.exception
    assert any("xlsx形式ではありません" in item.value for item in app.error)


def test_totals_count_what_is_published(tiny_store: Store) -> None:
    publish(drop(opened(), CLEAN))
    shown = next(f.value for f in opened(view="totals").dataframe if "respondents" in f.value)
    row = shown[shown["question"].str.startswith("多職種研修の回数")].iloc[0]
    assert (row["respondents"], row["total"]) == (2, 15)


def test_files_for_offices_stand_on_the_first_screen(tiny_store: Store) -> None:
    labels = [button.label for button in opened().download_button]
    assert any("空の調査票" in label for label in labels)
    assert any("XLSX" in label for label in labels)
    assert any("CSV" in label for label in labels)
    assert len(opened(view="files").download_button) >= 6


def test_every_question_has_its_definition(tiny_store: Store) -> None:
    app = opened(view="definitions")
    assert "多職種研修の回数" in app.dataframe[0].value.to_string()


def test_several_files_are_one_proposal_and_a_bad_one_does_not_hide_the_good(
    tiny_store: Store,
) -> None:
    app = opened()
    app.file_uploader[0].set_value(
        [
            ("山手.xlsx", book([CLEAN[0], CLEAN[1]]), XLSX),
            ("川辺.xlsx", book([CLEAN[0], CLEAN[2]]), XLSX),
            ("こわれた.xlsx", b"PK broken", XLSX),
        ]
    ).run()
    assert not app.exception
    assert figures(app)["回答者"] == "2"
    assert any("こわれた.xlsx" in item.value for item in app.error)
    outcome = table(app, "outcome").set_index("name")["outcome"]
    assert outcome["山手.xlsx"] == "読めました"
    assert outcome["こわれた.xlsx"] == "読めません"
    app.file_uploader[0].set_value(
        [
            ("山手.xlsx", book([CLEAN[0], CLEAN[1]]), XLSX),
            ("川辺.xlsx", book([CLEAN[0], CLEAN[2]]), XLSX),
        ]
    ).run()
    publish(app)
    assert answers(tiny_store) == {"81201": "12", "81202": "3"}


def test_the_total_of_a_sheet_is_held_against_its_rows_at_once(tiny_store: Store) -> None:
    wrong = drop(opened(), [*CLEAN, ["", "合計", "", 99]])
    assert "合計1か所のうち1か所が行の和と違います" in words(wrong)
    right = drop(opened(), [*CLEAN, ["", "合計", "", 15]])
    assert "すべて行の和と一致します" in words(right)


def test_a_form_of_prefectures_asks_for_prefectures(tiny_store: Store) -> None:
    rows: list[list[object]] = [["都道府県名", "市町村職員への研修"], ["東見本けん県", "あり"]]
    app = step(drop(opened(survey="prefectural_form"), rows), "names")
    boxes = [b for b in app.selectbox if str(b.key).startswith("upload_name_")]
    assert [option for box in boxes for option in box.options] in ([], ["東見本県（81）"])
