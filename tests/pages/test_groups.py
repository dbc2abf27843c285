"""Making, renaming, deleting, undoing, saving and loading groups of one's own."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.opening import open_page, words


def editor(**query: str) -> AppTest:
    app = open_page("compare", area="81", indicator="aging_rate", **query)
    app.session_state["group_editor"] = True
    app.run()
    assert not app.exception
    return app


def param(app: AppTest, name: str) -> str | None:
    if name not in app.query_params:
        return None
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def test_nothing_is_made_yet_and_the_editor_says_so(tiny_store: Store) -> None:
    app = editor()
    assert "まだありません" in words(app)
    assert app.multiselect(key="group_members").options == [
        "中央市", "山手市", "川辺町", "森村", "浜町"]  # fmt: skip


def test_a_group_is_made_chosen_and_put_into_the_address(tiny_store: Store) -> None:
    app = editor()
    app.text_input(key="group_name").set_value("山の;手")
    app.multiselect(key="group_members").set_value(["81202", "81203"])
    app.button(key="group_make").click().run()
    assert param(app, "groups") == "山の；手:81202.81203"
    assert param(app, "group") == "own-山の；手"
    assert app.selectbox(key="choice_group").value == "own-山の；手"


def test_a_group_needs_a_name_and_an_area(tiny_store: Store) -> None:
    app = editor()
    app.text_input(key="group_name").set_value("空")
    app.button(key="group_make").click().run()
    assert param(app, "groups") is None
    assert any("一つ以上の地域" in item.value for item in app.warning)


def test_renaming_keeps_the_choice_and_undo_takes_it_back(tiny_store: Store) -> None:
    app = editor(groups="南:81202.81203;北:81204", group="own-南")
    app.selectbox(key="group_mended").set_value("own-南")
    app.text_input(key="group_new_name").set_value("北")
    app.button(key="group_rename").click().run()
    assert any("ほかのグループにない名前" in item.value for item in app.warning)
    app.text_input(key="group_new_name").set_value("南部")
    app.button(key="group_rename").click().run()
    assert param(app, "groups") == "南部:81202.81203;北:81204"
    assert param(app, "group") == "own-南部"
    app.button(key="groups_undo").click().run()
    assert param(app, "groups") == "南:81202.81203;北:81204"
    assert param(app, "group") == "own-南"


def test_deleting_the_chosen_group_chooses_none(tiny_store: Store) -> None:
    app = editor(groups="南:81202.81203;北:81204", group="own-南")
    app.selectbox(key="group_mended").set_value("own-南")
    app.button(key="group_delete").click().run()
    assert param(app, "groups") == "北:81204"
    assert param(app, "group") is None
    app.button(key="groups_undo").click().run()
    assert param(app, "group") == "own-南"


def test_ready_groups_are_on_offer_with_their_number_of_areas(tiny_store: Store) -> None:
    app = open_page("compare", area="81", indicator="aging_rate")
    offered = app.selectbox(key="choice_group").options
    assert "圏域：東部医療圏（2）" in offered
    assert "種別：町（2）" in offered
    assert offered[0] == "選ばない"


def test_unknown_codes_are_dropped_from_the_address_with_a_notice(tiny_store: Store) -> None:
    app = open_page("compare", area="81", indicator="aging_rate", groups="南:81202.99999")
    assert any("99999" in item.value for item in app.warning)
    assert param(app, "groups") == "南:81202"
