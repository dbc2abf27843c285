from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.opening import sentences

TEXT = '<img src=x onerror=alert(1)> & "85歳以上" は *12%*\n二行目'


def test_a_text_stands_as_it_is() -> None:
    def script(text: str) -> None:
        from ui.copyable import copyable

        copyable(text)

    app = AppTest.from_function(script, kwargs={"text": TEXT}).run()
    assert sentences(app) == [TEXT]
    assert "<img" not in app.html[0].value
