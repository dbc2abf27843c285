"""The projector view, playing scenes, and the way back to a room, through the frame."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import actor_of, open_page, words
from ui.population_headline import METHOD
from ui.scene_player import Playing
from workshop.rendered import RenderedScene
from workshop.rooms import open_room, room_of, take_over
from workshop.scenes import Choice, Question, Scene, SceneSet

TWO = SceneSet(
    "二つの場面",
    (
        Scene("a", "85歳以上の見通し", "population", (("area", "81202"), ("hide", "1"))),
        Scene("b", "資源はどこにあるか", "resources", (("area", "81203"), ("types", "hospital"))),
    ),
)


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def query(app: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[0] for k, v in app.query_params.items()}


def opened_at(place: int) -> AppTest:
    """The population page as the first scene leaves it, with a set being played."""
    scene = TWO.scenes[place]
    app = open_page(scene.page, stage="1", **dict(scene.query))
    app.session_state["playing"] = Playing(TWO, place)
    return app.run()


def test_one_press_begins_and_one_ends_the_projector_view(tiny_store: Store) -> None:
    app = open_page("compare", area="81202")
    plain = drawn_figures(app)[0][0]
    assert "stage_end" not in [button.key for button in app.button]
    press(app, "stage_begin")
    assert query(app)["stage"] == "1"
    large = drawn_figures(app)[0][0]
    assert large != plain
    assert large["usermeta"]["embedOptions"]["renderer"] == "svg"
    press(app, "stage_end")
    assert "stage" not in query(app)
    assert drawn_figures(app)[0][0] == plain


def test_the_projector_view_goes_along_to_another_page(tiny_store: Store) -> None:
    app = open_page("population", area="81202", stage="1")
    app.switch_page("pages/overview.py").run()
    assert query(app)["stage"] == "1"
    assert "この地域：川辺町　（見本地方（架空）　›　東見本県）" in [
        item.value for item in app.text
    ]


def test_an_unknown_value_is_named_and_the_page_is_whole(tiny_store: Store) -> None:
    app = open_page("overview", area="81202", stage="yes")
    assert "「投影モード」に指定された「yes」は使えません" in words(app)
    assert "stage" not in query(app)


def test_names_stay_hidden_on_the_projector(tiny_store: Store) -> None:
    app = open_page("compare", area="81202", view="rug", stage="1", hide="1")
    drawn = str(drawn_figures(app))
    assert "川辺町" in drawn
    assert "森村" not in drawn + words(app)


def test_the_keys_of_the_remote_lead_through_the_scenes(tiny_store: Store) -> None:
    app = opened_at(0)
    assert "1／2　85歳以上の見通し" in [item.value for item in app.text]
    assert app.button(key="stage_PageUp").disabled
    press(app, "stage_PageDown")
    assert "2／2　資源はどこにあるか" in [item.value for item in app.text]
    assert [item.value for item in app.header] == ["森村の資源マップ"]
    assert query(app)["area"] == "81203"
    assert query(app)["stage"] == "1"
    assert "hide" not in query(app), "the selections of a scene do not go on to the next"
    assert app.button(key="stage_Right").disabled
    press(app, "stage_Left")
    assert query(app)["hide"] == "1"
    assert [item.value for item in app.header] == ["人口の見通し"]


def test_leaving_the_stage_ends_the_play(tiny_store: Store) -> None:
    app = press(opened_at(1), "stage_end_by_key")
    assert "playing" not in app.session_state
    assert "stage_PageDown" not in [button.key for button in app.button]


def test_the_way_back_to_a_room(tiny_store: Store) -> None:
    app = open_page("compare", area="81202", room="ac7-n4h")
    assert "ルームに戻る" in [button.label for button in app.button]
    app.switch_page("pages/overview.py").run()
    assert "ルームに戻る" in [button.label for button in app.button]


@pytest.mark.parametrize("code", ["ABCDEF", "x", "<b>"])
def test_what_is_no_code_leads_nowhere(tiny_store: Store, code: str) -> None:
    app = open_page("overview", area="81202", room=code)
    assert f"「{code}」は、ルームの番号ではありません。" in words(app)
    assert "ルームに戻る" not in [button.label for button in app.button]


def test_a_question_is_asked_before_its_picture(tiny_store: Store) -> None:
    guess = Question("どちらが多いか", (Choice("a", "川辺町"), Choice("b", "森村")), "a")
    asking = SceneSet("予想", (TWO.scenes[1], replace(TWO.scenes[0], question=guess)))
    app = open_page("resources", area="81203", types="hospital", stage="1")
    app.session_state["playing"] = Playing(asking, 0)
    press(app.run(), "stage_PageDown")
    assert [item.value for item in app.header] == ["どちらが多いか"]
    assert not drawn_figures(app), "the picture is still to be guessed"
    assert "・森村" in [item.value for item in app.text]
    press(app, "stage_PageDown")
    assert [item.value for item in app.header] == ["人口の見通し"]
    assert drawn_figures(app)
    assert app.button(key="stage_PageDown").disabled


def test_a_room_moves_with_the_play_and_sees_the_answer_with_the_hall(tiny_store: Store) -> None:
    guess = Question("どちらが多いか", (Choice("a", "川辺町"), Choice("b", "森村")), "a")
    scenes = SceneSet("ルーム", (TWO.scenes[0], replace(TWO.scenes[1], question=guess)))
    rendered = [RenderedScene(each.scene_id, each.title, "", "1", ()) for each in scenes.scenes]
    staff = actor_of("staff")
    room = open_room(tiny_store.root, actor=staff, scene_set=scenes, rendered=rendered)
    app = open_page("population", role="staff", area="81202", stage="1")
    app.session_state["playing"] = Playing(scenes, 0, room.code)
    press(app.run(), "stage_PageDown")
    asked = room_of(tiny_store.root, room.code)
    assert (asked.place, asked.stands["b"].phase) == (1, "asking")
    press(app, "stage_PageDown")
    assert room_of(tiny_store.root, room.code).stands["b"].phase == "revealed"
    press(app, "stage_PageUp")
    assert room_of(tiny_store.root, room.code).place == 0


def test_another_driver_of_the_room_is_named(tiny_store: Store) -> None:
    rendered = [RenderedScene(each.scene_id, each.title, "", "1", ()) for each in TWO.scenes]
    room = open_room(tiny_store.root, actor=actor_of("staff"), scene_set=TWO, rendered=rendered)
    take_over(tiny_store.root, actor=actor_of("admin"), code=room.code)
    app = open_page("population", role="staff", area="81202", stage="1")
    app.session_state["playing"] = Playing(TWO, 0, room.code)
    press(app.run(), "stage_PageDown")
    assert "さんが進行しています" in words(app)
    assert room_of(tiny_store.root, room.code).place == -1


def test_figures_keep_their_labels_and_method_on_the_stage(demo_store, monkeypatch) -> None:
    monkeypatch.setenv("STORE", str(demo_store))
    app = open_page("population", area="81", stage="1")
    texts = [item.value for item in app.text]
    assert any(text.startswith("認定者（") for text in texts)
    assert METHOD in texts
