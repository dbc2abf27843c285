"""Questions of a municipality and of a seminar, answered within the clicks allowed to them.

They start at the first page of the own area, which is where its bookmark opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.serving import Server

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
OWN = "83202"
_COUNT = (
    "addEventListener('pointerdown', () => { window.pressed = (window.pressed || 0) + 1 }, true)"
)


def at_home(open_page: Opening, server: Server) -> Page:
    page = open_page(server, f"/?area={OWN}")
    page.evaluate(_COUNT)
    return page


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    looking.rerun(page)


def clicks(page: Page) -> int:
    return int(page.evaluate("window.pressed"))


def name_of(store: Path, code: str) -> str:
    found = looking.answer(store, f"select name from area where area_code = '{code}'")
    return str(found.at[0, "name"])


def test_need_of_2030_and_2040_takes_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = at_home(open_page, demo_server)
    follow(page, "人口の見通し")
    assert clicks(page) <= 2
    rows = looking.answer(
        demo_store,
        "select age_85_plus as persons from population_total where edition = 'demo'"
        f" and area_code = '{OWN}' and year in (2025, 2030, 2040) order by year",
    )["persons"]
    text = looking.text_of(page)
    assert "85歳以上（2025→2030→2040年）" in text
    index = [round(100 * float(value) / float(rows[0])) for value in rows[1:]]
    assert f"2025年=100：2030年 {index[0]}、2040年 {index[1]}" in text
    for what in ("認定者（2025→2030→2040年）", "訪問診療（"):
        assert what in text, what


def test_standing_among_similar_municipalities_takes_two_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = at_home(open_page, demo_server)
    follow(page, "地域比較")
    looking.press(page, "似た市区町村")
    assert clicks(page) <= 2
    said = looking.sentences(page)[0]
    assert said.startswith(f"{name_of(demo_store, OWN)}に最も似ているのは")
    assert "近さ" in said
    assert "高い順に" in looking.sentences(page)[1]


def test_two_contrasting_areas_take_three_clicks(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = at_home(open_page, demo_server)
    follow(page, "地域比較")
    looking.press(page, "二つの地域")
    other = name_of(demo_store, "83203")
    looking.pick(page, "右の地域", other)
    assert clicks(page) <= 3
    said = looking.sentences(page)[0]
    assert said.startswith(f"{name_of(demo_store, OWN)}と{other}：両方に値のある")


def test_names_are_hidden_by_one_click(
    open_page: Opening, demo_server: Server, demo_store: Path
) -> None:
    page = at_home(open_page, demo_server)
    page.locator(".st-key-hide_names label").click()
    looking.rerun(page)
    assert clicks(page) <= 1
    follow(page, "人口の見通し")
    looking.press(page, "市町村を並べる")
    others = looking.answer(
        demo_store,
        "select name from area where area_type in ('municipality', 'designated_city')"
        f" and valid_to is null and area_code <> '{OWN}'",
    )["name"]
    text = looking.text_of(page)
    assert re.search(r"地域[A-Z]", text)
    assert not [name for name in others if name in text]
