"""Known published figures on the screen, and what the pages say where nothing was read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.official]


@pytest.mark.parametrize(
    ("path", "form"), [("/activities", "municipal_form"), ("/support", "prefectural_form")]
)
def test_survey_pages_say_what_is_missing_and_how_to_bring_it_in(
    open_page: Callable[..., Page], official_server: Server, path: str, form: str
) -> None:
    page = open_page(official_server, f"{path}?area=19")
    text = looking.text_of(page)
    assert "まだ取り込まれていません" in text
    assert "担当者が「調査の取り込み」で入れると表示されます" in text
    assert "python -m data build official --raw" in text
    assert "「回答」" in text
    assert f"「様式」B1 {form}" in text
    # The worked case of 福井, and what became of the items in R3: both stand without answers.
    assert page.locator("[data-testid='stVegaLiteChart']").count() == 1
    assert "0.0％" not in text
    if path == "/support":
        assert "福井" in text
        assert page.get_by_role("button", name="コピー").first.is_visible()
        for published in ("89.4", "85.1", "95.7"):
            assert page.locator(".st-key-few_facts td", has_text=published).first.is_visible()


def test_the_population_of_the_nation_is_the_published_one(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(official_server, "/population?indicator=total&edition=ipss2018&with=13")
    said = looking.sentences(page)
    assert "10,642.1万人" in said[0]
    assert "平成30(2018)年推計" in said[0]
    _, content = looking.save(page, "CSV")
    text = content.decode("utf-8-sig")
    assert "00,全国,2045,106421185," in text
    assert "13,東京都,2045,13606683," in text


def test_no_projection_of_a_city_in_fukushima_and_the_reason(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(official_server, "/population?area=07201")
    text = looking.text_of(page)
    assert "福島市の推計は公表されていません" in text
    assert "福島県全体" in text
    looking.pick(page, "見るもの", "総人口")
    assert "令和5(2023)年推計" in looking.sentences(page)[0]


def test_institutions_are_counted_where_they_were_read_and_nowhere_else(
    open_page: Callable[..., Page], official_server: Server, official_store: Path
) -> None:
    kinds = "home_care_support_clinic,hospital,pharmacy"
    page = open_page(official_server, f"/resources?area=19&types={kinds}")
    assert "山梨県の在宅療養支援診療所は75か所" in "\n".join(looking.sentences(page))
    hospitals = looking.answer(
        official_store,
        "select facilities from facility_count where area_code = '19'"
        " and facility_type = 'hospital'",
    ).iloc[0, 0]
    looking.pick(page, "地図の塗り分け", "病院（か所数）")
    assert f"山梨県の病院は{hospitals}か所" in "\n".join(looking.sentences(page))

    looking.pick(page, "都道府県", "東京都")
    text = looking.text_of(page)
    assert "在宅療養支援診療所：データなし（0か所ではありません）" in text
    assert "薬局：データなし（0か所ではありません）" in text
    looking.pick(page, "地図の塗り分け", "在支診（か所数）")
    said = "\n".join(looking.sentences(page))
    assert "読み込んだ資料の対象外" in said
    assert "0か所" not in said


def test_the_nation_is_not_the_sum_of_the_three_prefectures_that_were_read(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(official_server, "/resources?types=home_care_support_clinic")
    assert "合計しません" in looking.sentences(page)[0]
    assert "データなしは44地域" in looking.sentences(page)[0]


def test_the_region_picker_offers_the_areas_that_were_loaded(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(official_server, "/sources")
    found = looking.search_region(page, "ちゅうおうく")
    places = found.all_inner_texts()
    assert any("東京都" in place for place in places)
    assert any("札幌市" in place or "北海道" in place for place in places)
    found.filter(has_text="東京都").first.click()
    looking.rerun(page)
    assert "area=13102" in page.url
    assert looking.trail(page) == "全国　›　東京都　›　中央区"
