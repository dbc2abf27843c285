from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import sentences, tables

ROOT = Path(__file__).resolve().parents[2]


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("pages/profile.py").run()
    assert not app.exception
    assert not app.error
    return app


def all_indicators(app: AppTest) -> pd.DataFrame:
    """The table of all indicators, which is sent when it is opened."""
    app.session_state["open_all"] = True
    app.run()
    return app.dataframe[0].value.set_index("title")


def test_profile_of_a_municipality(tiny_store: Store) -> None:
    app = open_page(area="81203")
    assert app.header[-1].value == "森村の地域プロフィール"
    found = {item.label.partition("　")[0]: item.value for item in app.metric}
    assert found["75歳以上"] == "513人"
    assert (
        "高い側に離れているのは高齢化率 44.5%（基準 27.9、5地域中高い順に1番目" in sentences(app)[0]
    )
    rows = {row["title"]: row for _, drawn in drawn_figures(app) for row in drawn}
    assert rows["高齢化率"]["own"] == 1
    assert rows["高齢化率"]["rank"] == "5地域中 高い順に1番目"
    frame = all_indicators(app)
    assert frame.loc["高齢化率", "printed"] == "44.5"
    assert frame.loc["高齢化率", "reading"] == "高低で良し悪しを言わない"


def test_benchmark_can_be_chosen_and_a_missing_one_says_so(tiny_store: Store) -> None:
    frame = all_indicators(open_page(area="81203", benchmark="00"))
    assert frame.loc["高齢化率", "benchmark_printed"] == "データなし"


def test_an_area_without_indicators_says_what_is_needed(tiny_store: Store) -> None:
    app = open_page(area="82204")
    boxes = [str(item.value) for item in app.markdown]
    assert any("計算できた指標がまだありません" in text for text in boxes)
    assert any("総人口は、読み込んだ資料にありません" in text for text in boxes)
    assert not app.metric


def test_nation_ward_and_medical_area_have_a_profile(tiny_store: Store) -> None:
    names = {
        "00": "見本地方（架空）",
        "81101": "中央市北区",
        "m2-8101": "東部医療圏",
        "81": "東見本県",
        "81100": "中央市",
    }
    for area, name in names.items():
        app = open_page(area=area)
        assert [header.value for header in app.header] == [f"{name}の地域プロフィール"]
        assert not app.error


def test_the_sentence_follows_the_data(tiny: Path, tmp_path: Path, monkeypatch) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "update observation set value = 10.0"
                " where area_code = '81203' and indicator_id = 'aging_rate'"
            )
    monkeypatch.setenv("STORE", str(store.root))
    text = sentences(open_page(area="81203"))[0]
    assert text.index("低い側") < text.index("高齢化率 10.0%（基準 27.9、5地域中高い順に5番目")


def test_the_nation_stands_alone_without_benchmark_and_rank(
    tiny: Path, tmp_path: Path, monkeypatch
) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute(
                "insert into observation (area_code, indicator_id, period, value, status,"
                " source_id, source_ref) select '00', indicator_id, period, value, status,"
                " source_id, source_ref from observation"
                " where area_code = '81' and indicator_id = 'aging_rate'"
            )
    monkeypatch.setenv("STORE", str(store.root))
    app = open_page(area="00")
    assert "比べる同じ種類の地域はありません" in sentences(app)[0]
    assert not any("離れた指標" in str(item.value) for item in app.markdown)
    assert not drawn_figures(app)
    assert not {"rank_label", "benchmark_printed", "outcome_label"} & set(all_indicators(app))


def test_a_sheet_has_its_parts_and_links_reopen_the_circle(demo_store: Path, monkeypatch) -> None:
    monkeypatch.setenv("STORE", str(demo_store))
    app = open_page(area="81201", circle="m2-8101", benchmark="00")
    said = "\n".join(str(item.value) for item in (*app.markdown, *app.caption))
    for title in (
        "より高い側に離れた指標",
        "より低い側に離れた指標",
        "前の期から変わったこと",
        "近隣・圏域に共通する課題",
        "似た市区町村",
        "都道府県に希望する支援",
        "医療・介護の資源",
    ):
        assert title in said
    assert said.count("**事業の取組") == 2
    assert "医療圏）（" in said
    assert "似た順の5市区町村がしていて" in said
    sides = [frame for frame in tables(app) if "離れ" in frame]
    assert [len(frame) for frame in sides] == [5, 5]
    for frame in sides:
        for distance in frame["離れ"]:
            is_near = abs(float(distance.partition("（")[0])) < 0.45
            assert not is_near or "差が小さい" in distance
        assert not frame["分子／分母"].str.endswith("／1").any()
    resources = next(line for line in said.splitlines() if line.startswith("資源の"))
    total, *parts = (int(number) for number in re.findall(r"[0-9]+", resources))
    assert total == sum(parts)
    circles = {box.label: box.value for box in app.selectbox}
    assert circles["共通する課題を探す範囲"] == "m2-8101"
    assert all("2040年 " in item.delta for item in app.metric)


def test_all_municipalities_of_a_prefecture_are_made_in_one_go(
    demo_store: Path, monkeypatch
) -> None:
    monkeypatch.setenv("STORE", str(demo_store))
    app = open_page(area="81")
    app.button(key="make_all_profiles").click().run(timeout=120)
    assert not app.exception
    _, count, (deck, book) = app.session_state["files_all_profiles"]
    slides = Presentation(BytesIO(deck)).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(titles) == count == len(set(titles)) > 10
    workbook = openpyxl.load_workbook(BytesIO(book), read_only=True)
    named = {row[1] for row in workbook["すべての指標"].iter_rows(min_row=3, values_only=True)}
    assert {title.partition("の地域カルテ")[0] for title in titles} == named
    assert workbook.sheetnames == ["すべての指標", "地域カルテ", "定義", "出典"]
