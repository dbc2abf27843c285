"""Questions of a prefecture about the programme items, within the clicks allowed to them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
OWN = "84"
PAGE = "取組の実施状況"
BREAK = "#a9560c"
_COUNT = (
    "addEventListener('pointerdown', () => { window.pressed = (window.pressed || 0) + 1 }, true)"
)


def from_home(open_page: Opening, server: Server) -> Page:
    page = open_page(server, f"/?area={OWN}")
    page.evaluate(_COUNT)
    page.get_by_role("link", name=PAGE, exact=True).first.click()
    looking.rerun(page)
    return page


def clicks(page: Page) -> int:
    return int(page.evaluate("window.pressed"))


def names_without(store: Path, question: str, year: int, done: str) -> list[str]:
    """Those that answered the question and not with what counts as done, in order of code."""
    found = looking.answer(
        store,
        "select distinct area.area_code, area.name from survey_answer inner join area using"
        f" (area_code) where area_code like '{OWN}%' and fiscal_year = {year} and status ="
        f" 'observed' and question_id in ({question}) and value <> '{done}' order by 1",
    )
    return [str(name) for name in found["name"]]


def test_what_cannot_be_compared_takes_one_click(open_page: Opening, demo_server: Server) -> None:
    page = from_home(open_page, demo_server)
    assert clicks(page) <= 1
    said = "\n".join(looking.sentences(page))
    assert "続けて比べられるのはオ・キ" in said
    assert "数を比べられないのはウ、R2で系列が終わるのはク" in said
    drawn = looking.colours(looking.chart(page, 2))
    assert looking.pixels_like(drawn, BREAK) > 200
    name, content = looking.save(page, "PNG")
    assert name == "activities_crosswalk.png"
    with Image.open(BytesIO(content)) as picture:
        assert picture.width > 900


def test_who_has_not_done_it_takes_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = from_home(open_page, demo_server)
    looking.pick(page, "見かた", "まだの市町村")
    assert clicks(page) <= 2
    behind = names_without(demo_store, "'item_o_status', 'item_ki_status'", 2020, "done")
    assert behind
    scenes = "'scene_daily_goal', 'scene_transition_goal', 'scene_acute_goal', 'scene_eol_goal'"
    some_goal = looking.answer(
        demo_store,
        f"select distinct area_code from survey_answer where area_code like '{OWN}%' and"
        f" fiscal_year = 2024 and question_id in ({scenes}) and value = '1'",
    )["area_code"]
    no_goal = looking.answer(
        demo_store,
        "select distinct area_code from survey_answer where status = 'observed' and fiscal_year ="
        f" 2024 and area_code like '{OWN}%' and question_id in ({scenes})",
    )["area_code"]
    without = set(no_goal) - set(some_goal)
    goals, items = looking.sentences(page)
    assert f"のうち{len(without):,}" in goals
    assert f"のうち{len(behind):,}" in items
    assert all(name in items for name in behind[:5])
    name, content = looking.save(page, "CSV", number=1)
    assert name == f"activities_not_done_h27r2_{OWN}_2020.csv"
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [row["市町村"] for row in rows] == behind
    address = page.url
    assert "view=undone" in address
    again = open_page(demo_server, address.removeprefix(demo_server.url))
    assert looking.sentences(again) == [goals, items]


def test_reasons_of_small_places_take_three_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = from_home(open_page, demo_server)
    looking.pick(page, "見かた", "実施していない理由")
    looking.pick(page, "年度", "2017年度")
    assert clicks(page) <= 3
    found = looking.answer(
        demo_store,
        "with small as (select area_code from population_total where edition = 'demo' and year ="
        " 2025 and total < 10000), told as (select area_code, value from survey_answer inner join"
        f" small using (area_code) where fiscal_year = 2017 and area_code like '{OWN}%' and"
        " question_id = 'item_o_reason' and status = 'observed'), one as (select unnest("
        "string_split(value, ';')) as reason from told) select (select count(*) from told) as n,"
        " reason, count(*) as named from one group by reason order by named desc limit 1",
    ).iloc[0]
    said = looking.sentences(page)[0]
    assert "人口1万人未満の市町村が実施していない理由" in said
    part = said.split("オは「")[1]
    assert f"（{found['n']}のうち{found['named']}）" in part.split("、")[0] + "、"
    assert looking.text_of(page).count("◎") > 0


def test_every_view_keeps_to_a_telephone(open_page: Opening, demo_server: Server) -> None:
    page = open_page(demo_server, f"/activities?area={OWN}&fy=2018", size="phone")
    for words in ("市町村×項目", "まだの市町村", "圏域・規模別", "項目数の地図", "着手年度",
                  "実施していない理由", "段階（"):  # fmt: skip
        looking.pick(page, "見かた", words)
        assert looking.overflow(page) == [], words
        place = looking.chart(page).bounding_box()
        assert place, words
        assert place["height"] > 60, words
