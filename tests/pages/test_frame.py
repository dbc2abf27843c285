from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store

FRAME = str(Path(__file__).resolve().parents[2] / "frame.py")


def open_frame(**query: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def captions(app: AppTest) -> str:
    return "\n".join(item.value for item in app.caption)


def headers(app: AppTest) -> str:
    return "\n".join(item.value for item in app.header)


def test_nation_is_the_default(tiny_store: Store) -> None:
    app = open_frame()
    assert not app.exception
    assert not app.error
    assert "見本地方（架空）" in captions(app)
    assert "世代 000001" in captions(app)
    assert app.selectbox(key="pick_prefecture").value == "whole"


def test_choosing_a_prefecture_then_a_municipality_moves_the_area(tiny_store: Store) -> None:
    app = open_frame()
    app.selectbox(key="pick_prefecture").set_value("81").run()
    assert app.query_params["area"] == "81"
    app.selectbox(key="pick_between").set_value("m2-8101").run()
    assert app.query_params["area"] == "m2-8101"
    assert len(app.selectbox(key="pick_municipality").options) == 3
    app.selectbox(key="pick_municipality").set_value("81201").run()
    assert app.query_params["area"] == "81201"
    assert app.query_params["parent"] == "m2-8101"
    assert "東部医療圏" in captions(app)
    app.selectbox(key="pick_municipality").set_value("whole").run()
    assert app.query_params["area"] == "m2-8101"
    app.selectbox(key="pick_prefecture").set_value("whole").run()
    assert "area" not in app.query_params
    assert "parent" not in app.query_params


def test_a_link_reopens_the_area(tiny_store: Store) -> None:
    app = open_frame(area="81101")
    assert "中央市北区" in headers(app)
    assert app.selectbox(key="pick_municipality").value == "81100"
    assert app.selectbox(key="pick_ward").value == "81101"


def test_an_unknown_area_falls_back_with_a_notice(tiny_store: Store) -> None:
    app = open_frame(area="99999")
    assert "「99999」はありません" in app.warning[0].value
    assert not app.error
    assert "area" not in app.query_params
    assert "見本地方" in headers(app)


def test_a_merged_area_leads_to_its_successor(tiny_store: Store) -> None:
    app = open_frame(area="81205")
    assert "旧里町は2018年04月01日の編入合併により" in app.info[0].value
    assert app.query_params["area"] == "81201"


@pytest.mark.parametrize("text", ["川辺", "カワベ", "かわべ", "81202"])
def test_search_finds_by_name_reading_and_code(tiny_store: Store, text: str) -> None:
    app = open_frame()
    app.text_input(key="region_search").set_value(text).run()
    app.button(key="found_81202").click().run()
    assert app.query_params["area"] == "81202"


def test_search_says_when_nothing_fits(tiny_store: Store) -> None:
    app = open_frame()
    app.text_input(key="region_search").set_value("ない町").run()
    assert any("合う地域はありません" in item.value for item in app.text)


def test_a_damaged_store_gets_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "store"
    (folder / "generations").mkdir(parents=True)
    (folder / "generations" / "000001.duckdb").write_bytes(b"x" * 100)
    (folder / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    monkeypatch.setenv("STORE", str(folder))
    app = open_frame()
    assert len(app.error) == 1
    assert "すべて壊れている" in app.error[0].value
    assert str(tmp_path) not in app.error[0].value
