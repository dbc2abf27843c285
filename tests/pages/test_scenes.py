"""Scenes of the page in view, and their editor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page, words
from ui.scenes_in_hand import InHand
from workshop.scene_files import to_json
from workshop.scenes import Scene, SceneSet

THREE = SceneSet(
    "三つ",
    tuple(Scene(f"s{n}", f"題{n}", "population", (("area", "81201"),)) for n in (1, 2, 3)),
)


@pytest.fixture(autouse=True)
def _demo(demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE", str(demo_store))


def held(app: AppTest) -> InHand:
    return app.session_state["scenes_in_hand"]


def titles(app: AppTest) -> list[str]:
    return [scene.title for scene in held(app).scene_set.scenes]


def editor(scene_set: SceneSet = THREE, **query: str) -> AppTest:
    app = open_page("overview", **query)
    app.session_state["scenes_in_hand"] = InHand(scene_set)
    app.query_params["view"] = "scenes"
    return app.switch_page("pages/workshop.py").run()


def test_a_scene_holds_the_page_its_selections_and_a_title() -> None:
    app = open_page("compare", area="81201", indicator="training_count", stage="")
    app.button(key="scene_add").click().run()
    (scene,) = held(app).scene_set.scenes
    assert scene.page == "compare"
    assert dict(scene.query) == {"area": "81201", "indicator": "training_count"}
    assert scene.title.startswith("楓招岬市　地域比較：地図と順位・")
    assert "多職種研修回数" in scene.title
    assert "シーン1に加えました" in app.toast[0].value


def test_the_whole_country_is_said_outright() -> None:
    app = open_page("overview")
    app.button(key="scene_add").click().run()
    assert dict(held(app).scene_set.scenes[0].query) == {"area": "00"}


def test_no_scene_is_made_of_the_workshop_itself() -> None:
    assert [b for b in editor().button if b.key == "scene_add"] == []


def test_a_full_set_takes_no_more() -> None:
    many = tuple(Scene(f"s{n}", "題", "overview", ()) for n in range(60))
    app = open_page("overview")
    app.session_state["scenes_in_hand"] = InHand(SceneSet("多い", many))
    app.button(key="scene_add").click().run()
    assert len(held(app).scene_set.scenes) == 60
    assert "シーンは60まで" in app.toast[0].value


def test_order_copies_and_removal_can_be_undone() -> None:
    app = editor()
    app.button(key="scene_down").click().run()
    assert titles(app) == ["題2", "題1", "題3"]
    app.button(key="scene_copy").click().run()
    assert titles(app) == ["題2", "題1", "題1", "題3"]
    app.button(key="scene_remove").click().run()
    assert titles(app) == ["題2", "題1", "題3"]
    for _ in range(3):
        app.button(key="scene_undo").click().run()
    assert titles(app) == ["題1", "題2", "題3"]
    assert not any(b.key == "scene_undo" for b in app.button)


def test_the_last_scene_can_be_removed_and_brought_back() -> None:
    app = editor(SceneSet("一つ", THREE.scenes[:1]))
    app.button(key="scene_remove").click().run()
    assert "シーンがまだありません" in words(app)
    app.button(key="scene_undo").click().run()
    assert titles(app) == ["題1"]


def test_what_is_typed_stays_with_its_scene() -> None:
    app = editor()
    app.text_area(key="note_s1_0").input("ゆっくり話す").run()
    app.text_input(key="title_s1_0").input("はじめに").run()
    app.radio(key="scene_open_0").set_value("s2").run()
    assert app.text_area(key="note_s2_0").value == ""
    first = held(app).scene_set.scenes[0]
    assert (first.title, first.note) == ("はじめに", "ゆっくり話す")
    app.button(key="scene_down").click().run()
    assert held(app).scene_set.scenes[0].note == "ゆっくり話す"


def test_a_file_brings_its_scenes_and_a_faulty_one_takes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[str, bytes]] = []
    monkeypatch.setattr("ui.scene_shelf.chosen_file", lambda key: sent.pop() if sent else None)
    app = editor()
    bad = json.loads(to_json(THREE))
    bad["scenes"][1]["page"] = "admin"
    sent.append(("bad.json", json.dumps(bad).encode()))
    app.run()
    assert "「admin」というページはありません" in app.error[0].value
    assert titles(app) == ["題1", "題2", "題3"]
    other = to_json(SceneSet("別", (Scene("x", "別の題", "overview", ()),)))
    sent.append(("good.json", other))
    app.radio(key="scene_import_how").set_value("append").run()
    assert titles(app) == ["題1", "題2", "題3", "別の題"]
    sent.append(("good.json", other))
    app.radio(key="scene_import_how").set_value("replace").run()
    assert titles(app) == ["別の題"]
    app.button(key="scene_undo").click().run()
    assert len(titles(app)) == 4


def test_viewers_are_not_offered_the_server() -> None:
    assert not any(b.key == "scene_save_new" for b in editor().button)


def test_staff_save_on_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.scene_shelf.saved_root", lambda: tmp_path)
    app = open_page("overview", role="staff")
    app.session_state["scenes_in_hand"] = InHand(THREE)
    app.query_params["view"] = "scenes"
    app.switch_page("pages/workshop.py").run()
    app.button(key="scene_save_new").click().run()
    assert "保存しました" in app.success[0].value
    app.button(key="scene_remove").click().run()
    app.button(key="scene_save_again").click().run()
    app.button(key="scene_undo").click().run()
    app.button(key="scene_saved_open").click().run()
    assert titles(app) == ["題2", "題3"]
    app.button(key="scene_saved_remove").click().run()
    assert "まだありません" in words(app)
    app.button(key="scene_save_again").click().run()
    assert "もうありません" in app.error[0].value
    assert titles(app) == ["題2", "題3"]


def test_a_ready_set_is_about_the_area_in_view() -> None:
    app = editor(SceneSet("空", ()), area="81201")
    app.button(key="scene_ready_training_logic_model").click().run(timeout=90)
    made = held(app).scene_set
    assert made.title == "研修（カ）のロジックモデル"
    assert {dict(scene.query)["area"] for scene in made.scenes} == {"00", "81", "81201"}
    asked = {scene.title: scene.question for scene in made.scenes if scene.question}
    assert len(asked) == 3
    for question in asked.values():
        assert question.answer in {choice.key for choice in question.choices}
    assert not app.warning


def test_a_scene_that_cannot_be_shown_says_so() -> None:
    gone = SceneSet("空", (Scene("x", "ない", "population", (("area", "99999"),)),))
    app = editor(gone)
    app.toggle(key="scene_preview").set_value(True).run(timeout=60)
    assert any("99999" in warning.value for warning in app.warning)
    app.run()
    assert any("いまのデータでは示せません" in warning.value for warning in app.warning)
