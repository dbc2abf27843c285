"""Thin places and reach in a real browser: maps, choices, words, files and links."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page

from charts.theme import SEQUENTIAL
from tests.browser import looking
from tests.browser.test_maps import click_inside
from tests.serving import Server
from ui.thin_blanks import STATES

pytestmark = pytest.mark.browser
ENOUGH = 200  # pixels; a legend symbol has fewer
SHAPES = "path[aria-roledescription='geoshape']"
OPEN = Callable[..., Page]


def said(page: Page, word: str) -> str:
    """Return the sentence with the word, once it is on the screen."""
    found = page.locator(".copyable > p").filter(has_text=word).first
    found.wait_for()
    return found.inner_text()


def test_blanks_are_two_clicks_from_home(open_page: OPEN, demo_server: Server) -> None:
    page = open_page(demo_server, "/")
    page.get_by_role("link", name="資源マップ").first.click()
    looking.rerun(page)
    looking.press(page, "手薄な地域・届きやすさ")
    assert "1か所もないのは" in said(page, "1か所もない")
    assert "選んだ種類ごとの空白" in looking.text_of(page)


def test_the_colours_of_blanks_are_those_of_the_legend(
    open_page: OPEN, demo_server: Server
) -> None:
    page = open_page(demo_server, "/resources?view=thin&types=nursing_small_multifunction&area=81")
    figure = looking.chart(page)
    pixels = looking.colours(figure)
    colours = [state.colour for state in STATES if state.key != "unmeasured"]
    drawn = [colour for colour in colours if pixels.get(colour, 0) > ENOUGH]
    assert colours[0] in drawn
    assert colours[3] in drawn
    text = figure.inner_text()
    assert all(state.label in text for state in STATES[:4])


def test_the_distance_map_follows_the_type(open_page: OPEN, demo_server: Server) -> None:
    page = open_page(
        demo_server,
        "/resources?view=thin&thin=distance&area=81&types=pharmacy,nursing_small_multifunction",
    )
    before = looking.colours(looking.chart(page))
    words = said(page, "代表点からの直線")
    assert "薬局" in words
    looking.pick(page, "図に表す種類", "看護小規模")
    after = looking.colours(looking.chart(page))
    assert "看多機" in said(page, "代表点からの直線") != words
    dark = SEQUENTIAL[-2]
    assert after.get(dark, 0) > ENOUGH > before.get(dark, 0)
    assert "type=nursing_small_multifunction" in page.url


def test_a_click_opens_the_card_and_a_second_one_moves(
    open_page: OPEN, demo_server: Server
) -> None:
    page = open_page(demo_server, "/resources?view=thin&thin=distance&area=81&types=hospital")
    click_inside(page, looking.chart(page).locator(SHAPES).nth(3))
    looking.rerun(page)
    card = page.locator(".st-key-area_card")
    name = card.locator("h3").first.inner_text()
    assert "病院" in card.inner_text()
    page.get_by_role("button", name="この地域へ移動").click()
    page.get_by_role("heading", name=f"{name}の資源マップ").wait_for()
    looking.rerun(page)
    assert "view=thin" in page.url
    assert "thin=distance" in page.url


def test_shares_change_with_the_kilometres(open_page: OPEN, demo_server: Server) -> None:
    page = open_page(
        demo_server, "/resources?view=thin&thin=share&types=nursing_small_multifunction"
    )
    before = said(page, "直線10km以内")
    looking.pick(page, "距離", "20km")
    after = said(page, "直線20km以内")
    assert before.split("75歳以上の")[1].split("%")[0] < after.split("75歳以上の")[1].split("%")[0]
    assert "within=20" in page.url
    page.reload()
    looking.rerun(page)
    assert said(page, "直線20km以内") == after


def test_the_catchment_shows_formula_and_other_radius(open_page: OPEN, demo_server: Server) -> None:
    page = open_page(demo_server, "/resources?view=thin&thin=catchment&area=81&types=hospital")
    before = said(page, "分け合う")
    page.get_by_text("計算のしかた").click()
    page.get_by_text("R_j ＝ S_j ÷ Σ_k（P_k × W_kj）").wait_for()
    looking.pick(page, "半径", "10km")
    after = said(page, "分け合う")
    assert "半径10km" in after != before
    looking.pick(page, "重み", "2SFCA（半径内")
    assert "（2SFCA、半径10km" in looking.text_of(page)


def test_the_files_hold_title_source_and_the_figures_of_the_screen(
    open_page: OPEN, demo_server: Server
) -> None:
    page = open_page(demo_server, "/resources?view=thin&thin=distance&area=81&types=hospital")
    title = "最寄りの病院までの直線距離"
    name, content = looking.save(page, "CSV", number=1)
    assert name == "distance_81_hospital.csv"
    table = pd.read_csv(io.BytesIO(content), dtype={"コード": str})
    assert len(table) == 20
    assert table["最寄りまでの直線距離（km）"].notna().all()
    _, content = looking.save(page, "XLSX", number=1)
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert any(title in cell for cell in cells)
    assert any("移動時間ではありません" in cell for cell in cells)
    _, content = looking.save(page, "SVG", number=1)
    svg = content.decode()
    assert title in svg
    assert "道路の長さや" in svg
    _, content = looking.save(page, "PNG", number=1)
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    counted = {colour: n for n, colour in picture.getcolors(maxcolors=picture.size[0] ** 2) or []}
    first = tuple(bytes.fromhex(SEQUENTIAL[0][1:]))
    assert counted.get(first, 0) > ENOUGH
    name, content = looking.save(page, "CSV")
    assert name == "distance_81_hospital_curve.csv"
    curve = pd.read_csv(io.BytesIO(content), dtype={"コード": str})
    assert curve.groupby("地域")["75歳以上の割合（%）"].max().gt(90).all()


@pytest.mark.parametrize("size", ["phone", "laptop", "projector"])
@pytest.mark.parametrize("kind", ["none", "distance", "share", "catchment"])
def test_nothing_reaches_beyond_the_screen(
    open_page: OPEN, demo_server: Server, kind: str, size: str
) -> None:
    page = open_page(demo_server, f"/resources?view=thin&thin={kind}&area=81", size=size)
    assert looking.overflow(page) == []


def test_a_keyboard_reaches_the_pictures(open_page: OPEN, demo_server: Server) -> None:
    page = open_page(demo_server, "/resources?view=thin&area=81&types=hospital")
    page.get_by_role("radio", name="1か所もない", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    looking.rerun(page)
    assert "最寄りの病院まで" in looking.text_of(page)
    assert "thin=distance" in page.url


@pytest.mark.official
def test_all_japan_counts_neighbours_over_borders(open_page: OPEN, official_server: Server) -> None:
    page = open_page(
        official_server, "/resources?view=thin&types=hospital,home_care_support_clinic"
    )
    words = said(page, "1か所もない")
    assert "全国の1,741市区町村のうち" in words
    assert "境を接する市区町村にはあります" in words
    looking.pick(page, "図に表す種類", "在宅療養支援診療所")
    assert "データなしは" in said(page, "1か所もない")
