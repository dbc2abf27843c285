"""The issue log and the PDCA record on the profile: written by staff, read by everybody."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from data.generations import Store
from exports.profile_workbook import to_profile_xlsx
from exports.slides import to_pptx
from records.entries import entries, save
from tests.pages.opening import actor_of, open_page, tables, words

AREA = "81203"
STAFF = actor_of("staff")


def put(store: Store, text: str, *, state: str = "open", subject: str = "acute") -> None:
    fields = {"text": text, "state": state}
    save(store.root, actor=STAFF, kind="issue", area_code=AREA, subject=subject, fields=fields)


def opened(role: str | None = None, view: str = "records") -> AppTest:
    return open_page("profile", role=role, area=AREA, view=view)


def field(app: AppTest, label: str):
    return next(item for item in app.text_area if item.label.startswith(label))


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    found = [button for button in app.button if button.label == label]
    return found[number].click().run()


def test_a_viewer_reads_and_finds_no_form(tiny_store: Store) -> None:
    put(tiny_store, "夜間の往診が足りない")
    app = opened()
    assert "夜間の往診が足りない" in words(app)
    assert "試験の担当者" in words(app)
    assert not app.text_area
    assert not {"保存", "書きかえる", "削除"} & {button.label for button in app.button}
    assert "書けるのは担当者です" in words(app)


def test_empty_records_say_so_to_viewers_and_staff(tiny_store: Store) -> None:
    for role in (None, "staff"):
        text = words(opened(role))
        assert "課題は、まだ書かれていません。" in text
        assert "PDCAの記録は、まだ書かれていません。" in text


def test_staff_write_change_remove_and_undo(tiny_store: Store) -> None:
    app = opened("staff")
    field(app, "課題").input("連携の窓口がわかりにくい")
    next(box for box in app.selectbox if box.label == "状態（必須）").select("doing")
    press(app, "保存")
    (row,) = entries(tiny_store.root, kind="issue").to_dict("records")
    assert (row["text"], row["state"], row["area_code"]) == (
        "連携の窓口がわかりにくい",
        "doing",
        AREA,
    )
    assert "保存しました。" in words(app)
    assert field(app, "課題").value == ""

    press(app, "書きかえる")
    assert field(app, "課題").value == "連携の窓口がわかりにくい"
    field(app, "課題").input("窓口の電話が休日につながらない")
    press(app, "保存")
    assert "窓口の電話が休日につながらない" in words(app)

    press(app, "元に戻す")
    assert "連携の窓口がわかりにくい" in words(app)
    press(app, "削除")
    assert "課題は、まだ書かれていません。" in words(app)
    press(app, "元に戻す")
    assert "連携の窓口がわかりにくい" in words(app)


def test_personal_data_and_an_empty_text_are_refused_in_words(tiny_store: Store) -> None:
    app = opened("staff")
    field(app, "課題").input("山田太郎さんに電話する")
    next(box for box in app.selectbox if box.label == "状態（必須）").select("open")
    press(app, "保存")
    assert "個人の名前らしいものがあります" in words(app)
    assert field(app, "課題").value == "山田太郎さんに電話する"
    field(app, "課題").input(" ")
    press(app, "保存")
    assert "「課題」が空です" in words(app)
    assert entries(tiny_store.root, kind="issue").empty


def test_who_was_first_is_named_when_two_change_the_same(tiny_store: Store) -> None:
    put(tiny_store, "もとの文")
    app = opened("staff")
    press(app, "書きかえる")
    (row,) = entries(tiny_store.root, kind="issue").to_dict("records")
    save(
        tiny_store.root, actor=actor_of("admin"), kind="issue", area_code=AREA, subject="acute",
        fields={"text": "管理者の文", "state": "open"}, entry_id=row["entry_id"], version=1,
    )  # fmt: skip
    field(app, "課題").input("遅れた文")
    press(app, "保存")
    assert "試験の管理者さんが" in words(app)
    assert list(entries(tiny_store.root, kind="issue")["text"]) == ["管理者の文"]


def test_the_sheet_counts_the_issues_and_follows_a_change(tiny_store: Store) -> None:
    app = opened(view="karte")
    assert "課題は、まだ書かれていません。担当者が" in words(app)
    put(tiny_store, "一つめ", state="done")
    put(tiny_store, "二つめ", subject="daily")
    app.run()
    assert "課題2件：未着手1、対応中0、解決1。" in words(app)
    put(tiny_store, "三つめ", state="doing")
    app.run()
    assert "課題3件：未着手1、対応中1、解決1。" in words(app)


def test_a_plan_shows_the_value_of_today_beside_its_target(tiny_store: Store) -> None:
    fields = {"plan": "相談窓口", "target_indicator": "aging_rate", "target_value": 40.0}
    save(tiny_store.root, actor=STAFF, kind="pdca", area_code=AREA, subject="9", fields=fields)
    app = opened(view="karte")
    assert "計画1件。うち目標とする指標のあるもの1件。" in words(app)
    table = next(table for table in tables(app) if "いまの値" in table)
    assert table.iloc[0]["目標"] == "高齢化率 40"
    assert table.iloc[0]["いまの値"].startswith("44.5（")


@pytest.mark.parametrize("text", ["![x](http://evil.example/a.png)", "**太字** <b>x</b> $a$"])
def test_text_is_shown_as_text(tiny_store: Store, text: str) -> None:
    put(tiny_store, text)
    assert text in [item.value for item in opened().text]
    table = next(table for table in tables(opened(view="karte")) if "課題" in table)
    assert table.iloc[0]["課題"] == text


def test_the_records_are_in_the_files_of_the_sheet(tiny_store: Store, monkeypatch) -> None:
    made = []
    monkeypatch.setattr("ui.profile_files.offer_files", lambda sheet, **kw: made.append(sheet))
    put(tiny_store, "夜間の往診が足りない")
    opened(view="karte")
    book = openpyxl.load_workbook(BytesIO(to_profile_xlsx(made[-1:])))
    cells = [cell for row in book["地域カルテ"].iter_rows(values_only=True) for cell in row]
    assert "夜間の往診が足りない" in cells
    (slide,) = Presentation(BytesIO(to_pptx(made[-1:], with_tables=False))).slides
    text = "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    assert "課題1件：未着手1" in text
