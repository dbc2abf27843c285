"""Samples of what staff see: a strange workbook being checked, a template, /workshop, /admin."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Page

from tests.browser.conftest import settle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGES = {
    "upload": ("staff", "/upload?area=84"),
    "workshop": ("staff", "/workshop?area=84"),
    "admin": ("admin", "/admin"),
}


def strange_book() -> bytes:
    """Return a workbook as an office might send it: title, other headers, signs, rough numbers."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["令和6年度 在宅医療・介護連携推進事業の実施状況（想川県 保健福祉課調べ）"],
        [],
        ["市町村", "協議体の設置", "相談件数", "多職種研修の回数"],
        ["雫守野市", "○", "約50", "３回"],
        ["星待浦市", "×", "1,204", "２"],
        ["計", "", "", "5"],
    ):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def staff_page(browser: Browser, address: str, name: str) -> Page:
    """Open a page in the role that may see it."""
    role, path = PAGES[name]
    page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="ja-JP")
    page.goto(f"{address}/try-out?role={role}&to=/")
    settle(page)
    page.goto(address + path)
    settle(page)
    return page


def checked_upload(page: Page, template: Path) -> None:
    """Save the blank template, then show how a strange workbook is read."""
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="空の調査票").first.click()
    waiting.value.save_as(template)
    file = {"name": "R6回答.xlsx", "mimeType": XLSX, "buffer": strange_book()}
    page.set_input_files("input[type=file]", [file])
    page.get_by_role("radio", name="直した所").wait_for(timeout=30_000)
    settle(page)
