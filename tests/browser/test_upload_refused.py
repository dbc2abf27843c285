"""The upload page to those who may not use it, and to staff with a telephone."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.browser.at_upload import as_role, saved
from tests.serving import Server

pytestmark = pytest.mark.browser


def test_a_viewer_is_refused_with_a_message(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/upload?area=81", size="phone")
    assert "はできません" in page.locator("[data-testid='stAlert']").first.inner_text()
    assert page.locator("input[type=file]").count() == 0
    assert page.get_by_role("button", name="保存").count() == 0
    assert page.get_by_role("link", name="調査の取り込み").count() == 0


def test_every_part_fits_a_phone_and_its_files_open(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, as_role("staff", "/upload?area=81"), size="phone")
    for view in ("history", "files", "totals", "definitions"):
        page.goto(f"{demo_server.url}/upload?area=81&view={view}")
        looking.rerun(page)
        assert looking.overflow(page) == [], view
    name, content = saved(page, "XLSX")  # ST7: every question with its version
    assert "版" in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content)).active[1]]
    page.goto(f"{demo_server.url}/upload?area=81")
    looking.rerun(page)
    assert looking.overflow(page) == []
    name, content = saved(page, "公表中の回答をCSV")  # ST8: the second click
    lines = content.decode("utf-8-sig").splitlines()
    assert name.endswith(".csv")
    assert len(lines) > 10
