"""The facilitator's groups, drawn from a script of their own: made, renamed, removed, read."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import words
from tests.unit.group_stand import made_group, new_pid, opened_room
from ui.group_console import EXERCISE
from workshop.groups import exercise_of, groups_of, removed_groups
from workshop.pens import take_pen
from workshop.sheets import sheets_of, write_field


def script(code):
    from ui.group_console import draw_groups
    from ui.store import store
    from workshop.rooms import room_of

    draw_groups(room_of(store().root, code))


@pytest.fixture
def room(tiny_store):
    return opened_room(tiny_store.root)


def opened(room, *, role="staff"):
    app = AppTest.from_function(script, kwargs={"code": room.code}, default_timeout=30)
    app.session_state["role_of_test"] = role
    return app.run()


def pressed(app, label):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_a_group_is_made_renamed_removed_and_brought_back(tiny_store, room):
    app = opened(room)
    assert "グループの作業" in words(app)
    pressed(app, "グループを作る")
    assert not app.exception
    assert [group.name for group in groups_of(tiny_store.root, code=room.code)] == ["1班"]
    next(box for box in app.text_input if box.label == "名前").input("つばめ").run()
    assert "**つばめ**" in words(app)
    pressed(app, "削除")
    assert groups_of(tiny_store.root, code=room.code) == ()
    assert "「つばめ」を削除しました" in words(app)
    pressed(app, "元に戻す")
    assert [group.name for group in groups_of(tiny_store.root, code=room.code)] == ["つばめ"]
    assert removed_groups(tiny_store.root, code=room.code) == ()


def test_a_name_that_is_taken_is_told(tiny_store, room):
    made_group(tiny_store.root, room.code, "つばめ")
    made_group(tiny_store.root, room.code, "かもめ")
    app = opened(room)
    next(box for box in app.text_input if box.value == "かもめ").input("つばめ").run()
    assert "「つばめ」はもうあります" in app.error[0].value


def test_what_groups_write_stands_side_by_side(tiny_store, room):
    root = tiny_store.root
    for name, text in (("つばめ", "夜間の訪問が足りない"), ("かもめ", "**強い** <b>課題</b>")):
        group = made_group(root, room.code, name, "")
        at = {"code": room.code, "group_id": group.group_id, "pid": new_pid(), "now": 0.0}
        take_pen(root, **at)
        write_field(root, key="problem", text=text, version=0, **at)
        write_field(root, key="picked", text="vns_24h", version=0, **at)
        write_field(root, key="target.vns_24h", text="5か所", version=0, **at)
    app = opened(room)
    shown = [text.value for text in app.text]
    assert "夜間の訪問が足りない" in shown
    assert "**強い** <b>課題</b>" in shown
    assert "書いた欄 1／6" in words(app)
    assert any("目標：5か所" in text for text in shown)


def test_the_exercise_is_ready_in_one_press_and_writes_nothing(tiny_store, room):
    app = pressed(opened(room), EXERCISE)
    assert not app.exception
    assert exercise_of(tiny_store.root, code=room.code) == "training"
    names = [group.name for group in groups_of(tiny_store.root, code=room.code)]
    assert names == ["1班", "2班", "3班", "4班"]
    assert all(not sheet.texts for sheet in sheets_of(tiny_store.root, code=room.code))
    assert "インプット" in words(app)
    pressed(app, "演習の例を消す")
    assert exercise_of(tiny_store.root, code=room.code) == ""


def test_viewers_are_refused(tiny_store, room):
    app = pressed(opened(room, role=None), "グループを作る")
    assert "「研修のルームの進行」はできません" in app.error[0].value
    assert groups_of(tiny_store.root, code=room.code) == ()
