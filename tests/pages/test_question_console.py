"""The question in view as its facilitator drives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from access.roles import Actor
from data.generations import Store
from tests.unit.room_stand import FACILITATOR, SECOND, opened
from tests.unit.test_questions import ASKED, clock_at, vote
from workshop.questions import tally
from workshop.room import Room, StaleRoom
from workshop.rooms import room_of, show


@pytest.fixture
def root(tiny_store: Store) -> Path:
    return tiny_store.root


@pytest.fixture
def room(root: Path) -> Iterator[Room]:
    waiting = opened(root)
    with patch("ui.question_console.current_actor", return_value=FACILITATOR):
        yield show(root, actor=FACILITATOR, code=waiting.code, place=1, version=waiting.version)


def script() -> None:
    import streamlit as st

    from ui.question_console import draw_questions
    from ui.store import store
    from workshop.rooms import room_of

    draw_questions(room_of(store().root, st.session_state["code"]))


def console(room: Room) -> AppTest:
    app = AppTest.from_function(script, default_timeout=30)
    app.session_state["code"] = room.code
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def bars(app: AppTest) -> list[str]:
    return [str(bar.proto.text) for bar in app.get("progress")]


def test_a_question_is_watched_closed_revealed_and_asked_again(root: Path, room: Room) -> None:
    app = console(room)
    assert metrics(app)["いま"] == "受付中"
    vote(root, room, "a", "b", "b")
    app.run()
    assert metrics(app)["回答した人"] == "3人"
    assert bars(app) == ["東町　1人（33％）", "西町　2人（67％）"]
    press(app, "締め切る")
    assert labels(app) == ["正解を示す", "もう一度問う"]
    assert not any("正解" in bar for bar in bars(app))
    press(app, "正解を示す")
    assert bars(app)[1] == "西町　2人（67％）　✓ 正解"
    press(app, "もう一度問う")
    assert room_of(root, room.code).phase == "asking"
    assert bars(app) == ["東町　0人", "西町　0人"]


def test_more_time_is_added_to_what_is_left(root: Path, room: Room) -> None:
    before = room_of(root, room.code).ends_at
    press(console(room), "＋30秒")
    after = room_of(root, room.code).ends_at
    assert before is not None
    assert after is not None
    assert 29 <= after - before <= 32


def test_what_time_has_closed_is_asked_again_without_the_old_answers(root: Path) -> None:
    with clock_at(1000.0):
        waiting = opened(root)
        room = show(root, actor=FACILITATOR, code=waiting.code, place=1, version=waiting.version)
        vote(root, room, "a", "a")
    with patch("ui.question_console.current_actor", return_value=FACILITATOR):
        app = console(room)
        assert metrics(app)["いま"] == "締め切りずみ"
        assert bars(app)[0] == "東町　2人（100％）"
        app.number_input[0].set_value(0)
        press(app, "もう一度問う")
    assert metrics(app)["残り"] == "区切りなし"
    assert tally(root, code=room.code, scene_id=ASKED) == {"a": 0, "b": 0}


def test_only_the_driver_presses_and_a_stale_screen_is_told(root: Path, room: Room) -> None:
    assert console(room).button[0].disabled is False
    with patch("ui.question_console.current_actor", return_value=SECOND):
        assert all(button.disabled for button in console(room).button)
    with patch("ui.question_console.set_phase", side_effect=_moved_on):
        app = console(room)
        press(app, "締め切る")
    assert "先に進んでいました" in app.error[0].value
    assert room_of(root, room.code).phase == "asking"


def _moved_on(*_: object, actor: Actor, **__: object) -> None:
    assert actor == FACILITATOR
    raise StaleRoom("ほかの画面で、ルームが先に進んでいました。")


def test_a_scene_without_a_question_offers_the_record_alone(root: Path, room: Room) -> None:
    show(root, actor=FACILITATOR, code=room.code, place=0, version=room.version)
    app = console(room)
    assert app.caption[0].value == "いまのシーンに問いはありません。"
    assert not app.button
    assert [item.proto.label for item in app.get("download_button")] == ["研修の記録（XLSX）を保存"]
