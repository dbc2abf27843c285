"""The question of a scene as the facilitator writes it, or takes it from the picture."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.unit.test_proposed_choices import bars
from workshop.rendered import Part, RenderedScene
from workshop.scenes import Choice, Question, Scene

WHO = Question("増えるのは？", (Choice("x7", "東町"), Choice("x8", "西町")), "x8", seconds=45)


def script() -> None:
    import streamlit as st

    from ui.question_editor import edit_question

    st.session_state["scene"] = st.session_state["kept"]
    st.session_state["found"] = edit_question(st.session_state["kept"])


def editor(question: Question | None = None) -> AppTest:
    app = AppTest.from_function(script, default_timeout=30)
    app.session_state["kept"] = Scene("s1", "場面", "compare", (("area", "81"),), "", question)
    return ran(app)


def ran(app: AppTest) -> AppTest:
    """Run as the scene editor does, which puts what it got back into the scene."""
    app.run()
    assert not app.exception
    kept = app.session_state["kept"]
    app.session_state["kept"] = Scene(
        kept.scene_id, kept.title, kept.page, kept.query, kept.note, app.session_state["found"]
    )
    return app


def found(app: AppTest) -> Question | None:
    question: Question | None = app.session_state["found"]
    return question


def test_a_scene_without_a_question_stays_so() -> None:
    app = editor()
    assert found(app) is None
    assert not app.text_input


def test_a_question_that_is_only_looked_at_does_not_change() -> None:
    assert found(ran(editor(WHO))) == WHO


def test_a_question_is_written_by_hand() -> None:
    app = editor()
    app.toggle[0].set_value(True)
    ran(app)
    assert "問いの文を書いてください" in app.warning[0].value
    app.text_input[0].set_value("最も多いのは？")
    app.text_area[0].set_value("東町\n\n 西町 \n南町")
    ran(app)
    assert found(app) == Question(
        "最も多いのは？", (Choice("1", "東町"), Choice("2", "西町"), Choice("3", "南町"))
    )
    app.selectbox[0].set_value("西町")
    app.number_input[0].set_value(0)
    ran(app)
    question = found(app)
    assert question is not None
    assert (question.answer, question.seconds) == ("2", 0)


def test_a_new_choice_leaves_the_keys_of_the_others() -> None:
    app = editor(WHO)
    app.text_area[0].set_value("南町\n西町")
    ran(app)
    question = found(app)
    assert question is not None
    assert question.choices == (Choice("1", "南町"), Choice("x8", "西町"))
    assert question.answer == "x8"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("東町", "選択肢が1つ"),
        ("東町\n東町", "2つあります"),
        ("\n".join(map(str, range(13))), "選択肢が13"),
        ("東町\n" + "西" * 121, "120字まで"),
    ],
)
def test_what_cannot_be_asked_is_told_and_the_question_of_before_stays(
    choices: str, said: str
) -> None:
    app = editor(WHO)
    app.text_area[0].set_value(choices)
    ran(app)
    assert said in app.warning[0].value
    assert found(app) == WHO


def test_a_right_answer_that_is_no_choice_any_more_is_none() -> None:
    app = editor(WHO)
    app.text_area[0].set_value("東町\n南町")
    ran(app)
    question = found(app)
    assert question is not None
    assert question.answer is None


def test_switching_off_and_on_brings_the_question_back() -> None:
    app = editor(WHO)
    app.toggle[0].set_value(False)
    ran(app)
    assert found(app) is None
    app.toggle[0].set_value(True)
    ran(app)
    question = found(app)
    assert question is not None
    assert (question.text, question.seconds) == (WHO.text, 45)
    assert [choice.label for choice in question.choices] == ["東町", "西町"]


def test_a_question_put_in_from_elsewhere_is_shown() -> None:
    app = editor(WHO)
    other = Question("減るのは？", (Choice("1", "北町"), Choice("2", "南町")))
    app.session_state["kept"] = Scene("s1", "場面", "compare", (), "", other)
    ran(app)
    assert app.text_input[0].value == "減るのは？"
    assert found(app) == other


def test_a_question_is_taken_from_the_picture(tiny_store: Store) -> None:
    spec = bars([5, 40, 30, 20, 10])
    drawn = RenderedScene("s1", "場面", "見北県", "000001", (Part("figure", spec=spec),))
    app = editor()
    app.toggle[0].set_value(True)
    ran(app)
    with patch("ui.question_editor.render", return_value=(drawn,)) as render:
        app.button[0].click()
        ran(app)
    (scenes,) = render.call_args.args
    assert [scene.scene_id for scene in scenes] == ["s1"]
    assert "最も大きいのはどこでしょう" in app.text[0].value
    assert "正解：川" in app.text[1].value
    app.button[1].click()
    ran(app)
    question = found(app)
    assert question is not None
    right = next(c.label for c in question.choices if c.key == question.answer)
    assert (app.text_input[0].value, right) == (question.text, "川")


def test_a_picture_that_cannot_be_drawn_says_why(tiny_store: Store) -> None:
    failed = RenderedScene("s1", "場面", "", "000001", (), "この地域は、もうありません。")
    app = editor(WHO)
    with patch("ui.question_editor.render", return_value=(failed,)):
        app.button[0].click()
        ran(app)
    assert app.info[0].value == "この地域は、もうありません。"
    assert found(app) == WHO
