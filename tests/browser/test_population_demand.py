"""The demand and workforce views as a person uses them: rates changed, links reopened, files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Locator, Page

from charts.theme import SEQUENTIAL, sequential
from tests.browser import looking
from tests.browser.conftest import settle
from tests.serving import Server

pytestmark = pytest.mark.browser
TOWN = "81201"


def field(page: Page, age_class: str) -> Locator:
    return page.get_by_label(age_class).first


def change(page: Page, age_class: str, percent: str) -> None:
    box = field(page, age_class)
    box.fill(percent)
    box.press("Enter")
    looking.rerun(page)


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def certified(store: Path, area: str, oldest: float) -> float:
    """Reckon the certified persons of 2040 with the area's own rates, but this one for 85+."""
    counted = looking.answer(
        store,
        "select measure_id, value from measure where area_code = $area and period = 'FY2023'",
        area=area,
    ).set_index("measure_id")["value"]
    people = looking.answer(
        store,
        "select sum(persons) filter (where age_from between 65 and 74) as younger,"
        " sum(persons) filter (where age_from between 75 and 84) as older,"
        " sum(persons) filter (where age_from >= 85) as oldest from population"
        " where area_code = $area and edition = 'demo' and sex = 'total' and year = 2040",
        area=area,
    ).iloc[0]
    rates = [counted[f"certified_{a}"] / counted[f"insured_{a}"] for a in ("65_74", "75_84")]
    return people["younger"] * rates[0] + people["older"] * rates[1] + people["oldest"] * oldest


def test_a_changed_rate_is_said_drawn_linked_and_put_back(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, f"/population?area={TOWN}&view=demand")
    before = looking.sentences(page)[0]
    drawn = looking.colours(looking.chart(page, 0))
    page.get_by_text("認定率を変えて試す").click()
    page.wait_for_timeout(400)
    change(page, "85歳以上（元", "20")
    expected = looking.ten_thousands(certified(demo_store, TOWN, 0.20))
    after = looking.sentences(page)[0]
    assert f"2040年に{expected}" in after
    assert "利用者が変更" in after
    assert "r=85" in page.url
    assert looking.colours(looking.chart(page, 0)) != drawn
    assert field(page, "85歳以上（元").is_visible()  # the row stays open

    again = open_page(demo_server, page.url.removeprefix(demo_server.url))
    assert looking.sentences(again)[0] == after

    page.get_by_role("button", name="元の率に戻す").click()
    looking.rerun(page)
    assert looking.sentences(page)[0] == before
    assert "r=" not in page.url


def test_a_bad_rate_is_refused_in_words_and_the_rest_works(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, f"/population?area={TOWN}&view=demand&r=85:900,65:1")
    assert "「85:900」は使えません" in looking.text_of(page)
    assert "65～74歳 1.0%" in looking.text_of(page)
    assert page.locator("[data-testid='stVegaLiteChart']").count() >= 3


def test_the_bars_are_stacked_in_three_colours(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, f"/population?area={TOWN}&view=demand", size="projector")
    seen = looking.colours(looking.chart(page, 0))
    for colour in sequential(3):
        assert looking.pixels_like(seen, colour) > 1_000


def test_the_files_of_the_demand_say_what_the_page_says(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, f"/population?area={TOWN}&view=demand&r=85:20")
    name, content = looking.save(page, "CSV")
    assert name == f"certified_{TOWN}.csv"
    rows = [row for row in rows_of_csv(content) if row["年"] == "2040"]
    assert [row["年齢"] for row in rows] == ["65～74歳", "75～84歳", "85歳以上"]
    assert sum(float(row["認定者（推計）（人）"]) for row in rows) == pytest.approx(
        certified(demo_store, TOWN, 0.20), abs=3
    )
    assert {row["使った認定率"] for row in rows} == {"楓招岬市の2023年度末の認定率を利用者が変更"}

    name, content = looking.save(page, "XLSX")
    book = load_workbook(BytesIO(content))
    labels, units, *values = book["データ"].iter_rows(values_only=True)
    assert labels[4:7] == ("人口", "認定率", "認定者（推計）")
    assert units[5] == "単位：%"
    assert all(isinstance(row[6], (int, float)) for row in values)
    written = " ".join(
        str(cell) for row in book["出典"].iter_rows(values_only=True) for cell in row
    )
    assert "認定率は利用者が変更" in written
    assert "受療率・認定率固定の機械的推計" in written

    name, content = looking.save(page, "PNG")
    picture = Image.open(BytesIO(content)).convert("RGB")
    assert picture.width >= 1_600
    counted = dict(map(reversed, picture.getcolors(maxcolors=picture.width * picture.height)))
    assert counted[tuple(bytes.fromhex(sequential(3)[-1][1:]))] > 10_000
    _, content = looking.save(page, "SVG", number=1)
    words = content.decode("utf-8")
    assert "訪問診療の需要" in words
    assert "演習データ（架空）" in words


def test_the_workforce_map_is_in_classes_and_moves_by_a_click(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=81&view=workers")
    said, parts = looking.sentences(page)
    assert "認定者1人に対する20～64歳" in said
    wait_for_classes(page)
    looking.press(page, "75歳以上1人あたり")
    assert "per=75plus" in page.url
    assert looking.sentences(page)[1] != parts
    chart = wait_for_classes(page)
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.35})
    page.wait_for_url(re.compile(r"area=81\d{3}"), timeout=20_000)


def test_the_workforce_map_plays_without_asking_the_server(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=81&view=workers&year=2020")
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("sent")))
    page.reload()
    settle(page)
    before = looking.colours(wait_for_classes(page))
    sent.clear()
    control = page.get_by_label("表示する年").first
    control.scroll_into_view_if_needed()
    control.focus()
    control.press("End")
    page.wait_for_timeout(600)
    assert looking.colours(looking.chart(page, 1)) != before
    assert sent == []


def wait_for_classes(page: Page) -> Locator:
    """Wait until the map is drawn in its colours; a busy machine takes its time."""
    for _ in range(20):
        drawn = looking.chart(page, 1)
        seen = looking.colours(drawn)
        if sum(looking.pixels_like(seen, c, tolerance=6) > 200 for c in SEQUENTIAL) >= 4:
            return drawn
        page.wait_for_timeout(500)
    raise AssertionError("the map shows fewer than four classes")


@pytest.mark.parametrize("size", ["projector", "laptop", "phone"])
@pytest.mark.parametrize("view", ["demand", "workers"])
def test_nothing_is_cut_at_any_size(
    open_page: Callable[..., Page], demo_server: Server, view: str, size: str
) -> None:
    page = open_page(demo_server, f"/population?area={TOWN}&view={view}", size=size)
    assert looking.overflow(page) == []


def test_rates_are_changed_with_the_keyboard_alone(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, f"/population?area={TOWN}&view=demand")
    before = looking.sentences(page)[0]
    page.locator("summary", has_text="認定率を変えて試す").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    field(page, "65～74歳（元").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    looking.rerun(page)
    assert "r=65" in page.url
    assert looking.sentences(page)[0] != before
