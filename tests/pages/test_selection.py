from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from ui.selection import arrive, choose, query

page = st.session_state.get("on_page", "first")
arrive(page)
codes = {"a": "甲", "b": "乙", "c": "丙"}
if st.session_state.get("fewer"):
    codes = {"a": "甲", "c": "丙"}
st.text(f"one={choose('一つ', codes, param='year', default=st.session_state.get('default', 'a'))}")
st.text(f"own={choose('見方', codes, param='view', default='a', kind='segmented')}")
st.text(f"many={','.join(choose('複数', codes, param='types', default=['a'], kind='multi'))}")
st.text(f"query={query()}")
"""


def run(**query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> dict[str, str]:
    assert not app.exception
    return dict(str(item.value).split("=", 1) for item in app.text)


def test_defaults_stay_out_of_the_address() -> None:
    app = run()
    assert shown(app)["one"] == "a"
    assert not app.query_params


def test_a_choice_is_written_as_its_code_and_taken_out_with_the_default() -> None:
    app = run()
    app.selectbox(key="choice_year").set_value("b").run()
    assert app.query_params["year"] == "b"
    app.selectbox(key="choice_year").set_value("a").run()
    assert "year" not in app.query_params


def test_several_codes_and_none_at_all_reopen() -> None:
    app = run(types="b,c")
    assert shown(app)["many"] == "b,c"
    app.multiselect(key="choice_types").set_value([]).run()
    assert shown(app)["many"] == ""
    assert app.query_params["types"] == ""
    assert shown(run(types=""))["many"] == ""


@pytest.mark.parametrize("value", ["x", "<script>", "甲", "a" * 5_000])
def test_a_bad_code_gives_the_default_and_a_notice(value: str) -> None:
    app = run(year=value)
    assert shown(app)["one"] == "a"
    assert len(app.warning) == 1
    assert len(app.warning[0].value) < 100


def test_a_default_that_changes_is_followed_until_the_viewer_chooses() -> None:
    app = run()
    app.session_state["default"] = "c"
    app.run()
    assert shown(app)["one"] == "c"
    app.selectbox(key="choice_year").set_value("b").run()
    app.session_state["default"] = "a"
    app.run()
    assert shown(app)["one"] == "b"


def test_the_address_rules_when_it_changes() -> None:
    app = run(year="b")
    app.query_params["year"] = "c"
    app.run()
    assert shown(app)["one"] == "c"


def test_selections_go_along_to_another_page_but_its_own_view_does_not() -> None:
    app = run(year="b", view="c")
    app.session_state["on_page"] = "second"
    app.query_params.clear()
    app.run()
    assert (shown(app)["one"], shown(app)["own"]) == ("b", "a")
    assert shown(app)["query"] == "{'year': 'b'}"
    app.session_state["on_page"] = "first"
    app.query_params.clear()
    app.run()
    assert shown(app)["own"] == "c"


def test_what_another_page_offered_is_dropped_without_a_notice() -> None:
    app = run(year="b")
    app.session_state["on_page"] = "second"
    app.session_state["fewer"] = True
    app.query_params.clear()
    app.run()
    assert shown(app)["one"] == "a"
    assert [item.value for item in app.warning] == []


def test_a_remembered_choice_that_is_not_on_offer_does_not_reach_the_address() -> None:
    app = run()
    app.session_state["selections"] = {"year": "elsewhere", "types": "a,elsewhere"}
    app.session_state["on_page"] = "second"
    app.run()
    assert (shown(app)["one"], shown(app)["many"]) == ("a", "a")
    assert not app.warning
    assert not app.query_params
