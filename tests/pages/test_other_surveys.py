"""A survey that came as a file is shown to viewers as soon as its answers are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.generations import Store
from surveys.target import Target
from tests.pages.opening import open_page, sentences, tables, words
from tests.unit.intake_stand import accepted, book, store_of
from tests.unit.survey_of_one_county import KEY, YEAR, drop_in, publish_answers
from ui.upload_accept import shown_on

TITLE = "通所リハビリの体制調査"


@pytest.fixture
def store(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    drop_in(tmp_path, monkeypatch)
    made = store_of(tiny, tmp_path / "store")
    monkeypatch.setenv("STORE", str(made.root))
    return made


def test_without_such_a_survey_the_view_is_not_offered(tiny_store: Store) -> None:
    app = open_page("activities", area="81")
    chosen = next(box for box in app.selectbox if box.label == "見かた")
    assert "その他の調査" not in chosen.options


def test_before_publishing_it_says_what_fills_it(store: Store) -> None:
    app = open_page("activities", area="81", view="surveys")
    assert f"「{TITLE}」の回答は、まだ公表されていません。" in words(app)


def test_published_answers_are_shown_to_anybody(store: Store) -> None:
    publish_answers(store)
    app = open_page("activities", area="81", view="surveys")
    assert "対象5市町村のうち4が回答（80.0％）" in sentences(app)[0]
    assert {"設問ごとの回答", "市町村×設問"} <= {
        part
        for item in app.subheader
        for part in ("設問ごとの回答", "市町村×設問")
        if part in item.value
    }
    question = next(box for box in app.selectbox if box.label == "設問")
    question.set_value("dc_staff").run()
    assert "合計15、中央値3。最も多いのは「中央市」の12" in sentences(app)[0]
    assert "秘匿1、回答票なし1は、回答に入れていません。" in sentences(app)[0]


def test_names_are_hidden_there_too(store: Store) -> None:
    publish_answers(store)
    app = open_page("activities", area="81201", view="surveys", question="dc_staff", hide="1")
    assert "中央市" not in words(app)


def test_the_area_finds_its_own_answers_on_its_sheet(store: Store) -> None:
    publish_answers(store)
    app = open_page("profile", area="81201")
    assert TITLE in words(app)
    assert any("専門職の人数" in str(table) for table in tables(app))


def test_a_survey_of_prefectures_is_shown_with_their_support(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown_on(KEY) == (
        "pages/activities.py",
        "取組の実施状況",
        {"view": "surveys", "survey": KEY},
    )
    drop_in(tmp_path, monkeypatch, respondent="prefecture")
    assert shown_on(KEY)[0] == "pages/support.py"
    rows = [["都道府県コード", "都道府県名", "引き継ぎの取り決め"], ["81", "東見本県", "あり"]]
    accepted(store, book(rows), target=Target(KEY, YEAR))
    app = open_page("support", area="81", view="surveys")
    assert "対象2都道府県のうち1が回答（50.0％）" in sentences(app)[0]


def test_a_survey_of_health_centres_is_shown_with_every_kind_of_blank(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_in(tmp_path, monkeypatch, respondent="health_center_area")
    assert shown_on(KEY) == (
        "pages/support.py",
        "都道府県の支援",
        {"view": "surveys", "survey": KEY},
    )
    head = ["保健所名", "引き継ぎの取り決め", "受け入れの曜日", "専門職の人数"]
    rows = [head, ["東保健所管内", "なし", "－", "***"], ["見本計", "", "", 12]]
    accepted(store, book(rows), target=Target(KEY, YEAR, "81"))
    app = open_page("support", area="81", view="surveys")
    assert "東見本県・令和5年度(2023年度)" in sentences(app)[0]
    assert "対象2保健所のうち1が回答（50.0％）" in sentences(app)[0]
    assert any(f"{TITLE}：保健所×設問" in item.value for item in app.subheader)
    question = next(box for box in app.selectbox if box.label == "設問")
    question.set_value("dc_staff").run()
    assert "回答0。秘匿1、回答票なし1は、回答に入れていません。" in sentences(app)[0]
    nation = open_page("support", area="00", view="surveys", question="dc_transfer")
    assert "対象3保健所のうち回答1。" in sentences(nation)[0]
