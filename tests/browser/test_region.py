"""The region is chosen step by step, by name or by key, and stays in the address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.browser.conftest import settle
from tests.serving import Server

pytestmark = pytest.mark.browser
PREFECTURE, PREFECTURE_NAME = "83", "仮野県"


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def row(store: Path, code: str) -> dict[str, object]:
    found = looking.answer(store, "select * from area where area_code = $code", code=code)
    return found.iloc[0].to_dict()


def first_town(store: Path) -> tuple[str, str, str]:
    """A municipality of the prefecture with its medical area."""
    found = looking.answer(
        store,
        "select area_code, parent_area_code from area_membership"
        " where parent_area_code like 'm2-83%' and area_code like '83%' order by 1 limit 1",
    )
    town, medical = found.iloc[0]
    return str(town), str(medical), str(row(store, str(medical))["name"])


def test_the_picker_leads_from_the_nation_to_a_municipality_and_a_link_reopens_it(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    town, medical, medical_name = first_town(demo_store)
    place = row(demo_store, town)
    page = open_page(demo_server)
    assert looking.combobox(page, "市区町村").count() == 0
    looking.pick(page, "都道府県", PREFECTURE_NAME)
    assert query(page) == {"area": PREFECTURE}
    assert looking.heading(page) == f"{PREFECTURE_NAME}の概況"
    looking.pick(page, "圏域", f"二次医療圏：{medical_name}")
    assert query(page) == {"area": medical}
    looking.pick(page, "市区町村", str(place["name_kana"]))
    assert query(page) == {"area": town, "parent": medical}
    assert looking.trail(page).split("　›　")[1:] == [PREFECTURE_NAME, medical_name, place["name"]]
    other = open_page(demo_server, f"/?{urlsplit(page.url).query}")
    assert looking.heading(other) == f"{place['name']}の概況"
    assert looking.trail(other) == looking.trail(page)
    assert looking.sentences(other) == looking.sentences(page)
    assert other.locator("[data-testid='stAlert']").count() == 0
    looking.pick(page, "都道府県", "見本地方")
    assert query(page) == {}


def test_every_choice_of_a_view_is_in_its_link(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, f"/population?area={PREFECTURE}")
    looking.pick(page, "見るもの", "85歳以上")
    looking.press(page, "増減率")
    looking.pick(page, "基準の年", "2035年")
    assert query(page)["area"] == PREFECTURE
    other = open_page(demo_server, f"/population?{urlsplit(page.url).query}")
    assert looking.sentences(other) == looking.sentences(page)
    assert "85歳以上" in looking.sentences(other)[0]
    assert "2035年から2050年まで" in looking.sentences(other)[0]
    assert "%" in looking.sentences(other)[0]


def test_search_finds_by_name_and_by_reading(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    page = open_page(demo_server, "/sources")
    for code, written in (("83201", "name"), ("83301", "hiragana"), ("83322", "katakana")):
        place = row(demo_store, code)
        kana = str(place["name_kana"])
        katakana = "".join(chr(ord(letter) + 0x60) for letter in kana)
        search = {"name": str(place["name"]), "hiragana": kana, "katakana": katakana}[written]
        found = looking.search_region(page, search).filter(has_text=str(place["name"]))
        assert PREFECTURE_NAME in found.first.inner_text()
        found.first.click()
        looking.rerun(page)
        assert query(page)["area"] == code, written
        assert looking.trail(page).endswith(str(place["name"]))


def test_navigation_keeps_the_area(open_page: Callable[..., Page], demo_server: Server) -> None:
    page = open_page(demo_server, f"/?area={PREFECTURE}")
    titles = ["人口の見通し", "資源マップ", "地域比較", "地域プロフィール", "取組の実施状況",
              "都道府県の支援", "出典と定義", "概況"]  # fmt: skip
    for title in titles:
        page.get_by_role("link", name=title, exact=True).first.click()
        page.wait_for_function("title => document.title.startsWith(title + '｜')", arg=title)
        settle(page)
        assert query(page)["area"] == PREFECTURE, title
        assert looking.combobox(page, "都道府県").input_value() == PREFECTURE_NAME
    page.get_by_role("link", name="ほかの地域と比べる").click()
    page.wait_for_url("**/compare?**")
    settle(page)
    assert looking.heading(page) == f"{PREFECTURE_NAME}の地域比較"
    page.go_back()
    settle(page)
    assert looking.heading(page) == f"{PREFECTURE_NAME}の概況"


def test_a_wrong_address_gives_the_default_and_a_notice(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/population?area=99999&form=1850&indicator=<b>x</b>")
    notices = page.locator("[data-testid='stAlert']").all_inner_texts()
    assert any("99999" in words and "表示します" in words for words in notices), notices
    assert any("1850" in words for words in notices), notices
    assert "area" not in query(page)
    assert looking.combobox(page, "都道府県").input_value() == "見本地方"
    assert looking.sentences(page)
    assert page.locator("[data-testid='stMain'] b").count() == 0


def test_an_area_that_was_merged_leads_to_its_successor(
    open_page: Callable[..., Page], demo_server: Server, demo_store: Path
) -> None:
    change = looking.answer(demo_store, "select * from area_change order by old_code").iloc[0]
    page = open_page(demo_server, f"/?area={change['old_code']}")
    notice = page.locator("[data-testid='stAlert']").first.inner_text()
    assert str(row(demo_store, change["old_code"])["name"]) in notice
    assert query(page)["area"] == change["new_code"]
    assert looking.heading(page) == f"{row(demo_store, change['new_code'])['name']}の概況"


def test_the_region_can_be_chosen_with_the_keyboard(
    open_page: Callable[..., Page], demo_server: Server
) -> None:
    page = open_page(demo_server, "/sources")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first stop leads past the navigation
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "都道府県":
            break
    else:
        pytest.fail("Tab does not reach the region picker within four presses")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    looking.rerun(page)
    assert query(page)["area"] == "81"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "都道府県"
