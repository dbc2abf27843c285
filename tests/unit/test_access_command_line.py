"""python -m access: the first admin, a lost password, the check of the log."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from access.accounts import accounts
from access.audit import entries
from access.command_line import _parser, main
from access.roles import Role
from access.sign_in import sign_in
from tests.tiny_region import ROOT
from tests.unit.account_stand import ADMIN, quick_hashes

__all__ = ["quick_hashes"]
pytestmark = pytest.mark.usefixtures("quick_hashes")
PASSWORD = "correct-horse-7-battery"


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Lets the next prompts be answered."""
    monkeypatch.setenv("STORE", str(tmp_path / "store"))

    def answer(*words: str) -> None:
        given = iter(words)
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(given))

    return answer


def test_the_first_admin_is_made_here_and_can_sign_in(types, tmp_path: Path, capsys) -> None:
    types(PASSWORD, PASSWORD)
    assert main(["add-admin", "kanri", "--name", "管理 花子"]) == 0
    assert "管理者「kanri」を作りました。" in capsys.readouterr().out
    (account,) = accounts(tmp_path / "store", actor=ADMIN)
    assert (account.name, account.role, account.must_change) == ("管理 花子", Role.ADMIN, False)
    assert sign_in(tmp_path / "store", login="kanri", password=PASSWORD)
    first, *_ = entries(tmp_path / "store")
    assert (first["actor"], first["action"]) == ("command_line", "manage_users")


def test_two_passwords_that_differ_make_nobody(types, tmp_path: Path, capsys) -> None:
    types(PASSWORD, PASSWORD + "x")
    assert main(["add-admin", "kanri"]) == 1
    assert "二つのパスワードが違います" in capsys.readouterr().err
    assert accounts(tmp_path / "store", actor=ADMIN) == []


def test_a_weak_password_is_refused(types, capsys) -> None:
    types("short", "short")
    assert main(["add-admin", "kanri"]) == 1
    assert "12文字以上" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--password", PASSWORD], [PASSWORD]])
def test_no_password_is_taken_from_the_command(types, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["add-admin", "kanri", *words])


def test_an_admin_of_the_provider_needs_no_password(types, tmp_path: Path) -> None:
    types()
    assert main(["add-admin", "kanri", "--sub", "u-1"]) == 0
    (account,) = accounts(tmp_path / "store", actor=ADMIN)
    assert account.subject.startswith("oidc:")


def test_a_lost_password_is_replaced(types, tmp_path: Path) -> None:
    types(PASSWORD, PASSWORD, "another-good-one-3", "another-good-one-3")
    main(["add-admin", "kanri"])
    assert main(["reset-password", "kanri"]) == 0
    assert sign_in(tmp_path / "store", login="kanri", password="another-good-one-3")


def test_the_log_is_checked_and_the_broken_line_said(types, tmp_path: Path, capsys) -> None:
    types(PASSWORD, PASSWORD)
    main(["add-admin", "kanri"])
    main(["end-sessions", "kanri"])
    assert main(["verify-audit"]) == 0
    assert "2 行は、すべてつながっています" in capsys.readouterr().out
    log = tmp_path / "store" / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b"end_sessions", b"mend_sessions"))
    assert main(["verify-audit"]) == 1
    assert "2行目から正しくありません" in capsys.readouterr().err


def test_the_command_starts_as_the_manual_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "access", "--help"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert "管理者を作る" in done.stdout.decode()


def test_the_manual_shows_every_command_as_it_is_taken() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    shown = [line.split()[3:] for line in re.findall(r"python -m access [^`\n]+", text)]
    assert all(callable(_parser().parse_args(words).run) for words in shown)
    assert {words[0] for words in shown} == {
        "add-admin",
        "reset-password",
        "end-sessions",
        "verify-audit",
    }
