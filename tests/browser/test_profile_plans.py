"""A municipality plans in six steps and saves its sheet; staff keep issues that others read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Page
from pptx import Presentation

from tests.browser import looking
from tests.serving import Server, serving

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
OWN = "83202"
TYPED = "夜間に相談できる窓口がない"
ISSUE = "退院の連絡が直前になる"
_COUNT = (
    "addEventListener('pointerdown', () => { window.pressed = (window.pressed || 0) + 1 }, true)"
)


@pytest.fixture(scope="module")
def own_server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a copy of the demo, since something is written into its folder."""
    folder = tmp_path_factory.mktemp("plans")
    store = folder / "store"
    (store / "generations").mkdir(parents=True)
    name = (demo_store / "CURRENT").read_text(encoding="utf-8").strip()
    for path in (demo_store / "generations").glob(f"{Path(name).stem}*"):
        shutil.copy2(path, store / "generations" / path.name)
    shutil.copy2(demo_store / "CURRENT", store / "CURRENT")
    with serving(store, folder / "log.txt") as server:
        yield server


def saved(page: Page, label: str) -> bytes:
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(download.value.path()).read_bytes()


def words(deck: bytes) -> str:
    (slide,) = Presentation(BytesIO(deck)).slides
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return "\n".join([*frames, *cells])


def test_the_six_step_plan_is_filled_and_saved_within_four_clicks(
    open_page: Opening, own_server: Server
) -> None:
    page = open_page(own_server, f"/?area={OWN}")
    page.evaluate(_COUNT)
    page.get_by_role("link", name="地域プロフィール", exact=True).first.click()
    looking.rerun(page)
    looking.press(page, "検討シート")
    steps = page.locator("[data-testid='stTextArea'] textarea")
    assert steps.count() == 6
    steps.nth(2).fill(TYPED)  # and not left: the press that saves also ends the typing
    deck = saved(page, "PPTX（編集できるA4横1枚）")
    assert page.evaluate("window.pressed") <= 4
    text = words(deck)
    name = looking.heading(page).removesuffix("の地域プロフィール")
    assert f"{name}　検討シート" in text
    assert TYPED in text
    assert "目立つ指標" in text
    (slide,) = Presentation(BytesIO(deck)).slides
    assert [shape for shape in slide.shapes if shape.has_chart]

    looking.rerun(page)
    assert "書いたもの1。" in "\n".join(looking.sentences(page))
    book = openpyxl.load_workbook(BytesIO(saved(page, "XLSX")))
    cells = [cell for row in book[name].iter_rows(values_only=True) for cell in row]
    assert TYPED in cells
    blank = words(saved(page, "白紙 PPTX（印刷して書く）"))
    assert "① 定量的な現状" in blank
    assert TYPED not in blank
    assert name not in blank
    assert not looking.overflow(page)


def test_staff_write_an_issue_and_a_viewer_reads_it(open_page: Opening, own_server: Server) -> None:
    reader = open_page(own_server, f"/profile?area={OWN}", size="phone")
    assert "課題は、まだ書かれていません" in looking.text_of(reader)
    back = quote(f"/profile?area={OWN}&view=records")
    staff = open_page(own_server, f"/try-out?role=staff&to={back}")
    staff.get_by_text("課題を書く", exact=True).click()
    field = staff.get_by_label("課題（必須）")
    field.wait_for()
    field.fill("山田太郎さんに連絡する")
    looking.pick(staff, "状態（必須）", "対応中")
    staff.get_by_role("button", name="保存", exact=True).first.click()
    looking.rerun(staff)
    assert "個人の名前らしいものがあります" in looking.text_of(staff)
    field.fill(ISSUE)
    staff.get_by_role("button", name="保存", exact=True).first.click()
    staff.get_by_text("保存しました。").wait_for()  # the page runs twice
    looking.rerun(staff)

    looking.press(reader, "課題とPDCA")
    assert ISSUE in looking.text_of(reader)
    assert reader.get_by_role("button", name="削除").count() == 0
    looking.press(reader, "地域カルテ")
    assert "課題1件：未着手0、対応中1、解決0。" in looking.text_of(reader)
    assert not looking.overflow(reader)

    staff.get_by_role("button", name="元に戻す").click()
    looking.rerun(staff)
    looking.press(reader, "課題とPDCA")
    assert "課題は、まだ書かれていません" in looking.text_of(reader)
