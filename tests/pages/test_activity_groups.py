"""Views of groups: issues, scenes, councils, coordinators, responses; and what staff write."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from analytics.cross_table import FUNCTIONS
from data.generations import Store
from records.entries import entries, save
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import actor_of, open_page, sentences, words
from tests.unit.survey_rows import add_answers

RECORD_VIEWS = ("notes", "calendar", "checklist", "cross")
R3_ANSWERS = {
    "81100": {"issue": "staff_short", "council": "1", "council_area": "muni", "coord_count": "3",
              "coord_fte": "2.5", "coord_affil": "1", "coord_cover": "1", "coord_level": "kikan",
              "training_dates": "2021-06-10;2021-09-02", "pdca_period": "1y"},
    "81201": {"issue": "resources;staff_short", "council": "0", "council_area": "－",
              "coord_count": "0", "coord_fte": "0", "coord_affil": "－", "coord_cover": "－",
              "coord_level": "－", "training_dates": "秋ごろ", "pdca_period": "unknown"},
    "82201": {"issue": "resources", "council": "1", "council_area": "iryoken2",
              "coord_count": "1", "coord_fte": "0.5", "coord_affil": "2", "coord_cover": "2",
              "coord_level": "genba", "training_dates": "2021-06-20", "pdca_period": "3y"},
}  # fmt: skip


def add_r3(store: Store, answers: dict[str, dict[str, str]]) -> None:
    with store.writing() as draft:
        draft.write_bytes(store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            add_answers(con, 2021, list(answers.items()))


@pytest.fixture
def asked_store(tiny_store: Store) -> Store:
    add_r3(tiny_store, R3_ANSWERS)
    return tiny_store


def opened(view: str, *, role: str | None = None, **query: str) -> AppTest:
    app = open_page("activities", role=role, view=view, **({"fy": "2021"} | query))
    assert not app.error
    return app


def rows_with(app: AppTest, field: str) -> list[dict[str, Any]]:
    return next(rows for _, rows in drawn_figures(app) if rows and field in rows[0])


def test_issues_of_two_prefectures(asked_store: Store) -> None:
    app = opened("issues", left="81", right="82")
    rows = rows_with(app, "left")
    assert rows[0]["item_label"] == "事業・支援のノウハウの不足"
    ends = {row["item_label"]: row["end_text"] for row in rows}
    assert ends["医療・介護資源の不足"].startswith("●50.0　◆100.0\n差 -50.0")
    assert "東見本県の2市町村と西見本県の1市町村" in sentences(app)[0]
    assert "「職員の不足」（100.0％と0.0％、東見本県が100.0ポイント高い）" in sentences(app)[0]
    widest = rows_with(opened("issues", left="81", right="82", sort="gap"), "left")
    assert widest[0]["item_label"] == "職員の不足"
    assert "差は、四捨五入する前の割合から計算しています" in words(app)


def test_issues_say_who_named_nothing(tiny_store: Store) -> None:
    app = opened("issues", left="81", right="82")
    assert "東見本県と西見本県に課題を答えた市町村がなく" in sentences(app)[0]


def test_the_same_group_twice_is_pointed_out(asked_store: Store) -> None:
    app = opened("issues", left="81", right="81")
    assert "同じグループを2つ選んでいます" in words(app)
    assert not drawn_figures(app)


def test_unknown_group_falls_back_with_a_notice(asked_store: Store) -> None:
    app = opened("issues", left="99")
    assert "99" in app.warning[0].value


def test_scenes_follow_the_answers(asked_store: Store) -> None:
    before = sentences(opened("scenes", area="81"))
    assert "どの場面のどの段階も20.0％で同じ" in before[0]
    assert "回答2のうち1（50.0％）" in before[2]
    with asked_store.writing() as draft:
        draft.write_bytes(asked_store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("update survey_answer set value = '1' where question_id = 'scene_eol_goal'")
    after = sentences(opened("scenes", area="81"))
    assert "最も多いのは「看取りの目指す姿」で100.0％（回答5市町村のうち5）" in after[0]


def test_own_answers_stand_in_the_matrix(asked_store: Store) -> None:
    app = opened("scenes", area="81201")
    cells = {(row["row"], row["column"]): row["text"] for row in rows_with(app, "shade")}
    assert cells["看取り", "目指す姿"] == "20％\n1／5\n▶ なし"
    assert cells["認知症の局面", "評価指標"] == "設問なし"
    assert "山手市が「なし」と答えたのは日常の療養支援の「目指す姿」" in sentences(app)[0]


def test_a_year_before_is_moved_to_the_framework(asked_store: Store) -> None:
    app = opened("scenes", fy="2018")
    assert "令和3年度(2021年度)を示します" in words(app)
    assert "令和3年度(2021年度)" in sentences(app)[0]


def test_who_answered_is_told_of_the_year_shown(tiny_store: Store) -> None:
    """The reasons of 2021 are those of 2018; so is the line on who answered."""
    app = opened("reasons")
    assert "（2018年10月1日現在）" in words(app)
    assert "（2021年10月1日現在）" not in words(app)


def test_calendar_has_one_year_in_heading_picture_and_source(asked_store: Store) -> None:
    for year, title in ((2018, "十八年の会"), (2019, "十九年の会")):
        save(
            asked_store.root, actor=actor_of("staff"), kind="event", area_code="81100",
            subject="council", fields={"date": f"{year}-06-03", "title": title},
        )  # fmt: skip
    app = opened("calendar", area="81100", fy="2018", cal="2019")
    assert [box.label for box in app.selectbox].count("年度") == 1
    shown = words(app)
    assert "令和元年度(2019年度)" in shown
    assert "年10月1日現在" not in shown
    assert [item.value for item in app.caption if "出典" in item.value][-1] == (
        "出典：担当者の記録（この画面で書かれたもの）"
    )
    asked = opened("calendar", area="81100", cal="2021")
    cited = next(item.value for item in asked.caption if "出典" in item.value)
    assert "実施状況調査（市町村票）" in cited
    assert "担当者" not in cited


def test_a_month_without_dates_is_not_drawn_as_none(asked_store: Store) -> None:
    cells = rows_with(opened("calendar", area="hc-8101"), "shade")
    assert {cell["column"] for cell in cells} == {"6月", "9月"}
    assert min(cell["shade"] for cell in cells) > 0


def test_councils_and_their_areas(asked_store: Store) -> None:
    app = opened("councils")
    assert "回答3市町村のうち2（66.7％）に協議体があります" in sentences(app)[0]
    ends = {row["item_label"]: row["end_text"] for row in rows_with(app, "municipalities")}
    assert ends["二次医療圏"] == "50.0％\n1／2"
    own = opened("councils", area="81100")
    assert any(row["own"] for row in rows_with(own, "municipalities"))


def test_coordinators_of_the_own_municipality(asked_store: Store) -> None:
    app = opened("coordinators", area="81100")
    assert sentences(app)[0].startswith("中央市（令和3年度(2021年度)の回答）")
    assert "3人（常勤換算2.5人）" in sentences(app)[0]
    cells = {(row["row"], row["column"]): row for row in rows_with(app, "shade")}
    mine = cells["① 関係団体", "① 単一の市町村"]
    assert mine["text"].startswith("1市町村 3人\n常勤換算2.5")
    assert mine["own"] is True
    assert [row["own"] for row in cells.values()].count(True) == 1
    old = opened("coordinators", area="81100", fy="2018")
    assert "所属と対象の図：平成30年度(2018年度)は設問がありません" in words(old)


def test_responses_and_the_list_to_chase(tiny_store: Store) -> None:
    app = opened("response", fy="2017")
    assert "対象9市町村のうち8が回答（88.9％）" in sentences(app)[0]
    assert "浜町" in sentences(app)[0]
    listed = app.dataframe[-1].value
    assert listed["area_code"].tolist() == ["81204"]
    everyone = opened("response", fy="2017", list="all").dataframe[-1].value
    assert len(everyone) == 9
    complete = opened("response", area="82", fy="2017")
    assert "回答がない市町村はありません" in words(complete)


def test_hidden_names_stay_hidden(asked_store: Store) -> None:
    for view in ("response", "coordinators", "councils", "scenes", *RECORD_VIEWS):
        app = opened(view, area="81201", hide="1", fy="2021" if view != "response" else "2017")
        printed = words(app) + "".join(str(rows) for _, rows in drawn_figures(app))
        printed += "".join(str(table.value.to_dict()) for table in app.dataframe)
        for name in ("川辺町", "森村", "浜町", "中央市"):
            assert name not in printed, (view, name)


def test_calendar_tells_dates_and_what_is_none(asked_store: Store) -> None:
    app = opened("calendar", area="hc-8101")
    assert "令和3年度(2021年度)に日がわかるのは研修2件です" in sentences(app)[0]
    assert app.dataframe[-1].value["day"].tolist() == ["2021-06-10（木）", "2021-09-02（木）"]
    assert "日として読めない記入が1件" in words(app)
    save(
        asked_store.root, actor=actor_of("staff"), kind="event", area_code="hc-8101",
        subject="council", fields={"date": "2022-03-03", "title": "管内会議"},
    )  # fmt: skip
    later = opened("calendar", area="hc-8101")
    assert "研修2件、協議体・会議1件です" in sentences(later)[0]
    assert later.dataframe[-1].value["area_name"].tolist()[-1] == "東保健所"
    elsewhere = opened("calendar", area="hc-8102")
    assert "日のわかる研修・会議がありません" in words(elsewhere)


def test_notes_of_staff_stand_beside_the_answers(tiny_store: Store) -> None:
    empty = opened("notes", area="81201", fy="2018")
    assert "覚え書きがまだありません" in sentences(empty)[0]
    save(
        tiny_store.root, actor=actor_of("staff"), kind="note", area_code="81201", subject="a",
        fields={"text": "一覧表を年1回あらためる"},
    )  # fmt: skip
    app = opened("notes", area="81", fy="2018")
    row = app.dataframe[-1].value.iloc[0]
    assert row[["area_name", "answer", "text", "changed_by"]].tolist() == [
        "山手市", "実施", "一覧表を年1回あらためる", "試験の担当者",
    ]  # fmt: skip
    assert "5市町村のうち1に、合わせて1件" in sentences(app)[0]
    later = opened("notes", area="81", fy="2021")
    assert "ほかの枠組みの項目の覚え書きが1件" in words(later)


def test_staff_write_a_note_and_viewers_do_not(tiny_store: Store) -> None:
    query = {"area": "81201", "fy": "2018", "item": "a"}
    app = open_page("activities", role="staff", view="notes", **query)
    app.session_state["open_notes_form"] = True
    app.run()
    next(box for box in app.text_area if "内容" in box.label).input("電話は03-1234-5678")
    next(button for button in app.button if button.label == "保存").click().run()
    assert any("電話番号" in error.value for error in app.error)
    assert entries(tiny_store.root, kind="note").empty
    next(box for box in app.text_area if "内容" in box.label).input("医師会と年2回確かめる")
    next(button for button in app.button if button.label == "保存").click().run()
    (row,) = entries(tiny_store.root, kind="note").to_dict("records")
    assert (row["area_code"], row["subject"]) == ("81201", "a")
    assert "医師会と年2回確かめる" in str(app.dataframe[0].value.to_dict())
    viewer = open_page("activities", view="notes", **query)
    assert not viewer.text_area


def test_checklist_beside_the_survey(tiny_store: Store) -> None:
    app = opened("checklist", area="81100")
    assert "まだ記入がありません（10項目）" in sentences(app)[0]
    table = app.dataframe[0].value.set_index("label")
    assert "4場面で定め" in str(table["answer"].tolist())
    save(
        tiny_store.root, actor=actor_of("staff"), kind="checklist", area_code="81100",
        subject="dementia", fields={"state": "no", "note": "来年度から"},
    )  # fmt: skip
    app = opened("checklist", area="81100")
    assert "10項目のうち1を記入" in sentences(app)[0]
    assert "5市町村のうち、確認表に記入があるのは1です" in sentences(app)[1]
    assert "来年度から" in app.dataframe[0].value["note"].tolist()


def cited(app: AppTest) -> list[str]:
    return [item.value for item in app.caption if item.value.startswith("出典：")]


def test_what_staff_write_cites_what_is_shown(asked_store: Store) -> None:
    survey, staff = "調査", "担当者の記録（この画面で書かれたもの）"
    (blank,) = cited(opened("checklist", area="81"))
    assert "告示第18号" in blank
    assert staff not in blank
    for view in ("notes", "checklist", "cross"):
        (own,) = cited(opened(view, area="81201"))
        assert staff in own, view
        assert survey in own, view
    (region,) = cited(opened("cross", area="81"))
    assert "実施状況調査" not in region


def test_a_blank_checklist_lists_what_is_asked(tiny_store: Store) -> None:
    app = opened("checklist", area="81")
    assert len(app.dataframe[0].value) == 10
    assert "基本指針が市町村に求めること（10項目）" in [item.value for item in app.subheader]


def test_cross_table_of_a_municipality_and_its_region(tiny_store: Store) -> None:
    save(
        tiny_store.root, actor=actor_of("staff"), kind="cross_table", area_code="81201",
        subject="home_care.training", fields={"text": "多職種研修を年3回"},
    )  # fmt: skip
    app = opened("cross", area="81201")
    assert "25の升のうち1が書かれています" in sentences(app)[0]
    grid = app.dataframe[0].value
    assert list(grid["function"]) == list(FUNCTIONS.values())
    assert "多職種研修を年3回" in grid["home_care"].tolist()
    assert "横断表を保存" not in words(app) + str([button.label for button in app.button])
    cells = {(row["row"], row["column"]): row["text"] for row in rows_with(app, "shade")}
    assert cells["人材養成", "在宅医療・介護連携推進事業"] == "1市町村"
    assert cells["住民啓発", "その他"] == "0市町村"
    staff = opened("cross", area="81201", role="staff")
    assert "山手市の横断表を保存" in [button.label for button in staff.button]


def test_what_staff_write_opens_before_any_survey(tiny_store: Store) -> None:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny_store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            con.execute("delete from survey_answer")
    for view in RECORD_VIEWS:
        app = open_page("activities", view=view, area="81201")
        assert not app.error, view
        assert not app.warning, view
        assert "まだ取り込まれていません" in words(app)
    assert "25の升のどれもまだ書かれていません" in "".join(sentences(app))
    open_page("activities", view="scenes", area="81201")  # which needs answers
