"""The demand and workforce views of the population page, opened through the frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words


@pytest.fixture
def demo(demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORE", str(demo_store))
    return demo_store


def town_with_own_rates(store: Path) -> str:
    with duckdb.connect(str(Store(store).current()), read_only=True) as con:
        found = con.execute(
            "select area_code from measure where measure_id = 'certified_85_plus'"
            " and area_code like '812__' order by 1"
        ).fetchone()
    return str(found[0])


def changed(demo: Path, folder: Path, change: Callable[[duckdb.DuckDBPyConnection], None]) -> Store:
    store = Store(folder / "changed")
    with store.writing() as draft:
        draft.write_bytes(Store(demo).current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            change(con)
    return store


def town_of_a_union(store: Path) -> str:
    with duckdb.connect(str(Store(store).current()), read_only=True) as con:
        found = con.execute(
            "select area_code from area_membership where parent_type = 'insurer' order by 1"
        ).fetchone()
    return str(found[0])


def test_the_demand_view_says_certified_visits_indexes_and_deaths(demo: Path) -> None:
    app = open_page("population", area=town_with_own_rates(demo), view="demand")
    certified, visits, index, deaths = sentences(app)
    assert "要介護・要支援認定者（65歳以上）" in certified
    assert "が属する構想区域「" in visits
    assert "2020年=100" in index
    assert "自宅での死亡は、自宅死亡割合が2021～2023年の" in deaths
    assert words(app).count("受療率・認定率固定の機械的推計") >= 4
    assert "65歳以上単独世帯割合：" in words(app)
    assert len(drawn_figures(app)) == 4


def test_without_the_tables_nothing_is_reckoned_and_the_page_says_what_fills_it(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(con: duckdb.DuckDBPyConnection) -> None:
        ids = "('deaths_projected', 'death_home_rate', 'single_65plus_hh_share')"
        con.execute(f"delete from observation where indicator_id in {ids}")
        con.execute(f"update indicator set waiting_for = '見本の表' where indicator_id in {ids}")

    monkeypatch.setenv("STORE", str(changed(demo, tmp_path, without).root))
    app = open_page("population", area=town_with_own_rates(demo), view="demand")
    assert len(sentences(app)) == 3
    assert words(app).count("見本の表を読み込むと表示されます") == 3
    assert "データなし（出典のある表が読み込まれるまで、計算も表示もしません）" in words(app)


def test_a_rate_in_the_address_changes_figure_and_words(demo: Path) -> None:
    town = town_with_own_rates(demo)
    before = open_page("population", area=town, view="demand")
    after = open_page("population", area=town, view="demand", r="85:10")
    assert sentences(before)[0] != sentences(after)[0]
    assert "を利用者が変更" in sentences(after)[0]
    assert sentences(before)[1] == sentences(after)[1]
    rows = [drawn_figures(app)[0][0]["data"]["values"] if "data" in drawn_figures(app)[0][0]
            else drawn_figures(app)[0][1] for app in (before, after)]  # fmt: skip
    assert rows[0] != rows[1]
    assert after.number_input(key="rate_own_85").value == 10.0


def test_a_rate_is_edited_and_put_back(demo: Path) -> None:
    app = open_page("population", area=town_with_own_rates(demo), view="demand")
    first = sentences(app)[0]
    app.number_input(key="rate_own_85").set_value(20.0).run()
    assert app.query_params["r"] == "85:20"
    assert sentences(app)[0] != first
    app.number_input(key="rate_own_65").set_value(1.5).run()
    assert app.query_params["r"] == "65:1.5,85:20"
    next(b for b in app.button if b.label == "元の率に戻す").click().run()
    assert "r" not in app.query_params
    assert sentences(app)[0] == first


def test_other_rates_put_an_end_to_the_changes(demo: Path) -> None:
    app = open_page("population", area=town_with_own_rates(demo), view="demand", r="85:20")
    app.selectbox(key="choice_rates").set_value("national_2020").run()
    assert app.query_params["rates"] == "national_2020"
    assert "r" not in app.query_params
    assert "全国2020年の認定率" in sentences(app)[0]
    assert len(app.number_input) == 6


@pytest.mark.parametrize("bad", ["85:500", "70:1", "<b>"])
def test_a_bad_rate_is_refused_in_words(demo: Path, bad: str) -> None:
    app = open_page("population", area=town_with_own_rates(demo), view="demand", r=f"{bad},65:9")
    assert [w.value for w in app.warning if "使えません" in w.value]
    assert app.query_params["r"] == "65:9"
    assert "65～74歳 9.0%" in words(app)


def test_a_member_of_a_union_says_whose_rates_it_has(demo: Path) -> None:
    app = open_page("population", area=town_of_a_union(demo), view="demand")
    assert "介護保険広域連合" in sentences(app)[0]
    assert "認定率は公表されず" in words(app)


def test_a_store_without_ages_gives_the_reason_and_keeps_the_rest(tiny_store: Store) -> None:
    app = open_page("population", area="81", view="demand")
    assert "年齢5歳階級別の人口が読み込まれていません" in words(app)
    assert "訪問診療の需要推計：データなし" in words(app)
    assert not app.error
    app = open_page("population", area="81", view="workers")
    assert "年齢5歳階級別の人口が読み込まれていません" in words(app)
    assert not app.error


@pytest.mark.parametrize("view", ["demand", "workers"])
def test_an_edition_that_does_not_look_ahead_says_so(demo: Path, view: str) -> None:
    app = open_page("population", area=town_with_own_rates(demo), view=view, edition="ltc_insured")
    assert "将来の値がないため、見込みを計算できません" in words(app)
    assert not app.error
    assert not [said for said in sentences(app) if "認定者" in said]


def test_an_area_without_projection_still_shows_what_needs_none(tiny_store: Store) -> None:
    app = open_page("population", area="82204", view="demand")
    assert "島村には、選んだ区分の人口がありません" in words(app)
    assert "訪問診療の需要推計：データなし" in words(app)


def test_the_workforce_stands_beside_prefecture_and_nation(demo: Path) -> None:
    app = open_page("population", area=town_with_own_rates(demo), view="workers")
    said, parts = sentences(app)
    assert "認定者1人に対する20～64歳は" in said
    assert "見北県（" in said
    assert "見本地方（" in said
    assert "2040年の認定者1人に対する20～64歳が最も少ないのは" in parts
    app.segmented_control(key="choice_per").set_value("75plus").run()
    assert app.query_params["per"] == "75plus"
    assert "75歳以上1人に対する20～64歳は" in sentences(app)[0]
    assert "認定率" not in sentences(app)[0]


def test_areas_and_a_group_stand_beside_in_demand_and_workforce(demo: Path) -> None:
    town, other, group = town_with_own_rates(demo), "81", "hc-8101"
    with duckdb.connect(str(Store(demo).current()), read_only=True) as con:
        named = dict(con.execute("select area_code, name from area").fetchall())
    query = {"area": town, "with": other, "group": group}
    workers = open_page("population", view="workers", **query)
    lines = str(drawn_figures(workers)[0][0])
    assert f"{named[group]}（" in lines
    assert f"{named[group]}（" in sentences(workers)[0]
    assert f"{named[other]}（" in sentences(workers)[0]
    demand = open_page("population", view="demand", **query)
    beside = next(said for said in sentences(demand) if "指数" in said and "となる計算" in said)
    assert f"{named[town]}" in beside
    assert f"{named[other]}" in beside
    assert f"、{named[group]}（" in beside
    alone = open_page("population", area=town, view="demand")
    assert "並べた地域" not in words(alone)


def test_parts_without_ages_are_told_and_the_lines_stay(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep_larger(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("delete from population_total where length(area_code) = 5")

    monkeypatch.setenv("STORE", str(changed(demo, tmp_path, keep_larger).root))
    app = open_page("population", area="81", view="workers")
    assert "認定者1人に対する20～64歳の人数が分かる地域はありません" in words(app)
    assert "認定者1人に対する20～64歳は" in sentences(app)[0]


def test_the_year_changes_the_map_but_not_its_classes(demo: Path) -> None:
    app = open_page("population", area="81", view="workers")
    first = drawn_figures(app)[-1][0]
    app.selectbox(key="choice_year").set_value("2025").run()
    second = drawn_figures(app)[-1][0]
    assert (
        first["layer"][0]["encoding"]["fill"]["scale"]
        == (second["layer"][0]["encoding"]["fill"]["scale"])
    )
    assert first["config"]["signals"] != second["config"]["signals"]  # all years are in the map
    assert first["transform"] == second["transform"]
    assert "2025年の認定者1人" in sentences(app)[1]


def test_the_table_of_parts_is_in_the_order_chosen(demo: Path) -> None:
    def values(order: str) -> list[float]:
        app = open_page("population", area="81", view="workers", order=order)
        return app.dataframe[-1].value["value"].tolist()

    assert values("value") == sorted(values("value"))
    assert values("code") != values("value")


def test_changed_counts_change_the_sentence(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = town_with_own_rates(demo)
    before = sentences(open_page("population", area=town, view="demand"))[0]

    def halve(con: duckdb.DuckDBPyConnection) -> None:
        con.execute(
            "update measure set value = value / 2 where area_code = ?"
            " and measure_id like 'certified_%'",
            [town],
        )

    store = changed(demo, tmp_path, halve)
    monkeypatch.setenv("STORE", str(store.root))
    after = sentences(open_page("population", area=town, view="demand"))[0]
    assert before != after
