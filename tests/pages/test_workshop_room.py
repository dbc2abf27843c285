"""The facilitator's screen of a room: opened, driven, handed over, ended; closed to viewers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.opening import actor_of, open_page, words
from tests.unit.room_stand import NOTE, SCENES, SET, opened, rendered
from ui import room_console, room_opening
from ui.room_address import is_only_here
from ui.scenes_in_hand import InHand
from workshop.presence import PRESENCE
from workshop.rooms import room_of, rooms_of, show

STAFF, ADMIN = actor_of("staff"), actor_of("admin")
PROBLEM = "この地域は、いまのデータにありません。"


@pytest.fixture(autouse=True)
def _finished_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def finished(scenes, *, on_done):
        for number in range(len(scenes)):
            on_done(number + 1)
        return (*rendered(scenes[:-1]), *rendered(scenes[-1:], problem=PROBLEM))

    monkeypatch.setattr(room_opening, "render", finished)
    monkeypatch.setattr(room_opening, "asset", lambda name: (b"", ""))


def room_page(role: str | None, code: str = "") -> AppTest:
    return open_page("workshop", role=role, view="room", **({"code": code} if code else {}))


def with_set(role: str) -> AppTest:
    app = open_page("workshop", role=role, view="room")
    app.session_state["scenes_in_hand"] = InHand(scene_set=SET)
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def is_there(app: AppTest, key: str) -> bool:
    return key in {button.key for button in app.button}


def test_a_viewer_is_told_who_opens_rooms_and_joins_by_a_code(tiny_store: Store) -> None:
    room = opened(tiny_store.root)
    app = room_page(None, room.code)
    assert "ルームを開いて進めるのは、担当者と管理者です" in words(app)
    assert NOTE not in words(app)
    assert not is_there(app, "room_open")
    app.text_input(key="room_typed").input("12")
    app.button[-1].click().run()
    assert "コードは英字と数字の6文字です" in words(app)
    app.text_input(key="room_typed").input(room.code.lower())
    app.button[-1].click().run()
    assert "コードは英字と数字の6文字です" not in words(app)


def test_without_scenes_it_is_said_where_they_come_from(tiny_store: Store) -> None:
    app = room_page("staff")
    assert "シーンがまだありません。" in words(app)
    assert not is_there(app, "room_open")


def test_staff_open_a_room_and_drive_it(tiny_store: Store) -> None:
    app = press(with_set("staff"), "room_open")
    (found,) = rooms_of(tiny_store.root, actor=STAFF)
    assert app.query_params["code"] == found.code
    assert "まだシーンを示していません" in words(app)
    assert "次：人口の見通し" in words(app)
    assert f"このシーンは見せられません：{PROBLEM}" in words(app)
    press(app, "room_next")
    assert NOTE in words(app)
    assert "シーン 1／3" in words(app)
    press(app, "room_show_s3")
    assert room_of(tiny_store.root, found.code).place == 2
    assert app.button(key="room_next").disabled
    press(app, "room_previous")
    assert room_of(tiny_store.root, found.code).phase == "asking"


def test_the_code_the_address_and_who_is_here_are_shown(tiny_store: Store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    PRESENCE.arrive(room.room_id, "p1")
    try:
        app = room_page("staff", room.code)
        shown = {metric.label: metric.value for metric in app.metric}
        assert shown["コード"] == f"{room.code[:3]} {room.code[3:]}"
        assert shown["参加者"] == "1人"
        app.text_input(key="room_server").input("192.0.2.10:8501").run()
        assert f"http://192.0.2.10:8501/room/{room.code}" in words(app)
        assert "このコンピューターの中でしか開けません" not in words(app)
        app.text_input(key="room_server").input("http://127.0.0.1:8501").run()
        assert "HOST=0.0.0.0" in words(app)
    finally:
        PRESENCE.leave(room.room_id, "p1")


@pytest.mark.parametrize(
    ("server", "is_loopback"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://127.1.2.3", True),
        ("http://localhost", True),
        ("http://[::1]:8501", True),
        ("http://192.0.2.10:8501", False),
        ("https://dash.pref.example.jp", False),
    ],
)
def test_an_address_that_leads_every_device_to_itself_is_known(server, is_loopback) -> None:
    assert is_only_here(server) is is_loopback


def test_the_second_sees_who_drives_and_takes_over_and_the_first_is_told(tiny_store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    first = room_page("staff", room.code)
    second = room_page("admin", room.code)
    assert f"いまは{STAFF.name}さんが進行しています。" in words(second)
    assert second.button(key="room_next").disabled
    press(second, "room_take_over")
    assert f"いまは{STAFF.name}さん" not in words(second)
    press(second, "room_next")
    press(first, "room_next")
    assert f"いまは{ADMIN.name}さんが進行しています" in words(first)
    assert first.button(key="room_next").disabled
    assert room_of(tiny_store.root, room.code).place == 0


def test_a_press_on_a_screen_that_is_behind_is_told(tiny_store: Store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    app = room_page("staff", room.code)
    show(tiny_store.root, actor=STAFF, code=room.code, place=2, version=room.version)
    press(app, "room_next")
    assert "ほかの画面で、ルームが先に進んでいました。" in words(app)
    assert room_of(tiny_store.root, room.code).place == 2


def test_other_scenes_are_finished_and_put_in(tiny_store: Store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    app = room_page("staff", room.code)
    app.session_state["scenes_in_hand"] = InHand(scene_set=replace(SET, scenes=SCENES[:2]))
    app.run()
    press(app, "room_replace")
    assert len(room_of(tiny_store.root, room.code).scene_set.scenes) == 2


def test_newer_data_are_told_and_the_scenes_finished_again(tiny_store, monkeypatch) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    monkeypatch.setattr(room_console, "generation", lambda: "000009")
    app = room_page("staff", room.code)
    assert "データが新しくなりました" in words(app)
    press(app, "room_again")
    assert room_of(tiny_store.root, room.code).version == room.version + 1


def test_the_end_asks_first_and_a_room_that_is_over_is_told(tiny_store: Store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    app = room_page("staff", room.code)
    assert "このルームのデータはすべて消えます" in words(app)
    press(app, "room_end")
    assert rooms_of(tiny_store.root, actor=STAFF) == ()
    assert "新しいルームを開く" in words(app)
    again = room_page("staff", room.code)
    assert "このルームは終了しました。" in words(again)
    unknown = room_page("staff", "ACDEFG" if room.code != "ACDEFG" else "ACDEFH")
    assert "そのコードのルームはありません。" in words(unknown)


def test_a_room_of_somebody_else_is_entered_from_the_list(tiny_store: Store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    app = press(room_page("admin"), f"room_enter_{room.code}")
    assert f"いまは{STAFF.name}さんが進行しています。" in words(app)
    press(app, "room_leave")
    assert "新しいルームを開く" in words(app)


def test_the_groups_and_the_files_of_the_room_are_views_beside_it(tiny_store: Store) -> None:
    room = opened(tiny_store.root, actor=STAFF)
    groups = open_page("workshop", role="staff", view="groups", code=room.code)
    assert "グループを作る" in {button.label for button in groups.button}
    outside = open_page("workshop", role="staff", view="groups")
    assert "新しいルームを開く" in words(outside)
    files = open_page("workshop", view="files")
    assert "グループのシート" in words(files)
