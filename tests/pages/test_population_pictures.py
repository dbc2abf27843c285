"""The pictures over ages, areas and years: pyramid, maps, many areas beside each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from charts.player import SHOWN_YEAR
from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from tests.tiny_region import POPULATION, YEARS, population_at

BANDS = ((0, 64), (65, 74), (75, None))
Changed = Callable[..., None]


@pytest.fixture
def changed(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Changed:
    """Serve the tiny region after some statements."""

    def serve(*statements: str) -> None:
        store = Store(tmp_path / f"changed{len(list(tmp_path.iterdir()))}")
        with store.writing() as draft:
            draft.write_bytes(tiny.read_bytes())
            with duckdb.connect(str(draft)) as con:
                for statement in statements:
                    con.execute(statement)
        monkeypatch.setenv("STORE", str(store.root))

    return serve


def with_sexes(code: str, *, men: float = 0.4) -> list[str]:
    """Return what writes men and women by age, the same part of each band being men."""
    rows = []
    for year in YEARS:
        of = population_at(code, year)
        persons = (of["total"] - of["age_65_plus"], of["age_65_plus"] - of["age_75_plus"],
                   of["age_75_plus"])  # fmt: skip
        for (low, high), band in zip(BANDS, persons, strict=True):
            for sex, part in (("male", men), ("female", 1 - men)):
                rows.append(
                    f"('{code}', 'demo', {year}, '{sex}', {low}, {high or 'null'}, {part * band},"
                    f" {year > 2020}, 'tiny_population', 'r')"
                )
    return [f"insert into population values {', '.join(rows)}"]


def pyramid_page() -> AppTest:
    return open_page("population", area="81202", view="pyramid")


def spec_of(app: AppTest, number: int = 0) -> dict[str, Any]:
    return drawn_figures(app)[number][0]


def shown_year(spec: dict[str, Any]) -> int:
    signals = {signal["name"]: signal for signal in spec["config"]["signals"]}
    return int(signals[SHOWN_YEAR]["value"])


def lookup_years(spec: dict[str, Any]) -> list[str]:
    return list(spec["transform"][2]["from"]["fields"])


def test_the_pyramid_shows_the_year_over_the_base(changed: Changed) -> None:
    changed(*with_sexes("81202"))
    app = open_page("population", area="81202", view="pyramid")
    assert not app.error
    assert "川辺町：2040年の人口ピラミッド（枠線は2020年）" in words(app)
    old = population_at("81202", 2040)["age_75_plus"]
    before = population_at("81202", 2020)["age_75_plus"]
    assert f"75歳以上は{round(old) - round(before):,}人" in sentences(app)[0]
    assert shown_year(spec_of(app)) == 2040
    app.selectbox(key="choice_year").set_value("2050").run()
    assert shown_year(spec_of(app)) == 2050
    assert "2050年の人口で" in sentences(app)[0]


def test_the_pyramid_in_shares_is_said_in_points(changed: Changed) -> None:
    changed(*with_sexes("81202"))
    app = open_page("population", area="81202", view="pyramid", scale="share", base="2030")
    assert "2030年と比べて" in sentences(app)[0]
    assert "ポイントの" in sentences(app)[0]
    assert "図の値" not in words(app)


def test_pyramids_stand_beside_each_other(changed: Changed) -> None:
    changed(*with_sexes("81202"), *with_sexes("81203"), *with_sexes("81204", men=0.5))
    app = open_page("population", area="81202", view="pyramid", group="hc-8102",
                    **{"with": "81203,81201"})  # fmt: skip
    titles = [item.value for item in app.subheader if "人口ピラミッド" in item.value]
    shown = [title.split("：")[0] for title in titles if not title.startswith("数値")]
    assert shown == ["川辺町", "森村", "山保健所（2地域の合計）"]
    assert len(drawn_figures(app)) == 3
    assert "山手市の男女・年齢5歳階級別の人数は、" in words(app)
    assert sentences(app)[1].startswith("森村の")


def test_changed_ages_change_the_sentence(changed: Changed) -> None:
    changed(*with_sexes("81202"))
    assert "75歳以上の女性は男性の1.5倍です" in sentences(pyramid_page())[0]
    changed(*with_sexes("81202", men=0.2))
    assert "75歳以上の女性は男性の4.0倍です" in sentences(pyramid_page())[0]


def test_ages_that_are_not_the_total_are_not_drawn(changed: Changed) -> None:
    changed(*with_sexes("81202"), "update population set persons = 7 where sex = 'male'")
    assert "この版では、人口ピラミッドを描けません" in words(pyramid_page())


def test_without_men_and_women_the_reason_is_said(tiny_store: Store) -> None:
    app = open_page("population", area="81202", view="pyramid")
    assert "この版では、人口ピラミッドを描けません" in words(app)
    assert "男女・年齢5歳階級別の人数がありません" in words(app)
    assert not app.error
    assert not drawn_figures(app)


def test_the_map_holds_all_years_and_asks_for_its_polygons(tiny_store: Store) -> None:
    app = open_page("population", area="81", view="map")
    spec = spec_of(app)
    assert spec["data"]["url"].startswith("/geo/000001/municipality/81.json?v=")
    rows = spec["transform"][2]["from"]["data"]["values"].splitlines()
    assert rows[0] == "a," + ",".join(f"y{year}" for year in YEARS)
    known = dict(row.split(",", 1) for row in rows[1:])
    town = [float(value) for value in known["81202"].split(",")]
    assert town == [round(population_at("81202", year)["age_75_plus"]) for year in YEARS]
    assert shown_year(spec) == 2040
    assert sentences(app)[0].startswith("2040年の75歳以上人口が最も多いのは中央市")


def test_the_year_changes_map_words_and_file_but_not_the_classes(tiny_store: Store) -> None:
    app = open_page("population", area="81", view="map", form="share")
    before = spec_of(app)
    app.selectbox(key="choice_year").set_value("2020").run()
    after = spec_of(app)
    assert (shown_year(before), shown_year(after)) == (2040, 2020)
    assert before["layer"][0] == after["layer"][0]
    assert before["transform"] == after["transform"]
    assert "東見本県：2020年の75歳以上人口の割合" in words(app)
    assert "2020年の75歳以上人口の割合が最も高いのは" in sentences(app)[0]
    assert any(button.proto.id.endswith("_81_2020.png") or "81_2020" in str(button.key)
               for button in app.get("download_button"))  # fmt: skip


def test_a_map_of_one_year_speaks_of_no_years_to_play(changed: Changed) -> None:
    changed()
    assert "スライダー" in words(open_page("population", area="81", view="map"))
    changed("delete from population_total where year <> 2040")
    app = open_page("population", area="81", view="map")
    assert drawn_figures(app)
    assert "スライダー" not in words(app)


def test_two_years_stand_beside_each_other_with_the_same_classes(tiny_store: Store) -> None:
    app = open_page("population", area="81", view="map", maps="pair", beside="2025", year="2050")
    left, right = (spec_of(app, number) for number in (0, 1))
    assert [lookup_years(spec) for spec in (left, right)] == [["y2025"], ["y2050"]]
    scale = "fill"
    assert (
        left["layer"][0]["encoding"][scale]["scale"]
        == right["layer"][0]["encoding"][scale]["scale"]
    )
    assert "2025年と2050年の75歳以上人口（市区町村別）" in words(app)
    assert sentences(app)[0].startswith("2025年から2050年に、75歳以上人口は3地域で上がり、2地域で")


def test_a_click_on_the_map_is_reported_as_an_area(tiny_store: Store) -> None:
    spec = spec_of(open_page("population", area="81202", view="map"))
    params = [param for layer in spec["layer"] for param in layer.get("params", [])]
    assert [param["name"] for param in params] == ["area"]


def cells(spec: dict[str, Any]) -> list[str]:
    """Return the names of the rows of a grid, in their order."""
    rows = spec["layer"][0]["data"]["values"].splitlines()
    place = rows[0].split(",").index("n")
    return [row.split(",")[place].strip('"') for row in rows[1:]]


@pytest.mark.parametrize("picture", ["multiples", "heat"])
def test_the_parts_are_sorted_as_chosen(tiny_store: Store, picture: str) -> None:
    app = open_page("population", area="81", view="parts", picture=picture)
    assert cells(spec_of(app)) == ["中央市", "山手市", "川辺町", "森村", "浜町"]
    app.selectbox(key="choice_sort").set_value("growth").run()
    app.selectbox(key="choice_year").set_value("2050").run()
    grown = sorted(
        (code for code in POPULATION if code.startswith("812")),
        key=lambda code: (
            -population_at(code, 2050)["age_75_plus"] / population_at(code, 2020)["age_75_plus"]
        ),
    )
    names = {"81201": "山手市", "81202": "川辺町", "81203": "森村", "81204": "浜町"}
    assert [name for name in cells(spec_of(app)) if name != "中央市"] == [
        names[code] for code in grown
    ]
    assert app.query_params["sort"] == "growth"


def test_the_heat_table_marks_the_own_area(tiny_store: Store) -> None:
    app = open_page("population", area="81203", view="parts", picture="heat", form="share")
    assert "▶ 森村" in cells(spec_of(app))
    assert "東見本県：市区町村別の75歳以上人口の割合（2020～2050年）" in words(app)
    assert "すべての地域と年のうち" in sentences(app)[0]


def test_the_scatter_tells_the_quarter_of_the_own_area(tiny_store: Store) -> None:
    app = open_page("population", area="81203", view="parts", picture="quadrants")
    assert "森村は「少ない・減る」です" in sentences(app)[0]
    assert "2020年の75歳以上人口と2040年までの増減率" in words(app)


def test_changed_figures_change_the_sentence_of_the_scatter(changed: Changed) -> None:
    changed("update population_total set age_75_plus = 99999 where area_code = '81203'"
            " and year = 2040")  # fmt: skip
    app = open_page("population", area="81203", view="parts", picture="quadrants")
    assert "森村は「少ない・増える」です" in sentences(app)[0]
    assert "最も高いのは森村" in sentences(app)[0]


def test_an_area_without_a_figure_is_counted_as_such(tiny_store: Store) -> None:
    app = open_page("population", area="82201", view="parts")
    assert "1地域は値がなく、含みません" in sentences(app)[0]
    spec = spec_of(app)
    rows = spec["layer"][0]["data"]["values"].splitlines()
    assert any("島村" in row and "データなし" in row for row in rows)


@pytest.mark.parametrize("view", ["map", "parts"])
@pytest.mark.parametrize("area", ["82", "82204"])
def test_parts_are_drawn_where_the_area_itself_has_no_figure(
    tiny_store: Store, view: str, area: str
) -> None:
    app = open_page("population", area=area, view=view)
    assert "西見本県" in app.subheader[0].value
    assert "人口がありません" not in words(app)
    assert "3地域" in sentences(app)[0]


@pytest.mark.parametrize(
    ("view", "param", "value"),
    [
        ("map", "year", "1999"),
        ("map", "maps", "<b>"),
        ("parts", "sort", "size"),
        ("parts", "picture", "pie"),
    ],
)
def test_a_bad_value_falls_back_with_a_notice(
    tiny_store: Store, view: str, param: str, value: str
) -> None:
    app = open_page("population", area="81", view=view)
    app.query_params[param] = value
    app.run()
    assert [w.value for w in app.warning if "既定の表示にしました" in w.value]
    assert param not in app.query_params
    assert not app.exception


@pytest.mark.parametrize("query", [{"view": "map"}, {"view": "parts", "picture": "heat"},
                                   {"view": "parts", "picture": "quadrants"}])  # fmt: skip
def test_places_of_several_prefectures_are_named_with_theirs(tiny_store, query) -> None:
    whole = " ".join(sentences(open_page("population", area="00", level="municipality", **query)))
    assert re.search("東見本県(中央市|山手市|川辺町|森村|浜町)", whole)
    part = " ".join(sentences(open_page("population", area="81", **query)))
    assert re.search("中央市|山手市|川辺町|森村|浜町", part)
    assert "東見本県森村" not in part


@pytest.mark.official
@pytest.mark.parametrize("view", ["outlook", "workers", "map"])
def test_a_town_of_the_nation_is_named_with_its_prefecture(
    official_store: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    monkeypatch.setenv("STORE", str(official_store))
    said = sentences(open_page("population", area="00", level="municipality", view=view))[-1]
    told = re.findall("(?:最も[高低多少](?:い|ない)のは|までは)([^、（]+)（", said)
    assert told
    assert all(re.match("北海道.|東京都.|大阪府|京都府|..県|...県", name) for name in told), told
