"""Every view of the comparison on the tiny region: picture, sentence, and what they follow."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words


@pytest.fixture
def changed_store(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def build(*statements: str) -> None:
        store = Store(tmp_path / f"store{len(list(tmp_path.iterdir()))}")
        with store.writing() as draft:
            draft.write_bytes(tiny.read_bytes())
            with duckdb.connect(str(draft)) as con:
                for statement in statements:
                    con.execute(statement)
        monkeypatch.setenv("STORE", str(store.root))

    return build


INTERVALS = "update observation set lower_ci = value * 0.9, upper_ci = value * 1.1"


def opened(view: str, **query: str) -> AppTest:
    app = open_page("compare", view=view, **query)
    assert not app.error
    return app


def param(app: AppTest, name: str) -> str:
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def figure_rows(app: AppTest, field: str) -> list[dict[str, object]]:
    return next(rows for _, rows in drawn_figures(app) if rows and field in rows[0])


def test_funnel_counts_follow_the_data(changed_store) -> None:
    changed_store(INTERVALS)
    first = sentences(opened("funnel", area="81", indicator="vns_station"))[0]
    assert "5地域全体の値" in first
    changed_store(INTERVALS, "update observation set numerator = 500, value = 500"
                  " where area_code = '81203' and indicator_id = 'vns_station'")  # fmt: skip
    app = opened("funnel", area="81203", indicator="vns_station")
    assert sentences(app)[0] != first
    assert "森村（75歳以上1万人対 " in sentences(app)[0]
    assert "99.8％限界より高い位置" in sentences(app)[0]
    points = figure_rows(app, "size")[0]
    assert [letter.isupper() for letter in points["outcome"].split("|")].index(True) == 3


def test_no_funnel_without_intervals_says_why(tiny_store: Store) -> None:
    app = opened("funnel", area="81", indicator="aging_rate")
    assert "ファンネルプロットを描けません" in words(app)


def test_the_rug_has_a_row_per_area_and_counts_outcomes(changed_store) -> None:
    changed_store(INTERVALS)
    app = opened("rug", area="81", benchmark="81")
    rows = figure_rows(app, "cells")
    assert [row["area"] for row in rows] == ["中央市", "山手市", "川辺町", "森村", "浜町"]
    assert all(len(row["cells"]) == 2 for row in rows)
    assert "5地域×2指標のうち" in sentences(app)[0]
    changed_store(INTERVALS, "update observation set status = 'suppressed', value = null,"
                  " numerator = null, lower_ci = null, upper_ci = null"
                  " where area_code = '81203'")  # fmt: skip
    app = opened("rug", area="81", benchmark="81")
    assert "値なしは2です" in sentences(app)[0]
    gap = next(row for row in figure_rows(app, "cells") if row["area_code"] == "81203")
    assert (gap["cells"], gap["printed"]) == ("mm", "秘匿|秘匿")


def test_two_indicators_need_five_areas_for_a_line(tiny_store: Store) -> None:
    app = opened("scatter", area="81", indicator="vns_station", against="aging_rate")
    assert "両方に値のある5地域" in sentences(app)[0]
    assert "R²は" in sentences(app)[0]
    assert "原因と結果" in sentences(app)[0]
    few = opened("scatter", area="m2-8102", indicator="vns_station", against="aging_rate")
    assert "地域が少ない" in sentences(few)[0]


def test_spread_is_a_box_per_period(changed_store) -> None:
    changed_store(
        "insert into observation select area_code, indicator_id, '2020', value - 2, numerator,"
        " denominator, lower_ci, upper_ci, status, source_id, source_ref from observation"
    )
    app = opened("trend", area="81201", indicator="aging_rate")
    rows = figure_rows(app, "lowest")
    assert [row["label"] for row in rows] == ["令和2年(2020年)", "令和7年(2025年)"]
    assert rows[1]["own_value"] == pytest.approx(rows[0]["own_value"] + 2, abs=0.01)
    assert "山手市の最近5時点の推移は" in sentences(app)[0] or "推計値のため" in sentences(app)[0]


def test_two_areas_mirror_each_other(tiny_store: Store) -> None:
    app = opened("mirror", area="81", left="81203", right="81201")
    assert "森村と山手市：両方に値のある2指標" in sentences(app)[0]
    rows = figure_rows(app, "left_printed")
    assert rows[0]["left"] < 0 <= rows[0]["right"]
    same = opened("mirror", area="81", left="81203", right="81203")
    assert "違う地域を二つ選んでください" in words(same)


def test_similar_areas_have_reasons_and_what_they_do(tiny_store: Store) -> None:
    app = opened("similar", area="81203", fy="2017")
    said = sentences(app)
    assert said[0].startswith("森村に最も似ているのは谷村（西見本県）で")
    assert "が近い" in said[0]
    assert "森村は" in said[1]
    assert f"値のある{len(app.dataframe[0].value)}地域中、高い順に" in said[1]
    assert re.search(r"似た順の\d+市区町村が「実施」で森村がそうでない項目は", said[2])
    assert app.dataframe[-1].value.columns[0] == "mark"  # on a telephone the first is seen
    table = app.dataframe[0].value
    assert table["area_name"].iloc[0] == "森村"


def test_weights_come_from_the_address_and_are_checked(tiny_store: Store) -> None:
    app = opened(
        "similar", area="81203", near="population-0.aging_share-0.distance_km-5.x-9.kind-z"
    )
    weights = {item.key: item.value for item in app.slider}
    assert weights["near_distance_km"] == 5
    assert weights["near_population"] == 0
    assert weights["near_kind"] == 1
    nearest = app.dataframe[0].value["distance_km"].iloc[1]
    assert nearest == app.dataframe[0].value["distance_km"].iloc[1:].min()


def test_similar_areas_become_the_benchmark(tiny_store: Store) -> None:
    app = opened("similar", area="81203")
    app.button(key="keep_similar").click().run()
    assert not app.exception
    assert param(app, "group") == "own-森村に似た"
    assert param(app, "groups").startswith("森村に似た:82203.")
    assert app.selectbox(key="choice_benchmark").value == "group"


def test_a_group_is_a_benchmark_of_sums(tiny_store: Store) -> None:
    app = opened("map", area="81", indicator="vns_station", groups="南:81201.81202",
                 group="own-南", benchmark="group")  # fmt: skip
    # 4 + 1 stations per 9540 + 2424 people aged 75 and over
    assert "グループ「南」の75歳以上1万人対 4.18" in sentences(app)[0]


def test_a_group_with_a_gap_has_no_value_and_says_so(tiny_store: Store) -> None:
    app = opened("map", area="82", indicator="vns_station", groups="西:82203.82204",
                 group="own-西", benchmark="group")  # fmt: skip
    assert "まとめた値がありません" in sentences(app)[0]


def test_a_group_with_a_suppressed_member_shows_no_total(changed_store) -> None:
    changed_store("update observation set status = 'suppressed', value = null, numerator = null"
                  " where area_code = '81201'")  # fmt: skip
    app = opened("map", area="81", indicator="aging_rate", groups="南:81201.81202",
                 group="own-南", benchmark="group")  # fmt: skip
    assert "秘匿の地域を含むため合計を示しません" in sentences(app)[0]


def test_only_the_group_is_compared_when_asked(tiny_store: Store) -> None:
    app = opened("map", area="81", indicator="vns_station", groups="離れた町:81202.82202",
                 group="own-離れた町", only="1")  # fmt: skip
    assert [row["label"] for row in figure_rows(app, "printed")] == [
        "東見本県川辺町",
        "西見本県丘町",
    ]
    assert "離れた町の訪問看護ST数" in words(app)


def test_a_target_is_a_benchmark(changed_store) -> None:
    changed_store(INTERVALS)
    app = opened("map", area="81", indicator="vns_station", benchmark="target", target="5")
    assert "目標の75歳以上1万人対 5.00に比べて" in sentences(app)[0]
    bad = opened("map", area="81", indicator="vns_station", benchmark="target", target="たくさん")
    assert any("数ではありません" in item.value for item in bad.warning)


@pytest.mark.parametrize("view", ["map", "rug", "trend", "scatter", "funnel", "mirror", "similar"])
def test_unknown_codes_fall_back_with_a_notice_in_every_view(tiny_store: Store, view: str) -> None:
    app = opened(view, area="81", indicator="no_such", groups="空:99999;悪い", group="own-空",
                 against="none", left="x", like="y", near="z")  # fmt: skip
    assert app.warning


EQUAL_VALUES = (
    "update observation set value = 5, numerator = 5, denominator = 100, lower_ci = 4, upper_ci = 6"
)
EQUAL_PEOPLE = "update population_total set total = 1000, age_0_14 = 100, age_15_64 = 600, age_65_plus = 300, age_75_plus = 150"


@pytest.mark.parametrize(
    ("view", "figures", "said"),
    [
        ("rug", 1, "基準より高いのは0、低いのは0、同程度は10、判定なしは0、値なしは0です"),
        ("trend", 1, "5地域で5.0%から5.0%、中央値は5.0%です"),
        ("scatter", 1, "値が同じため、関係の強さ（R²）は計算していません"),
        ("funnel", 1, "95％限界より高い地域は0、低い地域は0で"),
        ("mirror", 1, "山手市が高いのは0、同じは2です"),
        ("similar", 1, "近さ100.0%"),
    ],
)
def test_equal_values_everywhere_are_said_to_be_equal(
    changed_store, view: str, figures: int, said: str
) -> None:
    changed_store(EQUAL_VALUES, EQUAL_PEOPLE)
    own = {"area": "81203", "near": "kind-0"} if view == "similar" else {"area": "81"}
    app = opened(view, **own, indicator="aging_rate", against="vns_station")
    assert said in sentences(app)[0]
    drawn = drawn_figures(app)
    assert len(drawn) == figures
    assert all(rows for _, rows in drawn)
    everything = words(app) + "".join(item.value.to_csv(na_rep="NaN") for item in app.dataframe)
    assert not re.search(r"nan|inf(inity)?\b", everything + repr(drawn), re.IGNORECASE)


def test_an_indicator_is_taken_from_the_table_or_by_its_scene(tiny_store: Store) -> None:
    app = opened("map", area="81", indicator="aging_rate")
    assert "ストラクチャー" not in words(app)
    app.session_state["open_navigation"] = True
    app.run()
    assert "ストラクチャー（構造）" in words(app)
    assert app.session_state["nav_demand_structure"] == "aging_rate"
    app.button_group(key="nav_resource_med_structure").select("vns_station").run()
    assert not app.exception
    assert app.selectbox(key="choice_indicator").value == "vns_station"
    assert app.session_state["open_navigation"] is False
    app.session_state["open_navigation"] = True
    app.query_params["nav"] = "scene"
    app.run()
    listed = app.dataframe[0].value
    assert set(listed["scene_label"]) == {"日常の療養", "入退院", "急変時", "看取り"}
    row = listed.set_index("title").loc["訪問看護ST数"]
    assert (row["state"], row["scene_label"]) == ("5地域", "日常の療養")
    assert listed.set_index("title").loc["自宅死亡割合", "state"].startswith("データなし：")


def legend(app: AppTest) -> tuple[str, list[str]]:
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    fill = spec["layer"][0]["encoding"]["fill"]
    return "".join(fill["legend"]["title"]), fill["scale"]["domain"]


def test_the_map_has_the_classes_of_the_address(tiny_store: Store) -> None:
    chosen = {"area": "81", "indicator": "aging_rate"}
    title, classes = legend(opened("map", **chosen, scheme="fixed", breaks="30,40"))
    assert "指定の区切り" in title
    assert classes == ["30.0以下", "30.0超～40.0", "40.0超", "データなし"]
    title, classes = legend(opened("map", **chosen, scheme="equal", classes="3"))
    assert "等間隔" in title
    assert len(classes) == 4
    bad = opened("map", **chosen, scheme="fixed", breaks="たくさん")
    assert any("区切りの値として読めません" in item.value for item in bad.warning)
    assert "五分位" in legend(bad)[0]
    assert opened("map", **chosen, scheme="none").warning


TWO_PERIODS = (
    "insert into observation select area_code, indicator_id, '2020', value - 2, numerator,"
    " denominator, lower_ci, upper_ci, status, source_id, source_ref from observation"
)


def test_trend_lines_of_the_areas_in_the_address(changed_store) -> None:
    changed_store(TWO_PERIODS)
    app = opened("trend", area="81201", indicator="aging_rate", shape="line")
    rows = figure_rows(app, "s")
    assert {row["s"] for row in rows} >= {"山手市", "東見本県"}
    assert "川辺町" not in {row["s"] for row in rows}
    assert "1地域のうち1地域で増え" in sentences(app)[0]
    assert "令和2年(2020年)〜令和7年(2025年)" in str(app.subheader[0].value)
    app = opened("trend", area="81201", indicator="aging_rate", shape="line", lines="81202,81203")
    assert {row["s"] for row in figure_rows(app, "s")} >= {"川辺町", "森村"}
    table = app.dataframe[0].value.set_index("area_name")
    assert table.loc["森村", "2025"] == pytest.approx(table.loc["森村", "2020"] + 2)


def test_small_multiples_have_a_cell_per_area(changed_store) -> None:
    changed_store(TWO_PERIODS)
    app = opened("trend", area="81", indicator="aging_rate", shape="grid")
    assert "5地域のうち5地域で増え" in sentences(app)[0]
    assert len(app.dataframe[0].value) == 5
    hidden = opened("trend", area="81203", indicator="aging_rate", shape="grid", hide="1")
    names = hidden.dataframe[0].value["area_name"].tolist()
    assert names[0] == "森村"
    assert len(set(names)) == 5
    assert all(re.fullmatch("地域[A-Z]", name) for name in names[1:])


def test_one_period_is_no_trend_and_says_so(tiny_store: Store) -> None:
    for shape in ("line", "grid"):
        app = opened("trend", area="81", indicator="vns_station", shape=shape)
        assert "2時点以上の値のある地域がありません" in words(app)


def test_smoothing_changes_the_figures_and_not_the_verdict(changed_store) -> None:
    changed_store(INTERVALS)
    plain = opened("map", area="81203", indicator="vns_station")
    smooth = opened("map", area="81203", indicator="vns_station", smooth="1")
    first, second = (figure_rows(app, "printed") for app in (plain, smooth))
    assert [row["label"] for row in first] == [row["label"] for row in second]
    assert [row["printed"] for row in first] != [row["printed"] for row in second]
    assert sentences(smooth)[0].startswith(sentences(plain)[0].split("注意：")[0])
    assert "経験ベイズ法でならした値です。森村は" in sentences(smooth)[0]
    assert "ならした値（経験ベイズ）" in str(smooth.subheader[0].value)
    table = smooth.dataframe[0].value
    assert (table["outcome_label"] == plain.dataframe[0].value["outcome_label"]).all()
    assert table["smoothed_value"].notna().sum() == 5
    assert "smoothed_value" not in plain.dataframe[0].value
    changed_store()
    assert not [t for t in opened("map", area="81", indicator="aging_rate").toggle
                if t.key == "smooth_values"]  # fmt: skip
