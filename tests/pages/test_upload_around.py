"""Around the way of a workbook: what changes, who may undo, files for offices, totals."""

from __future__ import annotations

from data.generations import Store
from tests.pages.opening import words
from tests.pages.uploading import XLSX, answers, drop, figures, opened, publish, step, table
from tests.unit.upload_book import CLEAN, HEAD, book


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
    told = next(item.value for item in theirs.success if "取り消しました" in item.value)
    assert told.startswith("「市町村票」令和5年度(2023年度)の取り込み（試験の管理者、")
    redo = next(b for b in theirs.button if str(b.key).startswith("upload_redo_"))
    redo.click().run()
    assert answers(tiny_store) == {"81201": "12", "81202": "3"}


def test_an_import_of_an_earlier_page_is_undone(tiny_store: Store, monkeypatch) -> None:
    monkeypatch.setattr("ui.upload_history.PER_PAGE", 1)
    publish(drop(opened(), CLEAN, name="先.xlsx"))
    later: list[list[object]] = [HEAD, [81202, "川辺町", "なし", 2]]
    publish(drop(opened(only="81202"), later, name="後.xlsx"))
    app = opened(view="history")
    shown = next(f.value for f in app.dataframe if "state_label" in f.value)
    assert shown["file_name"].tolist() == ["後.xlsx", "先.xlsx"]
    assert "市町村票　令和5年度(2023年度)　後.xlsx" in words(app)
    assert shown["import_id"].iloc[0] not in words(app)
    app.selectbox(key="upload_page").set_value(1).run()
    assert "先.xlsx" in words(app)
    told = {b.help for b in app.button if str(b.key).startswith(("upload_undo_", "upload_redo_"))}
    assert len(told) == 1
    assert "「市町村票」令和5年度(2023年度)（試験の担当者、" in told.pop()
    next(b for b in app.button if str(b.key).startswith("upload_undo_")).click().run()
    assert answers(tiny_store) == {"81202": "2"}


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
    steps = next(g for g in app.button_group if str(g.key).startswith("upload_step"))
    assert "都道府県名（1件確認）" in str(steps.options)
    boxes = [b for b in app.selectbox if str(b.key).startswith("upload_name_")]
    assert [box.options for box in boxes] == [["東見本県（81）"]]
    boxes[0].set_value("81").run()
    assert figures(app)["確認"] == "0"
