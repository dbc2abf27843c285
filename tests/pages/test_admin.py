"""The page for admins: users, the audit log, and who gets there at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts import accounts
from access.audit import entries, note
from access.restore import kept_generations, restore
from access.roles import Action, NotAllowed, Role
from access.sign_in import sign_in
from data.errors import StoreError
from data.generations import Store
from tests.pages.opening import actor_of, open_page, sentences, words
from tests.unit.account_stand import ADMIN, PASSWORDS, STAFF, quick_hashes, with_accounts

__all__ = ["quick_hashes"]
pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def root(tiny_store: Store, quick_hashes: None) -> Path:
    return with_accounts(tiny_store.root)


def users(root: Path) -> dict:
    return {account.subject: account for account in accounts(root, actor=ADMIN)}


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_users_are_counted_and_listed(root: Path) -> None:
    app = open_page("admin", role="admin")
    assert sentences(app) == ["利用者は3人です（管理者1人、担当者1人、閲覧者1人、停止0人）。"]
    assert list(app.dataframe[0].value["subject"]) == [
        "local:kanri",
        "local:tanto",
        "local:etsuran",
    ]


def test_a_user_is_added_and_the_first_password_shown_once(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.text_input(key="add_login").set_value("shinjin")
    app.text_input(key="add_name").set_value("新人 四郎")
    app.button(key="FormSubmitter:add_user-加える").click().run()
    assert "「shinjin」を加えました" in app.success[0].value
    password = sentences(app)[0]
    assert users(root)["local:shinjin"].must_change
    assert sign_in(root, login="shinjin", password=password)
    assert password not in words(app.run())
    assert password not in (root / "audit.jsonl").read_text(encoding="utf-8")


def test_an_odd_login_is_refused_with_a_message(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.text_input(key="add_login").set_value("新人")
    app.text_input(key="add_name").set_value("新人")
    app.button(key="FormSubmitter:add_user-加える").click().run()
    assert "使えない文字" in app.error[0].value
    assert len(users(root)) == 3


def test_a_role_is_changed(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.selectbox(key="user_chosen").set_value("local:tanto").run()
    app.selectbox(key="role_of_local:tanto").set_value(Role.ADMIN).run()
    press(app, "user_role")
    assert users(root)["local:tanto"].role == Role.ADMIN
    assert "管理者2人、担当者0人" in sentences(app)[0]


def test_an_account_is_closed_and_opened_again(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.selectbox(key="user_chosen").set_value("local:tanto").run()
    press(app, "user_close")
    assert users(root)["local:tanto"].is_disabled
    assert "停止1人" in sentences(app)[0]
    press(app, "user_close")
    assert not users(root)["local:tanto"].is_disabled


def test_the_last_admin_stays(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.selectbox(key="user_chosen").set_value("local:kanri").run()
    press(app, "user_close")
    assert "一人もいなくなる" in app.error[0].value
    assert not users(root)["local:kanri"].is_disabled


def test_a_password_is_made_anew_and_sessions_end(root: Path) -> None:
    sign_in(root, login="tanto", password=PASSWORDS["tanto"])
    app = open_page("admin", role="admin")
    app.selectbox(key="user_chosen").set_value("local:tanto").run()
    press(app, "user_reset")
    assert sign_in(root, login="tanto", password=sentences(app)[0])
    press(app, "user_end")
    assert users(root)["local:tanto"].sessions == 0


def test_who_did_what_is_listed_newest_first(root: Path) -> None:
    details = {"import_id": "i-7", "survey_id": "municipal_form", "respondents": 3, "files": 1}
    note(root, actor=STAFF, action=Action.ACCEPT, result="ok", details=details)
    redone = {"import_id": "i-7", "event": "redone"}
    note(root, actor=STAFF, action=Action.UNDO_OWN, result="done", details=redone)
    app = open_page("admin", role="admin", view="audit")
    assert sentences(app)[0] == "操作の記録5件は、最初から最後まで、すべてつながっています。"
    frame = app.dataframe[0].value
    told = frame[["name", "action", "details"]].to_numpy().tolist()
    assert told[:2] == [
        ["担当 太郎", "自分の取り込みのやり直し（再び公表）", "取り込み：i-7"],
        ["担当 太郎", "取り込みの確定", "取り込み：i-7、調査：市町村票、回答者3、ファイル1"],
    ]
    assert list(frame["number"]) == [5, 4, 3, 2, 1]
    assert frame.iloc[4]["name"] == "コマンド"


def test_where_nothing_is_recorded_the_page_says_so_plainly(tiny_store: Store) -> None:
    assert not (tiny_store.root / "audit.jsonl").exists()
    app = open_page("admin", role="admin", view="audit")
    assert sentences(app) == []
    assert "操作の記録は、まだありません。" in words(app)
    app = open_page("admin", role="admin", view="restore")
    assert "ほかの世代は、まだありません。" in sentences(app)[0]


def test_the_log_is_narrowed(root: Path) -> None:
    note(root, actor=STAFF, action=Action.ACCEPT, result="ok", details={})
    app = open_page("admin", role="admin", view="audit")
    app.multiselect(key="audit_action").set_value(["取り込みの確定"]).run()
    assert len(app.dataframe[0].value) == 1
    assert "4件のうち1件" in words(app)


def test_a_broken_line_is_said_and_the_rest_still_shown(root: Path) -> None:
    log = root / "audit.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    entry = json.loads(lines[1])
    entry["details"]["role"] = "viewer"
    log.write_bytes(lines[0] + json.dumps(entry).encode() + b"\n" + lines[2])
    app = open_page("admin", role="admin", view="audit")
    assert "2件目から信用できません：内容が書き換えられています" in sentences(app)[0]
    assert len(app.dataframe[0].value) == 3


@pytest.fixture
def two_generations(root: Path, tiny_store: Store, tiny: Path) -> Store:
    with tiny_store.writing() as draft:
        draft.write_bytes(tiny.read_bytes())
    return tiny_store


def test_an_earlier_generation_is_served_again_and_noted(two_generations: Store) -> None:
    app = open_page("admin", role="admin", view="restore")
    assert "世代 000002 です。ほかに1世代を残しています。" in sentences(app)[0]
    assert app.button(key="restore").disabled
    app.checkbox[0].check().run()
    press(app, "restore")
    assert two_generations.current().stem == "000001"
    assert "世代 000001 です" in sentences(app)[0]
    assert "これより新しい世代が1つあります。" in sentences(app)[0]
    assert "世代 000001" in words(app)
    noted = [entry["result"] for entry in entries(two_generations.root)][-2:]
    assert noted == ["begun", "done"]


@pytest.mark.parametrize("role", ["viewer", "staff"])
def test_only_an_admin_goes_back(two_generations: Store, role: str) -> None:
    with pytest.raises(NotAllowed):
        restore(two_generations, actor=actor_of(role), to="000001")
    with pytest.raises(NotAllowed):
        kept_generations(two_generations, actor=actor_of(role))
    assert two_generations.current().stem == "000002"


@pytest.mark.parametrize("to", ["000009", "../000001", ""])
def test_a_generation_that_is_not_kept_is_refused(two_generations: Store, to: str) -> None:
    with pytest.raises(StoreError, match="もうありません"):
        restore(two_generations, actor=actor_of("admin"), to=to)


@pytest.mark.parametrize("view", ["users", "audit", "restore"])
def test_a_role_that_was_taken_away_shows_nothing_on_the_next_rerun(root: Path, view: str) -> None:
    app = open_page("admin", role="admin", view=view)
    app.session_state["role_of_test"] = "viewer"
    app.run()
    assert len(app.dataframe) == 0
    assert "local:kanri" not in words(app)


def test_a_press_that_is_sent_again_after_the_role_was_taken_does_nothing(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.selectbox(key="user_chosen").set_value("local:tanto").run()
    app.session_state["role_of_test"] = "staff"
    app.button(key="user_close").click().run()
    assert not users(root)["local:tanto"].is_disabled


def test_what_somebody_had_on_the_page_is_forgotten_when_they_are_gone(root: Path) -> None:
    app = open_page("admin", role="admin")
    app.session_state["half_done"] = "what the admin had typed"
    app.run()
    assert "half_done" in app.session_state
    app.session_state["role_of_test"] = None
    app.run()
    assert "half_done" not in app.session_state
    assert "もう一度サインイン" in app.toast[0].value


@pytest.mark.parametrize(
    ("role", "page", "is_there"),
    [
        (None, "upload", False),
        (None, "admin", False),
        ("viewer", "upload", False),
        ("viewer", "admin", False),
        ("staff", "upload", True),
        ("staff", "admin", False),
        ("admin", "upload", True),
        ("admin", "admin", True),
    ],
)
def test_a_role_gets_its_pages_only(
    root: Path, role: str | None, page: str, is_there: bool
) -> None:
    if is_there:
        open_page(page, role=role)
        return
    app = open_page(role=role)
    with pytest.raises(ValueError, match="registered"):
        app.switch_page(f"pages/{page}.py").run()
