from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from tests.tiny_region import POPULATION, population_at


def lines_of(app: AppTest) -> dict[str, list[float | None]]:
    """Return the values of each line of the first figure, in the order of the years."""
    spec, rows = drawn_figures(app)[0]
    found: dict[str, list[float | None]] = {}
    for row in rows or spec["data"]["values"]:
        found.setdefault(row["s"], []).append(row["v"])
    return found


def test_the_outlook_says_course_peak_and_where_the_old_grow_most(tiny_store: Store) -> None:
    app = open_page("population", area="81")
    assert [h.value for h in app.header] == ["人口の見通し"]
    assert not app.error
    towns = [code for code in POPULATION if code.startswith("81")]
    old = sum(population_at(code, 2050)["age_75_plus"] for code in towns)
    course, where = sentences(app)
    assert f"2050年の{old / 10_000:.1f}万人へ" in course
    assert "演習データ（架空）の将来推計" in course
    assert "最後の年である2050年" in course
    assert "75歳以上では2035年までは中央市（" in where
    assert "2050年までは中央市（" in where


def test_the_headline_gives_later_years_and_their_index(tiny_store: Store) -> None:
    app = open_page("population", area="81202")
    now, later = (population_at("81202", year)["age_75_plus"] for year in (2025, 2040))
    assert "75歳以上（2025→2030→2040年）" in words(app)
    assert f"2040年 {100 * later / now:.0f}（" in words(app)
    assert "受療率・認定率固定" not in words(app)  # nothing is reckoned from bands that are absent


def test_areas_stand_side_by_side_with_prefecture_and_nation(tiny_store: Store) -> None:
    app = open_page("population", area="81202", form="index", base="2030", **{"with": "82201"})
    lines = lines_of(app)
    assert list(lines) == ["港市", "東見本県", "川辺町"]  # the own line above the others
    assert "見本地方（架空）は、演習データ（架空）の将来推計では西見本県の1地域の値がない" in words(
        app
    )
    assert lines["川辺町"][2] == lines["港市"][2] == 100
    assert "2030年を100とすると" in sentences(app)[0]
    assert "2050年の港市（" in sentences(app)[0]
    assert "2030年=100" in words(app)


def test_persons_are_drawn_without_the_larger_areas(tiny_store: Store) -> None:
    app = open_page("population", area="81202")
    assert list(lines_of(app)) == ["川辺町"]
    assert "桁が違うため描きません" in words(app)


def test_a_group_is_the_sum_of_its_members(tiny_store: Store) -> None:
    app = open_page("population", area="81202", group="hc-8102")
    lines = lines_of(app)
    sums = [
        population_at("81203", year)["age_75_plus"] + population_at("81204", year)["age_75_plus"]
        for year in range(2020, 2055, 5)
    ]
    assert lines["山保健所（2地域の合計）"] == sums


def test_another_measure_and_form_change_the_words_and_the_address(tiny_store: Store) -> None:
    app = open_page("population", area="81202")
    before = sentences(app)[0]
    app.selectbox(key="choice_indicator").set_value("age_85_plus").run()
    assert app.query_params["indicator"] == "age_85_plus"
    assert sentences(app)[0] != before
    app.segmented_control(key="choice_form").set_value("growth").run()
    assert app.query_params["form"] == "growth"
    assert "2020年から2050年までに" in sentences(app)[0]
    app.selectbox(key="choice_base").set_value("2035").run()
    assert app.query_params["base"] == "2035"
    assert "2035年から2050年までに" in sentences(app)[0]


def test_a_ratio_is_told_as_a_value_and_has_no_share(tiny_store: Store) -> None:
    app = open_page("population", area="81202", indicator="workers_per_75plus")
    first = population_at("81202", 2020)
    ratio = first["age_15_64"] / first["age_75_plus"]
    assert f"2020年の{ratio:.2f}人から" in sentences(app)[0]
    assert "share" not in app.segmented_control(key="choice_form").options
    assert list(lines_of(app)) == ["東見本県", "川辺町"]


def test_a_link_of_before_reopens_the_form(tiny_store: Store) -> None:
    app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "frame.py"))
    app.query_params["area"] = "81"
    app.run(timeout=30)
    app.switch_page("pages/population.py")
    app.query_params["view"] = "share"
    app.run(timeout=30)
    assert not app.warning
    assert app.segmented_control(key="choice_form").value == "share"
    assert "75歳以上人口の割合は" in sentences(app)[0]


@pytest.mark.parametrize(
    ("param", "value"),
    [("form", "rate"), ("view", "<b>"), ("indicator", "x"), ("edition", "ipss1900")],
)
def test_a_bad_value_falls_back_with_a_notice(tiny_store: Store, param: str, value: str) -> None:
    app = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "frame.py"))
    app.query_params["area"] = "81"
    app.run(timeout=30)
    app.switch_page("pages/population.py")
    app.query_params[param] = value
    app.run(timeout=30)
    assert len(app.warning) == 1
    assert "既定の表示にしました" in app.warning[0].value
    assert len(sentences(app)) == 2
    assert param not in app.query_params


def test_a_base_year_outside_the_edition_falls_back_with_a_notice(tiny_store: Store) -> None:
    app = open_page("population", area="81", form="index", base="1999")
    assert any("1999" in warning.value for warning in app.warning)
    assert "2020年を100とすると" in sentences(app)[0]


def test_unknown_and_too_many_areas_beside_are_left_out_with_a_notice(tiny_store: Store) -> None:
    asked = "81100,81201,81203,81204,82201,82202,99999,<b>"
    app = open_page("population", area="81202", **{"with": asked})
    told = [warning.value for warning in app.warning]
    assert any("「99999」はありません" in text for text in told)
    assert any("6地域まで" in text for text in told)
    assert len(lines_of(app)) == 6


def test_an_area_beside_without_figures_is_named(tiny_store: Store) -> None:
    app = open_page("population", area="81202", **{"with": "82204"})
    assert list(lines_of(app)) == ["川辺町"]
    assert "島村の75歳以上人口は演習データ（架空）の将来推計にないため、描いていません" in words(
        app
    )


def test_an_area_without_figures_says_why(tiny_store: Store) -> None:
    app = open_page("population", area="82204")
    assert "島村には、選んだ区分の人口がありません" in words(app)
    assert "島村の人口は、読み込まれた演習データ（架空）の将来推計にありません" in words(app)
    assert not app.error


def test_a_sum_that_cannot_be_made_names_what_is_lacking(tiny_store: Store) -> None:
    app = open_page("population", area="82")
    assert "西見本県は、演習データ（架空）の将来推計では島村の1地域の値がない" in words(app)


def test_changed_figures_change_the_sentence(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "changed")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("update population_total set age_75_plus = 1 where area_code = '81100'")
            con.execute(
                "update population_total set age_75_plus = 90000"
                " where area_code = '81204' and year = 2035"
            )
    monkeypatch.setenv("STORE", str(store.root))
    app = open_page("population", area="81100")
    assert "2020年の1人から2050年の1人へ、横ばいの見込みです" in sentences(app)[0]
    assert "75歳以上では2035年までは浜町（" in sentences(open_page("population", area="81"))[1]
