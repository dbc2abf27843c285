"""Every page opens with its own title and sentence, on both data sets, at every width."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.browser.conftest import SIZES
from tests.serving import Server

pytestmark = pytest.mark.browser
PRODUCT = "在宅医療・介護連携 地域比較ダッシュボード"
DEMO_PREFECTURE = "83"
OFFICIAL_GAP = "まだ取り込まれていません"
# path: its title in the navigation, its heading, what its sentence says in both data sets
PAGES = {
    "/": ("概況", "{}の概況", r"{}の75歳以上は\d{{4}}年に[\d.,]+万人（総人口の\d+\.\d%）"),
    "/population": (
        "人口の見通し",
        "人口の見通し",
        r"{}の75歳以上人口は\d{{4}}年の[\d.,]+万人から",
    ),
    "/resources": (
        "資源マップ",
        "{}の資源マップ",
        r"{}の.+は[\d,]+か所、75歳以上人口1万人あたり\d",
    ),
    "/compare": ("地域比較", "{}の地域比較", r"最も高いのは.+の[\d.]+.*最も低いのは"),
    "/profile": ("地域プロフィール", "{}の地域プロフィール", r"{}の\d+指標のうち"),
    "/activities": ("取組の実施状況", "{}の取組の実施状況", r"{}の令和6年度\(2024年度\).+[\d.]+％"),
    "/support": ("都道府県の支援", "都道府県の支援", r"令和6年度\(2024年度\).+[\d.]+％"),
    "/library": ("資料集", "資料集", r"項目は\d+件（全\d+件）"),
    "/sources": ("出典と定義", "出典と定義", None),
}
SURVEY_PAGES = ("/activities", "/support")
BROKEN = re.compile(
    r"Traceback|Exception|Error:|申し訳ありません|\bnan\b|\bNaN\b|\bNone\b|<NA>|undefined"
)


@pytest.fixture(params=["demo", pytest.param("official", marks=pytest.mark.official)])
def region(request: pytest.FixtureRequest) -> tuple[Server, str, str]:
    """A server with the code and the name of a prefecture on it."""
    if request.param == "demo":
        return request.getfixturevalue("demo_server"), DEMO_PREFECTURE, "仮野県"
    return request.getfixturevalue("official_server"), "19", "山梨県"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_and_says_what_it_shows(
    open_page: Callable[..., Page], region: tuple[Server, str, str], path: str
) -> None:
    server, code, name = region
    title, header, sentence = PAGES[path]
    page = open_page(server, f"{path}?area={code}", size="phone")
    assert looking.overflow(page) == []
    assert is_within(looking.combobox(page, "都道府県").bounding_box(), SIZES["phone"][0])
    resize(page, "laptop")
    assert looking.overflow(page) == []
    assert page.title() == f"{title}｜{PRODUCT}"
    assert page.get_attribute("html", "lang") == "ja"
    assert looking.heading(page) == header.format(name)
    text = looking.text_of(page)
    assert BROKEN.findall(text) == []
    is_demo = code == DEMO_PREFECTURE
    assert (looking.DEMO_BADGE in text) == is_demo
    assert re.search(r"世代 \d{6}　作成 \d{4}-\d\d-\d\d \d\d:\d\d", text)
    if path in SURVEY_PAGES and not is_demo:
        assert OFFICIAL_GAP in text
    elif sentence:
        said = "\n".join(looking.sentences(page))
        assert re.search(sentence.format(name), said), said
        assert page.get_by_role("button", name="CSV を保存").count() >= 1


def is_within(box: dict[str, float] | None, width: int) -> bool:
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def resize(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(500)
