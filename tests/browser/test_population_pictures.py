"""Pyramid, playing map, two years and many areas, as a person uses them in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Locator, Page

from charts.pyramid import FEMALE, MALE
from charts.theme import SEQUENTIAL
from tests.browser import looking
from tests.browser.conftest import settle
from tests.browser.test_downloads import colours_of, rows_of_csv, words_of_svg
from tests.browser.test_maps import SHAPES, click_inside, fills
from tests.serving import Server

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]


def frames_of(page: Page) -> list[str]:
    """Load the page again and note from then on what goes over its websocket."""
    seen: list[str] = []
    page.on(
        "websocket",
        lambda socket: [
            socket.on("framesent", lambda _: seen.append("sent")),
            socket.on("framereceived", lambda _: seen.append("received")),
        ],
    )
    page.reload()
    settle(page)
    assert "received" in seen  # the page itself came this way
    page.wait_for_timeout(600)
    seen.clear()
    return seen


def slider(page: Page) -> Locator:
    found = page.get_by_label("表示する年").first
    found.scroll_into_view_if_needed()
    return found


def texts_of(figure: Locator) -> list[str]:
    return figure.locator("svg text").all_text_contents()


def tops(figure: Locator, names: list[str]) -> dict[str, float]:
    """Where the printed names stand, from above."""
    places = figure.locator("svg text").evaluate_all(
        "all => all.map(e => [e.textContent, e.getBoundingClientRect().y])"
    )
    return {said: y for said, y in places if said in names}


def test_the_slider_of_the_pyramid_moves_without_asking_the_server(
    open_page: Opened, demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=83&view=pyramid&year=2030")
    seen = frames_of(page)
    figure = looking.chart(page)
    before, said = looking.colours(figure), looking.sentences(page)
    assert looking.pixels_like(before, MALE[2]) > 500
    assert looking.pixels_like(before, FEMALE[2]) > 500
    assert any(text.startswith("2030年（令和12年）") for text in texts_of(figure))
    control = slider(page)
    control.focus()
    control.press("End")
    page.wait_for_timeout(400)
    assert any(text.startswith("2050年（令和32年）") for text in texts_of(figure))
    after = looking.colours(figure)
    assert looking.pixels_like(after, MALE[2]) != looking.pixels_like(before, MALE[2])
    assert looking.sentences(page) == said
    assert seen == []


def test_the_pyramid_plays_to_the_last_year_and_stops(
    open_page: Opened, demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=83&view=pyramid&year=2040")
    seen = frames_of(page)
    play = page.get_by_label("再生").first
    play.check()
    page.wait_for_function("document.querySelector('input[name=shown_year]').value === '2045'")
    page.wait_for_function("document.querySelector('input[name=shown_year]').value === '2050'")
    page.wait_for_function("!document.querySelector('input[name=playing]').checked")
    page.wait_for_timeout(1_500)
    assert slider(page).input_value() == "2050"
    assert seen == []


def test_the_map_plays_with_the_same_classes(open_page: Opened, demo_server: Server) -> None:
    page = open_page(demo_server, "/population?area=83&view=map&form=share&year=2020")
    seen = frames_of(page)
    figure = looking.chart(page)
    legend = [text for text in texts_of(figure) if "超" in text or "以下" in text]
    early = fills(figure, SHAPES)
    assert len(set(early)) >= 3
    control = slider(page)
    control.focus()
    for _ in range(4):
        control.press("ArrowRight")
    page.wait_for_timeout(400)
    late = fills(figure, SHAPES)
    assert control.input_value() == "2040"
    assert late != early
    assert set(late) <= set(SEQUENTIAL) | {fill for fill in late if fill.startswith("url(")}
    assert [text for text in texts_of(figure) if "超" in text or "以下" in text] == legend
    assert seen == []


def test_a_click_on_the_playing_map_moves_to_the_area(
    open_page: Opened, demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=83&view=map")
    click_inside(page, looking.chart(page).locator(SHAPES).nth(3))
    page.wait_for_url(re.compile(r"area=83\d{3}"), timeout=10_000)
    looking.rerun(page)
    assert re.search(r"area=83\d{3}", page.url)
    assert "view=map" in page.url


def test_two_years_share_their_colours_and_reopen_by_link(
    open_page: Opened, demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=83&view=map&form=share")
    looking.press(page, "2つの年を並べる")
    looking.pick(page, "左の地図の年", "2025")
    looking.pick(page, "右の地図の年", "2050")
    link = page.url
    assert "maps=pair" in link
    for opened in (page, open_page(demo_server, link.removeprefix(demo_server.url))):
        left, right = looking.chart(opened, 0), looking.chart(opened, 1)
        assert "2025年" in " ".join(texts_of(left))
        assert "2050年" in " ".join(texts_of(right))
        assert texts_of(left)[-4:] == texts_of(right)[-4:]
        assert fills(left, SHAPES) != fills(right, SHAPES)
        assert "2025年から2050年に" in looking.sentences(opened)[0]


def test_sorting_moves_the_small_lines_and_the_rows(
    open_page: Opened, demo_server: Server, demo_store: Path
) -> None:
    known = looking.answer(
        demo_store,
        "select area.name, population.age_75_plus as old from population_total as population"
        " join area using (area_code) where area_code like '83___' and edition = 'demo'"
        " and year = 2040 and area_type <> 'ward' order by old desc, area_code",
    )
    names = known["name"].tolist()
    page = open_page(demo_server, "/population?area=83&view=parts&picture=heat")
    by_code = tops(looking.chart(page), names)
    assert len(by_code) == len(names)
    looking.pick(page, "並べ方", "値の順")
    by_value = tops(looking.chart(page), names)
    assert sorted(names, key=lambda name: by_value[name]) == names
    assert by_value != by_code
    assert "sort=value" in page.url
    looking.press(page, "小さな折れ線")
    lines = looking.chart(page).locator("path[aria-roledescription='line mark']")
    assert lines.count() == len(names)
    first = tops(looking.chart(page), names)
    assert min(first.values()) == first[names[0]]


def test_a_point_of_the_scatter_leads_to_its_area(open_page: Opened, demo_server: Server) -> None:
    page = open_page(demo_server, "/population?area=83&view=parts&picture=quadrants")
    figure = looking.chart(page)
    assert {"多い・増える", "少ない・増える", "少ない・減る", "多い・減る"} <= set(texts_of(figure))
    figure.locator("path[aria-roledescription='circle']").first.click(force=True)
    page.wait_for_url(re.compile(r"area=83\d{3}"), timeout=10_000)
    looking.rerun(page)
    assert re.search(r"area=83\d{3}", page.url)
    assert re.search(r"は「.+・.+」です", looking.sentences(page)[0])


def test_the_files_of_the_pyramid_are_of_the_year_chosen(
    open_page: Opened, demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/population?area=83&view=pyramid")
    looking.pick(page, "年", "2030")
    name, content = looking.save(page, "PNG")
    assert name == "pyramid_83_2030.png"
    picture = Image.open(BytesIO(content))
    assert picture.width >= 1_600
    pixels = colours_of(content)
    assert pixels[MALE[2]] > 5_000
    assert pixels[FEMALE[2]] > 5_000
    _, content = looking.save(page, "SVG")
    words = words_of_svg(content)
    assert "2030年（令和12年）" in words
    assert "版：演習データ（架空）の将来推計" in words
    assert "人口ピラミッド（枠線は2020年）" in words
    _, content = looking.save(page, "CSV")
    rows = rows_of_csv(content)
    known = looking.answer(
        demo_store,
        "select sum(persons) filter (where sex = 'male') as male,"
        " sum(persons) filter (where sex = 'female') as female from population"
        " where area_code = '83' and edition = 'demo' and year = 2030 and not"
        " (age_from = 0 and age_to is null)",
    )
    now = [row for row in rows if row["年"] == "2030"]
    assert len(now) == 20
    for label, column in (("男（人）", "male"), ("女（人）", "female")):
        assert sum(float(row[label]) for row in now) == pytest.approx(known.at[0, column], abs=20)


def test_the_table_of_many_areas_is_saved_with_numbers(
    open_page: Opened, demo_server: Server, demo_store: Path
) -> None:
    known = looking.answer(
        demo_store,
        "select area_code, age_75_plus as old from population_total join area using (area_code)"
        " where area_code like '83___' and edition = 'demo' and year = 2050"
        " and area_type <> 'ward' order by area_code",
    )
    page = open_page(demo_server, "/population?area=83&view=parts")
    name, content = looking.save(page, "XLSX")
    assert name == "population_multiples_83.xlsx"
    labels, units, *values = load_workbook(BytesIO(content))["データ"].iter_rows(values_only=True)
    column = labels.index("2050年")
    assert units[column] == "単位：人"
    assert [row[0] for row in values] == known["area_code"].tolist()
    assert [row[column] for row in values] == pytest.approx(known["old"].tolist(), abs=0.6)
    _, content = looking.save(page, "SVG")
    assert "市区町村別の75歳以上人口" in words_of_svg(content)


def test_two_maps_are_saved_as_one_picture(open_page: Opened, demo_server: Server) -> None:
    page = open_page(demo_server, "/population?area=83&view=map&maps=pair&form=share")
    name, content = looking.save(page, "PNG")
    assert name == "population_maps_83_2020_2040.png"
    pixels = colours_of(content)
    assert len([colour for colour in SEQUENTIAL if pixels[colour] > 1_000]) >= 3
    _, content = looking.save(page, "SVG")
    words = words_of_svg(content)
    assert "2020年（令和2年）" in words
    assert "2040年（令和22年）" in words


@pytest.mark.parametrize(
    "view",
    ["pyramid", "map", "map&maps=pair", "parts", "parts&picture=heat", "parts&picture=quadrants"],
)
def test_every_picture_fits_a_phone(open_page: Opened, demo_server: Server, view: str) -> None:
    page = open_page(demo_server, f"/population?area=83&view={view}", size="phone")
    looking.chart(page)
    assert looking.overflow(page) == []


@pytest.mark.official
def test_all_municipalities_of_japan_play(open_page: Opened, official_server: Server) -> None:
    page = open_page(
        official_server, "/population?view=map&level=municipality&form=growth&year=2020"
    )
    seen = frames_of(page)
    figure = looking.chart(page)
    page.wait_for_timeout(3_000)
    before = looking.colours(figure)
    control = slider(page)
    control.focus()
    control.press("End")
    page.wait_for_timeout(3_000)
    assert looking.colours(looking.chart(page)) != before
    assert seen == []


@pytest.mark.official
def test_an_edition_without_ages_says_so(open_page: Opened, official_server: Server) -> None:
    page = open_page(official_server, "/population?area=13&view=pyramid&edition=ltc_insured")
    said = looking.text_of(page)
    assert "この版では、人口ピラミッドを描けません" in said
    assert "社人研 平成30(2018)年推計を選ぶと表示されます" in said
