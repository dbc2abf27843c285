"""Choosing resources and reading their cards, as a person does it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page

from tests.browser import looking
from tests.browser.test_maps import POINTS, SHAPES, click_inside
from tests.serving import Server

pytestmark = pytest.mark.browser
HOSPITALS = "/resources?area=83&types=hospital"


def card(page: Page, kind: str) -> Locator:
    return page.locator(f".st-key-{kind}_card").first


def open_popover(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()
    looking.rerun(page)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_polygon_clicked_shows_its_card_and_moves_on_demand(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, f"{HOSPITALS}&layers=areas")
    click_inside(page, looking.chart(page).locator(SHAPES).first)
    page.wait_for_url("**card=area*", timeout=15_000)
    looking.rerun(page)
    code = re.search(r"card=area%3A(\w+)", page.url).group(1)
    held = looking.answer(
        demo_store,
        "select area.name, facility_count.facilities from facility_count"
        " inner join area using (area_code)"
        " where area_code = $code and facility_type = 'hospital'",
        code=code,
    ).iloc[0]
    text = card(page, "area").inner_text()
    assert f"{held['name']}：病院{held['facilities']:,}か所" in text
    assert "と比べて" in text
    card(page, "area").get_by_role("button", name="この地域へ移動").click()
    page.wait_for_url(f"**area={code}*", timeout=15_000)
    looking.rerun(page)
    assert looking.heading(page).startswith(str(held["name"]))
    assert "card=" not in page.url


def test_a_point_clicked_shows_its_card(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, HOSPITALS)
    points = looking.chart(page).locator(POINTS)
    points.nth(points.count() - 1).click(force=True)
    page.wait_for_url("**card=facility*", timeout=15_000)
    looking.rerun(page)
    number = re.search(r"card=facility%3A([\w-]+)", page.url).group(1)
    row = looking.answer(
        demo_store,
        "select name, address, capacity, source_ref from facility where facility_id = $number",
        number=number,
    ).iloc[0]
    text = card(page, "point").inner_text()
    for words in (
        row["name"],
        f"住所：{row['address']}",
        f"病床：{row['capacity']:,}床",
        row["source_ref"],
    ):
        assert str(words) in text
    page.get_by_role("button", name="閉じる").click()
    looking.rerun(page)
    assert "card=" not in page.url
    assert card(page, "point").count() == 0


def test_a_whole_group_is_chosen_with_the_keyboard(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, HOSPITALS)
    page.get_by_role("button", name="グループで選ぶ").press("Enter")
    looking.rerun(page)
    page.get_by_role("button", name="訪問系をすべて選ぶ").press("Enter")
    looking.rerun(page)
    assert "visiting_nurse_station" in page.url
    assert "home_help_office" in page.url
    page.get_by_role("button", name="訪問系をすべて外す").press("Enter")
    looking.rerun(page)
    assert page.url.endswith("types=hospital")
    page.get_by_role("button", name=re.compile("^薬局")).press("Space")
    looking.rerun(page)
    assert "pharmacy" in page.url


def test_a_condition_and_a_name_narrow_table_and_files(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    kind = "day_service_office"
    page = open_page(demo_server, f"/resources?area=83&types={kind}")
    open_popover(page, "条件・名称で絞る")
    looking.pick(page, "条件", "20～29")
    field = page.get_by_label("名称・法人名の一部")
    field.fill("ｿﾖ")
    field.press("Enter")
    looking.rerun(page)
    page.keyboard.press("Escape")
    looking.rerun(page)
    expected = looking.answer(
        demo_store,
        "select facility_id, name from facility where facility_type = $kind"
        " and area_code like '83%' and capacity between 20 and 29"
        " and (name like '%そよ%' or name like '%ソヨ%'"
        " or attributes ->> 'corporation' like '%そよ%'"
        " or attributes ->> 'name_kana' like '%ソヨ%')",
        kind=kind,
    )
    assert len(expected) > 0
    assert "絞り込み：定員：20～29人、名称・法人名に「ｿﾖ」" in looking.text_of(page)
    assert any(f"は{len(expected)}か所" in text for text in looking.sentences(page))
    name, content = looking.save(page, "CSV")
    rows = rows_of(content)
    assert name == "resources_83_municipality.csv"
    found = {row["コード"]: row["通所介護（か所）"] for row in rows}
    assert found["83"] == str(len(expected))
    link = page.url
    again = open_page(demo_server, link.removeprefix(demo_server.url))
    assert looking.sentences(again)[-1] == looking.sentences(page)[-1]


def test_the_list_is_reopened_saved_and_a_row_shows_its_card(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, f"{HOSPITALS}&list=1")
    expected = looking.answer(
        demo_store,
        "select facility_id from facility where facility_type = 'hospital'"
        " and area_code like '83%' order by area_code, facility_id",
    )["facility_id"].tolist()
    _, content = looking.save(page, "CSV", number=1)
    assert [row["番号"] for row in rows_of(content)] == expected
    _, content = looking.save(page, "XLSX", number=1)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    printed = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert set(expected) <= printed
    grid = page.locator("[data-testid='stDataFrame']").last
    grid.evaluate("element => element.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(800)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 52)
    looking.rerun(page)
    assert expected[0] in card(page, "listed").inner_text()


def test_the_table_of_a_jurisdiction_is_saved_in_two_clicks(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/?area=83")
    page.get_by_role("link", name="資源マップ").first.click()
    looking.rerun(page)
    _, content = looking.save(page, "CSV")
    codes = {row["コード"] for row in rows_of(content)}
    towns = looking.answer(
        demo_store,
        "select descendant_code as code from area_descendant where ancestor_code = '83'"
        " and level = 'municipality' and valid_to is null",
    )["code"]
    assert set(towns) <= codes


def test_what_has_no_point_is_listed_and_saved(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, HOSPITALS)
    expected = looking.answer(
        demo_store,
        "select facility_id from facility where facility_type = 'hospital'"
        " and area_code like '83%' and location_quality <> 'exact'",
    )["facility_id"]
    page.get_by_text(f"点で示せない施設と数え方（{len(expected)}件）").click()
    looking.rerun(page)
    _, content = looking.save(page, "CSV", number=1)
    rows = rows_of(content)
    assert {row["番号"] for row in rows} == set(expected)
    assert {row["数え方"] for row in rows} == {"住所の市区町村の数に含め、点では示さない"}


def test_choosing_and_the_card_fit_a_phone(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, f"{HOSPITALS}&card=area:83201", size="phone")
    assert looking.overflow(page) == []
    assert card(page, "area").is_visible()
    open_popover(page, "グループで選ぶ")
    assert looking.overflow(page) == []


@pytest.mark.official
def test_a_type_without_a_source_is_a_gap_with_what_fills_it(
    open_page: Callable[..., Page], official_server: Server
) -> None:
    page = open_page(
        official_server, "/resources?area=19&types=home_care_support_clinic,visiting_nurse_station"
    )
    text = looking.text_of(page)
    assert "訪問看護：データなし（0か所ではありません）" in text
    assert "介護サービス情報" in text
    open_popover(page, "条件・名称で絞る")
    body = page.locator("[data-testid='stPopoverBody']").last
    assert "24時間対応：データなし" in body.inner_text()
    assert "市区町村ごとの数" in body.inner_text()


def test_blanks_of_home_care_are_two_clicks_from_home(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/?area=83")
    page.get_by_role("link", name="資源マップ").first.click()
    looking.rerun(page)
    looking.press(page, "手薄な地域・届きやすさ")
    none = looking.answer(
        demo_store,
        "select facility_type, count(*) as towns from facility_count"
        " where facilities = 0 and area_code in (select descendant_code from area_descendant"
        " where ancestor_code = '83' and level = 'municipality' and valid_to is null)"
        " group by facility_type",
    ).set_index("facility_type")["towns"]
    assert f"訪問看護が1か所もないのは{none['visiting_nurse_station']}" in looking.text_of(page)
    assert "view=thin" in page.url
    chosen = page.locator("[data-testid='stMultiSelect']").first.inner_text()
    assert "在宅療養支援診療所" in chosen
