"""PO5, PO6, PO7, HC2 and HC3 on the page of prefectural support, within their clicks.

They start at the first page of the own area, as its bookmark opens it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from charts import theme
from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
PREFECTURE = "82"
_COUNT = (
    "addEventListener('pointerdown', () => { window.pressed = (window.pressed || 0) + 1 }, true)"
)
_VALUE = (
    "select value from survey_answer where survey_id = 'prefectural_form' and fiscal_year = 2024"
)


def at_home(open_page: Opening, server: Server, area: str) -> Page:
    page = open_page(server, f"/?area={area}")
    page.evaluate(_COUNT)
    page.get_by_role("link", name="都道府県の支援", exact=True).first.click()
    looking.rerun(page)
    return page


def clicks(page: Page) -> int:
    return int(page.evaluate("window.pressed"))


def counted(store: Path, measure: str, area: str, year: int) -> float:
    found = looking.answer(
        store,
        "select sum(value) as n from measure where measure_id = $m and period = $p"
        " and area_code = $a",
        m=measure, p=f"FY{year}", a=area,
    )  # fmt: skip
    return float(found.at[0, "n"])


def choose_view(page: Page, words: str) -> None:
    """Open the list of views and press one: counted as one choice, as in the acceptance list."""
    before = clicks(page)
    looking.pick(page, "見かた", words)
    page.evaluate(f"window.pressed = {before + 1}")


def test_unmet_requests_and_published_shares_take_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = at_home(open_page, demo_server, PREFECTURE)
    assert clicks(page) <= 2
    text = looking.text_of(page)
    shares, unmet = looking.sentences(page)[:2]
    for question, published in (("sup_wide_area", "89.4"), ("sup_staff_training", "85.1")):
        own = looking.answer(
            demo_store, f"{_VALUE} and question_id = '{question}' and area_code = '82'"
        ).at[0, "value"]
        assert f"（公表{published}％）は{'行っている' if own == '1' else '行っていない'}" in shares
    assert "95.7" in text
    assert "例原県の市町村" in unmet
    assert looking.pixels_like(looking.colours(looking.chart(page)), theme.CATEGORICAL[0]) > 2_000
    choose_view(page, "希望と支援の突き合わせ")
    assert clicks(page) <= 2
    said = looking.sentences(page)[0]
    wanted = looking.answer(
        demo_store,
        "select name from survey_answer join area using (area_code)"
        " where survey_id = 'municipal_form' and question_id = 'want_support'"
        " and fiscal_year = 2024 and area_code like '82%'"
        " and list_contains(string_split(value, ';'), 'ishikai_coord') order by area_code",
    )
    given = looking.answer(
        demo_store, f"{_VALUE} and question_id = 'sup_ishikai' and area_code = '82'"
    ).at[0, "value"]
    assert given == "0"
    assert f"{len(wanted)}市町村が希望しています（{wanted.at[0, 'name']}" in said
    name, content = looking.save(page, "XLSX")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert name.startswith("support_unmet_82")
    assert "希望あり・支援なし" in cells
    reopened = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert looking.sentences(reopened)[0] == said


def test_information_since_the_rule_takes_three_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = at_home(open_page, demo_server, PREFECTURE)
    choose_view(page, "入退院時の情報提供")
    assert clicks(page) <= 2  # PO7 in 3, HC3 in 2
    said = looking.sentences(page)[0]
    shown = "hc-8201"
    rate = 100 * counted(demo_store, "cm_admissions_informed_care", shown, 2024)
    rate /= counted(demo_store, "cm_admissions_known_care", shown, 2024)
    assert "例原県の保健所別の入院時情報提供率（H29→R6）" in said  # the year before its rule
    assert f"（{rate:.1f}％）" in said
    assert "R6の要介護と要支援の差は" in said
    assert "入退院ルールの年度：平成30年度(2018年度)" in looking.text_of(page)
    before = clicks(page)
    looking.pick(page, "率", "退院調整もれ率")
    page.evaluate(f"window.pressed = {before + 1}")
    assert clicks(page) <= 3  # HC2
    said = looking.sentences(page)[0]
    gap = 100 * counted(demo_store, "cm_discharges_untold_support", shown, 2024)
    gap /= counted(demo_store, "cm_discharges_known_support", shown, 2024)
    assert f"（{gap:.1f}％）" in said
    assert "要支援で高いのは" in said
    picture = looking.colours(looking.chart(page))
    for colour in theme.CATEGORICAL[:2]:
        assert looking.pixels_like(picture, colour) > 100
    assert "約5割から約8割" in looking.sentences(page)[-1]
    assert looking.overflow(page) == []


def test_library_finds_and_leads_to_the_view(open_page: Opening, demo_server: Server) -> None:
    page = open_page(demo_server, "/library?area=82", size="phone")
    field = page.get_by_label("ことばで探す")
    field.fill("福井 退院")
    field.press("Enter")
    looking.rerun(page)
    assert "45 福井県の退院支援ルール" in looking.text_of(page)
    assert looking.overflow(page) == []
    page.get_by_role("link", name="製品で見る：都道府県の支援（入退院時の情報提供）").click()
    looking.rerun(page)
    assert looking.heading(page) == "都道府県の支援"
    assert "area=82" in page.url
    assert "福井県の入院時の情報提供は" in looking.sentences(page)[-1]
