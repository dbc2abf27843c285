"""The way of a workbook through the page: dropped, asked about, published, undone."""

from __future__ import annotations

import io

import openpyxl
import pytest

from data.generations import Store, open_generation
from surveys.target import SurveyError, Target
from surveys.templates import template
from tests.pages.opening import actor_of, words
from tests.pages.uploading import REASON, XLSX, answers, drop, figures, opened, publish, step, table
from tests.unit.upload_book import CLEAN, HEAD


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
    told = next(item.value for item in app.info if "取り消しました" in item.value)
    assert told.startswith("「市町村票」令和5年度(2023年度)の取り込み（")
    assert actor_of(role).name in told


def test_an_error_stands_with_its_cell_and_stops_the_publication(tiny_store: Store) -> None:
    app = drop(opened(), [HEAD, [81201, "山手市", "あり", "多数"]])
    shown = table(app, "place")
    wrong = shown[shown["kind"] == "誤り"]
    assert wrong["place"].tolist() == ["D2"]
    assert "「多数」" in wrong["text"].iloc[0]
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


def test_two_signs_for_one_answer_are_confirmed_by_one_press_and_remembered(
    tiny_store: Store,
) -> None:
    rows: list[list[object]] = [HEAD, [81201, "山手市", "●", 12], [81202, "川辺町", "○", 3]]
    app = step(drop(opened(), rows), "values")
    assert figures(app)["確認"] == "2"
    assert "「○」「●」が同じ回答になります" in words(app)
    app.button(key="upload_take_values_0").click().run()
    assert figures(app)["確認"] == "0"
    publish(app)
    assert answers(tiny_store, question="council") == {"81201": "1", "81202": "1"}
    rows[1][3] = 13
    assert figures(drop(opened(), rows))["確認"] == "0"


def test_a_book_that_cannot_be_marked_is_told_on_the_page(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> bytes:
        raise SurveyError("このブックには印を付けられませんでした。", "一覧を保存してください。")

    monkeypatch.setattr("ui.upload_problems.marked_workbook", refuses)
    app = step(drop(opened(), [HEAD, [81201, "山手市", "あり", "多数"]]), "problems")
    app.button(key="upload_mark_0").click().run()
    assert "印を付けられませんでした" in app.error[0].value


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


def test_a_clean_book_of_one_municipality_takes_three_presses(tiny_store: Store) -> None:
    """The page, the drop, the press; what it replaced comes back by a fourth."""
    target = Target("municipal_form", 2018, "81")
    with open_generation(tiny_store.current()) as con:
        content = template(
            con,
            actor=actor_of("staff"),
            target=target,
            kind="municipality",
            area_code="81202",
        )
    made = openpyxl.load_workbook(io.BytesIO(content))
    for row in made["回答票"].iter_rows():
        if any(str(cell.value).endswith("_status") for cell in row):
            row[2].value = "実施"
        elif row[0].value == "want_support":
            row[2].value = "data;wide_area"
    stream = io.BytesIO()
    made.save(stream)
    before = answers(tiny_store, question="item_ku_status", year=2018)
    app = opened(fy="2017")
    app.file_uploader[0].upload("川辺町.xlsx", stream.getvalue(), XLSX).run()
    assert "令和3年度からの枠組み" not in words(app)
    assert figures(app)["注意"] == "0"
    app.button(key="upload_accept").click().run()
    after = answers(tiny_store, question="item_ku_status", year=2018)
    assert {code for code in before if before[code] != after.get(code)} == {"81202"}
    app.button(key="upload_undo").click().run()
    assert answers(tiny_store, question="item_ku_status", year=2018) == before
