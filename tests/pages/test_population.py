from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from tests.tiny_region import POPULATION, population_at


def test_the_page_names_itself_and_its_edition(tiny_store: Store) -> None:
    app = open_page("population", area="81")
    assert [h.value for h in app.header] == ["人口の見通し"]
    assert not app.error
    towns = [code for code in POPULATION if code.startswith("81")]
    old = sum(population_at(code, 2050)["age_75_plus"] for code in towns)
    assert f"2050年の{old / 10_000:.1f}万人へ" in sentences(app)[0]
    assert "演習データ（架空）の将来推計" in sentences(app)[0]
    assert "中央市" in sentences(app)[1]


def test_the_map_asks_for_the_polygons_by_address(tiny_store: Store) -> None:
    chart = drawn_figures(open_page("population", area="81"))[-1][0]
    assert chart["data"]["url"].startswith("/geo/000001/municipality/81.json?v=")


def test_another_measure_and_view_change_the_words_and_the_address(tiny_store: Store) -> None:
    app = open_page("population", area="81202")
    before = sentences(app)
    app.segmented_control(key="choice_indicator").set_value("age_85_plus").run()
    assert app.query_params["indicator"] == "age_85_plus"
    assert sentences(app) != before
    app.segmented_control(key="choice_view").set_value("index").run()
    assert app.query_params["view"] == "index"
    assert "増減率" in sentences(app)[1]
    assert "2020年=100" in words(app)


def test_a_link_reopens_measure_view_and_year(tiny_store: Store) -> None:
    app = open_page("population", area="81", indicator="age_65_plus", view="share", year="2050")
    assert app.selectbox(key="choice_year").value == "2050"
    assert "2050年の65歳以上人口の割合" in sentences(app)[1]


@pytest.mark.parametrize(
    ("param", "value"), [("year", "1999"), ("view", "<b>"), ("indicator", "x")]
)
def test_a_bad_value_falls_back_with_a_notice(tiny_store: Store, param: str, value: str) -> None:
    app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "frame.py"))
    app.query_params["area"] = "81"
    app.run()
    app.switch_page("pages/population.py")
    app.query_params[param] = value
    app.run()
    assert len(app.warning) == 1
    assert "既定の表示にしました" in app.warning[0].value
    assert len(sentences(app)) == 2
    assert param not in app.query_params


def test_the_year_changes_the_map_but_not_its_classes(tiny_store: Store) -> None:
    app = open_page("population", area="81", indicator="age_75_plus", view="share")
    first = drawn_figures(app)[-1][0]
    app.selectbox(key="choice_year").set_value("2020").run()
    second = drawn_figures(app)[-1][0]
    scale = first["layer"][0]["encoding"]["fill"]["scale"]
    assert scale == second["layer"][0]["encoding"]["fill"]["scale"]
    assert first["transform"] != second["transform"]


def test_an_area_without_figures_says_why(tiny_store: Store) -> None:
    app = open_page("population", area="82204")
    assert "島村には、選んだ区分の人口がありません" in words(app)
    assert "島村の人口は、読み込まれた演習データ（架空）の将来推計にありません" in words(app)
    assert not app.error


def test_changed_figures_change_the_sentence(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "changed")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("update population_total set age_75_plus = 1 where area_code = '81100'")
    monkeypatch.setenv("STORE", str(store.root))
    assert "最も少ないのは中央市（1人）" in sentences(open_page("population", area="81"))[1]
