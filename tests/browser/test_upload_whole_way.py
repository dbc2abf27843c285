"""Survey staff at work: from the template to the undone import, errors by cell, who may do what."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.browser.at_upload import as_role, saved
from tests.serving import Server, serving
from tests.unit.upload_book import book

pytestmark = pytest.mark.browser

REASON = "届いた分だけを先に公表する"
NEW_YEAR = "令和7年度(2025年度)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def own_server(demo_store: Path, tmp_path: Path) -> Iterator[Server]:
    """A server on a copy of the demo, so that what is published here disturbs nobody."""
    copy = tmp_path / "store"
    (copy / "generations").mkdir(parents=True)
    name = (demo_store / "CURRENT").read_text(encoding="utf-8").strip()
    for path in (demo_store / "generations").glob(f"{Path(name).stem}*"):
        shutil.copy2(path, copy / "generations" / path.name)
    shutil.copy2(demo_store / "CURRENT", copy / "CURRENT")
    with serving(copy, tmp_path / "log.txt") as server:
        yield server


@pytest.fixture
def towns(demo_store: Path) -> list[tuple[str, str]]:
    """Codes and names of the municipalities of the first prefecture."""
    found = looking.answer(
        demo_store,
        "select area_code, name from area where valid_to is null"
        " and area_type in ('municipality', 'designated_city') and area_code like '81%'"
        " order by area_code",
    )
    return list(found.itertuples(index=False, name=None))


def drop(page: Page, content: bytes, *, name: str = "回答.xlsx") -> None:
    file = {"name": name, "mimeType": XLSX, "buffer": content}
    page.set_input_files("input[type=file]", [file])
    page.get_by_role("radio", name="直した所").wait_for(timeout=30_000)
    looking.rerun(page)


def years_offered(page: Page) -> str:
    looking.combobox(page, "年度").click()
    offered = page.get_by_role("listbox").inner_text()
    page.keyboard.press("Escape")
    return offered


def figure(page: Page, label: str) -> str:
    metric = page.locator("[data-testid='stMetric']").filter(has_text=label).first
    return metric.locator("[data-testid='stMetricValue']").inner_text()


def cells(page: Page) -> list[str]:
    """The texts of the tables, which the canvas keeps for those who cannot see it."""
    return page.locator("[data-testid='stDataFrame'] [role='gridcell']").all_inner_texts()


def step(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label).first.click()
    looking.rerun(page)


def settle_open(page: Page, words: str) -> None:
    """Choose in the last box, as for the one thing that is left open."""
    box = page.locator("[data-testid='stSelectbox'] input").last
    box.click()
    box.fill(words)
    box.press("Enter")
    looking.rerun(page)


def publish(page: Page) -> None:
    step(page, "公表する")
    for box in page.get_by_role("checkbox", name="確かめました").all():
        box.check(force=True)
        looking.rerun(page)
    for field in page.get_by_label("理由（").all():
        field.fill(REASON)
        field.press("Enter")
        looking.rerun(page)
    page.get_by_role("button", name="公表する", exact=True).click()
    page.get_by_text("公表しました").wait_for(timeout=30_000)
    looking.rerun(page)


def filled(template: bytes, answers: dict[str, object]) -> bytes:
    """Fill a question of the template in for every respondent, as an office would."""
    made = openpyxl.load_workbook(io.BytesIO(template))
    sheet = made["回答"]
    row = next(r for r in range(1, 12) if sheet.cell(r, 1).value == "area_code")
    columns = {sheet.cell(row, c).value: c for c in range(1, sheet.max_column + 1)}
    for line in range(row + 1, sheet.max_row + 1):
        for question, value in answers.items():
            sheet.cell(line, columns[question], value)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_from_the_template_to_the_undone_import(
    open_page: Callable[..., Page], own_server: Server, towns: list[tuple[str, str]]
) -> None:
    viewer = open_page(own_server, "/activities?area=81")
    page = open_page(own_server, as_role("staff", "/?area=81"))
    page.get_by_role("link", name="調査の取り込み").click()
    looking.rerun(page)
    name, content = saved(page, "空の調査票")  # ST6: the second click
    assert name.endswith("_81.xlsx")
    assert len(openpyxl.load_workbook(io.BytesIO(content))["回答"]["A"]) >= len(towns)

    looking.pick(page, "年度", NEW_YEAR)
    _, content = saved(page, "空の調査票")
    drop(page, filled(content, {"training_n": 4, "council": "あり"}))
    assert (figure(page, "確認"), figure(page, "誤り")) == ("0", "0")
    assert figure(page, "回答者") == str(len(towns))
    publish(page)
    assert "世代 000002" in looking.text_of(page)

    assert "世代 000001" in looking.text_of(viewer)
    looking.pick(
        viewer, "年度", "令和5年度(2023年度)"
    )  # any action will do; nothing is loaded anew
    assert "世代 000002" in looking.text_of(viewer)
    assert NEW_YEAR in years_offered(viewer)

    page.get_by_role("button", name="取り消す").click()
    page.get_by_text("取り消しました").wait_for(timeout=30_000)
    looking.pick(viewer, "年度", "令和4年度(2022年度)")
    assert "世代 000003" in looking.text_of(viewer)
    assert NEW_YEAR not in years_offered(viewer)


def test_errors_stand_by_cell_and_the_marked_book_comes_back_mended(
    open_page: Callable[..., Page], own_server: Server, towns: list[tuple[str, str]]
) -> None:
    (_, first), (_, second), (code, third) = towns[:3]
    rows: list[list[object]] = [
        ["令和6年度 取組状況（県でまとめた表）"],
        [],
        ["市町村名", "協議体の設置", "話し合いの場", "多職種研修の回数"],
        [first, "○", "", "１２回"],
        [second, "ときどき", "", "=1+1<script>alert(1)</script>"],
        [f"新{third}", "有", "", 5],
    ]
    page = open_page(own_server, as_role("staff", "/?area=81"))
    page.get_by_role("link", name="調査の取り込み").click()
    looking.rerun(page)
    drop(page, book(rows))  # ST1: the second click
    shown = cells(page)
    assert {"D5", "B5", "C3", "A6"} <= set(shown)
    assert figure(page, "誤り") == "1"
    page.get_by_role("button", name="印を付けたブックを作る").click()
    name, content = saved(page, "印を付けたブックを保存")
    marked = openpyxl.load_workbook(io.BytesIO(content))["回答"]
    assert name.startswith("印付き")
    assert marked["D5"].comment is not None
    assert marked["D5"].fill.fgColor.rgb != "00000000"
    assert marked["D4"].comment is None or "誤り" not in marked["D4"].comment.text

    page.get_by_role("button", name="ファイルを外して最初から").click()
    looking.rerun(page)
    rows[4] = [second, "なし", "", 7]
    drop(page, book(rows))
    step(page, "列")
    settle_open(page, "（使わない）")
    step(page, "市町村名")
    settle_open(page, code)
    assert figure(page, "確認") == "0"
    step(page, "直した所")
    assert any("１２回" in text for text in cells(page))
    publish(page)

    page.get_by_role("button", name="次のファイルを取り込む").click()
    looking.rerun(page)
    rows[5] = [f"新{third}", "有", "", 6]
    drop(page, book(rows))
    assert figure(page, "確認") == "0"  # ST3: the name and the column are remembered

    admin = open_page(own_server, as_role("admin", "/upload?area=81&view=history"))
    assert "試用の担当者" in looking.text_of(admin)
    _, content = saved(admin, "原本を保存")
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["001_回答.xlsx"]
    admin.get_by_role("button", name="取り消す").click()
    admin.get_by_text("取り消しました").wait_for(timeout=30_000)
    looking.rerun(admin)
    assert admin.get_by_role("button", name="やり直す").count() == 1
    assert "世代 000003" in looking.text_of(admin)
