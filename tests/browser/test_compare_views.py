"""The views of the comparison as a person uses them: switching, saving, grouping, links."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from PIL import Image

from charts.theme import CATEGORICAL, DIVERGING, OWN_AREA
from tests.browser.looking import (
    chart,
    colours,
    heading,
    overflow,
    pixels_like,
    press,
    rerun,
    save,
    sentences,
    text_of,
)

pytestmark = pytest.mark.browser
OWN = "/compare?area=81201&indicator=cert_rate"


def address(page) -> dict[str, str]:
    return {name: found[0] for name, found in parse_qs(urlsplit(page.url).query).items()}


def test_views_switch_without_losing_the_selections(demo_server, open_page):
    page = open_page(demo_server, f"{OWN}&benchmark=81")
    for label, view in (("ファンネル", "funnel"), ("指標の一覧", "rug"), ("分布と推移", "trend")):
        press(page, label)
        kept = address(page)
        assert (kept["view"], kept["indicator"], kept["benchmark"]) == (view, "cert_rate", "81")
        assert page.locator("[data-testid='stVegaLiteChart'] canvas, "
                            "[data-testid='stVegaLiteChart'] svg").count() >= 1  # fmt: skip
    press(page, "地図と順位")
    assert address(page).get("view") is None
    assert "要介護認定率" in sentences(page)[0]


def test_the_funnel_marks_the_own_area_and_saves_a_picture(demo_server, open_page):
    page = open_page(demo_server, f"{OWN}&view=funnel")
    seen = colours(chart(page))
    assert pixels_like(seen, OWN_AREA) > 40
    assert pixels_like(seen, DIVERGING[6]) + pixels_like(seen, DIVERGING[5]) > 10
    name, content = save(page, "PNG")
    assert name.startswith("funnel_cert_rate_81")
    picture = Image.open(BytesIO(content)).convert("RGB")
    assert picture.width > 900
    assert len(picture.resize((300, 200)).getcolors(60_000)) > 10


def test_the_rug_is_saved_with_definition_method_and_source(demo_server, open_page):
    page = open_page(demo_server, "/compare?area=81&view=rug&benchmark=81")
    assert "18地域" in sentences(page)[0]
    seen = colours(chart(page))
    assert pixels_like(seen, DIVERGING[5]) > 50
    assert pixels_like(seen, DIVERGING[1]) > 50
    _, content = save(page, "XLSX")
    sheets = openpyxl.load_workbook(BytesIO(content), read_only=True)
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True)
             for cell in row if cell is not None]  # fmt: skip
    assert "要介護認定率" in cells
    assert any("Wilson" in cell for cell in cells)
    assert any("演習データ" in cell for cell in cells)


def test_similar_areas_are_kept_as_a_group_that_a_link_carries(demo_server, open_page):
    page = open_page(demo_server, f"{OWN}&view=similar")
    said = sentences(page)
    assert "最も似ているのは" in said[0]
    assert "が近い" in said[0]
    page.get_by_role("button", name="市区町村をグループにして").click()
    rerun(page)
    press(page, "地図と順位")
    assert "に似た」" in sentences(page)[0]
    link = page.url.removeprefix(demo_server.url)
    again = open_page(demo_server, link)
    assert sentences(again)[0] == sentences(page)[0]


def test_a_group_is_made_with_the_keyboard(demo_server, open_page):
    page = open_page(demo_server, "/compare?area=81&indicator=cert_rate")
    page.get_by_role("button", name="作る・直す").press("Enter")
    rerun(page)
    page.get_by_label("グループの名前").fill("南部")
    members = page.get_by_role("combobox", name="入れる地域")
    members.click()
    for _ in range(2):
        members.press("ArrowDown")
        members.press("Enter")
    members.press("Escape")
    page.get_by_role("button", name="この名前で作る").click()
    rerun(page)
    assert address(page)["groups"].startswith("南部:")
    assert address(page)["group"] == "own-南部"


def test_two_areas_stand_side_by_side(demo_server, open_page):
    page = open_page(demo_server, f"{OWN}&view=mirror&right=81303")
    seen = colours(chart(page))
    assert pixels_like(seen, CATEGORICAL[0]) > 500
    assert pixels_like(seen, CATEGORICAL[1]) > 500
    assert "両方に値のある" in sentences(page)[0]


@pytest.mark.parametrize("view", ["map", "rug", "trend", "scatter", "funnel", "mirror", "similar"])
def test_every_view_fits_a_telephone(demo_server, open_page, view):
    page = open_page(demo_server, f"{OWN}&view={view}", size="phone")
    assert heading(page).endswith("の地域比較")
    assert overflow(page) == []
    assert "出典" in text_of(page)
