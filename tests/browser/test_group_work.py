"""Two groups of five write their sheets, through a handover, a reload and a restart."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES
from tests.serving import Server, free_port, is_foreign, serving
from tests.unit.group_stand import STAFF, made_group, opened_room
from workshop.groups import begin_exercise, groups_of
from workshop.sheets import sheet_of

pytestmark = pytest.mark.browser
LOST = "接続が切れています"
SAVED = "保存しました。"
SOON = 15_000


@pytest.fixture
def root(demo_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_store, tmp_path / "store"))


@pytest.fixture
def one_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a browser keeps belongs to an address: the server comes back at the same one."""
    port = free_port()
    monkeypatch.setattr("tests.serving.free_port", lambda: port)


@pytest.fixture
def join(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open the page of group work as one more participant, who also presses on a group."""
    opened, foreign, failed = [], [], []

    def joined(server: Server, code: str, group: str, *, size: str = "laptop") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(SOON)
        page.on("request", lambda r: foreign.append(r.url) if is_foreign(r.url, server) else None)
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{server.url}/room/{code}/group")
        page.get_by_role("button", name=group).click()
        expect(page.locator("#pen")).to_contain_text("ペン", timeout=SOON)
        return page

    yield joined
    for context in opened:
        context.close()
    assert foreign == []
    assert failed == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def shows(page: Page, label: str, text: str) -> None:
    expect(page.get_by_label(label)).to_have_value(text, timeout=SOON)


def says(page: Page, words: str) -> None:
    expect(page.locator("#status")).to_contain_text(words, timeout=SOON)


def test_two_groups_write_with_one_pen_each(
    join: Callable[..., Page], root: Path, tmp_path: Path, one_port: None
) -> None:
    room = opened_room(root)
    for name, area_code in (("つばめ", "92201"), ("かもめ", "92202")):
        made_group(root, room.code, name, area_code)
    with serving(root, tmp_path / "first.txt") as server:
        writer = join(server, room.code, "つばめ")
        reader = join(server, room.code, "つばめ", size="phone")
        third = join(server, room.code, "つばめ")
        other = join(server, room.code, "かもめ", size="phone")
        join(server, room.code, "かもめ")
        facts_and_blanks(writer, reader)
        typing_is_seen_by_the_others(writer, reader, third, other)
        the_pen_is_handed_over(writer, reader, third)
        what_is_too_long_stays(reader, writer)
        indicators_are_picked(reader, writer)
        begin_exercise(root, actor=STAFF, code=room.code)
        the_exercise_is_shown(other)
    texts_outlast_a_lost_server(reader, third)
    with serving(root, tmp_path / "second.txt") as server:
        after_the_restart(reader, third)
        assert "Traceback" not in server.printed()
    group = groups_of(root, code=room.code)[0]
    sheet = sheet_of(root, code=room.code, group_id=group.group_id)
    assert sheet.texts["activity"] == "切れている間に書いた"
    assert sheet.picked == ("vns_24h",)
    assert sheet.targets == {"vns_24h": "令和8年度に5か所"}
    assert "ideal" not in sheet.texts


def facts_and_blanks(writer: Page, reader: Page) -> None:
    expect(writer.locator("#panels")).to_contain_text("目立つ指標", timeout=SOON)
    expect(reader.locator("#title")).to_have_text("つばめ　蛍語川市")
    expect(reader.get_by_label("③ 課題")).not_to_be_editable()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 375


def typing_is_seen_by_the_others(writer: Page, reader: Page, third: Page, other: Page) -> None:
    press(writer, "ペンを取る")
    expect(writer.get_by_label("③ 課題")).to_be_editable()
    writer.get_by_label("③ 課題").press_sequentially("夜間の訪問が<b>足りない</b>")
    says(writer, SAVED)
    for page in (reader, third):
        shows(page, "③ 課題", "夜間の訪問が<b>足りない</b>")
        expect(page.locator("#pen")).to_contain_text("参加者1さんが書いています")
    shows(other, "③ 課題", "")
    expect(other.locator("#pen")).to_contain_text("ペンは空いています")


def the_pen_is_handed_over(writer: Page, reader: Page, third: Page) -> None:
    reader.get_by_role("button", name="ペンをお願いする").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("#pen")).to_contain_text("お願いしました")
    writer.get_by_label("④ 目指す理想像").fill("最後に打った文")
    press(writer, "参加者2さんにペンを渡す")
    expect(reader.locator("#pen")).to_contain_text("あなた（参加者2）", timeout=SOON)
    shows(reader, "④ 目指す理想像", "最後に打った文")
    expect(writer.get_by_label("③ 課題")).not_to_be_editable()
    reader.get_by_label("④ 目指す理想像").fill("")
    says(reader, SAVED)
    shows(third, "④ 目指す理想像", "")


def what_is_too_long_stays(reader: Page, writer: Page) -> None:
    reader.get_by_label("② 定性的な現状").fill("あ" * 50_000)
    box = reader.locator(".field", has=reader.get_by_label("② 定性的な現状"))
    expect(box.get_by_role("alert")).to_contain_text("長すぎます（50,000字）。300字まで")
    reader.reload()
    shows(reader, "② 定性的な現状", "あ" * 50_000)
    says(reader, "保存していない文があります")
    shows(writer, "② 定性的な現状", "")
    reader.get_by_label("② 定性的な現状").fill("連絡は 090-1234-5678 へ")
    expect(box.get_by_role("alert")).to_contain_text("電話番号らしいもの", timeout=SOON)
    reader.get_by_label("② 定性的な現状").fill("家族の不安の声")
    shows(writer, "② 定性的な現状", "家族の不安の声")


def indicators_are_picked(reader: Page, writer: Page) -> None:
    box = reader.locator(".field", has=reader.get_by_label("⑥ 指標", exact=False).first)
    box.get_by_role("combobox").select_option("vns_24h")
    box.get_by_role("button", name="追加").click()
    box.get_by_label("目標").fill("令和8年度に5か所")
    expect(writer.locator(".picked:visible")).to_contain_text("定義：", timeout=SOON)
    shows(writer, "目標", "令和8年度に5か所")


def the_exercise_is_shown(other: Page) -> None:
    example = other.get_by_text("研修のための予算や人員")
    expect(example).to_be_visible(timeout=SOON)
    expect(example).to_contain_text("講演資料")
    blank = other.get_by_role("textbox", name="インプット（投入）")
    expect(blank).to_have_value("")


def texts_outlast_a_lost_server(reader: Page, third: Page) -> None:
    reader.get_by_role("button", name="計画の六つの段階").click()
    reader.get_by_label("⑤ 取組").fill("切れている間に書いた")
    for page in (reader, third):
        says(page, LOST)


def after_the_restart(reader: Page, third: Page) -> None:
    says(reader, SAVED)
    third.get_by_role("button", name="計画の六つの段階").click()
    shows(third, "⑤ 取組", "切れている間に書いた")
    third.reload()
    third.get_by_role("button", name="計画の六つの段階").click()
    shows(third, "③ 課題", "夜間の訪問が<b>足りない</b>")
    expect(third.locator("#pen")).to_contain_text("参加者2さんが書いています")
