"""Signing in, trying roles, managing users and reading the log, as people do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from access.audit import note
from access.roles import Action
from tests.browser import looking
from tests.browser.conftest import settle
from tests.doors.conftest import small_store
from tests.serving import Server, serving
from tests.unit.account_stand import PASSWORDS, STAFF

pytestmark = pytest.mark.browser
OWN_PASSWORD = "my-own-choice-2026"


@pytest.fixture(scope="module")
def small_server(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("roles")
    root = small_store(folder / "store", tiny, dataset="demo")
    with serving(root, folder / "log.txt") as server:
        server.store = root  # type: ignore[attr-defined]
        yield server


def pages(page: Page) -> set[str]:
    """The titles in the bar of pages."""
    return set(page.locator("[data-testid='stTopNavLink']").all_inner_texts())


def menu(page: Page) -> None:
    page.locator(".st-key-account button").first.click()
    page.wait_for_timeout(400)


def fill_and_send(page: Page, button: str, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"#{name}").fill(text)
    page.get_by_role("button", name=button).click()


def sign_in(page: Page, login: str, password: str) -> None:
    menu(page)
    page.get_by_role("button", name="利用者名でサインイン").click()
    page.wait_for_selector("#login")
    fill_and_send(page, "サインイン", login=login, password=password)


def test_roles_are_tried_in_two_clicks_and_the_view_stays(
    small_server: Server, open_page: Callable[..., Page]
) -> None:
    page = open_page(small_server, "/population?area=81")
    assert not pages(page) & {"調査の取り込み", "管理"}
    menu(page)
    for label, own in (("担当者", {"調査の取り込み"}), ("管理者", {"調査の取り込み", "管理"})):
        with page.expect_navigation():
            page.get_by_role("radio", name=label, exact=True).click()
        settle(page)
        assert pages(page) & {"調査の取り込み", "管理"} == own
        assert page.url.endswith("/population?area=81")
        assert f"役割 {label}" in looking.text_of(page)
        page.reload()
        settle(page)
        assert f"役割 {label}" in looking.text_of(page)
        menu(page)
    with page.expect_navigation():
        page.get_by_role("radio", name="閲覧者", exact=True).click()
    settle(page)
    assert "役割 閲覧者" in looking.text_of(page)


@pytest.mark.parametrize(
    ("path", "said"),
    [("/upload", "「ファイルの読み取り」はできません"), ("/admin", "「利用者の管理」はできません")],
)
def test_a_viewer_is_refused_with_a_message(
    small_server: Server, open_page: Callable[..., Page], path: str, said: str
) -> None:
    page = open_page(small_server, path, size="phone")
    assert said in looking.text_of(page)
    assert "サインインしてください" in looking.text_of(page)
    assert page.locator("[data-testid='stFileUploader']").count() == 0
    assert looking.overflow(page) == []


def test_an_admin_adds_somebody_who_signs_in_and_is_closed_again(
    small_server: Server, open_page: Callable[..., Page], browser: Browser
) -> None:
    admin = open_page(small_server, "/population?area=81")
    sign_in(admin, "kanri", PASSWORDS["kanri"])
    settle(admin)
    assert admin.url.endswith("/population?area=81")
    assert pages(admin) >= {"調査の取り込み", "管理"}
    password = added(admin, "shinjin", "新人 四郎")

    staff = open_page(small_server, "/population?area=81201")
    sign_in(staff, "shinjin", password)
    staff.wait_for_selector("#old")
    fill_and_send(staff, "変える", old=password, new=OWN_PASSWORD, again=OWN_PASSWORD)
    settle(staff)
    assert staff.url.endswith("/population?area=81201")
    assert "調査の取り込み" in pages(staff)
    assert "新人 四郎" in staff.locator(".st-key-account").inner_text()

    looking.pick(admin, "利用者", "新人")
    looking.press(admin, "止める", role="button")
    assert "停止1人" in looking.sentences(admin)[0]
    looking.pick(staff, "都道府県", "西")
    assert "調査の取り込み" not in pages(staff)
    assert "役割 閲覧者" in looking.text_of(staff)

    menu(admin)
    with admin.expect_navigation():
        admin.get_by_role("button", name="サインアウト").click()
    settle(admin)
    admin.goto(f"{small_server.url}/admin")
    settle(admin)
    assert "「利用者の管理」はできません" in looking.text_of(admin)


def added(page: Page, login: str, name: str) -> str:
    """Add an account on the page of users; return the first password, which is shown once."""
    looking.press(page, "管理", role="link")
    assert looking.overflow(page) == []
    page.get_by_role("textbox", name="利用者名（英小文字・数字）").fill(login)
    page.get_by_role("textbox", name="表示名").fill(name)
    looking.press(page, "加える", role="button")
    text = looking.text_of(page)
    assert f"「{login}」を加えました" in text
    password = looking.sentences(page)[0]
    assert len(password) == 19
    looking.press(page, "操作の記録")
    looking.press(page, "利用者")
    assert password not in looking.text_of(page)
    return password


def test_the_log_is_read_narrowed_and_saved(
    small_server: Server, open_page: Callable[..., Page]
) -> None:
    root = small_server.store  # type: ignore[attr-defined]
    details = {"import_id": "i-7", "rows": 79}
    note(root, actor=STAFF, action=Action.ACCEPT, result="done", details=details)
    page = open_page(small_server, "/try-out?role=admin&to=/admin?view=audit", size="phone")
    assert looking.overflow(page) == []
    assert "すべてつながっています" in looking.sentences(page)[0]
    page.set_viewport_size({"width": 1280, "height": 900})
    looking.pick(page, "操作", "取り込みの確定")
    page.keyboard.press("Escape")  # the list stays open for a second choice
    looking.rerun(page)
    assert "のうち1件" in looking.text_of(page)
    name, content = looking.save(page, "CSV")
    text = content.decode("utf-8-sig")
    assert name == "操作の記録.csv"
    assert "担当 太郎" in text
    assert "取り込み：i-7、行数：79" in text
    _, content = looking.save(page, "XLSX")
    cells = [c.value for row in openpyxl.load_workbook(BytesIO(content)).worksheets[0] for c in row]
    assert "取り込みの確定" in cells
    (root / "audit.jsonl").write_bytes((root / "audit.jsonl").read_bytes().replace(b"79", b"78"))
    page.reload()
    settle(page)
    assert "件目から信用できません：内容が書き換えられています" in looking.sentences(page)[0]


def test_the_forms_work_by_keyboard_and_fit_a_telephone(
    small_server: Server, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{small_server.url}/sign-in?to=/compare")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 375
    assert page.get_attribute("html", "lang") == "ja"
    page.keyboard.press("Tab")
    page.keyboard.type("etsuran")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong-password-1")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    assert "5回失敗すると15分間は入れません" in alert.inner_text()
    page.locator("#login").fill("etsuran")
    page.locator("#password").fill(PASSWORDS["etsuran"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare")
    settle(page)
    assert "役割 閲覧者" in looking.text_of(page)
    assert "閲覧 次郎" in page.locator(".st-key-account").inner_text()
    context.close()
