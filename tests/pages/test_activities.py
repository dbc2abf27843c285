from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import sentences
from tests.unit.chart_parts import marks_of
from ui.store import served
from ui.survey_activities import activities
from ui.survey_scope import Region

ROOT = Path(__file__).resolve().parents[2]


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("pages/activities.py").run()
    assert not app.exception
    assert not app.error
    return app


def printed(app: AppTest) -> str:
    parts = [*app.header, *app.subheader, *app.caption, *app.markdown, *app.metric]
    said = (f"{getattr(p, 'label', '')} {p.value}" for p in parts)
    return "\n".join([*said, *sentences(app)])


def matrix(app: AppTest) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    (found,) = [drawn for drawn in drawn_figures(app) if drawn[1] and "answers" in drawn[1][0]]
    return found


def test_nation_shows_rates_by_year(tiny_store: Store) -> None:
    app = open_page(fy="2018")
    assert app.header[-1].value == "見本地方（架空）の取組の実施状況"
    text = printed(app)
    assert "対象 9市町村（2018年10月1日現在）　回答 8（88.9％）　未回収 1　回答票なし 0" in text
    assert "「キ 地域住民への普及啓発」" in sentences(app)[0]
    assert "37.5％（回答8市町村のうち3）" in sentences(app)[0]


def test_matrix_of_the_nation_is_of_prefectures(tiny_store: Store) -> None:
    text = printed(open_page(fy="2018", view="matrix"))
    assert "都道府県別・項目別の割合（平成30年度(2018年度)）" in text


def test_prefecture_shows_every_municipality(tiny_store: Store) -> None:
    app = open_page(area="81", fy="2017", view="matrix")
    _, rows = matrix(app)
    assert {row["area_name"]: row["answers"] for row in rows} == {
        "中央市": "●●●●●●●●",
        "山手市": "●●●●●●○○",
        "川辺町": "●●●●○○○○",
        "森村": "●●○○○○○○",
        "浜町": "無無無無無無無無",
    }


def test_municipality_is_marked_among_those_of_its_prefecture(tiny_store: Store) -> None:
    app = open_page(area="81202", fy="2017", view="matrix")
    assert app.header[-1].value == "東見本県の取組の実施状況"
    spec, _ = matrix(app)
    condition = spec["layer"][0]["encoding"]["stroke"]["condition"]
    assert condition["test"]["equal"] == "81202"


def test_medical_area_counts_its_own(tiny_store: Store) -> None:
    app = open_page(area="m2-8102", fy="2017")
    assert app.header[-1].value == "山間医療圏の取組の実施状況"
    assert "対象 3市町村" in printed(app)


@pytest.mark.parametrize("fiscal_year", ["2018", "2021"])
def test_no_series_spans_the_change_of_framework(tiny_store: Store, fiscal_year: str) -> None:
    app = open_page(area="81", fy=fiscal_year)
    drawn = [(spec, rows) for spec, rows in drawn_figures(app) if rows and "narrow" in rows[0]]
    drawn = [(spec, rows) for spec, rows in drawn if "done" in rows[0]]
    assert len(drawn) == 2
    for spec, _ in drawn:
        years = set(spec["layer"][0]["encoding"]["x"]["scale"]["domain"])
        assert years in ({"H29", "H30"}, {"R3"})
        assert marks_of(spec) == {"rect", "text"}
    items = [{value["item_label"] for value in rows} for _, rows in drawn]
    assert not items[0] & items[1]
    assert "R2とR3の間の切れ目" in printed(app)


def test_sorting_is_kept_in_the_address(tiny_store: Store) -> None:
    app = open_page(area="82", fy="2018", view="matrix", order="done")
    _, rows = matrix(app)
    assert [row["area_name"] for row in rows] == ["港市", "丘町", "谷村", "島村"]
    assert app.query_params["order"] == "done"


def test_unknown_year_falls_back_with_a_notice(tiny_store: Store) -> None:
    app = open_page(fy="1999")
    assert "1999" in app.warning[0].value
    assert "令和3年度(2021年度)" in sentences(app)[0]


def test_a_year_of_the_other_survey_falls_back_without_a_notice(tiny_store: Store) -> None:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny_store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("delete from survey_answer where survey_id = 'prefectural_form'"
                        " and fiscal_year = 2018")  # fmt: skip
    app = open_page(fy="2018")
    app.switch_page("pages/support.py").run()
    assert not app.warning
    assert app.header[-1].value == "都道府県の支援"
    assert "(2018年度)" not in printed(app)


def test_every_row_of_a_table_names_its_framework(tiny_store: Store) -> None:
    region = Region("81", "東見本県", None)
    made = activities(served(), region, "h27r2", 2018)
    assert made is not None
    assert {"framework_label", "fiscal_year_label"} <= set(made.all_years.columns)
    rows = made.all_years.frame
    by_year = rows.groupby("fiscal_year_label")["framework_label"].agg(set).to_dict()
    assert by_year["平成30年度(2018年度)"] == {"H27–R2"}
    assert by_year["令和3年度(2021年度)"] == {"R3–"}
    assert not rows.duplicated(["fiscal_year_label", "item_label"]).any()


def test_the_table_is_of_the_chosen_year(tiny_store: Store) -> None:
    app = open_page(area="81", fy="2018")
    app.session_state["open_of_year"] = True
    shown = app.run().dataframe[-1].value
    assert set(shown["item_label"].str[:1]) == set("アイウエオカキク")
    assert shown.set_index("item_label").loc["ア 地域の医療・介護の資源の把握", "expected"] == 5


def test_without_answers_the_page_says_how_to_bring_them_in(tiny_store: Store) -> None:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny_store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("delete from survey_answer")
    app = open_page()
    text = "\n".join(item.value for item in app.text)
    assert "担当者が「調査の取り込み」で入れると表示されます" in text.split("python -m")[0]
    assert "python -m data build official --raw" in text
    assert "B1 municipal_form" in text
    assert "まだ取り込まれていません" in printed(app)
    assert len(drawn_figures(app)) == 1
    assert "R2とR3の間の切れ目" in printed(app)


def test_without_answers_a_link_to_a_view_of_answers_gives_no_warning(tiny_store: Store) -> None:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny_store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("delete from survey_answer")
    app = open_page(area="81", view="matrix")
    assert not app.warning
    assert len(drawn_figures(app)) == 1
    assert open_page(view="nothing").warning
