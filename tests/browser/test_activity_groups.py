"""Questions on partners, programmes, dates and answers within their clicks; staff fill the 5×5."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from records.entries import entries
from tests.browser import looking
from tests.browser.conftest import settle
from tests.serving import Server, serving

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
OWN, PREFECTURE, HEALTH_CENTRE = "83202", "83", "hc-8301"
PAGE, VIEW = "取組の実施状況", "見かた"
_COUNT = (
    "addEventListener('pointerdown', () => { window.pressed = (window.pressed || 0) + 1 }, true)"
)


def asked_from_home(open_page: Opening, server: Server, area: str, view: str) -> Page:
    """Go to a view from the first page of an area, and hold that it took two presses."""
    page = open_page(server, f"/?area={area}")
    page.evaluate(_COUNT)
    page.get_by_role("link", name=PAGE, exact=True).first.click()
    looking.rerun(page)
    looking.pick(page, VIEW, view)
    assert int(page.evaluate("window.pressed")) <= 2
    return page


def name_of(store: Path, code: str) -> str:
    found = looking.answer(store, "select name from area where area_code = $code", code=code)
    return str(found.at[0, "name"])


def answer_of(store: Path, question: str) -> str:
    found = looking.answer(
        store,
        "select value from survey_answer where area_code = $code and question_id = $question"
        " order by fiscal_year desc limit 1",
        code=OWN,
        question=question,
    )
    return str(found.at[0, "value"])


def test_partners_and_programmes_take_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = asked_from_home(open_page, demo_server, OWN, "コーディネーター・拠点・医師会")
    said = looking.sentences(page)[0]
    assert said.startswith(name_of(demo_store, OWN))
    link = {"same": "同じ組織", "linked": "連携あり", "none": "連携なし", "unknown": "不明"}
    assert f"拠点との関係は「{link[answer_of(demo_store, 'kyoten_link')]}」" in said
    assert f"連携コーディネーターは{answer_of(demo_store, 'coord_count')}人" in said
    assert "郡市区医師会に委託する事業項目は「" in said
    assert looking.pixels_like(looking.colours(looking.chart(page)), "#b3126b") > 50
    name, content = looking.save(page, "PNG")
    assert name == f"coordinators_{PREFECTURE}_2024.png"
    assert content.startswith(b"\x89PNG")

    again = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert looking.sentences(again)[0] == said

    page = asked_from_home(open_page, demo_server, OWN, "地域支援事業の横断表（5×5）")
    assert "25の升" in looking.sentences(page)[0]
    with page.expect_download() as download:
        page.get_by_role("button", name="空欄の表（A4・XLSX）を保存").click()
    sheet = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["横断表"]
    assert [cell.value for cell in sheet[3]][1:] == [
        "在宅医療・介護連携推進事業", "認知症施策", "総合事業・生活支援体制整備事業",
        "地域ケア会議", "その他",
    ]  # fmt: skip
    assert not any(cell.value for row in sheet["B4:F8"] for cell in row)
    assert not looking.overflow(page)


def test_dates_and_missing_answers_take_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = asked_from_home(open_page, demo_server, HEALTH_CENTRE, "研修・協議体のカレンダー")
    dates = looking.answer(
        demo_store,
        "select question_id, value from survey_answer where fiscal_year = 2024"
        " and question_id in ('training_dates', 'council_dates') and status = 'observed'"
        " and area_code in (select descendant_code from area_descendant"
        " where ancestor_code = $code)",
        code=HEALTH_CENTRE,
    )
    counts = dates.assign(n=dates["value"].str.split(";").str.len()).groupby("question_id")["n"]
    trainings, councils = (int(counts.sum()[q]) for q in ("training_dates", "council_dates"))
    said = looking.sentences(page)[0]
    assert f"研修{trainings:,}件、協議体・会議{councils:,}件" in said
    name, content = looking.save(page, "XLSX", number=1)
    rows = list(openpyxl.load_workbook(BytesIO(content))["データ"].iter_rows(values_only=True))
    assert name == f"calendar_{HEALTH_CENTRE}_2024.xlsx"
    assert len(rows) - 2 == trainings + councils

    page = asked_from_home(open_page, demo_server, PREFECTURE, "回答状況（未回収の一覧）")
    missing = looking.answer(
        demo_store,
        "select distinct area_code from survey_answer where fiscal_year = 2024"
        " and survey_id = 'municipal_form' and area_code like '83%'"
        " group by area_code having bool_and(status in ('unanswered', 'not_applicable'))"
        " order by area_code",
    )["area_code"].tolist()
    assert missing
    assert name_of(demo_store, missing[0]) in looking.sentences(page)[0]
    name, content = looking.save(page, "XLSX", number=1)
    rows = list(openpyxl.load_workbook(BytesIO(content))["データ"].iter_rows(values_only=True))
    assert name == f"respondents_ask_{PREFECTURE}_2024.xlsx"
    assert [row[1] for row in rows[2:]] == missing


@pytest.fixture
def own_server(demo_store: Path, tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server on a copy of the demo, so that what is written here disturbs nobody."""
    copy = tmp_path / "store"
    (copy / "generations").mkdir(parents=True)
    name = (demo_store / "CURRENT").read_text(encoding="utf-8").strip()
    for path in (demo_store / "generations").glob(f"{Path(name).stem}*"):
        shutil.copy2(path, copy / "generations" / path.name)
    shutil.copy2(demo_store / "CURRENT", copy / "CURRENT")
    with serving(copy, tmp_path / "log.txt") as server:
        yield server, copy


def cell_typed(page: Page, text: str) -> None:
    """Write into the first empty cell of the first programme, as one does in a spreadsheet."""
    grid = page.locator("[data-testid='stDataFrame'] canvas").first
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = grid.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 260, box["y"] + 90)
    editor = page.locator("#portal textarea")
    editor.wait_for()
    page.wait_for_timeout(500)
    page.keyboard.type(text, delay=20)
    expect(editor).to_have_value(text)
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    editor.wait_for(state="detached")
    expect(page.get_by_role("button", name="横断表を保存")).to_be_enabled(timeout=20_000)


def test_staff_fill_the_five_by_five(
    open_page: Opening, own_server: tuple[Server, Path]
) -> None:  # fmt: skip
    server, store = own_server
    path = f"/activities?area={OWN}&view=cross"
    page = open_page(server, f"/try-out?role=staff&to={quote(path)}")
    page.wait_for_url(f"**{path}*")
    settle(page)
    cell_typed(page, "協議会を年2回ひらく")
    page.get_by_role("button", name="横断表を保存").click()
    looking.rerun(page)
    assert "1の升を保存しました" in looking.text_of(page)
    assert "25の升のうち1が書かれています" in looking.sentences(page)[0]
    (row,) = entries(store, kind="cross_table").to_dict("records")
    assert (row["area_code"], row["text"]) == (OWN, "協議会を年2回ひらく")

    viewer = open_page(server, path)
    assert "25の升のうち1が書かれています" in looking.sentences(viewer)[0]
    assert viewer.get_by_role("button", name="横断表を保存").count() == 0

    page.get_by_role("button", name="元に戻す").click()
    looking.rerun(page)
    assert "どれもまだ書かれていません" in looking.sentences(page)[0]
    assert entries(store, kind="cross_table").empty
