from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from data.harmonise.survey_repeats import REASON
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import sentences, tables, words
from tests.unit.chart_parts import layers_with

ROOT = Path(__file__).resolve().parents[2]


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "frame.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("pages/support.py").run()
    assert not app.exception
    assert not app.error
    assert app.header[-1].value == "都道府県の支援"
    return app


def change(store: Store, *statements: str) -> None:
    with store.writing() as draft:
        draft.write_bytes(store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            for statement in statements:
                con.execute(statement)


def test_shares_stand_against_the_published_figures(tiny_store: Store) -> None:
    app = open_page()
    rows = {value["item_label"]: value for value in drawn_figures(app)[0][1]}
    assert rows["市町村職員への研修"]["rate"] == 50
    assert rows["市町村職員への研修"]["published"] == 85.1
    assert rows["市町村域をまたぐ医療・介護連携の促進"]["published"] == 89.4
    assert rows["いずれかの支援"]["published"] == 100
    assert (
        "最も少ない支援は「データの提供と分析への支援」で0.0％（回答1のうち0）" in sentences(app)[0]
    )
    assert "公表値（平成28年度・全国）は、「いずれかの支援」100.0％、" in sentences(app)[0]
    notes = "\n".join(item.value for item in app.caption)
    assert "棒＝演習データ（架空）の値" in notes
    assert "公表値（平成28年度・全国）" in notes


def test_every_picture_stands_under_its_title(tiny_store: Store) -> None:
    titles = [item.value for item in open_page().subheader]
    assert titles[0].startswith("支援を行う都道府県の割合")
    assert titles[-1] == f"{titles[0]}の表"


def test_the_sentence_follows_the_answers(tiny_store: Store) -> None:
    change(tiny_store, "update survey_answer set value = '0' where question_id = 'sup_wide_area'")
    text = sentences(open_page())[0]
    assert "最も多い支援は「市町村職員への研修」で50.0％" in text


def test_matrix_keeps_no_answer_apart(tiny_store: Store) -> None:
    app = open_page(view="years")
    (rows,) = [rows for _, rows in drawn_figures(app) if "answers" in rows[0]]
    assert {row["area_name"]: row["answers"] for row in rows} == {
        "東見本県": "●●○",
        "西見本県": "●○無",
    }


def test_requests_of_the_chosen_prefecture(tiny_store: Store) -> None:
    app = open_page(area="81")
    assert "東見本県が行っていない支援は1件" in sentences(app)[1]
    (bars,) = [rows for _, rows in drawn_figures(app) if "respondents" in rows[0]]
    assert bars[0]["item_label"] == "在宅医療・介護のデータ提供"
    spec = next(spec for spec, rows in drawn_figures(app) if "respondents" in rows[0])
    (colours,) = [layer["encoding"]["color"] for layer in layers_with(spec, "bar")]
    assert colours["scale"]["domain"] == ["● 行っている", "○ 行っていない"]
    assert bars[0]["respondents"].startswith("0,")


def test_nation_asks_for_a_prefecture(tiny_store: Store) -> None:
    app = open_page()
    assert len(sentences(app)) == 1
    assert any("都道府県を選ぶと" in item.value for item in app.caption)


def test_without_answers_published_figures_remain(tiny_store: Store) -> None:
    change(tiny_store, "delete from survey_answer")
    app = open_page()
    assert "B1 prefectural_form" in "\n".join(item.value for item in app.text)
    facts, listed = tables(app)
    assert list(facts["値"]) == ["100", "89.4", "85.1", "95.7"]
    assert listed["見出し"].iloc[0] == "データの提供と分析（ア・イ）"
    assert len(listed) == 6
    _, present = tables(open_page(headings="present6"))
    assert present["見出し"].iloc[0] == "先行事例・好事例の把握と情報提供"
    assert not {"割合（%）", "行う（都道府県）"} & set(present)
    ((_, rows),) = drawn_figures(app)
    assert {row["end_text"] for row in rows} >= {"約5割→約8割", "約5割→約7割"}


def test_own_prefecture_is_marked_beside_the_published_figures(tiny_store: Store) -> None:
    app = open_page(area="82")
    rows = {value["item_label"]: value for value in drawn_figures(app)[0][1]}
    assert rows["市町村域をまたぐ医療・介護連携の促進"]["own"] == "●行う"
    assert rows["市町村職員への研修"]["own"] == "○行わない"
    assert rows["データの提供と分析への支援"]["own"] == "回答なし"
    assert "（公表89.4％）は行っている" in sentences(app)[0]
    assert "（公表85.1％）は行っていない" in sentences(app)[0]


def test_unmet_requests_name_the_municipalities(tiny_store: Store) -> None:
    app = open_page(area="81", view="unmet")
    (counts,) = tables(app)
    assert counts["希望する支援"].iloc[0] == "在宅医療・介護のデータ提供"
    assert int(counts["希望あり・支援なし（市町村）"].iloc[0]) > 0
    first = counts["希望があるのに支援がない市町村"].iloc[0].split("、")[0]
    assert first in sentences(app)[0]
    change(tiny_store, "update survey_answer set value = '1' where question_id = 'sup_data'")
    assert (
        "希望があるのに行われていない支援はありません"
        in sentences(open_page(area="81", view="unmet"))[0]
    )


@pytest.mark.parametrize("view", ["unmet", "headings", "years", "change", "centres", "discharge"])
@pytest.mark.parametrize("area", ["00", "81", "81201"])
def test_every_view_opens_on_a_small_store(tiny_store: Store, view: str, area: str) -> None:
    app = open_page(area=area, view=view)
    assert not app.warning
    assert app.subheader or app.text


def test_the_part_of_health_centres_is_asked_of_prefectures_and_leads_on(
    tiny_store: Store,
) -> None:
    app = open_page(view="centres")
    assert "保健所の関わりは都道府県票だけで尋ねています" in words(app)
    (link,) = app.get("page_link")
    assert "view=discharge" in link.proto.page or "discharge" in link.proto.query_string


@pytest.mark.parametrize(
    ("view", "forms"),
    [("shares", (1, 1)), ("unmet", (1, 1)), ("change", (1, 2)), ("headings", (1, 0))],
)
def test_every_survey_that_is_shown_is_cited(
    tiny_store: Store, view: str, forms: tuple[int, int]
) -> None:
    change(tiny_store, *(
        f"insert into source (source_id, title, publisher, licence, vintage) values"
        f" ('{form}{year}', '{form}', '国', '表示', '{year}')"
        for form in ("prefectural_form", "municipal_form") for year in (2017, 2018)
    ), *(
        f"insert into source_coverage values ('{form}{year}', 'survey:{form}:{year}', '00')"
        for form in ("prefectural_form", "municipal_form") for year in (2017, 2018)
    ), "insert into survey_answer select * replace (2017 as fiscal_year) from survey_answer"
       " where survey_id = 'prefectural_form' and fiscal_year = 2018")  # fmt: skip
    app = open_page(area="81", view=view, fy="2018")
    (line,) = [item.value for item in app.caption if item.value.startswith("出典：")]
    found = [line.count(f"「{form}」") for form in ("prefectural\\_form", "municipal\\_form")]
    assert found == list(forms)


def test_headings_follow_the_version_in_the_address(tiny_store: Store) -> None:
    app = open_page(view="headings", headings="present6")
    labels = [value["item_label"] for value in drawn_figures(app)[0][1]]
    assert labels[0] == "先行事例・好事例の把握と情報提供"
    assert len(labels) == 6


def test_a_prefecture_that_answered_twice_is_told(tiny_store: Store) -> None:
    assert "後に読んだ票を使いました" not in words(open_page())
    change(
        tiny_store,
        "insert into survey_import values ('p2', 'prefectural_form', 2018, '票.xlsx', 'x',"
        " 'build', now()::timestamp, 2, null)",
        f"insert into row_issue values ('票.xlsx', '回答!A8', 'area_code', '82', '{REASON}')",
    )
    assert "1都道府県の票が同じ年度に2つ以上あり、後に読んだ票を使いました。" in words(open_page())


def test_counts_of_care_managers_need_no_form_of_prefectures(tiny_store: Store) -> None:
    values = ", ".join(
        f"('hc-8101', 'cm_admissions_{part}_{care}', 'FY{year}', {number}, 'observed',"
        " (select min(source_id) from source), 'r')"
        for care in ("support", "care")
        for year, informed in ((2017, 20), (2020, 60))
        for part, number in (("known", 100), ("informed", informed))
    )
    change(tiny_store, "delete from survey_answer", f"insert into measure values {values}")
    told = sentences(open_page(area="81"))[0]
    assert "東見本県の保健所別の入院時情報提供率（H29→R2）" in told
    assert "要支援は20.0％から60.0％（+40.0ポイント）" in told
