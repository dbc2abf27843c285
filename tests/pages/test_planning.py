"""The planning sheet on the profile: filled by data, written into, kept by staff, saved as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from data.generations import Store
from records.entries import entries, save
from tests.pages.opening import actor_of, open_page, sentences, words

AREA = "81203"


def opened(role: str | None = None, **query: str) -> AppTest:
    return open_page("profile", role=role, **({"area": AREA, "view": "planning"} | query))


def field(app: AppTest, label: str):
    return next(item for item in app.text_area if item.label.startswith(label))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run(timeout=60)


def plan(store: Store, text: str, *, version: int | None = None, entry_id: str | None = None):
    return save(
        store.root, actor=actor_of("admin"), kind="planning", area_code=AREA, subject="9",
        fields={"problem": text, "indicators": "aging_rate", "targets": "aging_rate=40%"},
        entry_id=entry_id, version=version,
    )  # fmt: skip


def test_the_six_steps_open_alone_with_what_stands_out(tiny_store: Store) -> None:
    app = opened()
    assert [item.label[0] for item in app.text_area] == list("①②③④⑤⑥")
    assert "森村の検討シート：六つの段階のうち書いたもの0。" in sentences(app)[-1]
    assert "高齢化率（▲）" in sentences(app)[-1]
    assert not app.metric
    assert "・令和" in "\n".join(item.value for item in app.text)


def test_a_viewer_writes_for_the_session_and_is_told_so(tiny_store: Store) -> None:
    app = opened()
    field(app, "③").input("窓口がわからない").run()
    assert "書いたもの1。" in sentences(app)[-1]
    assert "この画面を開いている間だけ残ります" in words(app)
    assert "検討シートを保存" not in [button.label for button in app.button]
    app.switch_page("pages/compare.py").run()
    app.switch_page("pages/profile.py").run()
    assert field(app, "③").value == "窓口がわからない"
    assert entries(tiny_store.root, kind="planning").empty


def test_picked_indicators_show_value_definition_and_source(tiny_store: Store) -> None:
    app = opened(pick="aging_rate,zaishishin")
    said = "\n".join(item.value for item in app.text)
    assert "いま 44.5%" in said
    assert "定義：65歳以上" in said
    assert "指標2（S 2・P 0・O 0）" in sentences(app)[-1]
    assert {"高齢化率の目標", "在宅療養支援診療所数の目標"} <= {i.label for i in app.text_input}


def test_an_indicator_that_is_no_more_falls_back_with_a_notice(tiny_store: Store) -> None:
    app = opened(pick="no_such_indicator")
    assert "ここでは選べません" in words(app)


def test_staff_keep_the_sheet_and_everybody_reads_it(tiny_store: Store) -> None:
    app = opened("staff", pick="aging_rate")
    field(app, "③").input("窓口がわからない").run()
    next(item for item in app.text_input if item.label == "高齢化率の目標").input("40%").run()
    press(app, "検討シートを保存")
    (row,) = entries(tiny_store.root, kind="planning").to_dict("records")
    assert (row["problem"], row["indicators"], row["targets"]) == (
        "窓口がわからない",
        "aging_rate",
        "aging_rate=40%",
    )
    reader = opened()
    assert field(reader, "③").value == "窓口がわからない"
    assert next(i for i in reader.text_input if i.label == "高齢化率の目標").value == "40%"
    assert "保存：試験の担当者" in words(reader)


def test_a_name_is_refused_and_what_was_typed_stays(tiny_store: Store) -> None:
    app = opened("staff")
    field(app, "②").input("山田太郎さんの話").run()
    press(app, "検討シートを保存")
    assert "個人の名前らしいものがあります" in words(app)
    assert field(app, "②").value == "山田太郎さんの話"
    assert entries(tiny_store.root, kind="planning").empty


def test_who_saved_first_is_named_and_one_can_return_to_it(tiny_store: Store) -> None:
    made = plan(tiny_store, "はじめの文")
    app = opened("staff")
    field(app, "③").input("遅れた文").run()
    plan(tiny_store, "先の文", version=1, entry_id=made.entry_id)
    press(app, "検討シートを保存")
    assert "試験の管理者さんが" in words(app)
    assert field(app, "③").value == "遅れた文"
    press(app, "書いたことを消して保存済みに戻す")
    assert field(app, "③").value == "先の文"


def test_all_municipalities_have_a_slide_and_a_page_with_what_was_saved(
    tiny_store: Store,
) -> None:
    plan(tiny_store, "保存した課題")
    app = press(opened(), "東見本県の全市区町村分を作る（1枚ずつ）")
    assert not app.exception
    _, count, (deck, book) = app.session_state["files_all_plans"]
    slides = list(Presentation(BytesIO(deck)).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(titles) == count == len(set(titles)) > 1
    (own,) = [slide for slide in slides if slide.shapes.title.text_frame.text.startswith("森村")]
    assert "保存した課題" in "\n".join(s.text_frame.text for s in own.shapes if s.has_text_frame)
    pages = openpyxl.load_workbook(BytesIO(book)).sheetnames
    assert set(pages) == {title.partition("　")[0] for title in titles} | {"定義", "出典"}


def test_hidden_names_are_in_no_file_of_other_municipalities(tiny_store: Store) -> None:
    labels = [button.label for button in opened(hide="1").button]
    assert not [label for label in labels if "全市区町村分" in label]


def test_the_demo_names_issues_of_the_survey_and_what_similar_ones_do(
    demo_store: Path, monkeypatch
) -> None:
    monkeypatch.setenv("STORE", str(demo_store))
    said = "\n".join(item.value for item in opened(area="81203").text)
    assert "の調査で挙げた課題：" in said
    assert "似た順の5市区町村がしていて" in said
    assert "希望する支援：" in said
