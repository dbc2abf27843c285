"""Choosing an indicator from the table, and a comparison whose other areas have no name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from tests.browser.looking import answer, rerun, save, sentences, text_of

pytestmark = pytest.mark.browser


def address(page) -> dict[str, str]:
    return {name: found[0] for name, found in parse_qs(urlsplit(page.url).query).items()}


def test_an_indicator_is_found_by_scene_and_compared_without_names(
    demo_server, demo_store: Path, open_page
):
    page = open_page(demo_server, "/compare?area=81201&indicator=cert_rate&view=mirror")
    page.get_by_text("指標を表から選ぶ・言葉で探す").click()
    rerun(page)
    page.get_by_role("radio", name="場面別", exact=True).click()
    rerun(page)
    for scene in ("日常の療養", "入退院", "急変時", "看取り"):
        assert scene in text_of(page)
    page.get_by_role("radio", name="自宅死亡割合", exact=True).click()
    rerun(page)
    assert address(page)["indicator"] == "death_home_rate"
    page.get_by_text("名前を隠す", exact=True).click()
    rerun(page)
    assert address(page)["hide"] == "1"
    names = answer(
        demo_store,
        "select name from area inner join area_descendant on area_code = descendant_code"
        " where ancestor_code = '81' and level = 'municipality' and area.valid_to is null",
    )["name"]
    own = answer(demo_store, "select name from area where area_code = '81201'").iat[0, 0]
    others = [name for name in names if name != own]
    assert len(others) > 5
    assert "地域" in sentences(page)[0]
    assert own in sentences(page)[0]
    assert not [name for name in others if name in sentences(page)[0]]
    _, content = save(page, "XLSX")
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    assert not [name for name in others if any(name in cell for cell in cells)]
