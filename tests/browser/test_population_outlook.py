"""The outlook of the population page in the browser: side by side, links, files, narrow screens."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page

from charts.theme import CATEGORICAL, MUTED, OWN_AREA
from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
BESIDE = "area=83202&with=83203,82201&form=index&base=2025"


def index_of(store: Path, code: str, year: int) -> float:
    found = looking.answer(
        store,
        "select 100 * own.age_75_plus / base.age_75_plus as value from population_total as own"
        " join population_total as base using (area_code, edition)"
        f" where area_code = '{code}' and own.year = {year} and base.year = 2025"
        " and edition = 'demo'",
    )
    return float(found.at[0, "value"])


def name_of(store: Path, code: str) -> str:
    found = looking.answer(store, f"select name from area where area_code = '{code}'")
    return str(found.at[0, "name"])


def words_of_svg(content: bytes) -> str:
    root = ElementTree.fromstring(content)
    texts = root.iter("{http://www.w3.org/2000/svg}text")
    return "\n".join("".join(node.itertext()) for node in texts)


def test_areas_stand_side_by_side_and_the_link_reopens_them(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/population?area=83202")
    assert looking.combobox(page, "推計・統計の版").is_visible()
    looking.press(page, "指数")
    looking.pick(page, "基準の年", "2025年")
    looking.pick(page, "並べる地域（5つまで）", name_of(demo_store, "83203"))
    page.keyboard.press("Escape")
    query = parse_qs(urlsplit(page.url).query)
    assert query["with"] == ["83203"]
    assert (query["form"], query["base"]) == (["index"], ["2025"])
    said = looking.sentences(page)
    assert f"{index_of(demo_store, '83202', 2050):.1f}となる見込み" in said[0]
    assert f"（{index_of(demo_store, '83203', 2050):.1f}）" in said[0]
    pixels = looking.colours(looking.chart(page, 0))
    for colour in (OWN_AREA, CATEGORICAL[0], MUTED):
        assert looking.pixels_like(pixels, colour) > 100, colour
    other = open_page(demo_server, f"/population?{urlsplit(page.url).query}")
    assert looking.sentences(other) == said
    again = looking.colours(looking.chart(other, 0))
    assert looking.pixels_like(again, CATEGORICAL[0]) > 100


def test_any_area_is_added_by_its_name(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/population?area=83202&form=share")
    far = name_of(demo_store, "82201")
    page.get_by_role("button", name="ほかを足す").click()
    field = page.get_by_label("足す地域の名前・よみ・コード")
    field.fill(far)
    field.press("Enter")
    looking.rerun(page)
    page.locator("[data-testid='stPopoverBody'] button", has_text=far).first.click()
    looking.rerun(page)
    assert parse_qs(urlsplit(page.url).query)["with"] == ["82201"]
    assert far in looking.sentences(page)[0]


def test_the_files_hold_what_is_drawn(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, f"/population?{BESIDE}")
    codes = ["83202", "83203", "82201", "83", "00"]
    name, content = looking.save(page, "CSV")
    assert name == "population_83202.csv"
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [row["コード"] for row in rows] == [code for code in codes for _ in range(7)]
    assert {row["推計・統計の版"] for row in rows} == {"演習データ（架空）の将来推計"}
    value = "75歳以上人口の指数（2025年=100）"
    for row in rows:
        expected = index_of(demo_store, row["コード"], int(row["年"]))
        assert float(row[value]) == pytest.approx(expected, abs=0.06)
    assert all(float(row[value]) == 100 for row in rows if row["年"] == "2025")

    _, content = looking.save(page, "XLSX")
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["データ", "出典"]
    labels, units, *lines = book["データ"].iter_rows(values_only=True)
    at = labels.index("75歳以上人口の指数")
    assert units[at] == "単位：2025年=100"
    assert all(isinstance(line[at], (int, float)) for line in lines)
    assert len(lines) == 35

    _, content = looking.save(page, "PNG")
    picture = Image.open(BytesIO(content)).convert("RGB")
    assert min(picture.size) >= 700
    _, content = looking.save(page, "SVG")
    words = words_of_svg(content)
    assert "75歳以上人口の指数（2025年=100）" in words
    assert "演習" in words
    assert name_of(demo_store, "82201") in words


def test_the_default_view_answers_where_and_when_in_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server)
    page.get_by_role("link", name="人口の見通し", exact=True).first.click()
    looking.rerun(page)
    where = looking.sentences(page)[1]
    grown = looking.answer(
        demo_store,
        "select area.name, later.age_85_plus / now.age_85_plus as growth from area"
        " join population_total as now on now.area_code = area.area_code and now.year = 2025"
        " join population_total as later on later.area_code = area.area_code and later.year = 2035"
        " where area.area_type = 'prefecture' and now.edition = 'demo' and later.edition = 'demo'"
        " order by growth desc",
    )
    top = grown.iloc[0]
    assert f"85歳以上では2035年までは{top['name']}（{100 * top['growth'] - 100:.1f}%増）" in where
    assert "2050年までは" in where
    text = looking.text_of(page)
    assert "認定者（" in text
    assert "訪問診療（" in text
    assert "2025年=100：2030年" in text
    assert "受療率・認定率固定の機械的推計" in text


def test_a_bad_address_is_told_and_the_page_works(open_page: Opening, demo_server: Server) -> None:
    page = open_page(
        demo_server, "/population?area=83202&with=99999,83203&form=index&base=1850&indicator=zz"
    )
    notices = page.locator("[data-testid='stAlert']").all_inner_texts()
    for wrong in ("99999", "1850", "zz"):
        assert any(wrong in words for words in notices), wrong
    assert "2020年を100とすると" in looking.sentences(page)[0]


@pytest.mark.parametrize("size", ["projector", "laptop", "phone"])
def test_nothing_is_cut_at_any_size(open_page: Opening, demo_server: Server, size: str) -> None:
    page = open_page(demo_server, f"/population?{BESIDE}", size=size)
    assert looking.overflow(page) == []
    box = looking.chart(page, 0).bounding_box()
    assert box is not None
    assert box["height"] > 300


@pytest.mark.official
def test_two_editions_are_compared_but_never_joined(
    open_page: Opening, official_server: Server
) -> None:
    page = open_page(official_server, "/population?area=01&indicator=total")
    said = looking.sentences(page)
    assert "522.5万人から2050年の382.0万人" in said[0]
    assert "令和5(2023)年推計" in said[0]
    assert any("R5推計が62,669人（1.6%）多い" in text for text in said)
    text = looking.text_of(page)
    assert "1本の線にはつなぎません" in text
    assert "福島県の1地域の値がない" in text


@pytest.mark.official
def test_special_areas_are_explained(open_page: Opening, official_server: Server) -> None:
    page = open_page(official_server, "/population?area=07&indicator=total")
    text = looking.text_of(page)
    assert "いわき市、相馬市、南相馬市" in text
    assert "福島県浜通り13市町村は一つの地域としてのみ示される" in text
    ward = open_page(official_server, "/population?area=22138&indicator=total")
    assert "2024年1月1日に設けられた区" in looking.text_of(ward)
    village = open_page(official_server, "/population?area=01695")
    assert "北方領土）には、どの資料にも住民が数えられていません" in looking.text_of(village)
